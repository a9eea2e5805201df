import ArgumentParser
import Testing

@testable import Commands

@Suite("Help")
struct HelpTests {
    /// Every command and group by its words, with what is said of it.
    private static func all(
        _ command: any ParsableCommand.Type = AlmonerCommand.self, _ path: [String] = ["almoner"]
    ) -> [(path: String, abstract: String)] {
        [(path.joined(separator: " "), command.configuration.abstract)]
            + command.configuration.subcommands.flatMap { all($0, path + [$0.configuration.commandName ?? "?"]) }
    }

    @Test("Each command is told by words of its own")
    func abstracts() {
        var told: [String: String] = [:]
        for (path, abstract) in Self.all() {
            #expect(abstract.count > 4, "\(path) is explained by '\(abstract)' only")
            if let other = told.updateValue(path, forKey: abstract) {
                Issue.record("\(path) and \(other) are explained alike: \(abstract)")
            }
        }
        #expect(told.count > 150)
    }
}

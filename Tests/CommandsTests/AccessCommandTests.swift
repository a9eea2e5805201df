import ArgumentParser
import Casework
import MatchCore
import Testing

@testable import Commands

@Suite("Access") struct AccessCommandTests {
    private static func leaves(_ command: any ParsableCommand.Type, _ path: [String]) -> [String] {
        let subcommands = command.configuration.subcommands
        guard !subcommands.isEmpty else { return [path.joined(separator: " ")] }
        return subcommands.flatMap { leaves($0, path + [$0.configuration.commandName ?? "?"]) }
    }

    @Test("Every command has its row in the table of access")
    func rows() {
        let known = Set(AccessTable.standard.commands.map(\.path))
        let there = Set(Self.leaves(AlmonerCommand.self, []))
        for path in there.subtracting(known).sorted() {
            Issue.record("almoner \(path) has no row. Add one in Casework/Access/AccessTable+Commands.swift.")
        }
        for path in known.subtracting(there).sorted() { Issue.record("There is no command almoner \(path).") }
    }

    @Test("The table is readable in both languages")
    func page() {
        for language in [Language.zhHans, .en] {
            let page = AccessPage(table: .standard, language: language)
            let lines = page.rules.lines(on: Terminal(width: 120, isColoured: false))
            #expect(lines.contains { $0.contains(language == .en ? "claim accepted" : "本人已接受认领") })
            #expect(page.document.operations.count == AccessTable.standard.calls.count)
        }
    }
}

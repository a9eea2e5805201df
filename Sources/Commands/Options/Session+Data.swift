import Exchange
import Foundation
import MatchCore
import ScorerCatalog

extension Session {
    /// The data directory: `--data`, else ALMONER_DATA, else `./Data`, else the `Data` beside the program or above it
    /// (so that a program in `bin/` or in a build folder finds the one it came with).
    func dataDirectory() throws -> DataDirectory {
        if let given = options.data { return try DataDirectory(path: given) }
        if let given = environment["ALMONER_DATA"], !given.isEmpty { return try DataDirectory(path: given) }
        var candidates = ["Data"]
        if var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent() {
            for _ in 0..<5 {
                candidates.append(folder.appending(path: "Data").path)
                candidates.append(folder.appending(path: "share/almoner/Data").path)
                folder.deleteLastPathComponent()
            }
        }
        for path in candidates {
            if let directory = try? DataDirectory(path: path) { return directory }
        }
        throw CommandError(.refused, DataWords.noDirectory.text, advice: DataWords.noDirectoryAdvice.text)
    }

    /// The scorers that are built in.
    var scorers: [any Scorer.Type] { ScorerCatalog.all }

    /// A profile of the data directory, checked against the scorers that are built in.
    func profile(named name: String) throws -> ScoringProfile {
        let directory = try dataDirectory()
        let index = NameIndex(directory.profileNames.map { ($0, [$0]) })
        let found = try index.item(named: name, orElse: DataWords.noProfile.filled(["name": name]))
        return try directory.profile(named: found, descriptors: scorers.map { $0.descriptor })
    }
}

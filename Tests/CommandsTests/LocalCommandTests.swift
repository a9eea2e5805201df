import ArgumentParser
import Casework
import Foundation
import Testing

@testable import Commands

@Suite("Commands of this machine only")
struct LocalCommandTests {
    private static let leaves = CommandLeaf.all

    @Test("Their help says so, and no other command's does", arguments: [Self.leaves])
    func helpSaysSo(_ leaves: [CommandLeaf]) {
        for leaf in leaves {
            let says = leaf.type.configuration.abstract.hasSuffix(ServeWords.onlyHere[HelpText.language])
            let isLocal = leaf.type is any LocalCommand.Type
            #expect(says == isLocal, "almoner \(leaf.name)")
        }
        #expect(leaves.count { $0.type is any LocalCommand.Type } >= 17)
    }

    /// Every command that works on a program's data, with a server's address at which nobody answers and a database of
    /// this machine beside it: it says that it works here only, or that the server is not there. Whatever it does, it does
    /// not succeed, and the files of this machine stay as they are.
    @Test("With --server none of them works on this machine's data", .timeLimit(.minutes(4)))
    func nothingHereForAServer() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-local-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try ProgramTests.run(["init", "--lang", "en"], environment: Self.environment, folder: folder)
        #expect(made.status == 0, "\(made.error)")
        for file in ["a.csv", "a.yaml"] { try Data("{}\n".utf8).write(to: folder.appending(path: file)) }
        let before = try Self.content(of: folder)
        let gates = Dictionary(AccessTable.standard.commands.map { ($0.path, $0.gate) }) { $1 }
        var reached = 0
        for leaf in Self.leaves where gates[leaf.name] != AccessCommand.Gate.none {
            guard let arguments = leaf.arguments() else {
                Issue.record("Say in CommandLeaf.chosen how 'almoner \(leaf.name)' is started.")
                continue
            }
            let outcome = try ProgramTests.run(
                arguments + ["--server", "http://127.0.0.1:1", "--lang", "en"], environment: Self.environment,
                folder: folder)
            #expect(outcome.status != 0, "almoner \(arguments) \(outcome.output)")
            let isHere = outcome.error.contains("works on a database of this machine only")
            let isThere = outcome.error.contains("127.0.0.1:1")
            #expect(
                isHere || isThere || CommandLeaf.endEarlier.contains(leaf.name),
                "almoner \(arguments): \(outcome.error)")
            if isThere { reached += 1 }
            #expect(leaf.type is any LocalCommand.Type ? isHere : true, "almoner \(arguments): \(outcome.error)")
        }
        #expect(reached > 80)
        #expect(try Self.content(of: folder) == before)
    }

    @Test("A backup with a server's address makes no copy of this machine's database", arguments: [true, false])
    func backup(_ isGiven: Bool) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-backup-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try ProgramTests.run(["init"], environment: Self.environment, folder: folder).status == 0)
        let server = "http://127.0.0.1:1"
        let refused = try ProgramTests.run(
            ["backup", "copy.almoner", "--lang", "en"] + (isGiven ? ["--server", server] : []),
            environment: Self.environment.merging(isGiven ? [:] : ["ALMONER_SERVER": server]) { $1 }, folder: folder)
        #expect(refused.status != 0 && refused.error.contains("127.0.0.1:1"), "\(refused.error)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.contains { $0.hasPrefix("copy.almoner") }, "\(names)")
        let kept = try ProgramTests.run(
            ["backup", "copy.almoner", "--lang", "en"], environment: Self.environment, folder: folder)
        #expect(kept.status == 0, "\(kept.error)")
    }

    private static let environment = [
        "ALMONER_DATA": DataDirectoryTests.root.appending(path: "Data").path, "ALMONER_TOKEN": "t", "NO_COLOR": "1",
    ]

    private static func content(of folder: URL) throws -> [String: Data] {
        var content: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            content[name] = try Data(contentsOf: folder.appending(path: name))
        }
        return content
    }
}

/// A command without subcommands, and where it stands.
struct CommandLeaf: Sendable {
    let path: [String]
    let type: any ParsableCommand.Type

    var name: String { path.joined(separator: " ") }

    static let all = leaves(of: AlmonerCommand.self, [])

    private static func leaves(of command: any ParsableCommand.Type, _ path: [String]) -> [CommandLeaf] {
        let subcommands = command.configuration.subcommands
        guard !subcommands.isEmpty else { return [CommandLeaf(path: path, type: command)] }
        return subcommands.flatMap { leaves(of: $0, path + [$0.configuration.commandName ?? "?"]) }
    }

    /// Arguments that the command can be started with: what it asks for by its own messages, filled in; nil where that
    /// leads nowhere.
    func arguments() -> [String]? {
        var filled: [String] = Self.chosen[name] ?? []
        for _ in 0..<12 {
            do {
                _ = try AlmonerCommand.parseAsRoot(path + filled + ["--server", "http://127.0.0.1:1"])
                return path + filled
            } catch {
                let message = AlmonerCommand.message(for: error)
                let quoted = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
                guard quoted.count > 1 else { return nil }
                if message.contains("is invalid"), let last = filled.indices.last {
                    // "The value 'x' is invalid for '<y>'. Please provide one of 'a', 'b'."
                    let choices = quoted.enumerated().filter { $0.offset % 2 == 1 }.map(\.element).dropFirst(2)
                    guard let next = choices.first ?? Self.values.first(where: { $0 != filled[last] }) else {
                        return nil
                    }
                    filled[last] = next
                } else if message.contains("Missing") {
                    let words = quoted[1].split(separator: " ").map(String.init)
                    if let option = words.first, option.hasPrefix("-") { filled.append(option) }
                    filled.append(Self.values[0])
                } else {
                    return nil
                }
            }
        }
        return nil
    }

    private static let values = ["00000000-0000-0000-0000-000000000001", "1"]

    /// What a command needs besides, before it asks anybody.
    private static let chosen: [String: [String]] = [
        "match": ["--all"], "import": ["offers", "a.csv", "--map", ownOffers], "export": ["offers"],
        "tune outcomes": ["a.csv"], "claim propose": [one, one, "1"], "claim split": [one, "1"],
        "claim queue": [one, one, "1"], "case rate": [one, "1"], "wish cancel": [one, "--reason", "r"],
        "offer withdraw": [one, "--reason", "r"], "duplicate join": [one, one, "--reason", "r"],
        "duplicate apart": [one, one, "--reason", "r"], "tune split": [one, "--share", "50"],
        "profile resolve": ["--wish", one], "profile publish": [one, "--note", "n"],
        "profile rollback": [one, "--note", "n"], "person find": ["--phone", "13800000000"],
        "person list": ["--wish", one],
        "key create": ["admin", "--label", "l"], "account grant": [one, "admin"],
    ]

    private static let one = values[0]
    private static let ownOffers =
        DataDirectoryTests.root.appending(path: "Data/mappings/almoner-offers.yaml").path

    /// Those that read codes, files or a password that are not there before they ask anybody: they end there.
    static let endEarlier: Set<String> = [
        "claim leg", "case move", "clock step", "inbox take", "household open", "household note", "duplicate judge",
        "fund budget set", "calendar load", "tune voices", "tune outcomes", "opening request", "account password",
        "account totp", "sign-in", "sign-out", "wish create", "offer create", "profile publish", "profile rollback",
    ]
}

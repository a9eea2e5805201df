import Foundation
import Storage
import Testing

@testable import Commands

/// What is refused is refused by name, and leaves nothing behind.
@Suite("Refusals at the keyboard")
struct RefusalTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "almoner-refused-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func run(_ arguments: String...) throws -> ProgramTests.Outcome {
        try ProgramTests.run(
            arguments + ["--data", DataDirectoryTests.root.appending(path: "Data").path, "--lang", "en"],
            environment: ["NO_COLOR": "1"], folder: folder)
    }

    @Test("A number out of range is answered with the option and its range")
    func numbers() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for arguments in [["--top", "0"], ["--top=-1"], ["--threads", "0"]] {
            let refused = try ProgramTests.run(
                ["match", "--all", "--lang", "en"] + arguments, environment: [:], folder: folder)
            let option = String(arguments[0].prefix { $0 != "=" })
            #expect(refused.status == 2 && refused.error.contains("\(option) must be 1 or more"), "\(refused.error)")
        }
        let refused = try run("wish", "list", "--limit=-1")
        #expect(refused.status == 2 && refused.error.contains("--limit must be 0 or more"))
    }

    @Test("What a server would refuse is refused here as well, and nothing is stored")
    func inputs() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try run("init").status == 0)
        #expect(try run("party", "register", "P", "--external-id", "P").status == 0)
        let offer = ["offer", "create", "--party", "P", "--item", "轮椅"]
        let marks = "a" + String(repeating: "\u{301}", count: 40)
        for (arguments, told) in [
            (["--quantity", "0", "--text", "x"], "0 is out of range"),
            (["--quantity", "1", "--text", "a\u{1}b"], "U+0001"),
            (["--quantity", "1", "--text", marks], "combining marks"),
            (["--quantity", "1", "--text", "x", "--external-id", "e\u{7}"], "U+0007"),
        ] {
            let refused = try ProgramTests.run(
                offer + arguments + ["--data", DataDirectoryTests.root.appending(path: "Data").path, "--lang", "en"],
                environment: ["NO_COLOR": "1"], folder: folder)
            #expect(refused.status == 3 && refused.error.contains(told), "\(arguments): \(refused.error)")
        }
        let quantity = try run("offer", "create", "--party", "P", "--item", "轮椅", "--quantity", "0", "--text", "x")
        #expect(quantity.error.contains("where: lines/0/quantity"), "\(quantity.error)")
        #expect(try run("wish", "create", "--item", "轮椅", "--quantity", "1", "--text", " ", "--area", "虎门").status == 3)
        for kind in ["offer", "wish"] { #expect(try run(kind, "list", "--json").output.isEmpty) }
        // Two spellings of one text are one text.
        #expect(try run("party", "register", "Cafe\u{301}", "--external-id", "C").status == 0)
        let kept = try run("party", "show", "C", "--json").output
        #expect(Array(kept.utf8).contains([0xC3, 0xA9]), "\(kept)")
    }

    @Test("A program's code is letters, digits, -, _ and ., 64 at most", arguments: ["", "a b", "东莞", "../x", "a/b"])
    func programCodes(_ code: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let refused = try run("init", "--program", code)
        #expect(refused.status == 2 && refused.error.contains("1 to 64"), "\(refused.error)")
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "almoner.db").path))
    }

    @Test("Another program's database is left as it is")
    func foreign() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "other.db").path
        let other = try SQLiteDatabase(path: path, access: .create)
        try other.blockingWrite { try $0.run("CREATE TABLE wish (a TEXT)") }
        try other.close()
        let before = try Data(contentsOf: URL(filePath: path))
        let refused = try run("init", "--database", path)
        #expect(refused.status == 3 && refused.error.contains("another program") && refused.error.contains("wish"))
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test("The demo prints one object, and suggestions are stored before a line of JSON goes out")
    func json() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let demo = try run("demo", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(demo.output.utf8)) as? [String: Any]
        #expect((object?["wishes"] as? [String: Any])?["created"] != nil)

        // The program's output is closed after the first line.
        let command = "'\(ProgramTests.program.path)' match --all --json --quiet | head -1"
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", command]
        shell.currentDirectoryURL = folder
        shell.environment = ["ALMONER_DATA": DataDirectoryTests.root.appending(path: "Data").path]
        shell.standardOutput = Pipe()
        try shell.run()
        shell.waitUntilExit()
        let stored = try run("export", "matches", "--json")
        #expect(stored.output.split(separator: "\n").count > 100)
    }
}

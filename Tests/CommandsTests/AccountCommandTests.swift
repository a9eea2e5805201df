import Foundation
import Testing

@testable import Commands

/// Accounts on the machine that holds the files, as people use them.
@Suite("Accounts", .serialized) struct AccountCommandTests: SampleSession {
    let folder: URL

    init() throws {
        folder = try Self.newFolder()
        #expect(try run("init").status == 0)
    }

    /// Runs with lines for the questions.
    private func run(_ arguments: [String], answers: [String]) throws -> ProgramTests.Outcome {
        let process = Process()
        process.executableURL = ProgramTests.program
        process.arguments = arguments + ["--data", Self.data, "--lang", "en"]
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "NO_COLOR": "1"]
        process.currentDirectoryURL = folder
        let (input, output, error) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = error
        try process.run()
        input.fileHandleForWriting.write(Data(answers.map { $0 + "\n" }.joined().utf8))
        try input.fileHandleForWriting.close()
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return ProgramTests.Outcome(
            status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
            error: String(decoding: errorData, as: UTF8.self))
    }

    @Test("An account is made, given a role, and chooses a password that no command shows")
    func life() throws {
        let made = try run(
            "account", "create", "anna", "--called", "Anna Li", "--role", "coordinator", "--area", "441900121")
        #expect(made.status == 0, "\(made.error)")
        let once = try #require(made.output.split(separator: "\n").last.map(String.init))
        #expect(once.count == 19 && made.error.contains("almoner account password anna"))
        #expect(try run("account", "create", "ANNA").status != 0, "one of a name")
        #expect(try run("account", "create", "x", "--role", "donor").status == 2)
        let shown = try run("account", "show", "anna")
        #expect(shown.output.contains("has a one-time password") && shown.output.contains("441900121"))
        #expect(try run("account", "grant", "anna", "approver:town:500000", "--area", "441900121").status == 0)
        #expect(try run("account", "list").output.contains("anna"))
        let wrong = try run(
            ["account", "password", "anna"], answers: ["not it", "seven quiet herons", "seven quiet herons"])
        #expect(wrong.status != 0 && wrong.error.contains("not right"))
        #expect(
            try run(["account", "password", "anna"], answers: [once, "one two three", "two one three"]).status == 2)
        let common = try run(["account", "password", "anna"], answers: [once, "password1234", "password1234"])
        #expect(common.status != 0 && !common.error.contains("password1234"))
        let changed = try run(
            ["account", "password", "anna"], answers: [once, "seven quiet herons", "seven quiet herons"])
        #expect(changed.status == 0, "\(changed.error)")
        #expect(!(changed.output + changed.error).contains("herons"))
        #expect(try !run("account", "show", "anna").output.contains("one-time"))
        #expect(try run("account", "lock", "anna", "--reason", "left").output.contains("locked"))
        #expect(try run("account", "show", "anna", "--json").output.contains("\"state\":\"locked\""))
        #expect(try run("account", "leave", "anna", "--reason", "left").status == 0)
        #expect(try run("account", "unlock", "anna", "--reason", "left").status != 0)
        #expect(try run("account", "show", "nobody").status != 0)
        #expect(try run("audit", "verify").status == 0)
    }

    @Test("Signing in takes a server")
    func server() throws {
        #expect(try run("sign-in", "anna").status == 2)
        #expect(try run("sign-out").status == 2)
    }

    @Test("A session's file is for its owner alone")
    func file() throws {
        let environment = ["ALMONER_SESSIONS": folder.appending(path: "deep/states").path]
        let file = SessionFile(server: "https://a.example:8443/x", environment: environment)
        #expect(try file.token() == nil)
        try file.keep("alm_one")
        try file.keep("alm_two")
        #expect(try file.token() == "alm_two")
        let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        #expect(SessionFile(server: "https://b.example", environment: environment).path != file.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        #expect(throws: CommandError.self) { try file.token() }
        file.remove()
        #expect(try file.token() == nil)
        try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/etc/hostname")
        #expect(throws: CommandError.self) { try file.token() }
    }
}

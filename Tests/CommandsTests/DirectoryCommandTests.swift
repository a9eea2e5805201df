import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Testing

@testable import Commands

/// Signing in through the town's directory as people do: with the built program, a server, and a directory on the loopback.
@Suite("The town's directory at the keyboard", .serialized)
final class DirectoryCommandTests {
    private let folder: URL
    private let data: String
    private let directory: SmallDirectory
    private let states: URL
    private var server: Process?
    private var address = ""

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "almoner-directory-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        directory = try SmallDirectory(clock: {
            Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
        })
        let secret = folder.appending(path: "client.secret")
        try Data("\(SmallDirectory.secret)\n".utf8).write(to: secret)
        data = try AlteredData.casework(
            "sign-in.yaml",
            """
            directory:
              issuer: \(directory.issuer)
              client: \(SmallDirectory.client)
              redirect: \(SmallDirectory.redirect)
              secretFile: \(secret.path)
            """, in: folder)
        states = folder.appending(path: "states")
    }

    deinit {
        server?.terminate()
        server?.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = ProgramTests.program
        process.arguments = arguments
        process.environment = [
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "NO_COLOR": "1", "ALMONER_DATA": data,
            "ALMONER_SESSIONS": states.path,
        ]
        process.currentDirectoryURL = folder
        return process
    }

    /// Runs a command to its end.
    ///
    /// - Parameter answers: gives the lines of the input when the output holds an address.
    private func run(
        _ arguments: [String], answers: ((_ address: String) throws -> [String])? = nil
    ) throws -> ProgramTests.Outcome {
        let process = process(arguments + ["--lang", "en"])
        let (input, output, error) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = error
        try process.run()
        var said = Data()
        if let answers {
            while !String(decoding: said, as: UTF8.self).contains("\nhttp") {
                let more = output.fileHandleForReading.availableData
                if more.isEmpty { break }
                said += more
            }
            let way = String(decoding: said, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("http") }
            if let way {
                let lines = try answers(String(way)).map { $0 + "\n" }.joined()
                input.fileHandleForWriting.write(Data(lines.utf8))
            }
        }
        try input.fileHandleForWriting.close()
        said += output.fileHandleForReading.readDataToEndOfFile()
        let complained = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return ProgramTests.Outcome(
            status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            error: String(decoding: complained, as: UTF8.self))
    }

    private func run(_ arguments: String...) throws -> ProgramTests.Outcome { try run(arguments) }

    /// Through the server, with the admin's token.
    private func admin(_ arguments: String...) throws -> ProgramTests.Outcome {
        try run(arguments + ["--server", address, "--token-file", "admin.token"])
    }

    private func start() throws {
        let process = process(["serve", "--port", "0"])
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let port = try #require(line.split(separator: ":").last.flatMap { Int($0.prefix { $0.isNumber }) }, "\(line)")
        address = "http://127.0.0.1:\(port)"
        server = process
    }

    private func stop() {
        server?.terminate()
        server?.waitUntilExit()
        server = nil
    }

    /// Goes to the directory and comes back with what it says; `code` is that of a second factor.
    private func signIn(code: String = "", _ change: @escaping (inout [String]) -> Void = { _ in }) throws
        -> ProgramTests.Outcome
    {
        try run(["sign-in", "--directory", "--server", address]) { way in
            let back = try self.directory.visit(way)
            var lines = ["\(SmallDirectory.redirect)?state=\(back.state)&code=\(back.code)", code]
            change(&lines)
            return lines
        }
    }

    private var session: SessionFile {
        SessionFile(server: address, environment: ["ALMONER_SESSIONS": states.path])
    }

    @Test("An identity waits for an admin, signs in once it is linked, and is out when the link is taken away")
    func life() throws {
        let made = try run("init")
        let token = try #require(made.output.split(separator: "\n").last, "\(made.error)")
        try Data("\(token)\n".utf8).write(to: folder.appending(path: "admin.token"))
        try start()
        #expect(try admin("account", "create", "anna", "--role", "admin").status == 0)

        let first = try signIn()
        #expect(first.status != 0 && first.error.contains("linked to no account"), "\(first.error)")
        #expect(try session.token() == nil)
        let listed = try admin("account", "identities", "--json")
        let identity = try #require(Office.value("id", in: listed.output), "\(listed.error)")
        #expect(first.error.contains("account link NAME \(identity)"))
        #expect(!listed.output.contains("subject-1") && !listed.output.contains("\"account\""))
        let shown = try admin("account", "identities")
        #expect(shown.output.contains(directory.issuer) && shown.output.contains(identity))
        #expect(try admin("account", "link", "nobody", identity).status == 4)
        #expect(try admin("account", "link", "anna", "not-an-id").status == 2)
        let linked = try admin("account", "link", "anna", identity)
        #expect(linked.status == 0 && linked.output.contains("anna"), "\(linked.error)")
        #expect(try admin("account", "identities", "--json").output.contains("\"account\""))

        let second = try signIn()
        #expect(second.status == 0 && second.output.contains("Signed in as anna"), "\(second.output)\(second.error)")
        #expect(!(second.output + second.error).contains("alm_"), "the token is kept, and shown to nobody")
        let kept = try #require(try session.token())
        #expect(try run("account", "list", "--server", address).output.contains("anna"))
        #expect(try run("account", "sessions", "--server", address).output.contains("this one"))

        // What was pasted wrongly, and what a stranger brings.
        #expect(try signIn { $0[0] = SmallDirectory.redirect }.status == 2)
        let stranger = try signIn { $0[0] = "\(SmallDirectory.redirect)?state=another&code=another" }
        #expect(stranger.status != 0 && !stranger.error.contains("another"), "\(stranger.error)")
        #expect(try session.token() == kept)

        // The same token says who acts on the database itself, once no server owns it.
        let file = session.path
        stop()
        let account = try run("account", "show", "anna", "--json")
        let id = try #require(Office.value("id", in: account.output), "\(account.error)")
        let drafted = try run("profile", "draft", "--token-file", file, "--json")
        #expect(drafted.status == 0 && drafted.output.contains(id), "\(drafted.output)\(drafted.error)")
        let named = try run("profile", "draft", "--token-file", file, "--actor", "Ben")
        #expect(named.status == 2 && named.error.contains("A token says who acts"))
        #expect(try run("audit", "verify").status == 0)

        try start()
        let again = SessionFile(server: address, environment: ["ALMONER_SESSIONS": states.path])
        try again.keep(kept)
        #expect(try run("account", "list", "--server", address).status == 0)
        let unlinked = try admin("account", "unlink", identity, "--reason", "left")
        #expect(unlinked.status == 0, "\(unlinked.error)")
        let over = try run("account", "list", "--server", address)
        #expect(over.status != 0 && over.error.contains("Sign in again"), "\(over.error)")
        #expect(try admin("account", "identities", "--json").output.contains(identity) == false)
        let late = try signIn()
        #expect(late.status != 0 && late.error.contains("linked to no account"))
        stop()
        let refused = try run("profile", "draft", "--discard", "--token-file", file)
        #expect(refused.status != 0 && refused.error.contains("almoner sign-in"), "\(refused.error)")
    }

    @Test("Without a directory, or a server, there is nowhere to go")
    func nowhere() throws {
        _ = try run("init")
        #expect(try run("sign-in", "--directory").status == 2)
        try FileManager.default.removeItem(atPath: data + "/casework/sign-in.yaml")
        try start()
        let refused = try run(["sign-in", "--directory", "--server", address]) { _ in [] }
        #expect(refused.status != 0 && !refused.error.isEmpty, "\(refused.error)")
        #expect(try session.token() == nil)
    }
}

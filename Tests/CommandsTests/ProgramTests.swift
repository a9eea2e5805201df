import Foundation
import Testing

@testable import Commands

/// Runs the built program as a person would.
@Suite("The program")
struct ProgramTests {
    struct Outcome {
        var status: Int32
        var output: String
        var error: String
    }

    /// The program that was built beside the tests.
    static var program: URL {
        let beside = Bundle.main.bundleURL.deletingLastPathComponent().appending(path: "almoner")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "almoner")
    }

    static func run(
        _ arguments: [String], environment: [String: String] = [:], folder: URL? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"].merging(environment) { $1 }
        process.currentDirectoryURL = folder
        // What asks for a password is not to wait for whoever runs the tests.
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        let error = Pipe()
        process.standardOutput = output
        process.standardError = error
        try process.run()
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
            error: String(decoding: errorData, as: UTF8.self))
    }

    @Test("version, as text and as JSON")
    func version() throws {
        let plain = try ProgramTests.run(["version"])
        #expect(plain.status == 0 && plain.output == "almoner \(AlmonerProgram.version)\n" && plain.error.isEmpty)
        let json = try ProgramTests.run(["version", "--json"])
        #expect(json.output.contains("\"version\" : \"\(AlmonerProgram.version)\""))
    }

    @Test("A wrong command ends with status 2, help with 0 in the language asked for")
    func usage() throws {
        #expect(try ProgramTests.run(["versoin"]).status == 2)
        #expect(try ProgramTests.run(["version", "--lang", "fr"]).status == 2)
        let help = try ProgramTests.run(["--help", "--lang", "zh"])
        #expect(help.status == 0 && help.output.contains("退出码"))
        #expect(try ProgramTests.run(["--help"]).output.contains("EXIT CODES"))
        #expect(try ProgramTests.run(["--help"], environment: ["LC_ALL": "zh_CN.UTF-8"]).output.contains("退出码"))
    }

    @Test("What the make targets measure with is there")
    func measurements() throws {
        let help = try ProgramTests.run(["bench", "--help"]).output
        for name in ["rank", "import", "match", "replay"] { #expect(help.contains("\n  \(name) "), "\(name)") }
    }

    @Test("Completion scripts are made for each shell", arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) throws {
        let script = try ProgramTests.run(["--generate-completion-script", shell])
        #expect(script.status == 0 && script.output.contains("almoner") && script.output.contains("version"))
    }

    @Test("No escape sequence is written where output is no terminal")
    func plainOutput() throws {
        let help = try ProgramTests.run(["--help"])
        #expect(!help.output.contains("\u{1B}"))
        let fault = try ProgramTests.run(["nothing"], environment: ["NO_COLOR": "1"])
        #expect(!fault.error.contains("\u{1B}"))
    }
}

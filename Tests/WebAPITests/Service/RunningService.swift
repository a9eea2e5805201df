import Foundation
import Testing

/// The built program serving a database of its own in a folder of its own.
struct RunningService {
    let port: Int
    let token: String
    let folder: URL
    private let process: Process

    static var program: URL {
        let beside = Bundle.main.bundleURL.deletingLastPathComponent().appending(path: "almoner")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "almoner")
    }

    private static let data = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Data").standardized.path

    /// Runs a command to its end.
    static func run(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) throws -> (
        status: Int32, output: String, error: String
    ) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["LANG": "C.UTF-8", "ALMONER_DATA": data].merging(environment) { $1 }
        process.currentDirectoryURL = folder
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: said, as: UTF8.self),
            String(decoding: complained, as: UTF8.self)
        )
    }

    /// Starts a server; blocks until it listens.
    init(in folder: URL, token: String, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = ["serve", "--port", "0", "--key-rate", "0", "--address-rate", "0"] + arguments
        process.environment = ["LANG": "C.UTF-8", "ALMONER_DATA": Self.data].merging(environment) { $1 }
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = line.split(separator: ":").last.flatMap({ Int($0.prefix { $0.isNumber }) }) else {
            process.terminate()
            throw ServiceFault(line: line)
        }
        self.port = port
        self.token = token
        self.folder = folder
        self.process = process
    }

    struct ServiceFault: Error { var line: String }

    /// Asks it to stop and waits for its end; the status, and the seconds that it took.
    func stop() -> (status: Int32, seconds: Double) {
        let begun = Date()
        process.terminate()
        process.waitUntilExit()
        return (process.terminationStatus, Date().timeIntervalSince(begun))
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Sends a request on a connection of its own.
    func send(_ method: String, _ target: String, key: String? = nil, body: String = "") throws -> Answer {
        let socket = try RawSocket(port: port)
        defer { socket.close() }
        var text = "\(method) \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \(token)\r\n"
        if let key { text += "Idempotency-Key: \(key)\r\n" }
        if !body.isEmpty { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        socket.send(text + "\r\n" + body)
        return Answer(socket.receive(seconds: 20) ?? "")
    }

    struct Answer: Sendable, Hashable {
        let status: Int
        let body: String

        init(_ text: String) {
            status = Int(text.dropFirst(9).prefix(3)) ?? 0
            body = text.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
        }
    }
}

/// A folder with a database, and the token of its first admin.
func withProgramFolder(_ body: (_ folder: URL, _ token: String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-service-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let made = try RunningService.run(["init"], in: folder)
    let token = try #require(made.output.split(separator: "\n").last.map(String.init), "\(made.error)")
    try await body(folder, token)
}

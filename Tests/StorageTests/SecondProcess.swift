import Foundation

/// The probe, running as a process of its own.
final class SecondProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let errors = Pipe()

    init(_ command: String, _ path: String) throws {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = tests.appendingPathComponent("StorageProbe")
        process.arguments = [command, path]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    deinit { kill() }

    var identifier: Int { Int(process.processIdentifier) }

    /// Reads until the output holds this many lines, or ends.
    func lines(_ count: Int) -> [Substring] {
        var data = Data()
        while data.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { break }
            data += more
        }
        return whole(data)
    }

    /// Everything it says until it ends.
    func rest() -> [Substring] {
        whole(output.fileHandleForReading.readDataToEndOfFile())
    }

    func errorText() -> String {
        String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    func finish() -> Int {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        return Int(process.terminationStatus)
    }

    func kill() {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// A line that was cut off by the end of the process was not an acknowledgement.
    private func whole(_ data: Data) -> [Substring] {
        String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }
}

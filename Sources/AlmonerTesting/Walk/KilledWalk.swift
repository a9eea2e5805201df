public import Foundation

/// Walks over a durable file whose process is killed in the midst of every crash step's transaction, and taken up by
/// another process that first compares what it finds with the book-keeper.
public struct KilledWalk {
    /// The program that walks: `PROBE walk FILE SEED STEPS FROM`.
    public let probe: URL
    public let steps: Int

    public init(probe: URL, steps: Int) {
        self.probe = probe
        self.steps = steps
    }

    /// Walks one seed to its end; returns how often its process was killed. Throws a ``CaseWalk/Divergence`` where a
    /// process ended in any other way.
    public func run(seed: UInt64) throws -> Int {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-walk-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var reached = 0
        var kills = 0
        while true {
            let (lines, status, errors) = try walk(folder.appending(path: "w.db").path, seed, from: reached)
            if lines.last == "done" { return kills }
            reached = lines.compactMap { Int($0) }.last ?? reached
            guard status == SIGKILL, reached < steps else {
                throw CaseWalk.Divergence("seed \(seed), after step \(reached): \(errors)")
            }
            // The step that killed it leaves nothing behind, so the next process goes on after it.
            kills += 1
            reached += 1
        }
    }

    private func walk(_ path: String, _ seed: UInt64, from: Int) throws -> ([String], Int32, String) {
        let process = Process()
        process.executableURL = probe
        process.arguments = ["walk", path, "\(seed)", "\(steps)", "\(from)"]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let wrong = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (
            String(decoding: said, as: UTF8.self).split(separator: "\n").map(String.init), process.terminationStatus,
            String(decoding: wrong, as: UTF8.self)
        )
    }
}

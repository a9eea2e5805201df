import AlmonerTesting
import Foundation
import Testing

/// Walks over a durable file whose process is killed in the midst of every crash step's transaction.
@Suite struct KilledWalkTests {
    /// 20 seeds with `ALMONER_LONG=1`.
    @Test func nothingHalfDoneIsLeftByAKilledProcess() throws {
        let steps = 60
        var kills = 0
        for seed in 1...(Environment.value("ALMONER_LONG") == "1" ? 20 : 2) {
            let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-walk-\(UUID())")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            var reached = 0
            var isDone = false
            while !isDone {
                let (lines, status, errors) = try probe(folder.appending(path: "w.db").path, seed, steps, from: reached)
                isDone = lines.last == "done"
                reached = lines.compactMap { Int($0) }.last ?? reached
                guard !isDone else { break }
                // The step that killed it leaves nothing behind, so the next process goes on after it.
                try #require(status == SIGKILL, "seed \(seed), after step \(reached): \(errors)")
                kills += 1
                reached += 1
                try #require(kills < 2_000)
            }
        }
        #expect(kills > 0, "no process was ever killed")
    }

    private func probe(_ path: String, _ seed: Int, _ steps: Int, from: Int) throws -> ([String], Int32, String) {
        let process = Process()
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = tests.appendingPathComponent("CaseworkProbe")
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

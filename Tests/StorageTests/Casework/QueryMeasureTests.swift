import Foundation
import Testing

/// `make prove` asks every list and figure over 67,000 wishes; here a few show that the town it lives through can be lived.
@Suite struct QueryMeasureTests {
    @Test func everyQueryOfTheMeasureAnswers() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("CaseworkProbe")
        process.arguments = ["queries", "400"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
        for query in ["overdue, now", "figures by area, 200 days ago", "approvals: open", "claims: confirmed"] {
            let row = try #require(rows.first { $0.hasPrefix("| \(query) |") })
            #expect(!row.hasSuffix("| 0 |"), "nothing was found by: \(query)")
        }
    }
}

import Foundation
import Testing

/// The stories of the guide run as they stand, and end as they are told.
@Suite struct StoryTests {
    @Test(arguments: [
        (
            "burn-patient",
            [
                "approver 吴某（镇领导）", "approved, papers after", "clock starts", "arrival confirmed",
                "clock met (papers)", "partly fulfilled", "rated", "rating: 4",
            ]
        ),
        ("weaver", ["intake worker 王某（受理员）", "taken in", "claim split", "rated"]),
        (
            "street-lamps",
            [
                "conference", "notice taken down", "leg finished", "closed", "9 for, 1 against, 1 abstained",
                "尹某（社工）", "两处弯道曾有人摔伤", "approver 李某（市民政局）", "coordinator 王某（村协调员）",
            ]
        ),
    ])
    func aStoryRunsToItsEnd(_ name: String, _ told: [String]) throws {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [root.appendingPathComponent("Docs/stories/\(name).sh").path]
        let almoner = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("almoner").path
        process.environment = ProcessInfo.processInfo.environment.merging(["ALMONER": almoner]) { _, new in new }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text.suffix(600))")
        for action in told { #expect(text.contains(action), "\(action) is missing") }
        #expect(text.contains("The history holds"))
    }
}

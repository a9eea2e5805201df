import Casework
import Foundation
import Testing

struct WalkTests {
    /// 100 seeds by default; `ALMONER_LONG=1` walks all 1,000, `ALMONER_SEED=n` replays one.
    private var seeds: ClosedRange<UInt64> {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["ALMONER_SEED"].flatMap({ UInt64($0) }) { return seed...seed }
        return 1...(environment["ALMONER_LONG"] == nil ? 100 : 1_000)
    }

    @Test func claimsLedgerAndClocksAgreeWithTheOracleAtEveryStep() throws {
        let calendar = try WorkingCalendar.official()
        var counts: [String: Int] = [:]
        for seed in seeds {
            do {
                var walk = try Walk(seed: seed, calendar: calendar)
                try walk.run(steps: 200)
                counts.merge(walk.counts, uniquingKeysWith: +)
            } catch {
                Issue.record("ALMONER_SEED=\(seed) replays it: \(error)")
                return
            }
        }
        // A walk that never gets anywhere would agree as well.
        let wanted = [
            "propose", "accept", "decline", "release", "renew", "dispatch", "receive", "confirm", "expire", "split",
            "usable", "unfit", "lost", "pause", "resume", "meet", "lapse",
        ]
        for what in wanted where seeds.count >= 100 {
            #expect(counts[what, default: 0] > 20, "\(what) hardly ever happened: \(counts)")
        }
    }
}

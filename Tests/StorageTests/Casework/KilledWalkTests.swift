import AlmonerTesting
import Foundation
import Testing

/// Walks over a durable file whose process is killed in the midst of every crash step's transaction.
@Suite struct KilledWalkTests {
    /// 20 seeds of 200 steps with `ALMONER_LONG=1`, or by `make prove`.
    @Test func nothingHalfDoneIsLeftByAKilledProcess() throws {
        let isLong = Environment.value("ALMONER_LONG") == "1"
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let walk = KilledWalk(probe: tests.appendingPathComponent("CaseworkProbe"), steps: isLong ? 200 : 60)
        var kills = 0
        for seed in 1...UInt64(isLong ? 20 : 2) { kills += try walk.run(seed: seed) }
        #expect(kills > 0, "no process was ever killed")
    }
}

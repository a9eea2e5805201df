import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

@Suite struct CaseWalkTests {
    static let start = Moment(milliseconds: 1_767_600_000_000)

    /// In full with `ALMONER_LONG=1`, or by `make prove`: 1,000 seeds of 200 steps.
    @Test func theStoreAgreesWithTheBookKeeperStepByStep() {
        let isLong = Environment.value("ALMONER_LONG") == "1"
        let report = WalkFleet(seeds: 1...(isLong ? 1_000 : 12), start: Self.start).run()
        #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
        for what in [
            "offer", "withdraw", "cancel", "propose", "split", "expire", "crash", "retry", "confirm", "lost", "refused",
        ] {
            #expect(report.counts[what, default: 0] > 0, "\(what) never happened")
        }
    }

    /// Walks a seed until a fault that is planted after a step shows; returns where the two came apart.
    private func divergence(seed: UInt64, faultAfter step: Int) throws -> String? {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "walk", name: LocalizedText(zhHans: "走", en: "walk")), at: Timestamp(milliseconds: 0)
        )
        let store = SQLCaseStore(database: database, program: "walk", vault: try TestDatabase.vault(for: database))
        var walk = CaseWalk(seed: seed, rules: try SampleRules.rules(), start: Self.start)
        try walk.prepare(store)
        do {
            try walk.run(to: step, on: store)
            _ = try PlantedFault.ledger.plant(in: database, program: "walk")
            try walk.run(to: 200, on: store)
        } catch let found as CaseWalk.Divergence { return found.description }
        return nil
    }

    @Test func aFailingSeedReplaysExactly() throws {
        for seed in 1...UInt64(4) {
            let first = try #require(try divergence(seed: seed, faultAfter: 60), "seed \(seed): nothing was found")
            #expect(first.contains("seed \(seed), step 61"), "\(first)")
            #expect(try divergence(seed: seed, faultAfter: 60) == first)
        }
    }
}

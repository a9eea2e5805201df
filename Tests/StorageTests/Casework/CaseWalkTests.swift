import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

@Suite struct CaseWalkTests {
    static let start = Moment(milliseconds: 1_767_600_000_000)

    /// In full with `ALMONER_LONG=1`: 1,000 seeds of 200 steps.
    @Test func theStoreAgreesWithTheBookKeeperStepByStep() throws {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        var counts: [String: Int] = [:]
        for seed in 1...UInt64(Self.isLong ? 1_000 : 12) {
            let program = Programs.Program(
                code: "walk\(seed)", name: LocalizedText(zhHans: "走", en: "walk"), utcOffsetSeconds: 28_800)
            _ = try Programs(database: database).create(program, at: Timestamp(milliseconds: 0))
            let store = SQLCaseStore(database: database, program: program.code)
            var walk = CaseWalk(seed: seed, rules: try SampleRules.rules(), start: Self.start)
            try walk.prepare(store)
            try walk.run(to: 200, on: store)
            counts.merge(walk.counts) { $0 + $1 }
            #expect(try Audit.verify(store) == nil, "seed \(seed)")
        }
        for what in [
            "offer", "withdraw", "cancel", "propose", "split", "expire", "crash", "confirm", "lost", "refused",
        ] {
            #expect(counts[what, default: 0] > 0, "\(what) never happened")
        }
    }

    private static var isLong: Bool { Environment.value("ALMONER_LONG") == "1" }
}

import Benchmarks
import Foundation
import MatchCore
import ScorerCatalog
import Testing

@Suite struct RankGeneratorTests {
    @Test func theSameSeedGivesTheSameRankings() throws {
        func best() throws -> [[Int32]] {
            let registry = try RankGenerator.registry(offers: 3_000, wishes: 5, seed: 3, textual: true)
            let ranker = Ranker(
                plan: try ScoringPlan(RankProfile.twelve, scorers: ScorerCatalog.all),
                context: ScoringContext(registry: registry, now: Timestamp(milliseconds: 0), utcOffsetSeconds: 0))
            return RankMeasurement(ranker: ranker, top: 20).oneByOne(Array(0..<5)).rankings.map {
                $0.candidates.map(\.total)
            }
        }
        let first = try best()
        #expect(first.allSatisfy { $0.count == 20 })
        #expect(try best() == first)
    }

    @Test func boundsChangeNothing() throws {
        let registry = try RankGenerator.registry(offers: 6_000, wishes: 12, seed: 8, textual: true)
        let context = ScoringContext(registry: registry, now: Timestamp(milliseconds: 0), utcOffsetSeconds: 0)
        for profile in [RankProfile.nine, RankProfile.twelve] {
            let plan = try ScoringPlan(profile, scorers: ScorerCatalog.all)
            let quick = Ranker(plan: plan, context: context)
            let complete = Ranker(plan: plan, context: context, usingBounds: false)
            for row in 0..<12 {
                let wish = registry.wishes[row]
                #expect(
                    quick.offers(for: wish, limit: 20).candidates == complete.offers(for: wish, limit: 20).candidates)
            }
        }
    }

    @Test func filesAreReadAsTheGeneratorWritesThem() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rank-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("0,9,31.700000,120.500000,3,10,40,5,1,0.750000,0.250000,8\n".utf8).write(
            to: folder.appending(path: "offers.csv"))
        let wish = #"{"leaf":9,"lat":31.7,"lon":120.5,"qty":3,"d0":12,"d1":20,"skills":[0,2],"langs":1,"grp":4}"#
        try Data((wish + "\n").utf8).write(to: folder.appending(path: "wishes.jsonl"))
        let registry = try RankFiles(folder: folder.path()).registry()
        let ranker = Ranker(
            plan: try ScoringPlan(RankProfile.nine, scorers: ScorerCatalog.all),
            context: ScoringContext(registry: registry, now: Timestamp(milliseconds: 0), utcOffsetSeconds: 0))
        // Everything fits but the trust (0.75 of 6 %) and the rest (0.75 of 4 %).
        #expect(ranker.offers(for: registry.wishes[0], limit: 1).candidates.map(\.total) == [975_000])
        try Data("0,9,31.7\n".utf8).write(to: folder.appending(path: "offers.csv"))
        #expect(throws: BenchFileError.self) { try RankFiles(folder: folder.path()).registry() }
    }
}

import AlmonerTesting
import Casework
import MatchCore
import ScorerCatalog
import Testing

/// What a ranking promises, over every built-in scorer and registries that exercise every column.
@Suite struct RankingTests {
    private static let profile = ScoringProfile(
        name: "everything", revision: 1, title: LocalizedText(zhHans: "全部", en: "Everything"),
        entries: ScorerCatalog.all.enumerated().map { number, scorer in
            ScoringProfile.Entry(
                scorer: scorer.descriptor.id, weight: Int32(100 + 37 * number), neutral: Int32(400_000 + 9_973 * number)
            )
        })

    private static func ranker(_ sample: RegistrySample) throws -> Ranker {
        Ranker(plan: try ScoringPlan(profile, scorers: ScorerCatalog.all), context: sample.context)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func rankingIsWhatExplainingEveryPairAndSortingGives(seed: UInt64) throws {
        let sample = RegistrySample(seed: seed, offers: 300, wishes: 12)
        let ranker = try Self.ranker(sample)
        let (offers, wishes) = (sample.registry.offers, sample.registry.wishes)
        for wishRow in 0..<wishes.count {
            let all = (0..<offers.count).map { row in
                (row: row, explanation: ranker.explain(wish: wishes[wishRow], offer: offers[row]))
            }
            for (_, explanation) in all { #expect(explanation.arithmeticFaults() == []) }
            let expected = all.compactMap { row, explanation in explanation.total.map { (row, $0) } }
                .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : offers.tieOrder[$0.0] < offers.tieOrder[$1.0] }
            for limit in [0, 1, 20, offers.count] {
                let ranking = ranker.offers(for: wishes[wishRow], limit: limit)
                #expect(ranking.candidates.map(\.row) == expected.prefix(limit).map(\.0), "seed \(seed)")
                #expect(ranking.candidates.map(\.total) == expected.prefix(limit).map(\.1), "seed \(seed)")
            }
        }
    }

    @Test func aPairHasOneTotalWhicheverSideIsRanked() throws {
        let sample = RegistrySample(seed: 5, offers: 120, wishes: 40)
        let ranker = try Self.ranker(sample)
        let (offers, wishes) = (sample.registry.offers, sample.registry.wishes)
        var fromWishes: [[Int]: Int32] = [:]
        for row in 0..<wishes.count {
            for candidate in ranker.offers(for: wishes[row], limit: offers.count).candidates {
                fromWishes[[row, candidate.row]] = candidate.total
            }
        }
        var fromOffers: [[Int]: Int32] = [:]
        for row in 0..<offers.count {
            for candidate in ranker.wishes(for: offers[row], limit: wishes.count).candidates {
                fromOffers[[candidate.row, row]] = candidate.total
            }
        }
        #expect(!fromWishes.isEmpty)
        #expect(fromWishes == fromOffers)
    }

    @Test(arguments: [1, 7, 11] as [UInt64])
    func orderOfInputDoesNotMatter(shuffle: UInt64) throws {
        func keys(_ sample: RegistrySample) throws -> [String: [String]] {
            let ranker = try Self.ranker(sample)
            let (offers, wishes) = (sample.registry.offers, sample.registry.wishes)
            var result: [String: [String]] = [:]
            for row in 0..<wishes.count {
                let wish = wishes[row]
                result["\(wish.key) line \(wish.lineNumber)"] = ranker.offers(for: wish, limit: 50).candidates.map {
                    "\(offers[$0.row].key) line \(offers[$0.row].lineNumber): \($0.total)"
                }
            }
            return result
        }
        let plain = try keys(RegistrySample(seed: 3, offers: 400, wishes: 30))
        #expect(plain.values.contains { $0.count == 50 })
        #expect(try keys(RegistrySample(seed: 3, offers: 400, wishes: 30, shuffledBy: shuffle)) == plain)
    }

    @Test func numberOfThreadsDoesNotMatter() throws {
        let sample = RegistrySample(seed: 4, offers: 300, wishes: 60)
        let ranker = try Self.ranker(sample)
        func run(_ threads: Int) -> [[Explanation]] {
            var explanations: [[Explanation]] = []
            MatchRun(ranker: ranker, limit: 20, threads: threads).forEachChunk(ofLines: 17) {
                explanations += $0.map(\.explanations)
            }
            return explanations
        }
        let one = run(1)
        #expect(one.count == sample.registry.wishes.count)
        #expect(run(2) == one)
        #expect(run(7) == one)
    }
}

import AlmonerTesting
import MatchCore
import ScorerCatalog
import Synchronization
import Testing

/// A ranking that looks at few blocks gives the list that scoring every row gives, for whatever plan, filter and limit.
@Suite struct PruningTests {
    private static let kinds = ScorerCatalog.all + [BoundlessScorer.self]

    /// Six hundred cases each, in blocks so small that a sample has many.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func bestFirstIsWhatScoringEveryRowGives(seed: UInt64) throws {
        var random = SeededRandom(seed: seed &* 7_919)
        let sample = RegistrySample(seed: seed, offers: 220, wishes: 90, blocks: Self.blocks(seed))
        let (offers, wishes) = (sample.registry.offers, sample.registry.wishes)
        var spared = 0
        for number in 0..<600 {
            let plan = try Self.plan(&random)
            let ranker = Ranker(plan: plan, context: sample.context, usingBounds: number % 5 != 0)
            let limit = random.pick([0, 1, 2, 5, 20, 32, 150, 100_000])
            let filter = Self.filter(sample.registry, &random)
            let pruned: Ranking
            let complete: Ranking
            if number % 3 < 2 {
                let wish = wishes[Int.random(in: 0..<wishes.count, using: &random)]
                pruned = ranker.offers(for: wish, limit: limit, filter: filter)
                complete = ranker.offers(for: wish, limit: limit, filter: filter, countingVetoes: true)
            } else {
                let offer = offers[Int.random(in: 0..<offers.count, using: &random)]
                pruned = ranker.wishes(for: offer, limit: limit, filter: filter)
                complete = ranker.wishes(for: offer, limit: limit, filter: filter, countingVetoes: true)
            }
            #expect(
                pruned.candidates == complete.candidates,
                "seed \(seed), case \(number), limit \(limit), \(filter), \(plan.profile.entries)")
            if limit > 0, pruned.scored < complete.scored { spared += 1 }
        }
        // Where no block is ever passed by, the comparison says nothing.
        #expect(spared > Self.leastSpared, "seed \(seed): bounds spared rows in \(spared) of 600 cases")
    }

    private static let leastSpared = 60

    /// Small enough that a sample of a few hundred rows has dozens of blocks, and several above them.
    private static func blocks(_ seed: UInt64) -> BlockSizes {
        BlockSizes(fine: [1, 2, 3, 5, 8][Int(seed % 5)], finePerCoarse: [1, 2, 5][Int(seed % 3)])
    }

    /// A batch keeps from wish to wish what it has learnt. Wishes come here in any order, some of them again, so that this
    /// is of no use, or of much: the lists must not tell.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func batchIsWhatScoringEveryRowGives(seed: UInt64) throws {
        var random = SeededRandom(seed: seed &* 104_729)
        let sample = RegistrySample(seed: seed, offers: 260, wishes: 60, blocks: Self.blocks(seed))
        let wishes = sample.registry.wishes
        for number in 0..<40 {
            let plan = try Self.plan(&random)
            let ranker = Ranker(plan: plan, context: sample.context, usingBounds: number % 8 != 0)
            let limit = random.pick([0, 1, 2, 5, 20, 32, 70, 100_000])
            let batch = OfferBatch(ranker, limit: limit)
            for step in 0..<20 {
                let row =
                    number % 2 == 0 ? Int.random(in: 0..<wishes.count, using: &random) : (number + step) % wishes.count
                let complete = ranker.offers(for: wishes[row], limit: limit, countingVetoes: true)
                #expect(
                    batch.offers(for: wishes[row]).candidates == complete.candidates,
                    "seed \(seed), case \(number), step \(step), limit \(limit), \(plan.profile.entries)")
            }
        }
    }

    /// Totals that are equal in whole blocks: the order of keys alone decides, wherever the rows stand.
    @Test func tiesAcrossBlocksBreakByKey() throws {
        let sample = RegistrySample(seed: 6, offers: 600, wishes: 4, blocks: BlockSizes(fine: 8, finePerCoarse: 4))
        let profile = ScoringProfile(
            name: "ties", revision: 1, title: LocalizedText(zhHans: "并列", en: "Ties"),
            entries: [.init(scorer: "CategoryFit", weight: 1)])
        let ranker = Ranker(plan: try ScoringPlan(profile, scorers: ScorerCatalog.all), context: sample.context)
        for row in 0..<sample.registry.wishes.count {
            let wish = sample.registry.wishes[row]
            let complete = ranker.offers(for: wish, limit: 25, countingVetoes: true)
            #expect(ranker.offers(for: wish, limit: 25).candidates == complete.candidates)
        }
    }

    @Test func boundsSpareMostRowsOfAClusteredRegistry() throws {
        let town = try TownData.registry(offers: 6_000)
        let profile = ScoringProfile(
            name: "near", revision: 1, title: LocalizedText(zhHans: "近", en: "Near"),
            entries: [.init(scorer: "CategoryFit", weight: 50), .init(scorer: "Proximity", weight: 50)])
        let ranker = Ranker(
            plan: try ScoringPlan(profile, scorers: ScorerCatalog.all),
            context: ScoringContext(registry: town, now: RegistrySample.now))
        let ranking = ranker.offers(for: town.wishes[0], limit: 20)
        #expect(ranking.candidates.count == 20)
        #expect(ranking.scored < town.offers.count / 3)
    }

    /// A light scorer has nothing to say of blocks that the heaviest has put out of reach.
    @Test func mostBlocksAreRuledOutByTheHeaviestScorerAlone() throws {
        let sample = RegistrySample(seed: 3, offers: 900, wishes: 30, blocks: BlockSizes(fine: 1, finePerCoarse: 1))
        let profile = ScoringProfile(
            name: "heavy", revision: 1, title: LocalizedText(zhHans: "重", en: "Heavy"),
            entries: [.init(scorer: "CategoryFit", weight: 9_000), .init(scorer: "Counting", weight: 1)])
        let ranker = Ranker(
            plan: try ScoringPlan(profile, scorers: Self.kinds + [CountingScorer.self]), context: sample.context)
        let wishes = sample.registry.wishes
        let placed = (0..<wishes.count).filter { wishes[$0].category >= 0 }
        for row in placed { _ = ranker.offers(for: wishes[row], limit: 1) }
        let asked = CountingScorer.asked.withLock { $0 }
        #expect(!placed.isEmpty && asked > 0 && asked < placed.count * 900 / 2, "\(asked) of \(placed.count * 900)")
    }

    private static func plan(_ random: inout SeededRandom) throws -> ScoringPlan {
        // A plugin without a bound leaves hardly a block out: it takes part in one plan of four.
        let chosen = kinds.filter { type in
            random.chance(type == BoundlessScorer.self ? 25 : 60)
        }.shuffled(using: &random)
        let entries = chosen.map { type in
            var parameters: [String: ParameterValue] = [:]
            for parameter in type.descriptor.parameters where random.chance(40) {
                switch parameter.kind {
                case .integer(let range, _):
                    parameters[parameter.name] = .integer(
                        random.pick([range.lowerBound, range.upperBound, Int64.random(in: range, using: &random)]))
                case .flag: parameters[parameter.name] = .flag(random.chance(50))
                default: continue
                }
            }
            if (try? ParameterValues(parameters, for: type.descriptor)) == nil { parameters = [:] }
            return ScoringProfile.Entry(
                scorer: type.descriptor.id, weight: random.pick([0, 1, 7, 100, 999, 10_000]),
                neutral: random.pick([0, 1, 250_000, 500_000, 999_999, 1_000_000]), parameters: parameters)
        }
        return try ScoringPlan(
            ScoringProfile(
                name: "random", revision: 1, title: LocalizedText(zhHans: "随机", en: "Random"), entries: entries),
            scorers: kinds)
    }

    private static func filter(_ registry: Registry, _ random: inout SeededRandom) -> RankFilter {
        guard random.chance(35) else { return .everything }
        let (areas, categories) = (registry.areas.tree.count, registry.categories.tree.count)
        return RankFilter(
            category: random.chance(50) ? Int32.random(in: 0..<Int32(categories), using: &random) : nil,
            areas: random.chance(40)
                ? Set(
                    (0..<Int.random(in: 1...3, using: &random)).map { _ in
                        Int32.random(in: 0..<Int32(areas), using: &random)
                    })
                : nil,
            kinds: random.chance(40) ? [random.pick(OfferKind.allCases), random.pick(OfferKind.allCases)] : nil)
    }
}

/// Says the same of every offer, and counts the blocks that it was asked about.
private struct CountingScorer: Scorer {
    static let asked = Mutex(0)
    static let descriptor = ScorerDescriptor(
        id: "Counting", version: 1, title: LocalizedText(zhHans: "计数", en: "Counting"),
        summary: LocalizedText(zhHans: "一律相同。", en: "The same for all."), reasons: ["same"], examples: [])

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs { [:] }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement { Judgement(.value(7), reason: "same") }

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        OfferFiller(bounds: { _, blocks, column in
            CountingScorer.asked.withLock { $0 += blocks.count }
            column.fill(ScoreBound(constant: .value(7)))
        }) { _, column in column.fill(.value(7)) }
    }

    func sentence(for finding: Finding, in language: Language) -> String { "" }
}

/// A plugin of an outsider who wrote the first layer only: no columns, no bound.
private struct BoundlessScorer: Scorer {
    static let descriptor = ScorerDescriptor(
        id: "Boundless", version: 1, title: LocalizedText(zhHans: "无界", en: "Boundless"),
        summary: LocalizedText(zhHans: "按编号给分。", en: "Scores by number."),
        vetoes: [.init(reason: "unlucky", title: LocalizedText(zhHans: "不巧", en: "Unlucky"))],
        reasons: ["number", "unknown", "apart", "unlucky"], examples: [])

    init(parameters: ParameterValues) {}

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        ["number": .integer(Int64(wish.key.id.low &* 31 &+ offer.key.id.low &* 17) % 101)]
    }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        let number = try inputs.integer("number")
        switch number % 13 {
        case 0: return Judgement(.veto(0), reason: "unlucky")
        case 1: return Judgement(.notApplicable, reason: "apart")
        case 2: return Judgement(.notKnown, reason: "unknown")
        default: return Judgement(.value(Int32(number * 9_900)), reason: "number")
        }
    }

    func sentence(for finding: Finding, in language: Language) -> String { "" }
}

/// Offers of four items in five towns, each town some kilometres wide.
private enum TownData {
    static func registry(offers: Int) throws -> Registry {
        var random = SeededRandom(seed: 99)
        let categories = try CategoryTree(
            (0..<4).map { Category(code: "i\($0)", parent: nil, name: LocalizedText(zhHans: "物\($0)", en: "i\($0)")) })
        var builder = RegistryBuilder(areas: .empty, categories: categories)
        func place(_ town: Int) -> Place {
            let latitude = 22.8 + 0.2 * Double(town) + Double.random(in: 0...0.05, using: &random)
            let longitude = 113.6 + Double.random(in: 0...0.05, using: &random)
            return Place(point: GeoPoint(latitude: latitude, longitude: longitude))
        }
        for number in 0..<offers {
            builder.add(
                Offer(
                    key: RecordKey(source: "town", externalID: "\(number)", id: RecordID(high: 2, low: UInt64(number))),
                    party: RecordID(high: 1, low: 0), kind: .goods, place: place(number % 5),
                    lines: [OfferLine(category: "i\(number / 5 % 4)", available: 1)]))
        }
        builder.add(
            Wish(
                key: RecordKey(source: "town", externalID: "w", id: RecordID(high: 3, low: 0)), place: place(2),
                lines: [WishLine(category: "i1", quantity: 1)]))
        return builder.build()
    }
}

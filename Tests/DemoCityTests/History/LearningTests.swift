import DemoCity
import MatchCore
import Testing

/// Learning in a world whose true weights are known. The long form, 5,000 decisions over several seeds, is
/// `almoner bench tune`.
@Suite("Learning weights")
struct LearningTests {
    private static let today = ScoringProfile(
        name: "default", revision: 1, title: LocalizedText(zhHans: "方案", en: "profile"),
        entries: [
            ("CategoryFit", 2600), ("Proximity", 2000), ("QuantityFit", 1000), ("Trust", 600), ("FairShare", 100),
        ]
        .map { .init(scorer: $0.0, weight: $0.1) })
    private static let truth = DecisionWorld.truth(behind: today)

    private func history(_ options: DecisionWorld.Options) throws -> DecisionHistory {
        try DecisionWorld(options: options).history(today: Self.today, truth: Self.truth)
    }

    private func learned(_ history: DecisionHistory, _ options: Learning.Options) throws -> LearningOutcome {
        try Learning(options: options).outcome(Self.today, history)
    }

    /// Quick enough without optimisation.
    private static let quick = Learning.Options(bias: .declared(0.7), folds: 2, strengths: [3], draws: 300)

    @Test("From biased, noisy decisions the weights come back to within 10 % of the best there is, and beat the start")
    func comesBack() throws {
        let outcome = try learned(try history(.init(seed: 7, decisions: 900)), Self.quick)
        #expect(outcome.verdict == .better)
        let draft = try #require(outcome.draft)
        let gain = try #require(outcome.backtest?[.ndcg]?.difference)
        #expect(gain.low > 0)

        // Decisions that nobody learned from, over whole lists, with every position looked at.
        let fresh = try history(
            .init(seed: 1007, decisions: 800, pool: 30, shown: 30, positionBias: 0, blindPercent: 0))
        func ndcg(_ profile: ScoringProfile) throws -> Double {
            let test = Backtest((profile, fresh), (profile, fresh), options: .init(draws: 1))
            return try #require(test[.ndcg]?.first).value
        }
        let (best, own, start) = (try ndcg(Self.truth), try ndcg(draft), try ndcg(Self.today))
        #expect(own >= 0.9 * best, "learned \(own), attainable \(best)")
        #expect(own > start + 0.5 * (best - start), "learned \(own), start \(start), attainable \(best)")
        #expect(draft.entries.reduce(0) { $0 + Int64($1.weight) } == 6300, "the sum stays today's")
        #expect(draft.revision == 0, "a draft")
    }

    @Test("What is shown first is chosen more: without taking that out, the weights stay nearer to today's")
    func positionBiasIsTakenOut() throws {
        let history = try history(.init(seed: 7, decisions: 900))
        var blind = Self.quick
        blind.bias = .none
        func fairShare(_ bias: PositionBias) throws -> Int32 {
            var options = Self.quick
            options.bias = bias
            return try learned(history, options).draft?.entries[4].weight ?? Self.today.entries[4].weight
        }
        // In truth FairShare, which hardly counts today, is what counts most.
        let (taken, estimated, left) = (try fairShare(.declared(0.7)), try fairShare(.estimated), try fairShare(.none))
        #expect(taken > left && estimated > left, "declared \(taken), estimated \(estimated), not at all \(left)")
    }

    @Test("Fifty decisions: cannot tell")
    func tooFew() throws {
        let outcome = try learned(try history(.init(seed: 5, decisions: 50)), Self.quick)
        #expect(outcome.verdict == .cannotTell)
        #expect(outcome.draft == nil)
    }

    @Test("Decisions at random, by position or not, are no evidence and make no draft", arguments: [0.0, 1.0])
    func random(positionBias: Double) throws {
        for seed: UInt64 in [11, 12, 13] {
            let history = try history(
                .init(seed: seed, decisions: 500, positionBias: positionBias, decidedness: 0, blindPercent: 100))
            let outcome = try learned(history, Self.quick)
            #expect(outcome.verdict == .noEvidence, "seed \(seed): \(String(describing: outcome.signal))")
            #expect(outcome.draft == nil)
        }
    }

    @Test("Where today's weights are the true ones, no draft comes of it")
    func alreadyRight() throws {
        let history = try DecisionWorld(options: .init(seed: 21, decisions: 700)).history(
            today: Self.today, truth: Self.today)
        let outcome = try learned(history, Self.quick)
        // The lists stood in that very order, so that worth can hardly be told from position: any answer but a draft.
        #expect(outcome.verdict != .better && outcome.draft == nil)
    }

    @Test("The same seed gives the same draft and the same intervals")
    func deterministic() throws {
        let history = try history(.init(seed: 9, decisions: 300))
        let (one, other) = (try learned(history, Self.quick), try learned(history, Self.quick))
        #expect(one.draft == other.draft && one.backtest?.lines == other.backtest?.lines && one.signal == other.signal)
    }

    @Test("The admin's bounds hold")
    func bounds() throws {
        let history = try history(.init(seed: 7, decisions: 500))
        var options = Self.quick
        options.bounds = ["Proximity": 400...700, "FairShare": 0...1500]
        options.leastDecisions = 1
        let draft = try #require(try learned(history, options).draft)
        #expect((400...700).contains(draft.entries[1].weight))
        #expect((0...1500).contains(draft.entries[4].weight))
        options.bounds = ["Proximity": 0...10, "CategoryFit": 0...10, "QuantityFit": 0...10, "Trust": 0...10]
        options.bounds["FairShare"] = 0...10
        #expect(throws: TuningError.self) { try learned(history, options) }
        options.bounds = ["Nobody": 0...10]
        #expect(throws: TuningError.self) { try learned(history, options) }
    }

    @Test("A refusal that blames distance raises the weight of distance")
    func refusals() throws {
        // Two candidates: the far one is chosen and mostly refused; distance is all that tells them apart.
        let random = try history(.init(seed: 2, decisions: 400, positionBias: 0))
        var decisions = random.decisions
        for index in decisions.indices {
            let far = decisions[index].candidates.indices.min {
                decisions[index].candidates[$0].values[1] < decisions[index].candidates[$1].values[1]
            }
            guard let far, index % 2 == 0 else { continue }
            for candidate in decisions[index].candidates.indices {
                decisions[index].candidates[candidate].fate = .passedOver
            }
            decisions[index].candidates[far].fate = .declined
            decisions[index].candidates[far].reason = "tooFar"
        }
        let refused = try DecisionHistory(scorers: random.scorers, decisions: decisions)
        func proximity(_ reasons: [String: [String]]) throws -> Int32 {
            var options = Self.quick
            options.reasons = reasons
            options.leastDecisions = 1
            return try #require(try learned(refused, options).draft).entries[1].weight
        }
        #expect(try proximity(RefusalReasons.standard) > proximity([:]))
    }
}

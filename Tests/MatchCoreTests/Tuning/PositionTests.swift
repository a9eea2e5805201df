import MatchCore
import Testing

/// People who go by where a candidate stands, and not by what it is worth, over lists that another profile ordered.
@Suite("Position and worth")
struct PositionTests {
    private static func profile(_ first: Int32, _ second: Int32) -> ScoringProfile {
        ScoringProfile(
            name: "p", revision: 1, title: LocalizedText(zhHans: "方案", en: "profile"),
            entries: [.init(scorer: "S0", weight: first), .init(scorer: "S1", weight: second)])
    }

    /// Lists in the order of the first scorer; `pick` says which is taken.
    private static func history(
        _ count: Int, seed: UInt64, _ pick: (inout TuningRandom) -> Int
    ) throws -> DecisionHistory {
        var random = TuningRandom(seed: seed)
        return try DecisionHistory(
            scorers: ["S0", "S1"],
            decisions: (0..<count).map { number in
                let lists = (0..<6).map { _ in [Int32(random.below(1_000_001)), Int32(random.below(1_000_001))] }
                let chosen = pick(&random)
                let time = Timestamp(milliseconds: Int64(number) * 1_000)
                return Decision(
                    name: "W\(number)", wish: "W\(number)", time: time,
                    candidates: lists.sorted { $0[0] > $1[0] }.enumerated().map { place, values in
                        Decision.Candidate(
                            offer: "O\(place)", position: place + 1, values: values,
                            fate: place == chosen ? .delivered : .passedOver,
                            fateTime: place == chosen ? time : nil)
                    })
            })
    }

    private static func verdict(_ history: DecisionHistory, _ bias: PositionBias) throws -> LearningOutcome {
        let options = Learning.Options(bias: bias, folds: 2, draws: 200)
        return try Learning(options: options).outcome(profile(100, 900), history)
    }

    @Test("How far recall looks is settled by what was known before the first list that is judged, not by later ones")
    func recallLooksAtWhatWasKnown() throws {
        /// Lists of one length before a moment and of another after it.
        func lists(_ early: Int, _ late: Int) throws -> DecisionHistory {
            var random = TuningRandom(seed: 9)
            return try DecisionHistory(
                scorers: ["S0", "S1"],
                decisions: (0..<300).map { number in
                    let time = Timestamp(milliseconds: Int64(number) * 1_000)
                    return Decision(
                        name: "W\(number)", wish: "W\(number)", time: time,
                        candidates: (0..<(number < 90 ? early : late)).map { place in
                            Decision.Candidate(
                                offer: "O\(place)", position: place + 1,
                                values: [Int32(random.below(1_000_001)), Int32(random.below(1_000_001))],
                                fate: place == number % 3 ? .delivered : .passedOver,
                                fateTime: place == number % 3 ? time : nil)
                        })
                })
        }
        // Two folds: the first list that is judged is the hundredth.
        let short = try Self.verdict(try lists(6, 6), .none).backtest?.recallCutoff
        #expect(short == 3)
        #expect(try Self.verdict(try lists(6, 14), .none).backtest?.recallCutoff == short)
        #expect(try Self.verdict(try lists(14, 6), .none).backtest?.recallCutoff == 10)
    }

    @Test(
        "Who takes the first, always or nearly, says nothing of weights: the order of an older profile is not learned again"
    )
    func theFirstIsTaken() throws {
        let always = try Self.history(300, seed: 1) { _ in 0 }
        let nearly = try Self.history(800, seed: 2) { $0.below(100) < 97 ? 0 : 1 }
        for (history, name) in [(always, "always"), (nearly, "nearly")] {
            for bias in [PositionBias.estimated, .none, .declared(0.7)] {
                let outcome = try Self.verdict(history, bias)
                #expect(
                    outcome.verdict == .noEvidence && outcome.draft == nil, "\(name), \(bias): \(outcome.signal as Any)"
                )
            }
        }
    }

    @Test("Who goes by worth is still heard, though what stands first is looked at more")
    func worthIsHeard() throws {
        var random = TuningRandom(seed: 5)
        let lists = try Self.history(400, seed: 3) { _ in 0 }
        let chosen = lists.decisions.map { decision -> Decision in
            var decision = decision
            let worth = decision.candidates.map { candidate in
                Double(candidate.values[0]) / 1e5 * 0.7 + Double(candidate.values[1]) / 1e5 * 0.3 + random.gumbel()
            }
            let best = worth.indices.max { worth[$0] < worth[$1] } ?? 0
            for index in decision.candidates.indices {
                decision.candidates[index].fate = index == best ? .delivered : .passedOver
                decision.candidates[index].fateTime = index == best ? decision.time : nil
            }
            return decision
        }
        let outcome = try Self.verdict(try DecisionHistory(scorers: lists.scorers, decisions: chosen), .estimated)
        #expect(outcome.verdict == .better && (outcome.draft?.entries[0].weight ?? 0) > 100)
    }
}

import MatchCore
import Testing

/// What an interval promises whatever the history: that the figure lies in it, and that everybody counts positions alike.
@Suite("Intervals of a back-test")
struct IntervalTests {
    private func profile(_ weights: Int32...) -> ScoringProfile {
        ScoringProfile(
            name: "p", revision: 1, title: LocalizedText(zhHans: "方案", en: "profile"),
            entries: weights.enumerated().map { .init(scorer: "S\($0.offset)", weight: $0.element) })
    }

    /// Choices at random: areas that are served alike differ by chance alone.
    private func history(seed: UInt64, wishes: Int, areas: Int, best: Bool = false) throws -> DecisionHistory {
        var random = TuningRandom(seed: seed)
        return try DecisionHistory(
            scorers: ["S0", "S1"],
            decisions: (0..<wishes).map { number in
                let values = (0..<6).map { _ in [Int32(random.below(1_000_001)), Int32(random.below(1_000_001))] }
                let chosen = best ? values.indices.max { values[$0][1] < values[$1][1] } ?? 0 : random.below(6)
                return Decision(
                    name: "W\(number)", wish: "W\(number)", time: Timestamp(milliseconds: Int64(number)),
                    area: "a\(number % areas)",
                    candidates: values.enumerated().map { index, own in
                        Decision.Candidate(
                            offer: "O\(index)", position: index + 1, values: own, metres: Int64(random.below(9_000)),
                            fate: index == chosen ? .delivered : .passedOver,
                            fateTime: Timestamp(milliseconds: Int64(number)))
                    })
            })
    }

    @Test("Every interval holds its own figure, also that of the gap between many areas that are served alike")
    func holdsItsFigure() throws {
        for seed: UInt64 in 1...30 {
            var random = TuningRandom(seed: seed)
            let areas = 2 + random.below(12)
            let past = try history(seed: seed, wishes: areas * (3 + random.below(12)), areas: areas)
            let test = Backtest(
                (profile(10, 1), past), (profile(1, 10), past), options: .init(draws: 100, seed: seed, leastPerArea: 2))
            #expect(test[.areaGap]?.first != nil, "seed \(seed)")
            for line in test.lines {
                for interval in [line.first, line.second, line.difference] {
                    guard let interval else { continue }
                    #expect(
                        interval.low <= interval.value && interval.value <= interval.high,
                        "seed \(seed), \(line.measure): \(interval)")
                }
                if line.measure == .areaGap {
                    #expect(line.first.map { $0.low >= 0 } ?? true, "seed \(seed): a gap below 0")
                }
            }
        }
    }

    @Test("The gap between areas that are served alike is called noise nearly always")
    func gapOfNothing() throws {
        var alarms = 0
        for seed: UInt64 in 1...20 {
            let past = try history(seed: seed, wishes: 160, areas: 8)
            let test = Backtest(
                (profile(10, 0), past), (profile(0, 10), past), options: .init(draws: 100, seed: seed, leastPerArea: 5))
            if test[.areaGap]?.verdict != .noise { alarms += 1 }
        }
        #expect(alarms <= 4, "\(alarms) of 20, seeds 1…20")
    }

    @Test("Back-tests and learning take the same view of positions where nobody says otherwise")
    func oneDefault() throws {
        #expect(Backtest.Options().bias == PositionBias.standard)
        #expect(Learning.Options().bias == PositionBias.standard)
        let few = try history(seed: 1, wishes: 50, areas: 2)
        let short = Backtest((profile(1, 1), few), (profile(1, 2), few), options: .init(draws: 20))
        #expect(short.bias == .none, "50 choices say too little of positions")
        let many = try history(seed: 1, wishes: 260, areas: 2)
        let long = Backtest((profile(1, 1), many), (profile(1, 2), many), options: .init(draws: 20))
        #expect(long.bias == .estimated && long.chances.count == 10 && long.chances.first == 1)
        // Everybody looked at everything here, so that no position counts much more than another.
        #expect(long.chances.prefix(6).allSatisfy { (0.5...2).contains($0) }, "\(long.chances)")
    }

    @Test("A number of folds out of bounds is brought within them: learning always ends")
    func folds() throws {
        #expect(Learning.Options(folds: 100_000).folds == Learning.Options.mostFolds)
        let past = try history(seed: 3, wishes: 120, areas: 2, best: true)
        let learning = Learning(
            options: .init(bias: .none, folds: 100_000, leastDecisions: 50, strengths: [30], draws: 20))
        #expect(try learning.outcome(profile(5, 5), past).tested > 100)
        var late = Learning(options: .init(bias: .none, leastDecisions: 50, strengths: [30], draws: 20))
        late.options.isOverdue = { true }
        let error = #expect(throws: TuningError.self) { try late.outcome(profile(5, 5), past) }
        #expect(error?.code == .tooLong)
    }
}

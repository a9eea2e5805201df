import MatchCore
import Testing

@Suite("Back-tests")
struct BacktestTests {
    private func profile(_ weights: Int32...) -> ScoringProfile {
        ScoringProfile(
            name: "p", revision: 1, title: LocalizedText(zhHans: "方案", en: "profile"),
            entries: weights.enumerated().map { .init(scorer: "S\($0.offset)", weight: $0.element) })
    }

    private func decision(
        _ number: Int, area: String? = nil, _ candidates: [(values: [Int32], fate: Decision.Fate)]
    ) -> Decision {
        Decision(
            name: "W\(number)/1", wish: "W\(number)", time: Timestamp(milliseconds: Int64(number) * 1000), area: area,
            candidates: candidates.enumerated().map { index, candidate in
                Decision.Candidate(
                    offer: "O\(index)", position: index + 1, values: candidate.values,
                    metres: Int64(1000 * (index + 1)),
                    fate: candidate.fate, fateTime: Timestamp(milliseconds: Int64(number) * 1000 + 500))
            })
    }

    private func history(_ decisions: [Decision]) throws -> DecisionHistory {
        try DecisionHistory(scorers: ["S0", "S1"], decisions: decisions)
    }

    @Test("The figures of one list are those of the textbook")
    func figures() throws {
        // By the first scorer the delivered one stands second; by the other one first.
        let past = try history([
            decision(
                1, [([900_000, 0], .passedOver), ([800_000, 900_000], .delivered), ([100_000, 100_000], .declined)])
        ])
        let test = Backtest((profile(10, 0), past), (profile(0, 10), past))
        #expect(test[.ndcg]?.first == nil, "one wish has no interval")
        let two = try history([past.decisions[0], decision(2, [([0, 0], .passedOver), ([0, 0], .passedOver)])])
        let both = Backtest((profile(10, 0), two), (profile(0, 10), two), options: .init(draws: 200))
        #expect(abs(try #require(both[.ndcg]?.first).value - 0.630_93) < 1e-4)
        #expect(try #require(both[.ndcg]?.second).value == 1)
        #expect(try #require(both[.reciprocalRank]?.first).value == 0.5)
        // Most lists are not longer than ten: everything would be recalled. So recall is told at half of a middle one.
        #expect(both.recallCutoff == 1 && both.recalled == 1)
        #expect(both[.recall]?.first?.value == 0 && both[.recall]?.second?.value == 1)
        let short = Backtest((profile(10, 0), two), (profile(0, 10), two), options: .init(cutoff: 1, draws: 200))
        #expect(try #require(short[.recall]?.first).value == 0)
        #expect(short.recalled == 1 && short.recallCutoff == 1)
        let single = try history([decision(1, [([1, 0], .delivered)]), decision(2, [([2, 0], .delivered)])])
        let alone = Backtest((profile(10, 0), single), (profile(0, 10), single), options: .init(draws: 200))
        #expect(alone[.recall]?.first == nil && alone.recalled == 0, "of a list of one everything is recalled")
        // A list of two says nothing of recall@2; one of three does, and alone decides the figure.
        let mixed = try history([
            decision(1, [([1, 0], .delivered), ([2, 0], .passedOver)]),
            decision(2, [([1, 0], .delivered), ([2, 0], .passedOver), ([3, 0], .passedOver)]),
        ])
        let flattered = Backtest(
            (profile(10, 0), mixed), (profile(0, 10), mixed), options: .init(cutoff: 2, draws: 200))
        #expect(flattered[.recall]?.first?.value == 0 && flattered.recalled == 1)
        #expect(both[.distance]?.second?.value == 1.5, "2 km, and 1 km where the names decide a tie")
    }

    @Test("A real difference is told from noise")
    func noise() throws {
        var random = TuningRandom(seed: 4)
        func value() -> Int32 { Int32(random.below(1_000_001)) }
        var decisions: [Decision] = []
        for number in 1...300 {
            var list = (0..<6).map { _ in (values: [value(), value()], fate: Decision.Fate.passedOver) }
            let best = list.indices.max { list[$0].values[1] < list[$1].values[1] } ?? 0
            list[best].fate = .delivered
            decisions.append(decision(number, area: number % 3 == 0 ? "north" : "south", list))
        }
        let past = try history(decisions)
        let real = Backtest((profile(10, 0), past), (profile(0, 10), past), options: .init(draws: 300))
        #expect(real[.ndcg]?.verdict == .better && real[.reciprocalRank]?.verdict == .better)
        #expect(
            Backtest((profile(0, 10), past), (profile(10, 0), past), options: .init(draws: 300))[.ndcg]?.verdict
                == .worse)
        // A weight that hardly moves an order.
        let same = Backtest((profile(10, 0), past), (profile(10_000, 1), past), options: .init(draws: 300))
        #expect(same[.ndcg]?.verdict == .noise)
        let again = Backtest((profile(10, 0), past), (profile(0, 10), past), options: .init(draws: 300))
        #expect(again.lines == real.lines, "the same seed, the same intervals")
    }

    @Test("What came later is not known earlier")
    func noLookingAhead() throws {
        let past = try history([decision(1, [([0, 0], .delivered)]), decision(2, [([0, 0], .declined)])])
        let then = past.known(at: Timestamp(milliseconds: 1200))
        #expect(then.decisions.map(\.name) == ["W1/1"])
        #expect(then.decisions[0].candidates[0].fate == .chosen, "delivered 300 ms later")
        #expect(past.known(at: Timestamp(milliseconds: 1500)).decisions[0].candidates[0].fate == .delivered)
    }

    @Test("The order in which candidates were shown never breaks a tie")
    func ties() throws {
        let shown = decision(1, [([5, 5], .passedOver), ([5, 5], .delivered)])
        var turned = shown
        turned.candidates.reverse()
        for index in turned.candidates.indices { turned.candidates[index].position = index + 1 }
        let order = HistoryOrder(profile(1, 1))
        #expect(
            order.order(shown).map { shown.candidates[$0].offer }
                == order.order(turned).map { turned.candidates[$0].offer })
    }

    @Test("Values that do not fit are refused")
    func refusals() {
        #expect(throws: TuningError.self) { try history([decision(1, [([5], .passedOver)])]) }
        #expect(throws: TuningError.self) { try history([decision(1, [([5, 1_000_001], .passedOver)])]) }
        #expect(throws: TuningError.self) { try history([decision(1, [])]) }
        #expect(throws: TuningError.self) {
            try DecisionHistory(scorers: ["S0"], decisions: []).columns(of: profile(1, 1))
        }
    }
}

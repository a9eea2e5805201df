import MatchCore
import Testing

@Suite("TuningTests: votes, splits, shadows, previews")
struct VoteAndTrialTests {
    private func vote(_ totals: [[Int32?]], votes: [Int]? = nil, names: [String]? = nil) throws -> BordaVote {
        try BordaVote(
            totals.enumerated().map {
                .init(voice: "v\($0.offset)", votes: votes?[$0.offset] ?? 1, totals: $0.element)
            },
            names: names ?? totals[0].indices.map { "c\($0)" })
    }

    @Test("A compromise that all rank second beats what divides them")
    func compromise() throws {
        let result = try vote([[9, 8, 1, 0], [0, 8, 9, 1], [1, 8, 0, 9]]).result
        #expect(result[0].candidate == 1)
        #expect(result[0].halfPoints == 12 && result[0].account.map(\.place) == [2, 2, 2])
    }

    @Test("Points are whole, add up, and are shared between equals; voices in any order give the same")
    func properties() throws {
        for seed: UInt64 in 1...60 {
            var random = TuningRandom(seed: seed)
            let (voices, count) = (1 + random.below(5), 1 + random.below(7))
            let totals = (0..<voices).map { _ in (0..<count).map { _ in Int32?(Int32(random.below(5))) } }
            let result = try vote(totals).result
            #expect(result.reduce(0) { $0 + $1.halfPoints } == voices * count * (count - 1), "seed \(seed)")
            for standing in result {
                #expect(standing.account.reduce(0) { $0 + $1.halfPoints } == standing.halfPoints, "seed \(seed)")
            }
            let turned = try vote(totals.reversed()).result
            #expect(turned.map(\.candidate) == result.map(\.candidate), "seed \(seed)")
            // A voice that speaks with two votes is two voices that say the same.
            let doubled = try vote(totals, votes: [2] + Array(repeating: 1, count: voices - 1)).result
            #expect(
                try vote([totals[0]] + totals).result.map(\.halfPoints) == doubled.map(\.halfPoints), "seed \(seed)")
            // What everybody ranks higher ends higher.
            for one in result.indices {
                for other in result.indices
                where totals.allSatisfy({
                    $0[result[one].candidate] ?? 0 > $0[result[other].candidate] ?? 0
                }) {
                    #expect(one < other, "seed \(seed)")
                }
            }
        }
    }

    @Test("One veto takes a candidate out; a ballot that leaves one out is refused")
    func vetoes() throws {
        #expect(try vote([[9, nil], [1, 9]]).result.map(\.candidate) == [0])
        #expect(throws: TuningError.self) { try vote([[9, 1], [1]]) }
        #expect(throws: TuningError.self) { try vote([[9, 1]], votes: [0]) }
    }

    @Test("A split keeps its promise: near the share, the same for the same seed, growing without moving anybody back")
    func split() {
        for seed: UInt64 in 1...10 {
            let areas = (0..<600).map { "441900\($0)" }
            let few = Set(areas.filter { AreaSplit(seed: seed, percent: 20).servesDraft($0) })
            let more = Set(areas.filter { AreaSplit(seed: seed, percent: 50).servesDraft($0) })
            #expect(few.isSubset(of: more), "seed \(seed)")
            #expect((80...160).contains(few.count) && (240...360).contains(more.count), "seed \(seed): \(few.count)")
            #expect(areas.allSatisfy { !AreaSplit(seed: seed, percent: 0).servesDraft($0) })
            #expect(areas.allSatisfy { AreaSplit(seed: seed, percent: 100).servesDraft($0) })
        }
        let areas = (0..<100).map { "a\($0)" }
        #expect(
            areas.map { AreaSplit(seed: 1, percent: 50).servesDraft($0) }
                != areas.map { AreaSplit(seed: 2, percent: 50).servesDraft($0) })
    }

    @Test("The stop rule looks once at its horizon, and earlier only for harm")
    func stopRule() {
        let rule = StopRule(horizon: 200)
        func side(_ ended: Int, _ percent: Int) -> StopRule.Side {
            .init(ended: ended, delivered: ended * percent / 100)
        }
        #expect(rule.verdict(draft: side(150, 95), published: side(190, 60)) == .goOn, "good news waits")
        #expect(rule.verdict(draft: side(20, 10), published: side(190, 80)) == .goOn, "too early even for harm")
        #expect(rule.verdict(draft: side(80, 20), published: side(90, 80)) == .stopForHarm)
        #expect(rule.verdict(draft: side(200, 90), published: side(200, 70)) == .draftBetter)
        #expect(rule.verdict(draft: side(200, 60), published: side(210, 80)) == .draftWorse)
        #expect(rule.verdict(draft: side(200, 71), published: side(200, 70)) == .noDifference)
    }

    private func trial(_ outcomes: [(draft: Bool, published: Bool)]) -> [StopRule.Ended] {
        outcomes.enumerated().flatMap { index, outcome in
            [(true, outcome.draft), (false, outcome.published)].map { isOfDraft, isDelivered in
                StopRule.Ended(
                    time: Timestamp(milliseconds: Int64(index) * 10 + (isOfDraft ? 0 : 1)), isOfDraft: isOfDraft,
                    isDelivered: isDelivered)
            }
        }
    }

    @Test("What ended after the horizon changes nothing: neither the sides nor the verdict")
    func horizon() {
        let rule = StopRule(horizon: 40)
        // Alike up to the horizon; then everything of the draft's comes to nothing.
        let alike = (0..<40).map { (draft: $0 % 3 != 0, published: $0 % 3 != 0) }
        let reading = rule.reading(trial(alike))
        #expect(reading.verdict == .noDifference && reading.later == 0)
        #expect(reading.draft.ended == 40 && reading.published.ended == 40)
        let longer = rule.reading(trial(alike + Array(repeating: (draft: false, published: true), count: 200)))
        #expect(longer.verdict == .noDifference, "it looked past its horizon")
        #expect(longer.draft == reading.draft && longer.published == reading.published && longer.later == 400)
        #expect(longer.decidedAt == reading.decidedAt)
        // The order in which the ends are told does not matter, only when they were.
        #expect(rule.reading(trial(alike).reversed()).draft == reading.draft)
    }

    @Test("Harm is looked for at a quarter, half and three quarters, and what was stopped stays stopped")
    func looks() {
        let rule = StopRule(horizon: 200)
        let bad = Array(repeating: (draft: false, published: true), count: 60)
        let good = Array(repeating: (draft: true, published: true), count: 300)
        let stopped = rule.reading(trial(bad + good))
        #expect(stopped.verdict == .stopForHarm && stopped.draft.ended == 50 && stopped.later == 620)
        // Between the looks nothing is looked at: harm that is over by the next look is not seen.
        #expect(rule.reading(trial(Array(bad.prefix(49)))).verdict == .goOn)
        #expect(rule.reading([]).verdict == .goOn)
    }

    @Test("Sides that are alike are told apart by the stop rule in about one of twenty trials, not more")
    func falseAlarms() {
        var alarms = 0
        for seed: UInt64 in 1...400 {
            var random = TuningRandom(seed: seed)
            let rule = StopRule(horizon: 150)
            var (draft, published) = (StopRule.Side(ended: 0, delivered: 0), StopRule.Side(ended: 0, delivered: 0))
            var verdict = StopRule.Verdict.goOn
            while verdict == .goOn {
                draft.ended += 1
                published.ended += 1
                if random.unit() < 0.7 { draft.delivered += 1 }
                if random.unit() < 0.7 { published.delivered += 1 }
                verdict = rule.verdict(draft: draft, published: published)
            }
            if verdict != .noDifference { alarms += 1 }
        }
        #expect((5...34).contains(alarms), "\(alarms) of 400, seeds 1…400")
    }

    @Test("A shadow that agrees differs nowhere; one that turns everything round swaps every pair")
    func shadow() {
        let decision = Decision(
            name: "W/1", wish: "W", time: Timestamp(milliseconds: 0),
            candidates: (0..<4).map {
                .init(offer: "O\($0)", position: $0 + 1, values: [], fate: $0 == 3 ? .delivered : .passedOver)
            })
        var same = ShadowTally()
        same.add(decision, published: [0, 1, 2, 3], draft: [0, 1, 2, 3])
        #expect(same.otherFirst == 0 && same.otherOrder == 0 && same.swappedPairs == 0 && same.pairs == 6)
        var turned = ShadowTally()
        turned.add(decision, published: [0, 1, 2, 3], draft: [3, 2, 1, 0])
        #expect(
            turned.otherFirst == 1 && turned.swappedPairs == 6 && turned.chosenHigher == 1 && turned.chosenLower == 0)
    }

    @Test("A preview counts what changes, for whom, and which parties gain and lose")
    func preview() {
        var preview = RankingPreview(top: 2)
        let north = RankingPreview.Belonging(area: "north", groups: ["elders", "children"], lane: "microWish")
        let south = RankingPreview.Belonging(area: "south", groups: [], lane: "microWish")
        let party = { (row: Int) in row == 9 ? nil : "P\(row % 2)" }
        preview.add(before: [0, 1, 2], after: [0, 1, 3], belonging: south, change: nil, party: party)
        preview.add(
            before: [0, 1], after: [1, 0], belonging: north,
            change: .init(
                wishRow: 1, before: 0, after: 1, gainByDraft: 500, lossByPublished: 300, metresBefore: 900,
                metresAfter: 100),
            party: party)
        preview.add(
            before: [], after: [9], belonging: north,
            change: .init(
                wishRow: 2, before: nil, after: 9, gainByDraft: nil, lossByPublished: nil, metresBefore: nil,
                metresAfter: 50), party: party)
        preview.sortChanges()
        #expect(preview.lines == 3 && preview.topChanged == 2 && preview.listChanged == 1 && preview.orderChanged == 2)
        #expect(preview.areas["south"]?.topChanged == 0 && preview.areas["north"]?.topChanged == 2)
        #expect(preview.groups["elders"]?.nearer == 1 && preview.groups["children"]?.gain == 500)
        #expect(preview.lanes["microWish"]?.lines == 3)
        #expect(preview.parties["P0"]?.gain == -1 && preview.parties["P1"]?.gain == 1)
        #expect(preview.changes.map(\.wishRow) == [1, 2])
        // A first offer where there was none has no gain, and is not counted as one of 0.
        #expect(preview.areas["north"]?.meanGain == 500 && preview.areas["north"]?.meanLoss == 300)
        #expect(preview.areas["south"]?.meanGain == nil)
        // Who is left with nothing is counted apart: no gain, no loss and no distance tells of it.
        preview.add(before: [4, 1], after: [], belonging: north, change: nil, party: party)
        #expect(preview.emptied == 1 && preview.areas["north"]?.emptied == 1 && preview.areas["south"]?.emptied == 0)
    }
}

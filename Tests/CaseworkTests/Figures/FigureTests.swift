import Casework
import Testing

struct FigureTests {
    private func figures(_ facts: [CaseFact], asOf moment: Moment = at("2026-12-31")) -> [FigureGroup: Figures] {
        var tally = FigureTally(asOf: moment)
        for fact in facts { tally.take(fact) }
        return tally.figures()
    }

    /// A wish received on 2 March, answer due on the 5th, delivery due on 1 April.
    private func wish(_ number: Int, area: Code = "hengli", _ more: [(String, CaseFact.Kind)] = []) -> [CaseFact] {
        let first: [(String, CaseFact.Kind)] = [
            ("2026-03-02", .received(area: area, lane: "microWish", channel: "hotline12345")),
            ("2026-03-02", .answerDue(at("2026-03-05"))), ("2026-03-02", .deliveryDue(at("2026-04-01"))),
        ]
        return (first + more).map { CaseFact(wish: rid(number), at: at($0.0), kind: $0.1) }
    }

    @Test func theReplyRateCountsWhoWasLeftWithoutAnAnswer() {
        let facts = wish(1, [("2026-03-03", .answered)]) + wish(2, [("2026-03-09", .answered)]) + wish(3)
        let before = figures(facts, asOf: at("2026-03-04"))[.all]
        #expect(before?.replied == Share(1, of: 1))
        let after = figures(facts)[.all]
        #expect(after?.replied == Share(2, of: 3))
        #expect(after?.repliedOnTime == Share(1, of: 3))
        #expect(after?.wishes == 3)
    }

    @Test func noWishesIsNoRate() {
        #expect(figures([]).isEmpty)
        let fresh = figures(wish(1), asOf: at("2026-03-02 10:00"))[.all]
        #expect(fresh?.replied.rate == nil && fresh?.satisfied.rate == nil && fresh?.medianDays == nil)
    }

    @Test func aWishOpenedAgainIsNotDelivered() {
        let facts = wish(
            1, [("2026-03-10", .closed(isServed: true)), ("2026-03-12", .rated(2)), ("2026-03-12", .reopened)])
        #expect(figures(facts, asOf: at("2026-03-11"))[.all]?.onTime == Share(1, of: 1))
        #expect(figures(facts)[.all]?.onTime == Share(0, of: 1))
        #expect(figures(facts)[.all]?.medianDays == nil)
        let again = wish(
            1,
            [
                ("2026-03-10", .closed(isServed: true)), ("2026-03-12", .rated(2)), ("2026-03-12", .reopened),
                ("2026-03-12", .deliveryDue(at("2026-05-01"))), ("2026-04-11", .closed(isServed: true)),
                ("2026-04-12", .rated(5)),
            ])
        #expect(figures(again)[.all]?.onTime == Share(1, of: 1))
        #expect(figures(again)[.all]?.medianDays == 40)
        #expect(figures(again)[.all]?.satisfied == Share(1, of: 1))
    }

    @Test func aSecondRoundInTimeMakesNoLateWishTimely() {
        func rounds(_ first: String, due: String, _ second: String) -> [CaseFact] {
            wish(
                1,
                [
                    (first, .closed(isServed: true)), ("2026-04-20", .rated(1)), ("2026-04-20", .reopened),
                    ("2026-04-20", .deliveryDue(at(due))), ("2026-04-22", .deliveryDue(at(due))),
                    (second, .closed(isServed: true)),
                ])
        }
        // Due on 1 April: late, then in time by the second round's own limit.
        let late = rounds("2026-04-10", due: "2026-05-20", "2026-05-10")
        for day in ["2026-04-15", "2026-04-25", "2026-05-15"] {
            #expect(figures(late, asOf: at(day))[.all]?.onTime == Share(0, of: 1), "\(day)")
        }
        #expect(figures(rounds("2026-03-20", due: "2026-05-20", "2026-05-25"))[.all]?.onTime == Share(0, of: 1))
        let timely = rounds("2026-03-20", due: "2026-05-20", "2026-05-10")
        #expect(figures(timely, asOf: at("2026-04-25"))[.all]?.onTime.rate == nil)
        #expect(figures(timely)[.all]?.onTime == Share(1, of: 1))
    }

    @Test(arguments: [(1, 1.0, 1.0), (2, 1, 2), (3, 2, 3), (10, 5, 10), (20, 10, 19), (21, 11, 20)])
    func daysAreNearestRanks(count: Int, median: Double, days95: Double) {
        let facts = (1...count).flatMap { number in
            wish(number, [(CivilDate(2026, 3, 2)!.adding(days: number).description, .closed(isServed: true))])
        }
        #expect(figures(facts)[.all]?.medianDays == median)
        #expect(figures(facts)[.all]?.days95 == days95)
    }

    @Test func groupsAddUpToAll() {
        let facts =
            wish(1, area: "hengli", [("2026-03-03", .answered), ("2026-03-05", .joined(party: rid(70)))])
            + wish(2, area: "qishi", [("2026-03-03", .answered), ("2026-03-05", .joined(party: rid(70)))])
            + wish(3, area: "qishi", [("2026-03-06", .ended)])
        let all = figures(facts)
        #expect(all[.area("hengli")]?.wishes == 1 && all[.area("qishi")]?.wishes == 2 && all[.all]?.wishes == 3)
        #expect(all[.party(rid(70))]?.replied == Share(2, of: 2))
        #expect(all[.lane("microWish")]?.wishes == 3 && all[.channel("hotline12345")]?.wishes == 3)
        // Ended without delivery: not late. Left without an answer: that counts.
        #expect(all[.area("qishi")]?.onTime == Share(0, of: 1))
        #expect(all[.area("qishi")]?.replied == Share(1, of: 2))
    }

    @Test func whatIsClosedWithoutBeingFulfilledIsAnsweredAndNotServed() {
        let facts =
            wish(1, [("2026-03-03", .answered), ("2026-03-05", .closed(isServed: false))])
            + wish(2, [("2026-03-03", .answered), ("2026-03-05", .closed(isServed: true))])
            + wish(3, [("2026-03-03", .answered), ("2026-03-05", .ended)])
        let all = figures(facts)[.all]
        #expect(all?.replied == Share(3, of: 3))
        #expect(all?.served == Share(1, of: 2) && all?.onTime == Share(1, of: 2) && all?.medianDays == 3)
        // Opened again and fulfilled after all.
        let again = figures(
            facts + [
                CaseFact(wish: facts[0].wish, at: at("2026-03-08"), kind: .reopened),
                CaseFact(wish: facts[0].wish, at: at("2026-03-09"), kind: .closed(isServed: true)),
            ])[.all]
        #expect(again?.served == Share(2, of: 2))
    }

    @Test func whatBecameKnownLaterIsLeftOut() {
        let facts = wish(
            1, [("2026-03-03", .answered), ("2026-03-20", .closed(isServed: true)), ("2026-03-21", .rated(5))])
        var random = SeededRandom(seed: 5)
        for _ in 0..<50 {
            let moment = at("2026-03-01").adding(hours: Int.random(in: 0..<700, using: &random))
            let known = facts.filter { $0.at <= moment }
            #expect(figures(facts, asOf: moment) == figures(known, asOf: moment), "seed 5")
        }
    }

    @Test func theFiguresComeFromTheHistory() {
        func entry(_ action: Code, _ time: String, _ changes: [FieldChange]) -> HistoryEntry {
            HistoryEntry(
                program: "dg", at: at(time), by: .coordinator, subjectKind: "wish", subject: rid(30), action: action,
                changes: changes)
        }
        func new(_ field: Code, _ value: HistoryValue) -> FieldChange { FieldChange(field, before: nil, after: value) }
        let entries = [
            entry(
                "wish/open", "2026-03-02",
                [
                    new("area", .code("hengli")), new("lane", .code("microWish")), new("channel", .code("fair")),
                    new("answerDue", .moment(at("2026-03-05"))), new("deliveryDue", .moment(at("2026-04-01"))),
                ]),
            entry("wish/answer", "2026-03-03", []), entry("wish/join", "2026-03-04", [new("party", .record(rid(70)))]),
            entry("wish/close", "2026-03-12", []), entry("wish/rate", "2026-03-13", [new("rating", .integer(4))]),
            entry("wish/rate", "2026-03-14", [new("rating", .integer(9))]), entry("wish/edit", "2026-03-14", []),
        ]
        let figures = figures(entries.flatMap { CaseFact.facts(in: $0) })[.party(rid(70))]
        #expect(
            figures
                == Figures(
                    wishes: 1, replied: Share(1, of: 1), repliedOnTime: Share(1, of: 1), satisfied: Share(1, of: 1),
                    undecided: Share(0, of: 1), served: Share(1, of: 1), onTime: Share(1, of: 1), medianDays: 10,
                    days95: 10))
    }
}

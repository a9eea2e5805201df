import MatchCore
import Testing

/// What was known of a decision when, and how a choice is graded.
@Suite("Decisions")
struct DecisionTests {
    private func at(_ moment: Int64) -> Timestamp { Timestamp(milliseconds: moment) }

    /// Two claims from one list: the first declined at 20, the second made at 30, delivered at 40, rated at 60.
    private var twice: Decision {
        Decision(
            name: "W/1", wish: "W", time: at(10),
            candidates: [
                .init(
                    offer: "first", position: 1, values: [], fate: .declined, chosenTime: at(10), fateTime: at(20),
                    reason: "tooFar"),
                .init(
                    offer: "second", position: 2, values: [], fate: .delivered, chosenTime: at(30), fateTime: at(40),
                    rating: 1, ratingTime: at(60)),
            ])
    }

    @Test("What was chosen, answered or rated later was not known before")
    func noLookingAhead() {
        func fates(_ moment: Int64) -> [Decision.Fate] { twice.known(at: at(moment)).candidates.map(\.fate) }
        #expect(fates(15) == [.chosen, .passedOver])
        #expect(fates(25) == [.declined, .passedOver], "nobody had turned to the second yet")
        #expect(fates(35) == [.declined, .chosen])
        #expect(fates(50) == [.declined, .delivered])
        #expect(twice.known(at: at(15)).candidates[0].reason == nil)
        #expect(twice.known(at: at(50)).candidates[1].rating == nil, "delivered, and not rated yet")
        #expect(twice.known(at: at(60)) == twice)
    }

    @Test("A delivered choice is graded by what the program takes its rating for")
    func satisfaction() throws {
        let history = try DecisionHistory(scorers: [], decisions: [twice])
        func grade(_ verdict: (Int) -> Satisfaction) -> [Int] {
            history.rated(by: verdict).decisions[0].candidates.map(\.grade)
        }
        #expect(grade { $0 >= 4 ? .satisfied : $0 <= 2 ? .unsatisfied : .undecided } == [0, 0])
        #expect(grade { _ in .undecided } == [0, 2])
        #expect(grade { $0 == 1 ? .satisfied : .unsatisfied } == [0, 3], "a program that counts ranks, not stars")
        #expect(history.decisions[0].candidates.map(\.grade) == [0, 2], "nobody has said what a star means")
    }

    @Test("The same list twice is no more evidence, and a rating of nine is none")
    func refused() throws {
        for (decisions, says) in [([twice, twice], "stands twice"), ([rated(9)], "a rating is 1…5")] {
            let fault = #expect(throws: TuningError.self) {
                try DecisionHistory(scorers: [], decisions: decisions)
            }
            #expect(fault?.message.contains(says) == true)
        }
    }

    private func rated(_ stars: Int) -> Decision {
        var decision = twice
        decision.candidates[1].rating = stars
        return decision
    }
}

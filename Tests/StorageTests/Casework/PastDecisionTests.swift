import CaseRecords
import Casework
import MatchCore
import Storage
import Testing

/// Decisions put together from stored lists and claims.
@Suite("PastDecisions") struct PastDecisionTests {
    private let donor = CaseActor(id: RecordID(high: 7, low: 7), role: .donor, party: RecordID(high: 1, low: 1))

    private func list(_ wish: LineReference, _ offer: LineReference, at moment: Moment, value: Int32) -> Explanation {
        Explanation(
            wish: RecordKey(source: "t", externalID: "w1", id: wish.record), wishLine: 1,
            offer: RecordKey(source: "t", externalID: "o", id: offer.record), offerLine: 1, profile: "default@1",
            asOf: Timestamp(milliseconds: moment.milliseconds), total: value,
            entries: [
                .init(
                    scorer: "Proximity", version: 1, outcome: .value, value: value, weight: 10,
                    contribution: Int64(value) * 10, reason: "near", inputs: ["centimetres": 120_000])
            ])
    }

    @Test("A declined choice keeps the list it was made from, though a later run replaced it")
    func replacedList() throws {
        let town = try DeskTests.Town()
        let wish = try town.wish(1)
        try town.store.blockingWrite { transaction in
            try transaction.replaceMatches(
                wish: wish.record, line: 1,
                with: [MatchRecord(rank: 1, explanation: list(wish, town.offer, at: town.now, value: 700_000))])
        }
        town.now = town.now.adding(hours: 1)
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: 5) }
        town.now = town.now.adding(hours: 1)
        _ = try town.desk(donor) { try $0.step(claim.claim.id, .decline, reason: Reason("tooFar")) }
        town.now = town.now.adding(hours: 1)
        // The next run stores another list, in which the same offer looks worse.
        try town.store.blockingWrite { transaction in
            try transaction.replaceMatches(
                wish: wish.record, line: 1,
                with: [MatchRecord(rank: 1, explanation: list(wish, town.offer, at: town.now, value: 100_000))])
        }
        let now = Timestamp(milliseconds: town.now.milliseconds)
        let past = try town.store.blockingRead { try PastDecisions(reading: $0, until: now) }
        let decision = try #require(past.history.decisions.first)
        #expect(decision.profile == "default@1")
        #expect(past.history.decisions.count == 1 && past.leftOut[.notDecided] == 1)
        #expect(past.history.scorers == ["Proximity"])
        let candidate = decision.candidates[0]
        #expect(candidate.values == [700_000], "as it was shown then")
        #expect(candidate.fate == .declined && candidate.reason == "tooFar" && candidate.metres == 1200)

        // An hour after the claim nothing was known of the refusal.
        let then = Timestamp(milliseconds: claim.madeAt.milliseconds + 1000)
        let earlier = try town.store.blockingRead { try PastDecisions(reading: $0, until: then) }
        #expect(earlier.history.decisions.first?.candidates.first?.fate == .chosen)
        #expect(earlier.history.decisions.first?.candidates.first?.reason == nil)

        // The list that was replaced is added up again with the one that stands.
        var recomputation = Recomputation()
        try town.store.blockingRead { try recomputation.run(over: $0, plan: nil) }
        #expect(recomputation.checked == 2 && recomputation.differences.isEmpty)
        _ = try town.database.blockingWrite { try $0.run("UPDATE past_suggestion SET total = 1") }
        var tampered = Recomputation()
        try town.store.blockingRead { try tampered.run(over: $0, plan: nil) }
        #expect(tampered.checked == 2 && tampered.differences.count == 1, "what is learned from was altered")
    }

    @Test("A list that nobody chose from counts as shown, as long as it was made by then")
    func shown() throws {
        let town = try DeskTests.Town()
        let (chosen, ignored) = (try town.wish(1), try town.wish(2))
        try town.store.blockingWrite { transaction in
            for wish in [chosen, ignored] {
                try transaction.replaceMatches(
                    wish: wish.record, line: 1,
                    with: [MatchRecord(rank: 1, explanation: list(wish, town.offer, at: town.now, value: 700_000))])
            }
        }
        let made = Timestamp(milliseconds: town.now.milliseconds)
        town.later(hours: 1)
        _ = try town.desk { try $0.propose(offer: town.offer, wish: chosen, quantity: 5) }
        func past(until moment: Timestamp) throws -> PastDecisions {
            try town.store.blockingRead { try PastDecisions(reading: $0, until: moment) }
        }
        let now = try past(until: Timestamp(milliseconds: town.now.milliseconds))
        #expect(now.history.decisions.count == 1 && now.shown.decisions.count == 2 && now.leftOut[.notDecided] == 1)
        let undecided = try #require(now.shown.decisions.first { !$0.candidates[0].fate.wasChosen })
        #expect(undecided.time == made && undecided.candidates[0].values == [700_000])
        #expect(try past(until: made).shown.decisions.count == 2 && past(until: made).history.decisions.isEmpty)
        let before = Timestamp(milliseconds: made.milliseconds - 1)
        #expect(try past(until: before).shown.decisions.isEmpty, "a list of tomorrow was not shown")
    }

    @Test("A decision knows where its wish belonged at the time, however the wish was changed since")
    func asOf() throws {
        let town = try DeskTests.Town()
        func area(_ code: String, _ parent: String?) -> Area {
            Area(code: code, parent: parent, level: "town", name: LocalizedText(zhHans: code, en: code))
        }
        func category(_ code: String) -> MatchCore.Category {
            Category(code: code, parent: nil, name: LocalizedText(zhHans: code, en: code), unit: .piece)
        }
        let admission = Admission(
            areas: try AreaTree([area("c", nil), area("c1", "c"), area("c2", "c")]),
            categories: try CategoryTree([category("fan"), category("stove")]))
        let wish = LineReference(RecordID(high: 3, low: 9))
        var said = Wish(
            key: RecordKey(source: "t", externalID: "w9", id: wish.record), lane: .microWish, place: Place(area: "c1"),
            groups: ["elders"], lines: [WishLine(category: "fan", quantity: 5, estimatedPriceFen: 20_000)])
        try town.desk { desk in
            try Registrar(transaction: desk.store, admission: admission, desk: desk, opening: nil).admit(said)
            _ = try desk.open(wish.record, channel: .hotline12345)
        }
        try town.store.blockingWrite { transaction in
            try transaction.replaceMatches(
                wish: wish.record, line: 1,
                with: [MatchRecord(rank: 1, explanation: list(wish, town.offer, at: town.now, value: 700_000))])
        }
        town.later(hours: 1)
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: 5) }
        town.later(hours: 1)
        _ = try town.desk(donor) { try $0.step(claim.claim.id, .decline, reason: Reason("tooFar")) }
        func decision() throws -> (decision: Decision, ofToday: Int) {
            let now = Timestamp(milliseconds: town.now.milliseconds)
            let past = try town.store.blockingRead { try PastDecisions(reading: $0, until: now) }
            return (try #require(past.history.decisions.first), past.factsOfToday)
        }
        #expect(try decision().ofToday == 0, "nothing has changed since")
        town.later(hours: 1)
        (said.place.area, said.groups) = ("c2", ["children"])
        said.lines[0].category = "stove"
        try town.desk { try $0.change(said, admission: admission) }
        town.later(hours: 1)
        try town.desk { try $0.move(wish.record, to: "c", admission: admission) }
        let now = try #require(try town.store.blockingRead { try $0.wish(wish.record) })
        #expect(now.features.place.area == "c" && now.features.lines[0].category == "stove")
        let (found, ofToday) = try decision()
        #expect(found.area == "c1" && found.lane == "microWish" && found.category == "fan")
        // The history keeps no groups of people: that is said rather than hidden.
        #expect(found.groups == ["children"] && ofToday == 1)
    }

    @Test(
        "Groups of the household's file are a decision's too, and a file that was changed since is said to be of today")
    func household() throws {
        let town = try DeskTests.Town()
        town.rules.groups = try DerivedGroupTests.book()
        let wish = try town.wish(1)
        let (child, elder) = (RecordID(high: 5, low: 1), RecordID(high: 5, low: 2))
        let file = try town.desk { try $0.openHousehold(area: "c") }
        try town.desk { try $0.file(wish.record, under: file) }
        _ = try town.desk { try $0.note(.personCame(child, birthYear: 2_022), of: file) }
        try town.store.blockingWrite { transaction in
            try transaction.replaceMatches(
                wish: wish.record, line: 1,
                with: [MatchRecord(rank: 1, explanation: list(wish, town.offer, at: town.now, value: 700_000))])
        }
        town.later(hours: 1)
        _ = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: 1) }
        func past() throws -> (groups: [String], ofToday: Int) {
            let now = Timestamp(milliseconds: town.now.milliseconds)
            let past = try town.store.blockingRead { try PastDecisions(reading: $0, until: now) }
            return (try #require(past.history.decisions.first).groups, past.factsOfToday)
        }
        #expect(try past().groups == ["childUnder6"] && past().ofToday == 0)
        town.later(hours: 1)
        _ = try town.desk { try $0.note(.visited, of: file) }
        #expect(try past().ofToday == 0, "a visit changes no group")
        _ = try town.desk { try $0.note(.personCame(elder, birthYear: 1_950), of: file) }
        let changed = try past()
        #expect(Set(changed.groups) == ["childUnder6", "elders"] && changed.ofToday == 1)
        // Whoever did not agree to have circumstances looked at is told of without them.
        try town.store.blockingWrite { try $0.setHolds([.sensitive], of: wish.record, at: town.now) }
        #expect(try past().groups == [])
    }

    @Test("The last rating before the next choice counts, from when it was given")
    func ratings() throws {
        let town = try DeskTests.Town()
        let wish = try town.wish(1)
        try town.store.blockingWrite { transaction in
            try transaction.replaceMatches(
                wish: wish.record, line: 1,
                with: [MatchRecord(rank: 1, explanation: list(wish, town.offer, at: town.now, value: 700_000))])
        }
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: 5) }.claim.id
        for step in [ClaimStep.accept, .dispatch, .receive, .confirm] {
            town.later(hours: 2)
            try town.desk { _ = try $0.step(claim, step, reason: Reason("visit")) }
        }
        func candidate(at moment: Moment) throws -> Decision.Candidate? {
            try town.store.blockingRead {
                try PastDecisions(reading: $0, until: Timestamp(milliseconds: moment.milliseconds))
            }.history.decisions.first?.candidates.first
        }
        town.later(hours: 2)
        try town.desk { try $0.rate(wish.record, stars: 3) }
        #expect(try candidate(at: town.now)?.rating == 3)
        let first = town.now
        town.later(hours: 24)
        // Called back, the person says it anew.
        try town.desk { try $0.rate(wish.record, stars: 5) }
        let found = try #require(try candidate(at: town.now))
        #expect(found.fate == .delivered && found.rating == 5)
        #expect(found.ratingTime == Timestamp(milliseconds: town.now.milliseconds))
        #expect(try candidate(at: first)?.rating == 3, "as of that day the first one")
        #expect(found.chosenTime != nil && found.satisfaction == nil)
    }

    @Test("A claim without a list, and one outside it, are counted and left out")
    func leftOut() throws {
        let town = try DeskTests.Town()
        let (first, second) = (try town.wish(1), try town.wish(2))
        _ = try town.desk { try $0.propose(offer: town.offer, wish: first, quantity: 5) }
        town.now = town.now.adding(hours: 1)
        try town.store.blockingWrite { transaction in
            try transaction.replaceMatches(wish: second.record, line: 1, with: [])
            try transaction.replaceMatches(
                wish: first.record, line: 1,
                with: [MatchRecord(rank: 1, explanation: list(first, town.offer, at: town.now, value: 1))])
        }
        let now = Timestamp(milliseconds: town.now.milliseconds)
        let past = try town.store.blockingRead { try PastDecisions(reading: $0, until: now) }
        #expect(past.history.decisions.isEmpty)
        #expect(past.leftOut[.noList] == 1 && past.leftOut[.notDecided] == 1)
    }
}

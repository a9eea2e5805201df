import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// Who waits first is served first, and nobody claims past them: ten pieces, and wishes that want more.
@Suite struct QueueTests {
    private typealias Town = DeskTests.Town

    private func refusal(_ body: () throws -> Void) -> CaseworkError? {
        do { try body() } catch { return error as? CaseworkError }
        return nil
    }

    private func claims(_ wish: LineReference, _ town: Town) throws -> [Int64] {
        try town.store.blockingRead { try $0.claims(ofWish: wish.record) }.map(\.claim.quantity)
    }

    private func waiting(_ town: Town) throws -> [LineReference] {
        try town.store.blockingRead { try $0.queue(for: town.offer) }.map(\.wish)
    }

    private func offer(_ quantity: Int64, in town: Town) throws {
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "o", id: town.offer.record), party: town.party,
                    lines: [OfferLine(category: nil, available: quantity)]))
        }
    }

    @Test func whoComesWhileSomethingIsLeftIsServedAtOnce() throws {
        let town = try Town()
        let (first, second) = (try town.wish(1, 6), try town.wish(2, 6))
        let served = try town.desk { try $0.join(offer: town.offer, wish: first, quantity: 6, least: 1) }
        #expect(served.claim?.claim.quantity == 6 && served.ahead == 0)
        // Four are left, and of use to nobody but the second.
        let part = try town.desk { try $0.join(offer: town.offer, wish: second, quantity: 6, least: 4) }
        #expect(part.claim?.claim.quantity == 4 && part.waiting == 2)
        #expect(try waiting(town) == [second], "and it waits for the other two")
    }

    @Test func nobodyClaimsPastThoseWhoWait() throws {
        let town = try Town()
        let (first, second, third) = (try town.wish(1, 8), try town.wish(2, 5), try town.wish(3, 2))
        try town.desk { _ = try $0.propose(offer: town.offer, wish: first, quantity: 7) }
        let place = try town.desk { try $0.join(offer: town.offer, wish: second, quantity: 5, least: 5) }
        #expect(place.claim == nil && place.ahead == 0)
        // Three are left, which the third could use: they are for the second.
        let refused = refusal { try town.desk { _ = try $0.propose(offer: town.offer, wish: third, quantity: 2) } }
        #expect(refused?.code == .wrongState && refused?.message.contains("number 2") == true)
        town.later(hours: 1)
        #expect(try town.desk { try $0.join(offer: town.offer, wish: third, quantity: 2, least: 1) }.ahead == 1)
        let early = refusal { try town.desk { _ = try $0.propose(offer: town.offer, wish: third, quantity: 2) } }
        #expect(early?.message.contains("number 2 of 2") == true)
        // Whose turn it is may take less than they wait for, and waits on for what is missing before anybody else.
        try town.desk { _ = try $0.propose(offer: town.offer, wish: second, quantity: 1) }
        #expect(try claims(second, town) == [1, 2])
        #expect(try claims(third, town).isEmpty)
        #expect(try waiting(town) == [second, third])
        try offer(13, in: town)
        #expect(try claims(second, town) == [1, 2, 2] && claims(third, town) == [1], "in their order, as more comes")
        #expect(try waiting(town) == [third])
    }

    @Test func whoIsServedInPartKeepsThePlaceForTheRest() throws {
        let town = try Town()
        let (holder, first, second) = (try town.wish(1, 10), try town.wish(2, 8), try town.wish(3, 4))
        let whole = try town.desk { try $0.propose(offer: town.offer, wish: holder, quantity: 10) }.claim.id
        let parts = try [3, 3].map { quantity in
            try town.desk { try $0.split(whole, quantity, reason: Reason("parts")) }.part.claim.id
        }
        try town.desk { _ = try $0.join(offer: town.offer, wish: first, quantity: 8, least: 2) }
        town.later(hours: 1)
        try town.desk { _ = try $0.join(offer: town.offer, wish: second, quantity: 4, least: 4) }
        func release(_ claim: RecordID) throws {
            town.later(hours: 1)
            try town.desk { _ = try $0.step(claim, .release, reason: Reason("test")) }
        }
        func rest() throws -> [Int64] {
            try town.store.blockingRead { try $0.queue(for: town.offer) }.map(\.place.quantity)
        }
        try release(parts[0])
        #expect(try claims(first, town) == [3])
        #expect(try waiting(town) == [first, second] && rest() == [5, 4])
        let story = try town.store.blockingRead { try $0.history(of: [first.record]) }
        let told = story.last { $0.action == "wish/queue" }?.changes.first { $0.field == "quantity" }
        #expect(told?.before == .integer(8) && told?.after == .integer(5), "the history tells of it")
        // Who joins again is where they are.
        #expect(try town.desk { try $0.join(offer: town.offer, wish: first, quantity: 5, least: 1) }.ahead == 0)
        try release(parts[1])
        #expect(try claims(first, town) == [3, 3] && rest() == [2, 4])
        try release(whole)
        #expect(try claims(first, town) == [3, 3, 2] && claims(second, town).isEmpty)
        #expect(try waiting(town) == [second], "who takes all or nothing waits for all")
        try offer(12, in: town)
        #expect(try claims(second, town) == [4] && waiting(town).isEmpty)
    }

    @Test(arguments: 1...8) func nothingThatIsAskedForIsLostAndWhoComesFirstIsServedFirst(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let town = try Town()
        let holder = try town.wish(1, 10)
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: holder, quantity: 10) }.claim.id
        var asked: [(wish: LineReference, quantity: Int64, least: Int64)] = []
        var (pledged, left): (Int64, Int64) = (10, 10)
        for step in 0..<24 {
            town.later(hours: 1)
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                let quantity = Int64.random(in: 1...6, using: &random)
                let wish = try town.wish(UInt64(100 + step), quantity)
                let least = Int64.random(in: 1...quantity, using: &random)
                _ = try town.desk { try $0.join(offer: town.offer, wish: wish, quantity: quantity, least: least) }
                asked.append((wish, quantity, least))
            case 1 where left > 1:
                let part = Int64.random(in: 1..<left, using: &random)
                let split = try town.desk { try $0.split(claim, part, reason: Reason("part")) }.part.claim.id
                try town.desk { _ = try $0.step(split, .release, reason: Reason("test")) }
                left -= part
            default:
                pledged += Int64.random(in: 1...3, using: &random)
                try offer(pledged, in: town)
            }
            let places = try town.store.blockingRead { try $0.queue(for: town.offer) }
            var isUnserved = false
            for (number, entry) in asked.enumerated() {
                let served = try claims(entry.wish, town)
                let waits = places.first { $0.wish == entry.wish }?.place.quantity ?? 0
                #expect(
                    served.reduce(0, +) + waits == entry.quantity, "seed \(seed), step \(step): wish \(number) lost")
                #expect(served.first.map { $0 >= entry.least } ?? true, "seed \(seed), step \(step): too little")
                #expect(served.isEmpty || !isUnserved, "seed \(seed), step \(step): wish \(number) overtook")
                if waits > 0 { isUnserved = true }
            }
            let available = try town.balance()?[.available] ?? 0
            #expect(
                places.first.map { available < $0.place.least } ?? true, "seed \(seed), step \(step): nobody served")
        }
        #expect(!asked.isEmpty, "seed \(seed)")
    }

    @Test(arguments: ["release", "expire", "decline", "return", "more", "end", "cancel", "elsewhere"])
    func whoWaitsIsServedHoweverItBecomesTheirTurn(_ way: String) throws {
        let town = try Town()
        let (holder, waiter) = (try town.wish(1, 10), try town.wish(2, 4))
        let held: Int64 = ["end", "cancel", "elsewhere"].contains(way) ? 5 : 10
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: holder, quantity: held) }.claim.id
        let ahead = try town.wish(3, 6)
        if held == 5 { try town.desk { _ = try $0.join(offer: town.offer, wish: ahead, quantity: 6, least: 6) } }
        town.later(hours: 1)
        try town.desk { _ = try $0.join(offer: town.offer, wish: waiter, quantity: 4, least: 4) }
        #expect(try claims(waiter, town).isEmpty)
        switch way {
        case "release": try town.desk { _ = try $0.step(claim, .release, reason: Reason("test")) }
        case "decline": try town.desk { _ = try $0.step(claim, .decline, reason: Reason("test")) }
        case "expire":
            try town.desk { _ = try $0.run() }
            for _ in 0..<3 {
                town.later(hours: 20)
                try town.desk { _ = try $0.run() }
            }
        case "return":
            for step in [ClaimStep.accept, .dispatch, .receive, .giveBack(.usable)] {
                try town.desk { _ = try $0.step(claim, step, reason: Reason("test")) }
            }
        case "more": try offer(14, in: town)
        // Who is ahead gives up, wants less than would be of use, or is served by somebody else.
        case "end": try town.desk { try $0.end(ahead.record, reason: Reason("test")) }
        case "cancel": try town.desk { try $0.cancel(1, of: ahead, reason: Reason("test")) }
        default:
            let other = LineReference(RecordID(high: 2, low: 2))
            try town.desk { desk in
                try Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
                ).admit(
                    Offer(
                        key: RecordKey(source: "t", externalID: "o2", id: other.record), party: town.party,
                        lines: [OfferLine(category: nil, available: 3)]))
                _ = try desk.propose(offer: other, wish: ahead, quantity: 3)
            }
        }
        #expect(try claims(waiter, town) == [4], "\(way)")
        #expect(try waiting(town).isEmpty)
    }

    @Test func aWishThatMayNotBeClaimedForHoldsNobodyUp() throws {
        let town = try Town(paths: ["microWish": .sample])
        let (first, second) = (try town.wish(1, 2), try town.wish(2, 2))
        let unapproved = try town.wish(4, 1)
        try town.desk { _ = try $0.join(offer: town.offer, wish: unapproved, quantity: 1, least: 1) }
        func approve(_ wish: LineReference) throws {
            let id = try #require(try town.store.blockingRead { try $0.approval(ofWish: wish.record)?.id })
            _ = try town.desk { try $0.act(id, .pass(note: nil)) }
            let approver = CaseActor(
                id: RecordID(high: 5, low: 1), role: .approver, authority: ApprovalAuthority(level: .city, limit: .max))
            _ = try town.desk(approver) { try $0.act(id, .approve) }
        }
        try approve(first)
        try approve(second)
        let all = try town.wish(3, 10)
        try approve(all)
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: all, quantity: 10) }.claim.id
        for wish in [first, second] {
            town.later(hours: 1)
            try town.desk { _ = try $0.join(offer: town.offer, wish: wish, quantity: 2, least: 2) }
        }
        try town.desk { try $0.pause(offer: town.offer.record, reason: Reason("test")) }
        try town.desk { _ = try $0.step(claim, .release, reason: Reason("test")) }
        #expect(try waiting(town) == [unapproved, first, second], "a paused offer keeps its queue")
        try town.desk { try $0.resume(offer: town.offer.record, reason: Reason("test")) }
        #expect(try claims(first, town) == [2] && claims(second, town) == [2])
        // It comes before it once it is approved, without anybody asking.
        try approve(unapproved)
        #expect(try claims(unapproved, town) == [1])
        #expect(try waiting(town).isEmpty)
    }

    @Test func theRunnerServesWhomABudgetsFirstDayMakesAbleToPay() throws {
        let town = try Town()
        let wish = try town.wish(1, 2)
        let (first, last) = (try #require(CivilDate(2026, 1, 6)), try #require(CivilDate(2026, 1, 31)))
        try town.desk { try $0.store.save(FundBudget(party: town.party, line: town.offer, days: first...last)) }
        try town.desk { _ = try $0.join(offer: town.offer, wish: wish, quantity: 2, least: 1) }
        try town.desk { _ = try $0.run() }
        #expect(try claims(wish, town).isEmpty)
        town.later(hours: 20)
        guard case .ran(let report) = try town.desk(.system, { try $0.run() }) else {
            Issue.record("the runner did not run")
            return
        }
        #expect(report.queuesServed == 1)
        #expect(try claims(wish, town) == [2])
    }

    /// A fund with two lines of ten, the first of which pays in January.
    private func fund(in town: Town) throws -> (first: LineReference, second: LineReference) {
        let second = LineReference(town.offer.record, 2)
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "o", id: town.offer.record), party: town.party,
                    lines: [1, 2].map { OfferLine(number: $0, category: nil, available: 10) }))
            try desk.store.save(
                FundBudget(party: town.party, line: town.offer, days: try days("2026-01-01", "2026-01-31")))
        }
        return (town.offer, second)
    }

    /// One holds so much of January, a second waits for eight of it, and an hour later a third for four; then there is a
    /// budget for February too.
    private func wait(
        for january: LineReference, of held: Int64, then february: LineReference, in town: Town
    ) throws -> (holder: LineReference, first: LineReference, second: LineReference) {
        let (holder, first, second) = (try town.wish(1, held), try town.wish(2, 8), try town.wish(3, 4))
        try town.desk { _ = try $0.propose(offer: january, wish: holder, quantity: held) }
        try town.desk { _ = try $0.join(offer: january, wish: first, quantity: 8, least: 8) }
        town.later(hours: 1)
        try town.desk { _ = try $0.join(offer: january, wish: second, quantity: 4, least: 1) }
        try town.desk {
            try $0.store.save(
                FundBudget(party: town.party, line: february, days: try days("2026-02-01", "2026-02-28")))
        }
        return (holder, first, second)
    }

    private func days(_ from: String, _ until: String) throws -> ClosedRange<CivilDate> {
        try #require(CivilDate(from))...(try #require(CivilDate(until)))
    }

    private func places(_ line: LineReference, _ town: Town) throws -> [LineReference] {
        try town.store.blockingRead { try $0.queue(for: line) }.map(\.wish)
    }

    private func told(_ wish: LineReference, _ town: Town) throws -> [String] {
        try town.store.blockingRead { try $0.history(of: [wish.record]) }
            .filter { ["wish/queue", "wish/leaveQueue"].contains($0.action.text) }
            .map { "\($0.action.text) \($0.reason?.code.text ?? "")" }
    }

    @Test func whoWaitsForMoreThanCanComeHoldsNobodyUp() throws {
        let town = try Town()
        let (large, small, other) = (try town.wish(1, 12), try town.wish(2, 3), try town.wish(3, 2))
        try town.desk { _ = try $0.join(offer: town.offer, wish: large, quantity: 12, least: 12) }
        #expect(try claims(large, town).isEmpty, "of ten there are never twelve")
        try town.desk { _ = try $0.join(offer: town.offer, wish: small, quantity: 3, least: 1) }
        #expect(try claims(small, town) == [3])
        try town.desk { _ = try $0.propose(offer: town.offer, wish: other, quantity: 2) }
        #expect(try waiting(town) == [large], "it keeps its place")
        // Once more is pledged its turn comes.
        try offer(17, in: town)
        #expect(try claims(large, town) == [12] && waiting(town).isEmpty)
    }

    @Test func whatIsLeftAfterALossGoesToWhomItIsOfUse() throws {
        let town = try Town()
        let (holder, large, small) = (try town.wish(1, 8), try town.wish(2, 10), try town.wish(3, 2))
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: holder, quantity: 8) }.claim.id
        for step in [ClaimStep.accept, .dispatch] {
            try town.desk { _ = try $0.step(claim, step, reason: Reason("visit")) }
        }
        try town.desk { _ = try $0.join(offer: town.offer, wish: large, quantity: 10, least: 10) }
        try town.desk { _ = try $0.join(offer: town.offer, wish: small, quantity: 2, least: 2) }
        #expect(try claims(small, town).isEmpty, "all ten may come back for the first")
        try town.desk { _ = try $0.step(claim, .giveBack(.lost), reason: Reason("lost")) }
        town.later(hours: 1)
        try town.desk(.system) { _ = try $0.run() }
        #expect(try claims(small, town) == [2])
    }

    @Test func aForecastTellsOfAllThatTheRunThenDoes() throws {
        let town = try Town()
        let (january, february) = try fund(in: town)
        let (holder, first, second) = try wait(for: january, of: 4, then: february, in: town)
        // It waits for both periods: one place is enough.
        try town.desk { _ = try $0.join(offer: february, wish: second, quantity: 4, least: 1) }
        let wishes = [holder, first, second].map(\.record)
        let before = try town.store.blockingRead { try $0.history(of: wishes) }
        let present = town.now
        town.clock = present
        town.later(hours: 24 * 30)
        let forecast = try town.desk(.system) { try $0.forecast() }
        #expect(try town.store.blockingRead { try $0.history(of: wishes) } == before, "nothing is changed")
        #expect(try places(january, town) == [first, second])
        town.clock = nil
        guard case .ran(let report) = try town.desk(.system, { try $0.run() }) else {
            Issue.record("the runner did not run")
            return
        }
        #expect(forecast.isComplete && report.isComplete)
        #expect(forecast.work == report.work)
        let tasks = Set(report.work.map(\.task))
        #expect(
            tasks.isSuperset(of: ["leaseEnd", "lapse", "budgetEnd", "queueMove", "queueServe", "queueEnd"]), "\(tasks)")
        #expect(try claims(first, town) == [8])
    }

    @Test func linesThatStayAsTheyAreKeepTheRunnerFromNobodyBehindThem() throws {
        let town = try Town()
        let lines = (1...5).map { LineReference(town.offer.record, $0) }
        let wishes = try (UInt64(1)...5).map { try town.wish($0, 2) }
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "o", id: town.offer.record), party: town.party,
                    lines: lines.map { OfferLine(number: $0.number, category: nil, available: 10) }))
            for (line, wish) in zip(lines, wishes) {
                // The last pays from tomorrow; the others do not for a long time.
                let paid = try line == lines[4] ? days("2026-01-06", "2026-01-31") : days("2026-06-01", "2026-06-30")
                try desk.store.save(FundBudget(party: town.party, line: line, days: paid))
                _ = try desk.join(offer: line, wish: wish, quantity: 2, least: 1)
            }
        }
        town.later(hours: 20)
        let forecast = try town.desk(.system) { try $0.forecast(limit: 100) }
        #expect(forecast.work.filter { $0.task == "queueServe" }.map(\.wish) == [wishes[4].record])
        var rounds = 0
        while rounds < 20 {
            rounds += 1
            let outcome = try town.desk(.system) { try $0.run(limit: 2) }
            guard case .ran(let report) = outcome, !report.isComplete else { break }
        }
        #expect(try claims(wishes[4], town) == [2])
        #expect((3..<20).contains(rounds), "and it comes to an end")
        #expect(try wishes.dropLast().allSatisfy { try claims($0, town).isEmpty })
    }

    @Test func whoWaitsForAPeriodThatIsOverWaitsForTheNextInTheSameOrder() throws {
        let town = try Town()
        let (january, february) = try fund(in: town)
        let (holder, first, second) = try wait(for: january, of: 10, then: february, in: town)
        town.later(hours: 24 * 30)
        for _ in 0..<2 {
            let moved = try town.desk(.system) { try $0.run() }
            guard case .ran = moved else {
                Issue.record("the runner did not run")
                return
            }
        }
        #expect(try places(january, town).isEmpty)
        #expect(try places(february, town) == [second], "two are left of it after the first")
        #expect(try claims(first, town) == [8] && claims(second, town) == [2])
        #expect(try told(first, town) == ["wish/queue ", "wish/queue budgetEnded"], "once")
        // Nobody comes to wait for what is over, and the refusal names the line that pays.
        let late = refusal { try town.desk { _ = try $0.join(offer: january, wish: holder, quantity: 1, least: 1) } }
        #expect(late?.code == .notCovered || late?.code == .wrongState)
        let third = try town.wish(4, 1)
        let refused = refusal { try town.desk { _ = try $0.join(offer: january, wish: third, quantity: 1, least: 1) } }
        #expect(refused?.code == .notCovered && refused?.message.contains("line 2") == true)
    }

    @Test func aQueueOutlivesItsFundByThirtyDaysAndMovesWithALateBudget() throws {
        let town = try Town()
        let (january, second) = try fund(in: town)
        let (holder, waiting) = (try town.wish(1, 10), try town.wish(2, 8))
        try town.desk { _ = try $0.propose(offer: january, wish: holder, quantity: 10) }
        try town.desk { _ = try $0.join(offer: january, wish: waiting, quantity: 8, least: 1) }
        town.later(hours: 24 * 40)
        try town.desk(.system) { _ = try $0.run() }
        #expect(try places(january, town) == [waiting], "the next budget may be late")
        try town.desk { desk in
            try desk.store.save(
                FundBudget(party: town.party, line: second, days: try days("2026-02-10", "2026-03-31")))
        }
        try town.desk(.system) { _ = try $0.run() }
        #expect(try places(january, town).isEmpty && claims(waiting, town) == [8])

        let other = try Town()
        let (line, _) = try fund(in: other)
        let (taker, left) = (try other.wish(1, 10), try other.wish(2, 8))
        try other.desk { _ = try $0.propose(offer: line, wish: taker, quantity: 10) }
        try other.desk { _ = try $0.join(offer: line, wish: left, quantity: 8, least: 1) }
        other.later(hours: 24 * 60)
        for _ in 0..<2 { try other.desk(.system) { _ = try $0.run() } }
        #expect(try places(line, other).isEmpty)
        #expect(try told(left, other) == ["wish/queue ", "wish/leaveQueue budgetEnded"])
    }

    @Test func nobodyWaitsForAnOfferThatWasWithdrawn() throws {
        let town = try Town()
        let (holder, waiting) = (try town.wish(1, 10), try town.wish(2, 8))
        try town.desk { _ = try $0.propose(offer: town.offer, wish: holder, quantity: 10) }
        try town.desk { _ = try $0.join(offer: town.offer, wish: waiting, quantity: 8, least: 1) }
        try town.desk { _ = try $0.withdraw(town.offer.record, reason: Reason("moved")) }
        #expect(try self.waiting(town).isEmpty)
        #expect(try told(waiting, town) == ["wish/queue ", "wish/leaveQueue withdrawn"])
        let refused = refusal {
            try town.desk { _ = try $0.join(offer: town.offer, wish: waiting, quantity: 8, least: 1) }
        }
        #expect(refused?.code == .wrongState && refused?.message.contains("withdrawn") == true)
    }
}

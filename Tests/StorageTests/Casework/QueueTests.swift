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
        #expect(part.claim?.claim.quantity == 4)
        #expect(try waiting(town).isEmpty)
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
        // Whose turn it is may take less than they wait for.
        try town.desk { _ = try $0.propose(offer: town.offer, wish: second, quantity: 1) }
        #expect(try claims(second, town) == [1])
        #expect(try claims(third, town) == [2], "and who comes next is served with the rest")
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
}

import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// Whatever of the records is altered past the program shows, although the chain of the history holds.
@Suite struct RecordTamperingTests {
    private typealias Town = DeskTests.Town
    private typealias Place = ToldStates.Difference.RecordPlace

    private func differences(_ town: Town) throws -> [ToldStates.Difference] {
        try town.store.blockingRead { transaction in
            var told = ToldStates()
            let fault = try Audit.verify(transaction, reading: { told.take($0) })
            #expect(fault == nil)
            return try told.differences(in: transaction)
        }
    }

    /// A town with something of everything: claims in several states, goods that came back, an approval, notes, a budget.
    private func town() throws -> Town {
        let town = try Town(paths: ["microWish": .sample])
        let approver = CaseActor(
            id: RecordID(high: 5, low: 1), role: .approver, authority: ApprovalAuthority(level: .city, limit: .max))
        let wishes = try (1...4).map { try town.wish($0, 3, urgency: .critical) }
        for wish in wishes.prefix(3) {
            let approval = try #require(try town.store.blockingRead { try $0.approval(ofWish: wish.record) })
            _ = try town.desk(approver) { try $0.act(approval.id, .approveFast(Reason("fire"))) }
        }
        let (first, second) = (
            try town.desk { try $0.propose(offer: town.offer, wish: wishes[0], quantity: 3) }.claim.id,
            try town.desk { try $0.propose(offer: town.offer, wish: wishes[1], quantity: 2) }.claim.id
        )
        for step in [ClaimStep.accept, .dispatch, .receive, .confirm] {
            try town.desk { _ = try $0.step(first, step, reason: Reason("visit")) }
        }
        for step in [ClaimStep.accept, .dispatch, .giveBack(.unfit)] {
            try town.desk {
                _ = try $0.step(second, step, reason: try $0.reason("broken", words: "坏了", about: second))
            }
        }
        try town.desk { _ = try $0.propose(offer: town.offer, wish: wishes[2], quantity: 1) }
        try town.desk { try $0.cancel(1, of: wishes[2], reason: Reason("less")) }
        try town.desk { try $0.withdraw(1, from: town.offer, reason: Reason("less")) }
        try town.desk { try $0.rate(wishes[0].record, stars: 2, words: "一般") }
        let inbound = try town.desk { try $0.take("想要一张轮椅", channel: .web) }
        _ = try town.desk { try $0.confirm(inbound.id, as: wishes[3].record) }
        _ = try town.desk { try $0.take("还有一张床", channel: .fair, event: "fair-1") }
        let household = try town.desk { try $0.openHousehold(area: "c1") }
        let person = RecordID(high: 6, low: 1)
        try town.desk { _ = try $0.note(.personCame(person, birthYear: 1_940), of: household) }
        try town.desk { try $0.file(wishes[3].record, under: household) }
        try town.desk { try $0.pause(offer: town.offer.record, reason: Reason("stocktaking")) }
        return town
    }

    @Test func aTownThatNobodyTouchedHolds() throws {
        #expect(try differences(try town()).isEmpty)
    }

    @Test(arguments: [
        ("UPDATE offer_line SET available = available - 1, withdrawn = withdrawn + 1", "offerLine"),
        ("UPDATE offer_line SET available = available + 5, pledged = pledged + 5", "offerLine"),
        ("UPDATE offer_line SET reserved = reserved - 1, received = received + 1", "offerLine"),
        ("UPDATE wish_line SET open = open + 1, wanted = wanted + 1", "wishLine"),
        ("UPDATE wish_line SET received = received - 1, open = open + 1 WHERE received > 0", "wishLine"),
        ("UPDATE wish_line SET cancelled = cancelled - 1, open = open + 1 WHERE cancelled > 0", "wishLine"),
        ("UPDATE claim SET quantity = quantity + 1 WHERE state = 'confirmed'", "claim"),
        ("UPDATE claim SET lease_end = lease_end + 86400000 WHERE lease_end IS NOT NULL", "claim"),
        ("UPDATE claim SET state = 'returned' WHERE state = 'confirmed'", "claim"),
        ("UPDATE clock SET due_at = due_at + 1 WHERE due_at IS NOT NULL", "clock"),
        ("UPDATE clock SET ended_at = NULL", "clock"),
        ("UPDATE clock_due SET due_at = due_at + 1", "clock"),
        ("DELETE FROM clock_due", "clock"), ("DELETE FROM clock", "clock"),
        ("UPDATE approval_case SET amount = amount + 1", "approval"),
        ("UPDATE approval_case SET papers_due = papers_due + 1 WHERE papers_due IS NOT NULL", "approval"),
        ("UPDATE approval_case SET body = REPLACE(body, '\"amount\":60000', '\"amount\":70000')", "approval"),
        ("UPDATE wish_case SET state = 'closed' WHERE state = 'open'", "wish"),
        ("UPDATE approval_case SET body = REPLACE(body, '00000000-0000-0005-', '00000000-0000-0007-')", "approval"),
        ("UPDATE wish_case SET area = 'elsewhere'", "wish"),
        ("UPDATE wish_case SET received_at = received_at + 86400000", "wish"),
        ("DELETE FROM inbox WHERE closed_at IS NULL", "inbox"),
        ("UPDATE inbox SET wish_id = NULL, closed_at = NULL", "inbox"),
        ("UPDATE inbox SET words = 'x'", "inbox"),
        ("UPDATE offer SET state = 'open'", "offer"), ("UPDATE party SET state = 'closed'", "party"),
        ("DELETE FROM household_wish", "household"), ("DELETE FROM household_member", "household"),
        ("UPDATE household_member SET to_at = 1", "household"),
        ("UPDATE wish_measure SET rating = 5 WHERE rating IS NOT NULL", "figures"),
        ("UPDATE wish_measure SET delivery_due = delivery_due + 1", "figures"),
        ("UPDATE wish_measure SET area = 'elsewhere'", "figures"), ("DELETE FROM wish_measure", "figures"),
        ("DELETE FROM wish_party", "figures"), ("UPDATE wish_party SET joined_at = joined_at + 1", "figures"),
        ("UPDATE note SET words = NULL", "note"), ("DELETE FROM note", "note"),
        ("UPDATE note SET words = (SELECT MAX(words) FROM note)", "note"),
    ])
    func whatIsAlteredShows(_ sql: String, _ place: String) throws {
        let town = try town()
        let changed = try town.database.blockingWrite { try $0.run(sql) }
        #expect(changed > 0)
        let found = try differences(town)
        #expect(found.first?.kind.rawValue == place || found.contains { $0.kind.rawValue == place }, "\(found)")
    }

    @Test func wordsThatWereWrittenAnewUnderTheSameKeyShow() throws {
        let town = try town()
        let note = try #require(
            try town.store.blockingRead { try $0.history(of: [RecordID(high: 3, low: 1)]) }
                .last { $0.action == "wish/rate" }?.reason?.note)
        #expect(try town.store.blockingRead { try $0.note(note)?.words } == "一般")
        // Somebody who has the keys replaces the note with another of the same person, through the program's own store.
        try town.database.blockingWrite { try $0.run("DELETE FROM note WHERE id = $1", [.text("\(note)")]) }
        try town.store.blockingWrite {
            _ = try $0.save(
                Note(
                    id: note, kind: "feedback", subject: RecordID(high: 3, low: 1), words: "很好", madeAt: town.now,
                    madeBy: CaseActor.system.id))
        }
        let found = try differences(town)
        #expect(found.map(\.kind) == [.note] && found.first?.record == note)
    }

    @Test func whatWasErasedWithAPersonIsNoFault() throws {
        let town = try town()
        for wish in [1, 4] as [UInt64] {
            _ = try town.desk { try $0.erasePerson(RecordID(high: 3, low: wish), reason: Reason("asked")) }
            #expect(try differences(town).isEmpty)
        }
    }

    /// A name stands in a note about whoever it is; it ends with the person, whether one of a family or one of the staff.
    @Test func namesThatWereErasedAreNoFault() throws {
        let town = try town()
        let (member, clerk) = (RecordID(high: 6, low: 1), RecordID(high: 5, low: 1))
        try town.desk { try $0.keepName("陈大文", of: member) }
        try town.desk { try $0.keepName("王梅", of: clerk, isStaff: true) }
        #expect(try differences(town).isEmpty)
        for (person, kind) in [(member, PersonFile.Holder.Kind.member), (clerk, .staff)] {
            let file = try town.desk { try $0.erasePerson(person, reason: Reason("asked")) }.file
            #expect(file.holders.first == .init(kind, person))
            #expect(try town.store.blockingRead { try $0.note(person)?.words } == nil)
            #expect(try differences(town).isEmpty)
        }
        // A name that somebody took away past the program shows all the same.
        let other = RecordID(high: 5, low: 2)
        try town.desk { try $0.keepName("李强", of: other, isStaff: true) }
        try town.database.blockingWrite {
            try $0.run("UPDATE note SET words = NULL WHERE id = $1", [.text("\(other)")])
        }
        #expect(try differences(town).map(\.record) == [other])
    }

    @Test func fulfilledMeansReceived() throws {
        let town = try Town()
        let (told, untold) = (try town.wish(1, 2), try town.wish(2, 5))
        let at = town.now
        town.later(hours: 48)
        try town.desk { desk in
            var player = try PastPlayer(desk)
            for (wish, delivery) in [
                (told, PastEvent.Delivery(quantity: 2, party: town.party)), (untold, nil),
            ] {
                if let delivery {
                    _ = try player.play(
                        PastEvent(wish: wish.record, at: at.adding(hours: 1), kind: .delivered(delivery)))
                }
                _ = try player.play(PastEvent(wish: wish.record, at: at.adding(hours: 2), kind: .closed(.fulfilled)))
            }
        }
        for (wish, quantity) in [(told, Int64(2)), (untold, 5)] {
            #expect(try town.store.blockingRead { try $0.balance(ofWish: wish)?[.received] } == quantity)
            let claims = try town.store.blockingRead { try $0.claims(ofWish: wish.record) }
            #expect(claims.map(\.claim.quantity) == [quantity] && claims[0].claim.state == .confirmed)
            #expect((claims[0].claim.party == town.party) == (wish == told))
        }
        #expect(try differences(town).isEmpty)
        // Taken away past the program, on both sides and with its claim, it shows all the same.
        try town.database.blockingWrite {
            try $0.run("UPDATE wish_line SET received = 0, cancelled = 5 WHERE received = 5")
        }
        let found = try differences(town)
        #expect(found.contains { $0.kind == .wish && $0.record == untold.record })
    }
}

import CaseRecords
import Casework
import MatchCore
import Storage
import Testing

@Suite struct RegistryStoreTests {
    @Test func everyFieldSurvivesTheStore() throws {
        let store = try Fixture()
        let party = Fixture.party(1)
        let offer = Fixture.offer(2, of: party)
        let wish = Fixture.wish(3)
        try store.write { transaction in
            try #expect(transaction.save(party) == .created(party.key.id))
            try #expect(transaction.save(offer) == .created(offer.key.id))
            try #expect(transaction.save(wish) == .created(wish.key.id))
        }
        try store.read { transaction in
            try #expect(transaction.party(party.key.id) == party)
            try #expect(transaction.offer(offer.key.id) == offer)
            try #expect(transaction.wish(wish.key.id) == wish)
        }
    }

    @Test func sameContentTwiceChangesNothingAndKeepsTheId() throws {
        let store = try Fixture()
        let party = Fixture.party(1)
        try store.write { _ = try $0.save(party) }
        try store.write { _ = try $0.save(Fixture.offer(2, of: party)) }
        var again = Fixture.offer(99, of: party)
        again.features.key.externalID = Fixture.offer(2, of: party).key.externalID
        try store.write { transaction in
            try #expect(transaction.save(again) == .unchanged(RecordID(2)))
            again.features.text = "两辆轮椅"
            try #expect(transaction.save(again) == .changed(RecordID(2)))
            try #expect(transaction.offer(RecordID(2))?.features.text == "两辆轮椅")
            try #expect(transaction.count(of: .offer) == 1)
        }
    }

    @Test func aChangedPledgeMovesWhatIsAvailableAndNeverBelowWhatIsClaimed() throws {
        let store = try Fixture()
        let party = Fixture.party(1)
        var offer = Fixture.offer(2, of: party)
        try store.write { transaction in
            _ = try transaction.save(party)
            _ = try transaction.save(offer)
        }
        // Four of the five are claimed.
        try store.database.blockingWrite {
            try $0.run("UPDATE offer_line SET available = available - 4, reserved = 4 WHERE line = 1")
        }
        offer.features.lines[0].available = 6
        offer.balances[0] = OfferBalanceRecord(pledged: 6)
        try store.write { try #expect($0.save(offer) == .changed(offer.key.id)) }
        try store.read { transaction in
            let balance = try #require(transaction.offer(offer.key.id)?.balances[0])
            #expect(balance.pledged == 6)
            #expect(balance.available == 2)
            #expect(balance.reserved == 4)
        }
        offer.features.lines[0].available = 3
        offer.balances[0] = OfferBalanceRecord(pledged: 3)
        #expect(throws: DatabaseError.self) { try store.write { _ = try $0.save(offer) } }
        try store.read { try #expect($0.offer(offer.key.id)?.balances[0].pledged == 6) }
    }

    @Test func theDatabaseRefusesAPromiseAboveTheSupply() throws {
        let store = try Fixture()
        let party = Fixture.party(1)
        try store.write { transaction in
            _ = try transaction.save(party)
            _ = try transaction.save(Fixture.offer(2, of: party))
        }
        for statement in [
            "UPDATE offer_line SET reserved = reserved + 1",
            "UPDATE offer_line SET available = available - 9, reserved = reserved + 9",
        ] {
            let error = #expect(throws: DatabaseError.self) {
                try store.database.blockingWrite { try $0.run(statement) }
            }
            #expect(error?.code == .checkViolation)
        }
    }

    @Test func closedAndUnconfirmedStayOutOfTheSnapshot() throws {
        let store = try Fixture()
        var hidden = Fixture.party(1)
        hidden.state = .unconfirmed
        let shown = Fixture.party(4)
        var closed = Fixture.wish(5)
        closed.state = .closed
        try store.write { transaction in
            for party in [hidden, shown] { _ = try transaction.save(party) }
            _ = try transaction.save(Fixture.offer(2, of: hidden))
            _ = try transaction.save(Fixture.offer(6, of: shown))
            _ = try transaction.save(Fixture.wish(3))
            _ = try transaction.save(closed)
        }
        let registry = try store.read {
            try RegistrySnapshot.load(from: $0, areas: Fixture.areas, categories: Fixture.categories)
        }
        #expect((0..<registry.offers.count).map { registry.offers[$0].key.id } == [RecordID(6), RecordID(6)])
        #expect((0..<registry.wishes.count).map { registry.wishes[$0].key.id } == [RecordID(3)])
    }
}

import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Sealing
import Testing

@testable import Storage

/// An older copy of a database beside the present key store: what it holds is as the erasures since had left it.
@Suite struct RepeatedErasureTests {
    /// Where claims, balances, cases and clocks stand.
    private func standing(_ store: SQLCaseStore) throws -> [String] {
        try store.blockingRead { transaction in
            var lines = try transaction.claims(ClaimFilter(), limit: 100).map { "claim \($0.claim.state)" }
            for reference in [LineReference(SealedTown.wish)] {
                let balance = try transaction.balance(ofWish: reference)
                lines.append("wish \(WishPart.allCases.map { balance?[$0] ?? -1 })")
            }
            let balance = try transaction.balance(ofOffer: LineReference(SealedTown.offer))
            lines.append("offer \(OfferPart.allCases.map { balance?[$0] ?? -1 })")
            try lines.append("case \(String(describing: transaction.wishCase(SealedTown.wish)?.state))")
            try lines.append("party \(String(describing: transaction.party(SealedTown.party)?.state))")
            try lines.append("offer \(String(describing: transaction.offer(SealedTown.offer)?.state))")
            let clocks = try transaction.clocks(of: SealedTown.wish).map { $0.end == nil ? "runs" : "ended" }
            lines.append("clocks \(clocks.sorted())")
            let watch = try transaction.household(SealedTown.household)?.watch
            lines.append("watch \(String(describing: watch?.grade)) \(String(describing: watch?.visitDue))")
            return lines
        }
    }

    @Test(arguments: [
        [SealedTown.wish], [SealedTown.party], [SealedTown.household], [SealedTown.wish, SealedTown.party],
    ])
    func aRestoredBackupStandsAsTheErasureLeftIt(_ erased: [RecordID]) async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.vault.setSealed("p")
            try town.fill()
            let before = try standing(town.store)
            let masters = town.vault.masters
            try Backup.make(of: town.path, to: "\(folder)/before", with: masters, at: 1)
            for id in erased { _ = try town.desk { try $0.erasePerson(id, reason: Reason("personAsked")) } }
            let after = try standing(town.store)
            #expect(after != before || erased == [SealedTown.household])
            try #expect(town.differences().isEmpty)
            try town.close()

            try Backup.restore("\(folder)/before", to: "\(folder)/restored.db", with: masters)
            let restored = try SealedTown(folder: folder, file: "restored.db", access: .open)
            try #expect(restored.catchUp(at: SealedTown.now.adding(hours: 1)) > 0)
            try #expect(standing(restored.store) == after)
            try #expect(restored.differences().isEmpty)
            let entries = try restored.store.blockingRead { try $0.history(of: erased) }
            #expect(entries.contains { $0.action == "person/erase" && $0.reason?.code == "erasedSince" })
            // Once: the next who opens it finds nothing to do.
            let count = entries.count
            try #expect(restored.catchUp(at: SealedTown.now.adding(hours: 2)) == 0)
            try #expect(restored.store.blockingRead { try $0.history(of: erased) }.count == count)
            try restored.close()
        }
    }

    /// What comes free goes to who waits, and to nobody who was erased as well.
    @Test func whatTheErasedHeldGoesToWhoeverWaits() throws {
        let town = try DeskTests.Town()
        let (first, second, third) = (try town.wish(1, 10), try town.wish(2, 10), try town.wish(3, 4))
        _ = try town.desk { try $0.propose(offer: town.offer, wish: first, quantity: 10) }
        for wish in [second, third] {
            _ = try town.desk {
                try $0.join(offer: town.offer, wish: wish, quantity: wish == second ? 10 : 4, least: 1)
            }
        }
        // As the key store is when two were erased after a backup.
        let vault = try town.store.vault
        try vault.erase([first, second].map { KeyHolder(program: "p", id: $0.record) }, at: 1)
        let rules = town.rules
        let count = try town.store.catchUp(at: town.now) { transaction, holders in
            var number: UInt64 = 5_000
            _ = try CaseDesk(
                rules: rules, store: transaction, actor: .system, now: town.now,
                newID: {
                    number += 1
                    return RecordID(high: 9, low: number)
                }
            ).finishErasures(of: holders)
        }
        #expect(count == 2)
        try town.store.blockingRead { transaction in
            let claims = try transaction.claims(ClaimFilter(), limit: 10)
            let held = claims.filter { !$0.claim.state.isEnded }
            #expect(claims.count == 2 && held.map(\.wish) == [third] && held.map(\.claim.quantity) == [4])
            try #expect(transaction.queue(for: town.offer).isEmpty)
            for wish in [first, second] { try #expect(transaction.wishCase(wish.record)?.state == .ended) }
        }
        #expect(try town.balance()?[.available] == 6)
    }

    /// Nobody is promised what a party that is erased had promised to another.
    @Test func whoWaitsIsNotServedByAPartyThatIsErased() throws {
        let town = try DeskTests.Town()
        let (first, second) = (try town.wish(1, 10), try town.wish(2, 10))
        _ = try town.desk { try $0.propose(offer: town.offer, wish: first, quantity: 10) }
        _ = try town.desk { try $0.join(offer: town.offer, wish: second, quantity: 10, least: 1) }
        _ = try town.desk { try $0.erasePerson(town.party, reason: Reason("personAsked")) }
        let claims = try town.store.blockingRead { try $0.claims(ClaimFilter(), limit: 10) }
        #expect(claims.map(\.claim.state) == [.released])
        #expect(try town.balance()?[.withdrawn] == 10)
    }
}

import AlmonerTesting
import CaseRecords
import Casework
import Foundation
import MatchCore
import Sealing
import Storage
import Testing

@Suite struct ErasureTests {
    private func erase(_ id: RecordID, in town: SealedTown) throws -> PersonFile {
        try town.desk { try $0.erasePerson(id, reason: Reason("personAsked")).file }
    }

    @Test func nothingIsLeftOfAPersonAndTheBooksStillHold() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.vault.setSealed("p")
            let (linked, _) = try town.fill()
            let keys = try town.vault.counts().values.reduce(0, +)
            let file = try erase(SealedTown.wish, in: town)
            #expect(file.items.count >= 4)
            try town.store.blockingRead { transaction in
                try #expect(transaction.inboxRecord(linked) == nil)
                try #expect(transaction.wish(SealedTown.wish)?.features.text == "")
                try #expect(transaction.wish(SealedTown.wish)?.features.place.point == nil)
                try #expect(transaction.traits(of: SealedTown.wish) == nil)
                try #expect(transaction.personFile(SealedTown.wish)?.items == [])
                try #expect(Audit.verify(transaction, kept: []) == nil)
                try #expect(transaction.balance(ofWish: LineReference(SealedTown.wish))?[.reserved] == 0)
                try #expect(transaction.balance(ofWish: LineReference(SealedTown.wish))?[.open] == 0)
                // Others are as they were.
                try #expect(transaction.party(SealedTown.party)?.name == SealedTown.canaries["name"])
            }
            try #expect(town.vault.counts().values.reduce(0, +) == keys - 1)
            try #expect(town.vault.erasures(of: "p").map(\.person) == [SealedTown.wish])
            // The log was cut, so that not even what was sealed is left.
            let log = try FileManager.default.attributesOfItem(atPath: town.path + "-wal")[.size] as? Int
            #expect(log == 0)
            // Nobody is brought back by a file that is imported again.
            let error = #expect(throws: SealError.self) {
                try town.desk { desk in
                    _ = try desk.keep("again", as: "reason", about: SealedTown.wish)
                }
            }
            #expect(error?.code == .erased)
            _ = try erase(SealedTown.household, in: town)
            let giver = try erase(SealedTown.party, in: town)
            #expect(giver.items.contains { $0.field == .wording && $0.text == SealedTown.canaries["offer"] })
            try town.store.blockingRead { transaction in
                let household = try transaction.household(SealedTown.household)?.household
                #expect(household?.members.map(\.birthYear) == [nil] && household?.hardships == [])
                try #expect(transaction.party(SealedTown.party)?.name == "")
                try #expect(transaction.offer(SealedTown.offer)?.features.text == "")
                try #expect(transaction.offer(SealedTown.offer)?.features.place.point == nil)
                try #expect(transaction.personFile(SealedTown.party)?.items == [])
            }
            try town.close()
        }
    }

    @Test func aMemberOfAFamilyTakesNobodyAlong() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let second = RecordID(high: 5, low: 2)
            try town.desk { desk in
                _ = try desk.note(.personCame(second, birthYear: 1_933), of: SealedTown.household)
            }
            try #expect(erase(SealedTown.person, in: town).holders == [.init(.member, SealedTown.person)])
            try town.store.blockingRead { transaction in
                let household = try transaction.household(SealedTown.household)?.household
                #expect(household?.members.compactMap(\.birthYear) == [1_933])
                #expect(household?.hardships.count == 1)
            }
            try town.close()
        }
    }

    /// The database of before an erasure beside the present key store.
    @Test func aRestoredBackupStaysBlind() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.vault.setSealed("p")
            try town.fill()
            let masters = town.vault.masters
            // What was answered to requests: of the wish, and of another.
            try town.store.blockingWrite { store in
                for (number, id) in [(UInt8(1), SealedTown.wish), (2, SealedTown.household)] {
                    let use = KeyUse(
                        digest: [number], fingerprint: [number], holder: 1, heldUntil: SealedTown.now, answer: nil,
                        expiresAt: SealedTown.now.adding(hours: 24))
                    _ = try store.hold(use, at: SealedTown.now)
                    try #expect(
                        store.keepAnswer(
                            Array("answer".utf8), binding: .people(named: [id]), [number], holder: 1,
                            until: SealedTown.now.adding(hours: 24)))
                }
            }
            func answers(_ town: SealedTown) throws -> [[UInt8]?] {
                try town.store.blockingRead { store in try [1, 2].map { try store.keyUse([$0])?.answer } }
            }
            try #expect(answers(town) == [Array("answer".utf8), Array("answer".utf8)])
            try Backup.make(of: town.path, to: "\(folder)/before", with: masters, at: 1)
            _ = try erase(SealedTown.wish, in: town)
            try #expect(answers(town) == [nil, Array("answer".utf8)])
            try town.close()
            try Backup.restore("\(folder)/before", to: "\(folder)/restored.db", with: masters)
            let restored = try SealedTown(folder: folder, file: "restored.db", access: .open)
            // Even before the erasure is repeated nothing opens.
            let error = #expect(throws: SealError.self) {
                try restored.store.blockingRead { _ = try $0.wish(SealedTown.wish) }
            }
            #expect(error?.code == .erased)
            try #expect(answers(restored) == [nil, Array("answer".utf8)])
            try restored.store.blockingRead { store in
                try #expect(store.keyUse([1])?.isForgotten == true)
                var lists = 0
                try store.forEachMatch(wish: nil) { _ in lists += 1 }
                try store.forEachPastMatch { _ in lists += 1 }
                #expect(lists == 0, "a list of the person opens")
            }
            try #expect(restored.catchUp() == 1)
            try #expect(answers(restored) == [nil, Array("answer".utf8)])
            try #expect(restored.catchUp() == 0)
            try restored.store.blockingRead { transaction in
                try #expect(transaction.wish(SealedTown.wish)?.features.text == "")
                try #expect(transaction.inboxRecords(ofWish: SealedTown.wish) == [])
                try #expect(Audit.verify(transaction, kept: []) == nil)
            }
            let kept = try restored.everything().joined()
            #expect(kept.contains(SealedTown.canaries["hardship"] ?? "?"))
            for canary in ["inbox", "wording", "claim"] {
                #expect(!kept.contains(SealedTown.canaries[canary] ?? "?"), "\(canary)")
            }
            try restored.close()
        }
    }

    @Test func whoReadWhatIsInTheFileOfThePerson() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let reader = RecordID(high: 6, low: 1)
            let read = SealedRead(
                at: SealedTown.now, actor: reader, role: .coordinator, holder: SealedTown.wish, field: .words)
            _ = try await town.store.read { $0.note(read) }
            try town.database.close()
            // One who may only read leaves a record, too.
            let second = SealedRead(
                at: SealedTown.now.adding(hours: 1), actor: reader, role: .auditor, holder: SealedTown.wish,
                field: .place)
            let readOnly = try SealedTown.readOnly(folder)
            _ = try readOnly.store.blockingRead { $0.note(second) }
            try readOnly.store.blockingRead { transaction in
                try #expect(transaction.reads(of: [SealedTown.wish], limit: 10) == [second, read])
            }
            try readOnly.database.close()
            let town2 = try SealedTown(folder: folder, access: .open)
            try town2.catchUp()
            try #expect(town2.store.blockingRead { try $0.personFile(SealedTown.wish)?.reads } == [second, read])
            try town2.close()
        }
    }
}

extension SealedTown {
    static func readOnly(_ folder: String) throws -> (database: SQLiteDatabase, store: SQLCaseStore) {
        let database = try SQLiteDatabase(path: "\(folder)/town.db", access: .readOnly)
        let vault = try Vault(file: KeyFile(path: "\(folder)/town.key"), keys: "\(folder)/town.keys", clock: { 0 })
        return (database, SQLCaseStore(database: database, program: "p", vault: vault))
    }
}

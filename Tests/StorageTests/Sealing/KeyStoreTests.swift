import AlmonerTesting
import CaseRecords
import Casework
import Dispatch
import Foundation
import MatchCore
import Sealing
import Testing

@testable import Storage

/// What every key store does, in a file and on a server; see `TestDatabase`.
@Suite struct KeyStoreTests {
    private static let holders = (1...5).map { KeyHolder(program: "p", id: RecordID(high: 9, low: $0)) }

    private func withStores(_ body: (KeyStoreAddress) throws -> Void) async throws {
        try await withTemporaryFolder { try body(.file(path: "\($0)/town.keys")) }
        if let address = try TestDatabase.freshKeyStore() { try body(try KeyStoreAddress(address)) }
    }

    private func wrapped(_ holders: [KeyHolder], _ masters: MasterKeys) throws -> [WrappedKey] {
        try holders.map { try masters.wrap(PersonKey(new: $0)) }
    }

    @Test func aStoreBelongsToOneKeyFile() async throws {
        try await withStores { address in
            #expect(try !address.isInUse())
            let store = try address.open()
            try store.belong(to: "one", current: 3)
            try store.belong(to: "one", current: 4)
            let error = #expect(throws: SealError.self) { try store.belong(to: "other", current: 1) }
            #expect(error?.code == .wrongKey)
            #expect(try store.currentMaster() == 3)
            try store.setCurrentMaster(5)
            #expect(try store.currentMaster() == 5)
            #expect(try address.isInUse())
            try store.close()
        }
    }

    @Test func keysAreKeptOnceAndAllOrNone() async throws {
        try await withStores { address in
            let (store, other) = (try address.open(), try address.open())
            let masters = MasterKeys(newAt: 0)
            try store.belong(to: "one", current: 1)
            let keys = try wrapped(Self.holders, masters)
            #expect(try store.insert(Array(keys.prefix(3)), at: 7))
            #expect(try other.key(of: Self.holders[1]) == keys[1])
            // One of them is there: none of the new ones is kept.
            #expect(throws: KeyCollision.self) { try other.insert(Array(keys.suffix(3)), at: 8) }
            #expect(try store.key(of: Self.holders[4]) == nil)
            #expect(try store.keys(of: "p", limit: 2) == Array(keys.prefix(2)))
            #expect(try store.keys(of: "q", limit: 2).isEmpty)
            // Another master key is in use.
            try other.setCurrentMaster(2)
            #expect(try !store.insert([keys[4]], at: 9))
            #expect(try store.counts() == [1: 3])
            try store.close()
            try other.close()
        }
    }

    @Test func whoWasErasedGetsNoKeyAgain() async throws {
        try await withStores { address in
            let (store, other) = (try address.open(), try address.open())
            try store.belong(to: "one", current: 1)
            let keys = try wrapped(Self.holders, MasterKeys(newAt: 0))
            _ = try store.insert(keys, at: 7)
            try store.erase([Self.holders[0], Self.holders[2]], at: 20)
            try store.erase([Self.holders[2]], at: 30)
            #expect(try other.key(of: Self.holders[2]) == nil)
            #expect(try other.isErased(Self.holders[2]))
            #expect(try !other.isErased(Self.holders[1]))
            #expect(try store.erasures(of: "p").map(\.person) == [Self.holders[0].id, Self.holders[2].id])
            #expect(try store.erasures(of: "p").map(\.at) == [20, 20])
            #expect(throws: KeyCollision.self) { try other.insert([keys[2]], at: 40) }
            // A range of ids, without the one above.
            #expect(try store.destroy(Self.holders[1].id..<Self.holders[4].id, of: "p") == 2)
            #expect(try store.destroy(Self.holders[1].id..<Self.holders[4].id, of: "p") == 0)
            #expect(try other.keys(of: "p", limit: 9).map(\.holder) == [Self.holders[4]])
            try store.close()
            try other.close()
        }
    }

    @Test func keysAreWrappedAnewInSteps() async throws {
        try await withStores { address in
            let store = try address.open()
            var masters = MasterKeys(newAt: 0)
            try store.belong(to: "one", current: 1)
            _ = try store.insert(try wrapped(Self.holders, masters), at: 7)
            masters.rotate(at: 1)
            try store.setCurrentMaster(2)
            var steps: [Int] = []
            while true {
                let count = try store.rewrap(limit: 2, current: 2) { [masters] in
                    try masters.wrap(try masters.unwrap($0))
                }
                if count == 0 { break }
                steps.append(count)
            }
            #expect(steps == [2, 2, 1])
            #expect(try store.counts() == [2: 5])
            for holder in Self.holders { _ = try masters.unwrap(try #require(try store.key(of: holder))) }
            try store.close()
        }
    }

    @Test func whatWasShownWaits() async throws {
        try await withStores { address in
            let store = try address.open()
            let read = SealedRead(
                at: Moment(milliseconds: 5), actor: RecordID(1), role: .coordinator, holder: RecordID(2), field: .words)
            try store.keep([read], of: "p")
            try store.keep([read], of: "p")
            #expect(try store.waitingReads(of: "p") == [read])
            try store.removeWaitingReads(of: "p")
            #expect(try store.waitingReads(of: "p").isEmpty)
            #expect(try !store.isSealed("p"))
            try store.setSealed("p")
            try store.setSealed("p")
            #expect(try store.isSealed("p"))
            #expect(try !store.isSealed("q"))
            try store.close()
        }
    }

    /// Eight writers make a key for the same person at once: one of them is kept, and the others are told.
    @Test func ofManyAtOnceOneMakesAPersonsKey() async throws {
        try await withStores { address in
            let stores = try (0..<4).map { _ in try address.open() }
            try stores[0].belong(to: "one", current: 1)
            let masters = MasterKeys(newAt: 0)
            let keys = try (0..<8).map { _ in try masters.wrap(PersonKey(new: Self.holders[0])) }
            let kept = Guarded(0)
            DispatchQueue.concurrentPerform(iterations: 8) { turn in
                if (try? stores[turn % 4].insert([keys[turn]], at: 1)) == true { kept.withLock { $0 += 1 } }
            }
            #expect(kept.withLock { $0 } == 1)
            #expect(try stores[3].counts() == [1: 1])
            for store in stores { try store.close() }
        }
    }

    /// From a file to the server and back: the same keys, and nobody comes back who was erased.
    @Test(.enabled(if: TestDatabase.server != nil)) func aStoreMovesToAServerAndBack() async throws {
        try await withTemporaryFolder { folder in
            let town = try SealedTown(folder: folder)
            try town.fill()
            let before = try town.everything()
            try town.vault.erase([KeyHolder(program: "p", id: RecordID(high: 77, low: 1))], at: 3)
            let erasures = try town.vault.erasures(of: "p").map(\.person)
            let file = KeyStoreAddress.file(path: "\(folder)/town.keys")
            let text = try #require(try TestDatabase.freshKeyStore())
            let server = try KeyStoreAddress(text)
            try town.close()
            let copied = try file.copy(to: server)
            #expect(copied.keys > 4 && copied.erasures == 1)
            // A second time adds nothing.
            #expect(try file.copy(to: server) == copied)
            let vault = try Vault(file: town.keyFile, keys: text, clock: { 0 })
            #expect(try vault.erasures(of: "p").map(\.person) == erasures)
            #expect(try vault.isSealed("p") == false)
            let database = try SQLiteDatabase(path: town.path, access: .open)
            let store = SQLCaseStore(database: database, program: "p", vault: vault)
            #expect(try store.blockingRead { try $0.party(SealedTown.party)?.name } == SealedTown.canaries["name"])
            try vault.rotate(at: 9, by: CaseActor.system.id, of: "p", batch: 2)
            #expect(try store.blockingRead { try $0.party(SealedTown.party)?.name } == SealedTown.canaries["name"])
            vault.close()
            try database.close()
            try server.copy(to: .file(path: "\(folder)/back.keys"))
            let again = try Vault(file: town.keyFile, keys: "\(folder)/back.keys", clock: { 0 })
            #expect(try again.counts().keys.sorted() == [2])
            again.close()
            #expect(!before.isEmpty)
        }
    }

    @Test(.enabled(if: TestDatabase.server != nil)) func theDatabaseOfTheRecordsIsRefused() throws {
        let address = try #require(try TestDatabase.freshAddress())
        let database = try PostgreSQLDatabase(PostgreSQLAddress(address))
        defer { try? database.close() }
        try Schema.migrate(database, at: 0)
        let error = #expect(throws: SealError.self) { try KeyStoreAddress(address).open() }
        #expect(error?.code == .keyStore)
        #expect(error?.text.en.contains("backups") == true)
    }

    /// A node that remembers a person's key seals nothing more under it once another node has erased the person.
    @Test(.enabled(if: TestDatabase.server != nil)) func whoWasErasedElsewhereIsNotSealedForAgain() async throws {
        try await withTemporaryFolder { folder in
            let keys = try #require(try TestDatabase.freshKeyStore())
            let address = try PostgreSQLAddress(#require(try TestDatabase.freshAddress()))
            let file = KeyFile(path: "\(folder)/town.key")
            try file.create(at: 0)
            var stores: [SQLCaseStore] = []
            for number in 0..<2 {
                let database = try PostgreSQLDatabase(address)
                if number == 0 {
                    try Schema.migrate(database, at: 0)
                    _ = try Programs(database: database).create(
                        Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")),
                        at: Timestamp(milliseconds: 0))
                }
                let vault = try Vault(file: file, keys: keys, clock: { 0 })
                stores.append(SQLCaseStore(database: database, program: "p", vault: vault, sealing: .apart))
            }
            let party = Fixture.party(1)
            try await stores[0].write { _ = try $0.save(party) }
            #expect(try await stores[1].read { try $0.party(party.key.id)?.name } == party.name)
            let person = try #require(try await stores[0].read { try $0.personFile(party.key.id) })
            try await stores[0].write { try $0.erase(person, at: Moment(milliseconds: 1)) }
            let error = await #expect(throws: SealError.self) {
                try await stores[1].write { store in
                    _ = try store.save(
                        Note(
                            id: RecordID(9), kind: "reason", subject: party.key.id, words: "again",
                            madeAt: Moment(milliseconds: 2), madeBy: party.key.id))
                }
            }
            #expect(error?.code == .erased)
        }
    }

    /// Two machines over one store: the master key is changed on one, with the file brought to the other in between.
    @Test(.enabled(if: TestDatabase.server != nil)) func twoMachinesChangeTheMasterKeyTogether() async throws {
        try await withTemporaryFolder { folder in
            let text = try #require(try TestDatabase.freshKeyStore())
            let (one, other) = (KeyFile(path: "\(folder)/one.key"), KeyFile(path: "\(folder)/other.key"))
            try one.create(at: 0)
            try other.create(at: 0)
            try other.replace(with: try one.read())
            let (here, there) = (
                try Vault(file: one, keys: text, clock: { 0 }), try Vault(file: other, keys: text, clock: { 0 })
            )
            try here.insert([PersonKey(new: Self.holders[0])])
            try here.prepareRotation(at: 1)
            // Known to one file only, and not yet in use.
            try here.insert([PersonKey(new: Self.holders[1])])
            try there.insert([PersonKey(new: Self.holders[2])])
            #expect(try here.counts() == [1: 3])
            try other.replace(with: try one.read())
            try here.rotate(at: 2, by: CaseActor.system.id, of: "p")
            try there.insert([PersonKey(new: Self.holders[3])])
            #expect(try there.counts() == [2: 4])
            #expect(try there.key(of: Self.holders[0])?.holder == Self.holders[0])
            // One that is not given the file is told what to do.
            try here.prepareRotation(at: 3)
            try here.rotate(at: 4, by: CaseActor.system.id, of: "p")
            let error = #expect(throws: SealError.self) { try there.insert([PersonKey(new: Self.holders[4])]) }
            #expect(error?.code == .keyFile)
            #expect(error?.text.en.contains("Copy the key file") == true)
            here.close()
            there.close()
        }
    }
}

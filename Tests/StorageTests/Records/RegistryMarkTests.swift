import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Storage
import Testing

/// What a change is held against that was looked for before its turn.
@Suite struct RegistryMarkTests {
    private struct Undone: Error {}

    private func store() throws -> SQLCaseStore {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        return SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database))
    }

    private func expectOneMind(_ store: SQLCaseStore) throws {
        let reading = try store.blockingRead { RegistryMark($0) }
        let writing = try store.blockingWrite { RegistryMark(inTurn: $0) }
        #expect(reading != nil && reading == writing)
    }

    /// Writes that wait together become one commit, and none of them is reported before the last of them has ended.
    @Test func whoWritesSeesThoseBeforeItInTheSameCommit() async throws {
        let store = try store()
        let seen = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for number in 1...100 {
                let party = Fixture.party(UInt128(number))
                group.addTask {
                    try await store.write { transaction in
                        let version = transaction.registryVersionNow ?? 0
                        _ = try transaction.save(party)
                        return version
                    }
                }
            }
            var seen: Set<UInt64> = []
            for try await version in group { seen.insert(version) }
            return seen
        }
        // Of a shared server each sees what its snapshot shows, and runs again where that was too little.
        if store.registryVersion != nil { #expect(seen.count == 100) }
        try expectOneMind(store)
    }

    @Test func whatIsUndoneIsCountedOnBothSidesOrOnNone() async throws {
        let store = try store()
        #expect(throws: Undone.self) {
            try store.blockingWrite {
                _ = try $0.save(Fixture.party(1))
                throw Undone()
            }
        }
        try expectOneMind(store)
        await #expect(throws: Undone.self) {
            try await store.write {
                _ = try $0.save(Fixture.party(2))
                throw Undone()
            }
        }
        try expectOneMind(store)
        let before = try store.blockingRead { RegistryMark($0) }
        try store.blockingWrite { _ = try $0.save(Fixture.party(3)) }
        #expect(try store.blockingWrite { RegistryMark(inTurn: $0) } != before)
        try expectOneMind(store)
    }
}

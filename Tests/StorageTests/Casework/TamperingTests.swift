import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

@Suite struct TamperingTests {
    private static let entries = 60

    private func withHistory(_ body: (any Database, SQLCaseStore, ChainHead) throws -> Void) throws {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        let store = SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database))
        let head = try Tampering.history(of: Self.entries, in: store)
        try body(database, store, head)
        try database.close()
    }

    @Test func theDatabaseItselfRefusesToChangeTheHistory() throws {
        try withHistory { database, _, _ in
            for sql in ["UPDATE history SET at = 0 WHERE number = 3", "DELETE FROM history WHERE number = 3"] {
                #expect(throws: DatabaseError.self) { try database.blockingWrite { try $0.run(sql) } }
            }
        }
    }

    /// 1,000 with `ALMONER_LONG=1`, or by `make prove`. Each is made by someone who can write the file and took the
    /// guards away.
    @Test func everyRandomTamperingIsFound() throws {
        try withHistory { database, store, head in
            try Tampering.takeGuardsAway(in: database)
            for seed in 1...UInt64(Environment.value("ALMONER_LONG") == "1" ? 1_000 : 120) {
                let missed = try Tampering.missed(
                    seed: seed, in: database, program: "p", count: Self.entries, head: head)
                #expect(missed == nil)
            }
            #expect(try Audit.verify(store, kept: [head]) == nil)
        }
    }
}

import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

@Suite struct TamperingTests {
    private static let entries = 60

    private func withHistory(_ body: (SQLiteDatabase, SQLCaseStore) throws -> Void) throws {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p"), utcOffsetSeconds: 28_800),
            at: Timestamp(milliseconds: 0))
        let store = SQLCaseStore(database: database, program: "p")
        try store.blockingWrite { transaction in
            for number in 1...Self.entries { try transaction.append(Self.entry(number)) }
        }
        try body(database, store)
        try database.close()
    }

    private static func entry(_ number: Int) -> HistoryEntry {
        HistoryEntry(
            program: "p", at: Moment(milliseconds: Int64(number)), by: .system, subjectKind: "wish",
            subject: RecordID(high: 1, low: UInt64(number % 7)), action: "wish/answer",
            changes: [FieldChange("n", before: nil, after: .integer(Int64(number)))])
    }

    @Test func theDatabaseItselfRefusesToChangeTheHistory() throws {
        try withHistory { database, _ in
            for sql in ["UPDATE history SET at = 0 WHERE number = 3", "DELETE FROM history WHERE number = 3"] {
                #expect(throws: DatabaseError.self) { try database.blockingWrite { try $0.run(sql) } }
            }
        }
    }

    /// 1,000 with `ALMONER_LONG=1`. Each is made by someone who can write the file and took the guard away.
    @Test func everyRandomTamperingIsFound() throws {
        try withHistory { database, store in
            let head = try store.blockingRead { try $0.chainHead() }
            try database.blockingWrite { connection in
                try connection.run("DROP TRIGGER history_keeps_update")
                try connection.run("DROP TRIGGER history_keeps_delete")
            }
            for seed in 1...UInt64(Environment.value("ALMONER_LONG") == "1" ? 1_000 : 120) {
                var random = SeededRandom(seed: seed)
                struct Undo: Error {}
                do {
                    try database.blockingWrite { connection in
                        let (name, first) = try tamper(connection, &random)
                        // The check reads in the same transaction, which is then given up.
                        let fault = try Self.verify(connection, kept: [head])
                        #expect(fault?.number == first, "seed \(seed): \(name) at \(first)")
                        throw Undo()
                    }
                } catch is Undo {}
            }
            #expect(try Audit.verify(store, kept: [head]) == nil)
        }
    }

    /// Returns what was done, and the first entry that is not what was sealed.
    private func tamper(_ connection: any Connection, _ random: inout SeededRandom) throws -> (String, Int64) {
        let place = Int64.random(in: 2...Int64(Self.entries) - 2, using: &random)
        func run(_ sql: String) throws { try connection.run(sql, [SQLValue(place)]) }
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            let row = try connection.require("SELECT entry FROM history WHERE number = $1", [SQLValue(place)])
            var bytes: [UInt8] = try row[0]
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
            try connection.run("UPDATE history SET entry = $2 WHERE number = $1", [SQLValue(place), .blob(bytes)])
            return ("change", place)
        case 1:
            try run("DELETE FROM history WHERE number = $1")
            return ("delete", place)
        case 2:
            try run("UPDATE history SET number = 9999 WHERE number = $1")
            try run("UPDATE history SET number = $1 WHERE number = $1 + 1")
            try run("UPDATE history SET number = $1 + 1 WHERE number = 9999")
            return ("reorder", place)
        case 3:
            // From the last down, so that no two have one number on the way.
            for number in stride(from: Int64(Self.entries), through: place, by: -1) {
                try connection.run("UPDATE history SET number = $1 + 1 WHERE number = $1", [SQLValue(number)])
            }
            try run(
                """
                INSERT INTO history (program, number, at, subject, action, entry, hash)
                SELECT program, $1, at, subject, action, entry, hash FROM history WHERE number = $1 - 1
                """)
            return ("insert", place)
        case 4:
            try run("DELETE FROM history WHERE number >= $1")
            return ("cut", place)
        default:
            try run("UPDATE history SET action = 'wish/close' WHERE number = $1")
            return ("column", place)
        }
    }

    private static func verify(_ connection: any Connection, kept: [ChainHead]) throws -> ChainFault? {
        try SQLCaseStore.verifyHistory(on: connection, program: "p", kept: kept)
    }

    /// A sealer of its own: what was written waits, shows as late after ten seconds, and holds once it is sealed.
    @Test func waitingEntriesAreSealedInTheirOrder() throws {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p"), utcOffsetSeconds: 28_800),
            at: Timestamp(milliseconds: 0))
        let store = SQLCaseStore(database: database, program: "p", sealing: .apart)
        try store.blockingWrite { transaction in
            for number in 1...25 { try transaction.append(Self.entry(number)) }
            // Twice the same at the same moment is two entries.
            try transaction.append(Self.entry(25))
        }
        let tail = try store.blockingRead { try $0.tail(asOf: Moment(milliseconds: 12_000)) }
        #expect(tail.count == 26 && tail.isLate)
        let sealed = try store.blockingWrite { try $0.seal(limit: 10) + $0.seal(limit: 100) }
        #expect(sealed == 26)
        var times: [Int64] = []
        try store.blockingRead { transaction in
            #expect(try transaction.tail(asOf: Moment(milliseconds: 12_000)).count == 0)
            try transaction.forEachSealed(after: 0) { _, entry in
                times.append(entry?.entry.at.milliseconds ?? 0)
                return true
            }
        }
        #expect(times == times.sorted() && times.count == 26)
        #expect(try Audit.verify(store) == nil)
    }
}

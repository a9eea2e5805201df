public import Casework
internal import MatchCore
public import Storage

/// Changes to a sealed history by someone who can write the file and took its guards away.
public struct Tampering {
    /// What was done.
    public let name: String
    /// The first entry that is not what was sealed.
    public let firstBad: Int64

    /// A history of `count` entries in a program that is new, and its head, to be kept elsewhere.
    public static func history(of count: Int, in store: any CaseStore) throws -> ChainHead {
        try store.blockingWrite { transaction in
            let program = try transaction.programCode()
            for number in 1...count { try transaction.append(entry(number, program)) }
            return try transaction.chainHead()
        }
    }

    public static func entry(_ number: Int, _ program: Code) -> HistoryEntry {
        HistoryEntry(
            program: program, at: Moment(milliseconds: Int64(number)), by: .system, subjectKind: "wish",
            subject: RecordID(high: 1, low: UInt64(number % 7)), action: "wish/answer",
            changes: [FieldChange("n", before: nil, after: .integer(Int64(number)))])
    }

    public static func takeGuardsAway(in database: any Database) throws {
        try database.blockingWrite { try HistoryGuard.remove(from: $0) }
    }

    /// Tampers with one of `count` entries, looks whether the check names it, and undoes it again; nil when it was found.
    public static func missed(
        seed: UInt64, in database: any Database, program: String, count: Int, head: ChainHead
    ) throws -> String? {
        struct Undo: Error {}
        var missed: String?
        do {
            try database.blockingWrite { connection in
                var random = SeededRandom(seed: seed)
                let tampering = try make(on: connection, count: count, &random)
                // The check reads in the same transaction, which is then given up.
                let fault = try SQLCaseStore.verifyHistory(on: connection, program: program, kept: [head])
                if fault?.number != tampering.firstBad {
                    missed =
                        "seed \(seed): \(tampering.name) at \(tampering.firstBad), "
                        + "found \(fault?.text.en ?? "nothing")"
                }
                throw Undo()
            }
        } catch is Undo {}
        return missed
    }

    /// For a database with one program: the statements look at numbers alone.
    private static func make(
        on connection: any Connection, count: Int, _ random: inout SeededRandom
    ) throws -> Tampering {
        let place = Int64.random(in: 2...Int64(count) - 2, using: &random)
        func run(_ sql: String) throws { try connection.run(sql, [SQLValue(place)]) }
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            let row = try connection.require("SELECT entry FROM history WHERE number = $1", [SQLValue(place)])
            var bytes: [UInt8] = try row[0]
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
            try connection.run("UPDATE history SET entry = $2 WHERE number = $1", [SQLValue(place), .blob(bytes)])
            return Tampering(name: "change", firstBad: place)
        case 1:
            try run("DELETE FROM history WHERE number = $1")
            return Tampering(name: "delete", firstBad: place)
        case 2:
            try run("UPDATE history SET number = 999999999 WHERE number = $1")
            try run("UPDATE history SET number = $1 WHERE number = $1 + 1")
            try run("UPDATE history SET number = $1 + 1 WHERE number = 999999999")
            return Tampering(name: "reorder", firstBad: place)
        case 3:
            // From the last down, so that no two have one number on the way.
            for number in stride(from: Int64(count), through: place, by: -1) {
                try connection.run("UPDATE history SET number = $1 + 1 WHERE number = $1", [SQLValue(number)])
            }
            try run(
                """
                INSERT INTO history (program, number, at, subject, action, entry, hash)
                SELECT program, CAST($1 AS BIGINT), at, subject, action, entry, hash FROM history WHERE number = $1 - 1
                """)
            return Tampering(name: "insert", firstBad: place)
        case 4:
            try run("DELETE FROM history WHERE number >= $1")
            return Tampering(name: "cut", firstBad: place)
        default:
            try run("UPDATE history SET action = 'wish/close' WHERE number = $1")
            return Tampering(name: "column", firstBad: place)
        }
    }
}

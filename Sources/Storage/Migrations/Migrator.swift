/// A numbered step of the schema. Once released it is never edited: a change is a new step.
public struct Migration: Sendable {
    /// 1 for the first, and from there without gaps.
    public let number: Int
    /// What the step does, in a few words.
    public let name: String
    /// SQL statements, each on its own, in the dialect that all engines share.
    public let statements: [String]

    public init(number: Int, name: String, statements: [String]) {
        self.number = number
        self.name = name
        self.statements = statements
    }

    /// A fingerprint of the step by which a later edit is noticed: FNV-1a, 64 bits, in hexadecimal. It guards against
    /// accidents, not against malice.
    public var checksum: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for part in [String(number), name] + statements {
            // The zero keeps "ab" + "c" apart from "a" + "bc".
            for byte in Array(part.utf8) + [0] {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Brings a database to the schema of this version of the program.
///
/// What has been applied is recorded in the table `schema_migration`, with a checksum.
public struct Migrator: Sendable {
    public let migrations: [Migration]

    /// Throws `schemaMismatch` unless the numbers run 1, 2, 3, ….
    public init(_ migrations: [Migration]) throws {
        self.migrations = migrations
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw DatabaseError(
                .schemaMismatch,
                message: "Migration \(migration.number) (\(migration.name)) stands where \(index + 1) is due. "
                    + "Number the migrations 1, 2, 3, … without gaps.")
        }
    }

    /// Applies what is missing, each step in a transaction of its own, and returns the numbers applied.
    ///
    /// - Parameter time: the time to record, in UTC milliseconds.
    /// - Throws: `schemaNewer` or `schemaMismatch`, before anything is changed; the error of a step that failed, which is
    ///   undone while those before it stand.
    @discardableResult
    public func migrate(_ database: any Database, at time: Int64) throws -> [Int] {
        guard let shared = database as? any SharedDatabase else { return try apply(to: database, at: time) }
        return try shared.migrating { try apply(to: database, at: time) }
    }

    private func apply(to database: any Database, at time: Int64) throws -> [Int] {
        try database.blockingWrite { connection in
            try connection.run(
                """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    number BIGINT NOT NULL PRIMARY KEY,
                    name TEXT NOT NULL,
                    checksum TEXT NOT NULL,
                    applied_at BIGINT NOT NULL
                )
                """)
        }
        let missing = migrations.dropFirst(try database.blockingRead { try applied(on: $0) })
        for migration in missing {
            try database.blockingWrite { connection in
                for statement in migration.statements {
                    try connection.run(statement)
                }
                try connection.run(
                    "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
                    [SQLValue(migration.number), .text(migration.name), .text(migration.checksum), .integer(time)])
            }
        }
        return missing.map(\.number)
    }

    /// Sees that the database has exactly this schema, without changing anything. Throws `schemaOlder`, `schemaNewer` or
    /// `schemaMismatch`.
    public func check(_ database: any Database) throws {
        let count: Int
        do {
            count = try database.blockingRead { try applied(on: $0) }
        } catch let error as DatabaseError where error.code == .invalidSQL {
            count = 0  // no table of migrations
        }
        guard count == migrations.count else {
            throw DatabaseError(
                .schemaOlder,
                message: "The database is at migration \(count), and this version needs \(migrations.count). "
                    + "Open it once for writing, which migrates it; make a backup first.")
        }
    }

    /// How many of the migrations the database has, after comparing each with what was recorded.
    private func applied(on connection: any Connection) throws -> Int {
        let rows = try connection.all("SELECT number, name, checksum FROM schema_migration ORDER BY number")
        if let last = rows.last, try last["number"] > migrations.count {
            throw DatabaseError(
                .schemaNewer,
                message: "The database is at migration \(try last["number"] as Int) (\(try last["name"] as String)), "
                    + "and this version knows \(migrations.count). Use the newer version of the program.")
        }
        for (row, migration) in zip(rows, migrations) {
            let number: Int = try row["number"]
            guard number == migration.number else {
                throw DatabaseError(
                    .schemaMismatch,
                    message: "The database lacks migration \(migration.number) (\(migration.name)) but has \(number). "
                        + "Restore a backup: the record of migrations was altered.")
            }
            guard try row["checksum"] == migration.checksum else {
                throw DatabaseError(
                    .schemaMismatch,
                    message:
                        "Migration \(number) was applied as '\(try row["name"] as String)' and has been edited since. "
                        + "Undo the edit, and put the change into a new migration.")
            }
        }
        return rows.count
    }
}

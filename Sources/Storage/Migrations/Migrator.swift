/// A numbered step of the schema. Once released it is never edited: a change is a new step.
public struct Migration: Sendable {
    /// 1 for the first, and from there without gaps.
    public let number: Int
    /// What the step does, in a few words.
    public let name: String
    /// SQL statements, each on its own, in the dialect that all engines share.
    public let statements: [String]
    /// The oldest schema whose programs still work on the database after this step: its own number, unless it only adds
    /// what they do not look at. Programs below it are refused, and the step is not taken while one of them serves.
    public let oldest: Int

    public init(number: Int, name: String, statements: [String], oldest: Int? = nil) {
        self.number = number
        self.name = name
        self.statements = statements
        self.oldest = oldest ?? number
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
/// What has been applied is recorded in the table `schema_migration`, with a checksum; how old a program may be that works
/// beside a step, in `schema_tolerance`.
public struct Migrator: Sendable {
    public let migrations: [Migration]
    /// Whether a database that holds only a part of a copy passes: for who completes it.
    private let resumesCopy: Bool

    /// Throws `schemaMismatch` unless the numbers run 1, 2, 3, ….
    public init(_ migrations: [Migration]) throws { try self.init(migrations, resumesCopy: false) }

    init(_ migrations: [Migration], resumesCopy: Bool) throws {
        self.migrations = migrations
        self.resumesCopy = resumesCopy
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
            try connection.run(
                """
                CREATE TABLE IF NOT EXISTS schema_tolerance (
                    number BIGINT NOT NULL PRIMARY KEY,
                    oldest BIGINT NOT NULL
                )
                """)
        }
        let there = min(try database.blockingRead { try applied(on: $0) }, migrations.count)
        let hasNodes = migrations.prefix(there).contains { $0.name == Self.nodes }
        let missing = migrations.dropFirst(there)
        for migration in missing {
            // Leases of nodes go by the database's clock, which this host's need not agree with.
            let now = try (database as? any SharedDatabase)?.blockingMilliseconds() ?? time
            try database.blockingWrite { connection in
                if hasNodes { try waitForNobody(below: migration, at: now, on: connection) }
                for statement in migration.statements {
                    try connection.run(statement)
                }
                try connection.run(
                    "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
                    [SQLValue(migration.number), .text(migration.name), .text(migration.checksum), .integer(time)])
                try connection.run(
                    "INSERT INTO schema_tolerance (number, oldest) VALUES ($1, $2)",
                    [SQLValue(migration.number), SQLValue(migration.oldest)])
            }
        }
        return missing.map(\.number)
    }

    /// The step that brings the table of nodes.
    static let nodes = "nodes"

    /// Throws `busy` where nodes serve that a step would take the ground from under.
    private func waitForNobody(below migration: Migration, at time: Int64, on connection: any Connection) throws {
        let row = try connection.require(
            "SELECT COUNT(*), COALESCE(MIN(schema_number), 0) FROM node_lease WHERE schema_number < $1 AND until_at > $2",
            [SQLValue(migration.oldest), .integer(time)])
        let (count, number): (Int, Int) = (try row[0], try row[1])
        guard count == 0 else {
            throw DatabaseError(
                .busy,
                message: "Migration \(migration.number) (\(migration.name)) is not for programs below schema "
                    + "\(migration.oldest). Still at work for an older version (schema \(number)): "
                    + "\(count == 1 ? "a node" : "\(count) nodes"). Stop what is, wait \(NodeRegister.length / 1_000) s, "
                    + "and start this version again.")
        }
    }

    /// Whether this program works on the database as it is now: as it was opened, or brought to a newer schema since that
    /// tolerates it. Throws `schemaNewer` where it does not.
    func checkTolerated(on connection: any Connection) throws {
        guard
            let row = try connection.first(
                """
                SELECT m.number, m.name, COALESCE(t.oldest, m.number)
                FROM schema_migration m LEFT JOIN schema_tolerance t ON t.number = m.number
                WHERE m.number > $1 AND COALESCE(t.oldest, m.number) > $1 ORDER BY m.number DESC LIMIT 1
                """, [SQLValue(migrations.count)])
        else { return }
        throw Self.newer(number: try row[0], name: try row[1], oldest: try row[2], than: migrations.count)
    }

    private static func newer(number: Int, name: String, oldest: Int, than known: Int) -> DatabaseError {
        DatabaseError(
            .schemaNewer,
            message:
                "The database is at migration \(number) (\(name)), which is for programs of schema \(oldest) or newer, "
                + "and this version knows \(known). Use the newer version of the program.")
    }

    /// Sees that the database has this schema, or a newer one that tolerates this program, without changing anything.
    /// Throws `schemaOlder`, `schemaNewer` or `schemaMismatch`.
    public func check(_ database: any Database) throws { _ = try count(in: database) }

    /// `check` for who has to know every table: throws `schemaNewer` for any newer schema.
    public func checkExact(_ database: any Database) throws {
        let count = try count(in: database)
        guard count == migrations.count else {
            throw DatabaseError(
                .schemaNewer,
                message:
                    "The database is at migration \(count), and this version knows \(migrations.count). Use the newer "
                    + "version of the program.")
        }
    }

    private func count(in database: any Database) throws -> Int {
        let count: Int
        do {
            count = try database.blockingRead { try applied(on: $0) }
        } catch let error as DatabaseError where error.code == .invalidSQL {
            count = 0  // no table of migrations
        }
        guard count >= migrations.count else {
            throw DatabaseError(
                .schemaOlder,
                message: "The database is at migration \(count), and this version needs \(migrations.count). "
                    + "Make a backup with the version that wrote it, then open it once for writing, as `almoner init` does: "
                    + "that migrates it.")
        }
        return count
    }

    /// How many migrations the database has, after comparing each that is known with what was recorded.
    private func applied(on connection: any Connection) throws -> Int {
        var rows = try connection.all("SELECT number, name, checksum FROM schema_migration ORDER BY number")
        if let last = rows.last, try last["number"] == CopyMark.number {
            guard resumesCopy else { throw CopyMark.unfinished }
            rows.removeLast()
        }
        if let last = rows.last, try last["number"] > migrations.count {
            try checkTolerated(on: connection)
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

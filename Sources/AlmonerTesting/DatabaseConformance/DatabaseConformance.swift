public import Storage

/// What every database driver must do, as checks that run on an empty database each.
///
/// ```swift
/// @Test(arguments: DatabaseConformance.checks)
/// func conforms(_ check: DatabaseConformance.Check) async throws {
///     try await check.run(on: try SQLiteDatabase(inMemory: .init()))
/// }
/// ```
public enum DatabaseConformance {
    /// One claim about a driver. It throws a `Failure` that says what was found instead.
    public struct Check: Sendable, CustomStringConvertible {
        public let name: String
        /// Whether it needs reads that go on while a transaction writes, which a database in memory may lack.
        public let needsConcurrentReads: Bool
        /// Whether it needs that one transaction writes at a time.
        public let needsOneWriter: Bool
        private let body: @Sendable (any Database) async throws -> Void

        init(
            _ name: String, needsConcurrentReads: Bool = false, needsOneWriter: Bool = false,
            body: @escaping @Sendable (any Database) async throws -> Void
        ) {
            self.name = name
            self.needsConcurrentReads = needsConcurrentReads
            self.needsOneWriter = needsOneWriter
            self.body = body
        }

        public var description: String { name }

        /// Runs the check on a database without tables.
        public func run(on database: any Database) async throws {
            try await body(database)
        }
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public static var checks: [Check] {
        transactions + values + statements + constraints + concurrency
    }
}

func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    if !condition { throw DatabaseConformance.Failure(description: message()) }
}

func requireEqual<Value: Equatable>(_ found: Value, _ wanted: Value, _ subject: String) throws {
    try require(found == wanted, "\(subject): \(found), where \(wanted) is right")
}

/// Sees that the body throws a `DatabaseError` with this code, and returns it.
@discardableResult
func requireError(
    _ code: DatabaseError.Code, _ subject: String, _ body: () throws -> some Any
) throws -> DatabaseError {
    do {
        _ = try body()
    } catch let error as DatabaseError {
        try requireEqual(error.code, code, "\(subject) (\(error.message))")
        return error
    }
    throw DatabaseConformance.Failure(description: "\(subject): no error, where \(code) is right")
}

/// A small table that most checks use.
func makeItems(_ database: any Database) throws {
    try database.blockingWrite { connection in
        try connection.run(
            """
            CREATE TABLE item (
                program TEXT NOT NULL,
                id BIGINT NOT NULL,
                label TEXT,
                amount BIGINT NOT NULL DEFAULT 0,
                content BYTEA,
                PRIMARY KEY (program, id),
                CONSTRAINT item_amount_not_negative CHECK (amount >= 0)
            )
            """)
    }
}

func insertItem(_ connection: any Connection, _ id: Int, label: String? = nil, amount: Int = 0) throws {
    try connection.run(
        "INSERT INTO item (program, id, label, amount) VALUES ($1, $2, $3, $4)",
        ["dongguan", SQLValue(id), SQLValue(label), SQLValue(amount)])
}

func countItems(_ connection: any Connection) throws -> Int {
    try connection.require("SELECT COUNT(*) AS count FROM item")["count"]
}

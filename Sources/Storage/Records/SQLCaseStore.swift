public import Casework
public import MatchCore

/// Casework's store over any database that speaks the shared SQL.
public struct SQLCaseStore: CaseStore {
    private let database: any Database
    private let program: String
    private let sealing: HistorySealing
    private let clock: @Sendable () -> Moment
    private let versions = StoreVersions()

    /// Opens a program that exists. The database has this version's schema.
    ///
    /// - Parameter clock: when changes happened, for the feed of them; the host's by default.
    public init(
        database: any Database, program: String, sealing: HistorySealing = .inTransaction,
        clock: @escaping @Sendable () -> Moment = HostClock.now
    ) {
        self.clock = clock
        self.database = database
        self.program = program
        self.sealing = sealing
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseTransaction) throws -> Result
    ) async throws -> Result {
        // Looked up before the transaction begins, which then sees at least as much.
        let seen = seen
        return try await database.read { [program, sealing, seen] in
            try body(SQLCaseTransaction(connection: $0, program: program, sealing: sealing, seen: seen))
        }
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseTransaction) throws -> Result
    ) async throws -> Result {
        let seen = seen
        return try await versions.watching { marks in
            try await database.write { [program, sealing, seen, clock] in
                try SQLCaseTransaction(
                    connection: $0, program: program, sealing: sealing, marks: marks, seen: seen, clock: clock
                ).ending(body)
            }
        }
    }

    /// Only this process writes a SQLite file; of other engines nothing is known.
    public var keysVersion: UInt64? { database is SQLiteDatabase ? versions.keysVersion : nil }

    private var seen: SeenRegistry? { database is SQLiteDatabase ? SeenRegistry(versions.registry) : nil }

    public func blockingRead<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result {
        let seen = seen
        return try database.blockingRead {
            try body(SQLCaseTransaction(connection: $0, program: program, sealing: sealing, seen: seen))
        }
    }

    public func blockingWrite<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result {
        let seen = seen
        return try versions.watching { marks in
            try database.blockingWrite {
                try SQLCaseTransaction(
                    connection: $0, program: program, sealing: sealing, marks: marks, seen: seen, clock: clock
                ).ending(body)
            }
        }
    }
}

/// The programs of an installation.
public struct Programs {
    private let database: any Database

    public init(database: any Database) {
        self.database = database
    }

    public struct Program: Sendable, Hashable {
        public var code: String
        public var name: LocalizedText
        public var utcOffsetSeconds: Int

        /// UTC+8, what a program has that states nothing else.
        public static let defaultUTCOffsetSeconds = 28_800

        public init(code: String, name: LocalizedText, utcOffsetSeconds: Int = defaultUTCOffsetSeconds) {
            self.code = code
            self.name = name
            self.utcOffsetSeconds = utcOffsetSeconds
        }
    }

    /// Whether the program was new.
    public func create(_ program: Program, at time: Timestamp) throws -> Bool {
        try database.blockingWrite { connection in
            try connection.run(
                """
                INSERT INTO program (program, name_zh, name_en, utc_offset_seconds, created_at)
                VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
                """,
                [
                    .text(program.code), .text(program.name.zhHans), .text(program.name.en),
                    SQLValue(program.utcOffsetSeconds), SQLValue(time),
                ]) == 1
        }
    }

    public func all() throws -> [Program] {
        try database.blockingRead { connection in
            try connection.all("SELECT program, name_zh, name_en, utc_offset_seconds FROM program ORDER BY program").map
            {
                Program(
                    code: try $0[0], name: LocalizedText(zhHans: try $0[1], en: try $0[2]), utcOffsetSeconds: try $0[3])
            }
        }
    }
}

extension SQLCaseStore {
    /// Follows a program's chain inside a transaction that is already open: for checks of what is not committed.
    public static func verifyHistory(on connection: any Connection, program: String, kept: [ChainHead] = []) throws
        -> ChainFault?
    {
        try Audit.verify(SQLCaseTransaction(connection: connection, program: program), kept: kept)
    }
}

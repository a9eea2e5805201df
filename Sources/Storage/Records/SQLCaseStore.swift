public import Casework
public import MatchCore

/// Casework's store over any database that speaks the shared SQL. What is personal is sealed on the way in and opened on
/// the way out, inside the transaction.
public struct SQLCaseStore: CaseStore {
    private let database: any Database
    let program: String
    private let sealing: HistorySealing
    private let given: Vault?
    private let clock: @Sendable () -> Moment
    private let random: @Sendable () -> UInt64
    private let versions: StoreVersions
    private let recent = RecentReads()

    /// Opens a program that exists. The database has this version's schema.
    ///
    /// - Parameters:
    ///   - vault: the keys of persons; by default those beside a SQLite file, or fresh ones for one in memory.
    ///   - clock: when changes happened, for the feed of them; the host's by default.
    ///   - random: chooses the salts of digests; the host's chance by default.
    ///   - touchesKept: how far back other nodes find which records were touched, in numbers of transactions, and the same
    ///     for all of them; who has not looked for half as long reads everything anew.
    public init(
        database: any Database, program: String, vault: Vault? = nil, sealing: HistorySealing = .inTransaction,
        clock: @escaping @Sendable () -> Moment = HostClock.now,
        random: @escaping @Sendable () -> UInt64 = HostRandom.next, touchesKept: Int64 = 200_000
    ) {
        self.clock = clock
        self.random = random
        self.database = database
        self.program = program
        self.sealing = sealing
        given = vault
        versions = StoreVersions(database, touchesKept: touchesKept)
    }

    /// The keys of persons.
    public var vault: Vault {
        get throws {
            if let given { return given }
            guard let database = database as? SQLiteDatabase else {
                throw DatabaseError(.misconfigured, message: "A store over this engine is given its vault.")
            }
            return try database.ownVault()
        }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseTransaction) throws -> Result
    ) async throws -> Result {
        // Looked up before the transaction begins, which then sees at least as much.
        let (seen, vault) = (seen, try vault)
        let (result, reads) = try await database.read { [program, sealing, seen, shared = versions.shared] connection in
            let session = vault.session(program)
            let result = try body(
                SQLCaseTransaction(
                    connection: connection, program: program, vault: session, sealing: sealing, seen: seen,
                    shared: shared))
            return (result, session.reads)
        }
        let new = recent.new(among: reads)
        if !new.isEmpty {
            // What somebody was shown is on record before they see it.
            if isReadOnly {
                try vault.store.keep(new, of: program)
            } else {
                try await database.write { [program] in try ReadTable(connection: $0, program: program).insert(new) }
            }
            recent.insert(new)
        }
        return result
    }

    public func pointRead<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result? {
        guard let database = database as? SQLiteDatabase else { return nil }
        let (seen, session) = (seen, try vault.session(program, staysInMemory: true))
        do {
            let result = try database.pointRead {
                try body(
                    SQLCaseTransaction(connection: $0, program: program, vault: session, sealing: sealing, seen: seen))
            }
            // What has to be put on record first takes a commit.
            return recent.new(among: session.reads).isEmpty ? result : nil
        } catch is VaultSession.NotInMemory {
            return nil
        }
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any CaseTransaction) throws -> Result
    ) async throws -> Result {
        let (seen, vault) = (seen, try vault)
        let (result, hasErased) = try await versions.watching { marks in
            try await database.write {
                [program, sealing, seen, shared = versions.shared, turns = versions.turns, clock, random] connection in
                defer { turns.end(marks) }
                let session = vault.session(program)
                let transaction = SQLCaseTransaction(
                    connection: connection, program: program, vault: session, sealing: sealing, marks: marks,
                    seen: seen, shared: shared, turns: turns, clock: clock, random: random)
                let result = try transaction.ending(body)
                try Self.finish(transaction, session, on: connection, program)
                return (result, session.hasErased)
            }
        }
        if hasErased { try emptyLog() }
        return result
    }

    /// Only this process writes a SQLite file; of other engines nothing is known.
    public var keysVersion: UInt64? { database is SQLiteDatabase ? versions.keysVersion : nil }

    /// Rings when the feed of changes may have grown, on whichever node.
    public var bell: ChangeBell? {
        versions.listen()
        return versions.bell
    }

    public var registryVersion: UInt64? { database is SQLiteDatabase ? versions.registry.version : nil }

    public func registryTouches(after earlier: UInt64, through later: UInt64) -> RegistryTouches {
        versions.registry.touches(after: earlier, through: later)
    }

    public func areOnRecord(_ reads: Set<SealedRead>) -> Bool { recent.new(among: reads).isEmpty }

    private var seen: SeenRegistry? { database is SQLiteDatabase ? SeenRegistry(versions.registry) : nil }

    public func blockingRead<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result {
        let (seen, session) = (seen, try vault.session(program))
        let result = try database.blockingRead {
            try body(
                SQLCaseTransaction(
                    connection: $0, program: program, vault: session, sealing: sealing, seen: seen,
                    shared: versions.shared))
        }
        let new = recent.new(among: session.reads)
        if !new.isEmpty {
            if isReadOnly {
                try vault.store.keep(new, of: program)
            } else {
                try database.blockingWrite { try ReadTable(connection: $0, program: program).insert(new) }
            }
            recent.insert(new)
        }
        return result
    }

    public func blockingWrite<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result {
        let (seen, vault) = (seen, try vault)
        let (result, hasErased) = try versions.watching { marks in
            try database.blockingWrite { connection in
                defer { versions.turns.end(marks) }
                let session = vault.session(program)
                let transaction = SQLCaseTransaction(
                    connection: connection, program: program, vault: session, sealing: sealing, marks: marks,
                    seen: seen, shared: versions.shared, turns: versions.turns, clock: clock, random: random)
                let result = try transaction.ending(body)
                try Self.finish(transaction, session, on: connection, program)
                return (result, session.hasErased)
            }
        }
        if hasErased { try emptyLog() }
        return result
    }

    /// The last steps of a transaction, before it is committed.
    private static func finish(
        _ transaction: SQLCaseTransaction, _ session: VaultSession, on connection: any Connection, _ program: String
    ) throws {
        try transaction.publishMarks()
        if !session.reads.isEmpty { try ReadTable(connection: connection, program: program).insert(session.reads) }
        if connection is any SharedConnection { try session.refuseErased(on: connection) }
        try session.flush()
    }

    /// Takes over what people were shown while the database was open for reading only, and takes away what an older copy
    /// of it holds of people who were erased since; returns how many. Call it when the database was opened for writing.
    ///
    /// - Parameter finishing: ends what those people still wait for, in the same transaction; see
    ///   ``CaseDesk/finishErasures(of:)``. Called only where there are any.
    @discardableResult
    public func catchUp(
        at moment: Moment, finishing: (any CaseTransaction, [PersonFile.Holder]) throws -> Void
    ) throws -> Int {
        let vault = try vault
        let waiting = try vault.store.waitingReads(of: program)
        if !waiting.isEmpty {
            try database.blockingWrite { try ReadTable(connection: $0, program: program).insert(waiting) }
            try vault.store.removeWaitingReads(of: program)
        }
        guard try !vault.erasures(of: program).isEmpty else { return 0 }
        let compaction = DueCompaction(of: database, program: program)
        let count = try blockingWrite { transaction in
            let holders = try transaction.repeatErasures(at: moment)
            if !holders.isEmpty {
                if let connection = (transaction as? SQLCaseTransaction)?.connection {
                    try compaction.note(on: connection)
                }
                try finishing(transaction, holders)
            }
            return holders.count
        }
        try compaction.run()
        return count
    }

    /// Puts the entries of the history that wait into the chain, on a database that nobody else has open: a backup of what
    /// nodes were at work on brings some along, and where one process writes alone nobody is on that duty.
    ///
    /// - Parameter limit: entries in one transaction.
    public func sealWhatWaits(limit: Int = 2_000) throws {
        guard try blockingRead({ try $0.hasTail() }) else { return }
        while try blockingWrite({ try $0.seal(limit: limit) }) == limit {}
    }

    private var isReadOnly: Bool { (database as? SQLiteDatabase)?.isReadOnly ?? false }

    /// Leaves nothing of what was erased in the write-ahead log.
    private func emptyLog() throws { try (database as? SQLiteDatabase)?.truncateLog() }
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
        let session = try Vault(inMemory: ()).session(program)
        return try Audit.verify(
            SQLCaseTransaction(connection: connection, program: program, vault: session), kept: kept)
    }
}

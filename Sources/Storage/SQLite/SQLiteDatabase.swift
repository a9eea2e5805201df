import GRDB

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A database in one file, through GRDB: a writer and a few readers in one process.
///
/// The file is in write-ahead mode, and a commit is on the disk before it is reported. One process at a time owns the
/// file for writing (see `FileLock`); any number may open it for reading only, while nobody has it open for writing.
public final class SQLiteDatabase: Database {
    public enum Access: Sendable {
        /// Reads and writes, and makes the file where there is none.
        case create
        /// Reads and writes a file that exists.
        case open
        /// Reads only, beside other readers.
        case readOnly
    }

    public struct Options: Sendable {
        /// How many reads may run at once; 1 or more.
        public var readers = 4
        /// How many short reads may run beside them on the threads that ask; 0 for none.
        public var pointReaders = 8
        /// How long to wait, in seconds, for a program outside (such as a backup) that holds the file.
        public var patience = 5.0
        /// How many waiting transactions one commit may join; 1 turns the joining off.
        public var largestGroup = 128
        /// How much of the file each connection keeps in memory, in KiB.
        public var cacheSize = 16_384

        public init() {}
    }

    private let writer: any DatabaseWriter
    /// Reads of a database in memory wait for their turn like writes, and see one state without more ado. GRDB's own
    /// `read` would switch `query_only` on and off around each, and with that SQLite compiles every statement anew.
    private let readsInTurn: Bool
    private let pending: PendingWrites
    /// Nil for a database in memory, whose reads wait for their turn.
    private let pointReaders: PointReaders?
    // Held until after the connections are gone, which `deinit` sees to.
    private let lock: Guarded<FileLock?>
    private let isClosed = Guarded(false)
    /// The file; nil for a database in memory.
    public let path: String?
    /// Whether nothing can be changed through it.
    let isReadOnly: Bool
    private let vault = Guarded<Vault?>(nil)

    /// Opens the file at a path. Throws `lockedByAnotherProcess`, `cannotOpen`, `notADatabase` or `corrupt`.
    public init(path: String, access: Access, options: Options = Options()) throws {
        // A link and the file it leads to must have the same lock, as they have the same write-ahead log.
        let path = resolvedPath(path)
        if access != .create, !fileExists(path) {
            throw DatabaseError(
                .cannotOpen,
                message: "There is no database at \(path). Create one with `almoner init`, or name another.")
        }
        let lock = try FileLock(database: path, mode: access == .readOnly ? .reader : .writer)
        var configuration = Self.configuration(options)
        configuration.readonly = access == .readOnly
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            if access != .readOnly {
                try pool.writeWithoutTransaction { try Self.makeDurable($0) }
            }
            writer = pool
            readsInTurn = false
        } catch let error as GRDB.DatabaseError {
            let error = DatabaseError(sqlite: error)
            throw DatabaseError(error.code, message: "\(path): \(error.message)", cause: error.cause)
        }
        pending = PendingWrites(largestGroup: options.largestGroup)
        pointReaders =
            options.pointReaders > 0
            ? PointReaders(path: path, configuration: Self.configuration(options), most: options.pointReaders) : nil
        self.lock = Guarded(lock)
        self.path = path
        isReadOnly = access == .readOnly
    }

    /// A database in memory, for tests: nothing outlives it, and reads wait for writes.
    public init(inMemory options: Options) throws {
        do {
            writer = try DatabaseQueue(configuration: Self.configuration(options))
            readsInTurn = true
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(sqlite: error)
        }
        pending = PendingWrites(largestGroup: options.largestGroup)
        pointReaders = nil
        lock = Guarded(nil)
        path = nil
        isReadOnly = false
    }

    deinit {
        try? close()
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try checkOpen()
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await naming {
                guard readsInTurn else {
                    return try await writer.read { try Self.reading($0, cancellation: cancellation, body) }
                }
                return try await writer.unsafeRead { try Self.reading($0, cancellation: cancellation, body) }
            }
        } onCancel: {
            cancellation.cancel()
        }
    }

    /// Reads one consistent snapshot on the calling thread, for a body that is done in far less than a millisecond. Waits
    /// for nobody: nil where every connection for such reads is in use, or there are none.
    public func pointRead<Result>(_ body: (any Connection) throws -> Result) throws -> Result? {
        guard let pointReaders else { return nil }
        try checkOpen()
        return try naming { try pointReaders.read { try Self.reading($0, cancellation: nil, body) } }
    }

    @discardableResult
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try checkOpen()
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                pending.append(PendingWrite(cancellation: cancellation, body: body, continuation: continuation))
                // Each request asks for a turn; a turn serves all that wait, so later ones may find nothing to do.
                writer.asyncWriteWithoutTransaction { [pending] in pending.perform(on: $0) }
            }
        } onCancel: {
            cancellation.cancel()
            pending.withdrawCancelled()
        }
    }

    public func blockingRead<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        try checkOpen()
        return try naming {
            readsInTurn
                ? try writer.unsafeRead { try Self.reading($0, cancellation: nil, body) }
                : try writer.read { try Self.reading($0, cancellation: nil, body) }
        }
    }

    @discardableResult
    public func blockingWrite<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        try checkOpen()
        return try writer.writeWithoutTransaction { try transaction(on: $0, body) }
    }

    public func close() throws {
        let wasClosed = isClosed.withLock { flag in
            defer { flag = true }
            return flag
        }
        if wasClosed { return }
        do {
            // GRDB closes the writer before the readers, and only the last to leave, if it may write, moves the log into
            // the file: without this a `-wal` stays behind, and whoever copies the file alone loses what it holds.
            (writer as? DatabasePool)?.invalidateReadOnlyConnections()
            try naming {
                try pointReaders?.close()
                try writer.close()
            }
        } catch {
            // A statement that somebody kept holds the connection open, so the file is not free for others either.
            isClosed.withLock { $0 = false }
            throw error
        }
        lock.withLock { $0 = nil }
    }

    /// The keys of persons beside the file, with a key file that is made where there is none; for a database in memory
    /// fresh keys, which end with it.
    func ownVault() throws -> Vault {
        try vault.withLock { kept in
            if let kept { return kept }
            let made: Vault
            if let path {
                let file = KeyFile(path: "\(path).key")
                try file.create(at: 0)
                made = try Vault(file: file, keys: "\(path).keys", clock: { 0 })
            } else {
                made = try Vault(inMemory: ())
            }
            kept = made
            return made
        }
    }

    /// Moves the write-ahead log into the file and leaves nothing in it.
    func truncateLog() throws {
        guard let pool = writer as? DatabasePool else { return }
        try naming {
            // A read that goes on holds the log; it ends soon.
            for attempt in 0..<50 {
                let isDone = try pool.writeWithoutTransaction { database in
                    let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                    return row?[0] == 0
                }
                if isDone { return }
                usleep(UInt32(min(attempt, 10)) * 10_000)
            }
            throw DatabaseError(
                .busy, message: "A long read keeps the write-ahead log from being emptied. Try again when it has ended."
            )
        }
    }

    /// Writes the file anew without what was deleted from it, and empties the log.
    func compact() throws {
        try naming { try writer.writeWithoutTransaction { try $0.execute(sql: "VACUUM") } }
        try truncateLog()
    }

    /// Says where this process can be reached, to whoever is refused the file.
    public func announce(_ address: String) {
        lock.withLock { $0?.announce(address) }
    }

    private func checkOpen() throws {
        if isClosed.withLock({ $0 }) {
            throw DatabaseError(.closed, message: "The database has been closed. Open it again.")
        }
    }

    private static func reading<Result>(
        _ database: GRDB.Database, cancellation: CancellationFlag?, _ body: (any Connection) throws -> Result
    ) throws -> Result {
        let connection = SQLiteConnection(database, isReadOnly: true, cancellation: cancellation)
        defer { connection.invalidate() }
        return try body(connection)
    }

    private func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as GRDB.DatabaseError { throw DatabaseError(sqlite: error) }
    }

    private func naming<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let error as GRDB.DatabaseError { throw DatabaseError(sqlite: error) }
    }
}

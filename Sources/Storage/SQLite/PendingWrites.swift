import GRDB

/// The transactions that wait for the writer, joined into one commit when their turn comes.
///
/// A commit costs a flush of the disk whether it holds one transaction or a hundred. While one commit is under way the
/// next requests gather; they run one after another, each in a savepoint of its own so that it can fail alone, and all
/// are answered after the one commit.
final class PendingWrites: Sendable {
    private let waiting = Guarded<[PendingWrite]>([])
    private let largestGroup: Int

    init(largestGroup: Int) {
        self.largestGroup = max(1, largestGroup)
    }

    /// Has a transaction wait for its turn; whoever is not waited for any more is told so at once.
    func append(_ write: PendingWrite) {
        let isLate = waiting.withLock { waiting in
            guard !write.cancellation.isCancelled else { return true }
            waiting.append(write)
            return false
        }
        if isLate { write.finish(.failure(CancellationError())) }
    }

    /// Ends the wait of what has been cancelled and not begun: whoever has the writer may keep it for long.
    func withdrawCancelled() {
        let withdrawn = waiting.withLock { waiting in
            let cancelled = waiting.filter(\.cancellation.isCancelled)
            waiting.removeAll(where: \.cancellation.isCancelled)
            return cancelled
        }
        for write in withdrawn { write.finish(.failure(CancellationError())) }
    }

    /// Serves the transactions that wait, in the order in which they came.
    func perform(on database: GRDB.Database) {
        let group = waiting.withLock { waiting in
            let group = Array(waiting.prefix(largestGroup))
            waiting.removeFirst(group.count)
            return group
        }
        let live = group.filter { write in
            guard database.sqliteConnection != nil else {
                write.finish(.failure(DatabaseError(.closed, message: "The database has been closed. Open it again.")))
                return false
            }
            guard !write.cancellation.isCancelled else {
                write.finish(.failure(CancellationError()))
                return false
            }
            return true
        }
        if live.count > 1, let outcomes = try? transaction(on: database, { try Self.join(live, on: $0) }) {
            for (write, outcome) in zip(live, outcomes) { write.finish(outcome) }
            return
        }
        // One alone needs no savepoint. And where a joined commit failed as a whole (a full disk, a deferred
        // constraint) nothing of it stands, so each is tried by itself and gets the error that is its own.
        for write in live {
            write.finish(Result { try transaction(on: database, write.run) })
        }
    }

    private static func join(
        _ writes: [PendingWrite], on connection: any Connection
    ) throws -> [Result<Void, any Error>] {
        try writes.map { write in
            let outcome = Result { try connection.savepoint { try write.run(connection) } }
            // When not only the savepoint but the transaction was lost, so was the work of those before.
            try (connection as? SQLiteConnection)?.checkUsable()
            return outcome
        }
    }
}

/// A transaction that waits for the writer, and the task that waits for it.
struct PendingWrite: Sendable {
    let cancellation: CancellationFlag
    let run: @Sendable (any Connection) throws -> Void
    let finish: @Sendable (Result<Void, any Error>) -> Void

    init<Value: Sendable>(
        cancellation: CancellationFlag, body: @escaping @Sendable (any Connection) throws -> Value,
        continuation: CheckedContinuation<Value, any Error>
    ) {
        let kept = Guarded<Value?>(nil)
        self.cancellation = cancellation
        run = { connection in
            let result = try body(connection)
            kept.withLock { $0 = result }
        }
        finish = { outcome in
            continuation.resume(with: outcome.map { kept.withLock { $0! } })
        }
    }
}

/// Runs a body in one transaction: durable when this returns, undone when it throws.
func transaction<Result>(
    on database: GRDB.Database, _ body: (any Connection) throws -> Result
) throws -> Result {
    let connection = SQLiteConnection(database)
    do {
        try database.beginTransaction(.immediate)
        let result = try body(connection)
        guard !connection.isAborted else { throw connection.abortedError }
        connection.invalidate()
        try database.commit()
        return result
    } catch {
        connection.invalidate()
        if database.isInsideTransaction { try? database.rollback() }
        if let error = error as? GRDB.DatabaseError { throw DatabaseError(sqlite: error) }
        throw error
    }
}

internal import Foundation

/// Runs transactions of one kind, each on a connection of the kind's own, again where they collide or lose their
/// connection.
final class TransactionRunner: Sendable {
    enum Kind: Sendable {
        case read, write

        var begin: String {
            switch self {
            case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            case .write: "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
            }
        }
    }

    /// Transactions that have collided this often queue up behind one another, under a lock of the server's.
    private static let patientAfter = 3
    /// "almoner" in letters of five bits: an advisory lock of ours and nobody else's.
    static let collisionLock: Int64 = 0x0c_5f69_d225_0001

    let threads: WorkerThreads
    private let kind: Kind
    private let pool: LinkPool
    private let options: PostgreSQLDatabase.Options
    private let hasDeadlines = Guarded(true)

    init(
        _ kind: Kind, options: PostgreSQLDatabase.Options, isCurrent: @escaping @Sendable (PostgreSQLLink) -> Bool,
        answers: @escaping @Sendable (PostgreSQLAddress.Host) -> Bool,
        connect: @escaping @Sendable () throws -> PostgreSQLLink
    ) {
        self.kind = kind
        self.options = options
        let limit = kind == .read ? options.readers : options.writers
        pool = LinkPool(limit: limit, isCurrent: isCurrent, open: connect)
        threads = WorkerThreads("almoner \(kind)", limit: limit)
        LinkWatch.begin(pool, answers)
    }

    /// Opens one connection, which looks at what the database is.
    func lookUp() throws {
        pool.giveBack(try pool.lease(until: .now + .seconds(options.patience)))
    }

    /// Leaves the server whose place another has taken, and what runs there.
    func leaveSuperseded() { pool.leaveSuperseded() }

    func close(until deadline: ContinuousClock.Instant) {
        pool.close(until: deadline)
        threads.close()
    }

    /// Runs a body whose transactions may take as long as they need.
    func withoutDeadlines<Result>(_ body: () throws -> Result) rethrows -> Result {
        hasDeadlines.withLock { $0 = false }
        defer { hasDeadlines.withLock { $0 = true } }
        return try body()
    }

    private var begin: String {
        kind.begin
            + (hasDeadlines.withLock { $0 } ? "" : "; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
    }

    /// Runs the body in a transaction: durable when this returns, undone when it throws.
    ///
    /// - Parameter ready: called with the connection before the transaction begins; what it throws keeps it from beginning.
    func run<Result>(
        cancellation: CancellationFlag? = nil, running: RunningLink? = nil,
        ready: ((PostgreSQLLink) throws -> Void)? = nil,
        _ body: (any Connection) throws -> Result
    ) throws -> Result {
        let deadline = ContinuousClock.now + .seconds(options.patience)
        var collisions = 0
        var losses = 0
        while true {
            if let cancellation, cancellation.isCancelled { throw CancellationError() }
            let outcome: Outcome<Result>
            do {
                let link = try pool.lease(until: deadline)
                running?.set(link)
                do {
                    try ready?(link)
                    outcome = attempt(on: link, isPatient: collisions >= Self.patientAfter, cancellation, running, body)
                } catch { outcome = .failed(error) }
                running?.set(nil)
                pool.giveBack(link)
            } catch let error as DatabaseError where error.code == .connectionLost {
                outcome = .lost(error)
            }
            switch outcome {
            case .done(let result): return result
            case .failed(let error): throw error
            case .collided(let error):
                collisions += 1
                guard collisions < options.attempts else { throw error }
                pause(milliseconds: Double.random(in: 0...Double(1 << min(collisions, 6))))
            case .lost(let error):
                // The others have most likely lost theirs as well.
                pool.dropIdle()
                guard ContinuousClock.now < deadline else { throw error }
                pause(milliseconds: min(20 * Double(1 << min(losses, 5)), 400))
                losses += 1
            }
        }
    }

    private func pause(milliseconds: Double) {
        Thread.sleep(forTimeInterval: milliseconds / 1_000)
    }

    // MARK: One attempt

    private enum Outcome<Result> {
        case done(Result)
        case failed(any Error)
        case collided(DatabaseError)
        case lost(DatabaseError)
    }

    private func attempt<Result>(
        on link: PostgreSQLLink, isPatient: Bool, _ cancellation: CancellationFlag?, _ running: RunningLink?,
        _ body: (any Connection) throws -> Result
    ) -> Outcome<Result> {
        // Before the transaction begins: a serialisable one sees nothing later than its first statement.
        if isPatient { _ = try? link.firstRow("SELECT pg_advisory_lock(\(Self.collisionLock))") }
        defer { if isPatient { leaveQueue(link) } }
        do {
            try link.tidy()
            try link.execute(begin)
        } catch {
            // Nothing has run yet: another link does as well, and this one may have been left inside a transaction.
            link.isUnfit = true
            return verdict(on: error, link)
        }
        // A write that has begun runs to its end.
        let connection = PostgreSQLConnection(link, cancellation: kind == .read ? cancellation : nil)
        let outcome = Swift.Result { try body(connection) }
        connection.invalidate()
        // From here on a cancellation would strike the ROLLBACK or COMMIT and leave the link inside the transaction.
        running?.set(nil)
        func isSound() -> Bool { connection.collision == nil && !connection.isAborted && !link.isBroken }
        if case .success(let result) = outcome, isSound() {
            finish(link, discarding: kind == .read)
            // What a read is not asked for any more is stopped; what a write's last statement came to counts.
            if kind == .read || isSound() { return commit(result, on: link) }
        }
        finish(link, discarding: true)
        if !link.isBroken { try? link.execute("ROLLBACK") }
        if let collision = connection.collision {
            if ["0A000", "26000"].contains((collision.cause as? PostgreSQLFailure)?.sqlState) {
                link.forgetStatements()
            }
            return .collided(collision)
        }
        switch outcome {
        case .failure(let error): return verdict(on: error, link)
        case .success: return verdict(on: connection.abortedError, link)
        }
    }

    /// Takes what still comes in from a statement that was not read to its end.
    private func finish(_ link: PostgreSQLLink, discarding isUnwanted: Bool) {
        guard let stream = link.stream, !stream.hasArrived else { return }
        // It may be without end; what is given up anyway is stopped.
        if isUnwanted { link.canceller.cancel() }
        stream.discard()
    }

    private func commit<Result>(_ result: Result, on link: PostgreSQLLink) -> Outcome<Result> {
        // A read has nothing to keep, and has all that it asked for: where its end fails, only the link is lost.
        guard kind == .write else {
            do { try link.execute("ROLLBACK") } catch { link.isUnfit = true }
            return .done(result)
        }
        guard pool.isCurrent(link) else {
            // Ending the connection undoes it.
            link.isUnfit = true
            return .lost(Self.superseded)
        }
        do {
            let warnings = link.warningCount
            try link.execute("COMMIT")
            guard link.warningCount == warnings else {
                // The server committed without its standby, because it was told to stop waiting.
                link.isUnfit = true
                return .failed(Self.uncertain)
            }
            return .done(result)
        } catch {
            // The server had ended it for standing idle before it was told to commit: nothing of it stands.
            let hadEnded = ((error as? DatabaseError)?.cause as? PostgreSQLFailure)?.sqlState == "25P03"
            return link.isBroken && !hadEnded ? .failed(Self.uncertain) : verdict(on: error, link)
        }
    }

    /// Gives back its place among those that collide often.
    private func leaveQueue(_ link: PostgreSQLLink) {
        do { _ = try link.firstRow("SELECT pg_advisory_unlock(\(Self.collisionLock))") } catch {
            // The lock is the connection's, and would keep everybody else waiting as long as that stands.
            link.isUnfit = true
        }
    }

    private static var superseded: DatabaseError {
        DatabaseError(
            .connectionLost,
            message: "Another server has taken the place of the database's. Nothing was changed; try again.")
    }

    private static var uncertain: DatabaseError {
        DatabaseError(
            .connectionLost,
            message: "The connection was lost while the database committed, so it is not known whether the change was "
                + "kept. Send the same request again with the same Idempotency-Key, or look first.")
    }

    private func verdict<Result>(on error: any Error, _ link: PostgreSQLLink) -> Outcome<Result> {
        let known = error as? DatabaseError
        if kind == .write, (known?.cause as? PostgreSQLFailure)?.sqlState == "25006" { link.isUnfit = true }
        if link.isBroken {
            return .lost(
                known?.code == .connectionLost
                    ? known!
                    : DatabaseError(
                        .connectionLost, message: "The connection to the database was lost. Try again.", cause: known))
        }
        if let known, known.code == .conflict { return .collided(known) }
        return .failed(error)
    }
}

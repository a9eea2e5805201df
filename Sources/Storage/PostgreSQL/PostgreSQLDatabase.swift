internal import Foundation

/// A database on a PostgreSQL server (15 or newer), through libpq: any number of processes may have it open.
///
/// Reads and writes have connections and threads of their own, so that neither waits for the other. A write is
/// serialisable: what it read and what it wrote stand as if it had been alone, as on an embedded file. Where that cannot
/// be (SQLSTATE 40001, 40P01), or the connection breaks before the commit, the body runs again. Where it breaks during the
/// commit, nobody knows what became of it: that is thrown as `connectionLost`, and whoever asks again under the same
/// idempotency key has it done once.
public final class PostgreSQLDatabase: SharedDatabase {
    public struct Options: Sendable {
        /// How many reads may run at once; 1 or more.
        public var readers = 4
        /// How many writes may run at once; 1 or more.
        public var writers = 4
        /// How long, in seconds, to wait for a connection, for a lock, and for a server that is away.
        public var patience = 10.0
        /// How long one statement may take, reading its rows included, in seconds; 0 for no end.
        public var statementSeconds = 60.0
        /// How long a transaction that reads may stand without a statement, in seconds, until the server ends it; 0 for no
        /// end.
        public var idleSeconds = 60.0
        /// The same of one that writes. Until then the locks of a machine that has died hold up every other node, and what
        /// was committed after it began is told to nobody.
        public var writeIdleSeconds = 6.0
        /// How long to wait for one host when connecting, in seconds; 2 or more.
        public var connectSeconds = 3
        /// How often a transaction runs that collides with others.
        public var attempts = 40

        public init() {}
    }

    let address: PostgreSQLAddress
    let options: Options
    private let hosts: PostgreSQLHosts
    private let reading: TransactionRunner
    private let writing: TransactionRunner
    private let changes: ChangeLine
    private let cancelling = WorkerThreads("almoner cancel", limit: 1)
    private let looking = WorkerThreads("almoner hosts", limit: 1)
    private let isClosed = Guarded(false)

    /// Connects once, to see that the database is there and fit. Throws `cannotOpen`, `connectionLost` or
    /// `misconfigured`.
    public init(_ address: PostgreSQLAddress, options: Options = Options()) throws {
        self.address = address
        self.options = options
        let hosts = PostgreSQLHosts(address, options: options)
        self.hosts = hosts
        reading = TransactionRunner(.read, options: options, isCurrent: hosts.isCurrent, answers: hosts.answers) {
            try hosts.connect()
        }
        writing = TransactionRunner(.write, options: options, isCurrent: hosts.isCurrent, answers: hosts.answers) {
            let link = try hosts.connect()
            let milliseconds = Int(options.writeIdleSeconds * 1_000)
            try link.execute("SET idle_in_transaction_session_timeout = \(milliseconds)")
            return link
        }
        let changes = ChangeLine { try hosts.connect() }
        self.changes = changes
        // Weak: the runners hold the hosts. The threads are used up with the database.
        hosts.onSuccession { [weak reading, weak writing, weak changes, cancelling] in
            cancelling.perform { [weak reading, weak writing, weak changes] in
                reading?.leaveSuperseded()
                writing?.leaveSuperseded()
                changes?.renew()
            }
        }
        do {
            try reading.lookUp()
        } catch {
            try? close()
            throw error
        }
    }

    deinit {
        try? close()
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try checkOpen()
        let cancellation = CancellationFlag()
        let running = RunningLink()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                reading.threads.perform { [reading] in
                    continuation.resume(
                        with: Swift.Result { try reading.run(cancellation: cancellation, running: running, body) })
                }
            }
        } onCancel: {
            cancellation.cancel()
            // It blocks, and the thread that cancels a task may be one that tasks run on.
            cancelling.perform { running.cancel() }
        }
    }

    @discardableResult
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try checkOpen()
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                writing.threads.perform { [writing] in
                    continuation.resume(with: Swift.Result { try writing.run(cancellation: cancellation, body) })
                }
            }
        } onCancel: {
            cancellation.cancel()
        }
    }

    public func blockingRead<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        try checkOpen()
        return try reading.run(body)
    }

    @discardableResult
    public func blockingWrite<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        try checkOpen()
        return try writing.run(body)
    }

    /// Under a lock of the server's that belongs to a connection, so that it falls with the process that holds it.
    public func migrating<Result>(_ body: () throws -> Result) throws -> Result {
        try checkOpen()
        let link = try hosts.connect()
        try link.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        _ = try link.firstRow("SELECT pg_advisory_lock(hashtext('almoner schema ' || current_schema()))")
        return try withExtendedLifetime(link) { try writing.withoutDeadlines(body) }
    }

    /// By a lock as the one of ``migrating(_:)``.
    public func alone<Result>(at work: String, _ body: () throws -> Result) throws -> Result {
        try checkOpen()
        let link = try hosts.connect()
        let lock = "hashtext('almoner \(work) ' || current_schema())"
        guard try link.firstRow("SELECT pg_try_advisory_lock(\(lock))").first == "t" else {
            throw DatabaseError(
                .busy,
                message: "Another process is at the same work (\(work)) with this database. Wait until it has ended.")
        }
        return try withExtendedLifetime(link, body)
    }

    public func milliseconds() async throws -> Int64 { try await read { try $0.require(Self.time)[0] } }
    public func blockingMilliseconds() throws -> Int64 { try blockingRead { try $0.require(Self.time)[0] } }

    private static let time = "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)"

    public func lookForSuccessor() async throws {
        try checkOpen()
        guard address.hosts.count > 1 else { return }
        try await withCheckedThrowingContinuation { continuation in
            looking.perform { [hosts] in continuation.resume(with: Swift.Result { _ = try hosts.connect() }) }
        }
    }

    public func onChange(_ hearer: @escaping @Sendable () -> Void) { changes.listen(hearer) }
    public func tellOfChange() { changes.tell() }

    public func close() throws {
        let wasClosed = isClosed.withLock { flag in
            defer { flag = true }
            return flag
        }
        if wasClosed { return }
        let deadline = ContinuousClock.now + .seconds(options.patience)
        changes.close()
        for runner in [reading, writing] { runner.close(until: deadline) }
        cancelling.close()
        looking.close()
    }

    private func checkOpen() throws {
        if isClosed.withLock({ $0 }) { throw LinkPool.closedError }
    }
}

/// The link that a read is at, for whoever cancels it.
final class RunningLink: Sendable {
    private let canceller = Guarded<PostgreSQLCanceller?>(nil)

    func set(_ link: PostgreSQLLink?) {
        canceller.withLock { $0 = link?.canceller }
    }

    /// Inside the lock, so that the link does not go to somebody else before the server has been asked.
    func cancel() {
        canceller.withLock { $0?.cancel() }
    }
}

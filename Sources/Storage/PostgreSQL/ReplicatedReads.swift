internal import Foundation
internal import Synchronization

/// A database whose long reads are answered by a standby of its server: figures and exports, which would otherwise take
/// from those who work.
///
/// A read sees everything that was committed before it came, by whomever: the primary is asked how far its log is on the
/// disk, and the standby is waited for until it has replayed so much. Where it is behind for longer, is away, or follows
/// another server, the primary answers.
public final class ReplicatedReads: Database {
    /// How many reads each has answered.
    public struct Counts: Sendable, Hashable {
        public var replica = 0
        public var primary = 0
    }

    private let primary: PostgreSQLDatabase
    private let reading: TransactionRunner
    private let cancelling = WorkerThreads("almoner cancel", limit: 1)
    /// How long a standby that is behind is waited for, in seconds.
    private let patience: Double
    private let answered = Mutex(Counts())
    /// After a standby could not be used it is left alone for a while, so that not every read waits for it in vain.
    private let restingUntil = Mutex(ContinuousClock.now)
    private static let rest = Duration.seconds(5)

    /// Nothing is connected yet; a standby that is away when the node starts is used when it is there.
    ///
    /// - Parameter patience: how long a read waits for what was committed before it, in seconds.
    public init(primary: PostgreSQLDatabase, standby: PostgreSQLAddress, patience: Double = 0.5) {
        self.primary = primary
        self.patience = patience
        var options = primary.options
        options.attempts = 3
        options.patience = 3
        let hosts = PostgreSQLHosts(standby, options: options)
        reading = TransactionRunner(.read, options: options, isCurrent: { _ in true }, answers: hosts.answers) {
            try hosts.connectToStandby()
        }
    }

    deinit { try? close() }

    public var counts: Counts { answered.withLock { $0 } }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        guard mayAskStandby, let place = try? await primary.read({ try Self.place($0) }) else {
            return try await fromPrimary { try await $0.read(body) }
        }
        let cancellation = CancellationFlag()
        let running = RunningLink()
        do {
            let result = try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    reading.threads.perform { [self] in
                        continuation.resume(
                            with: Swift.Result {
                                try reading.run(
                                    cancellation: cancellation, running: running,
                                    ready: { try self.reaches(place, $0) },
                                    body)
                            })
                    }
                }
            } onCancel: {
                cancellation.cancel()
                cancelling.perform { running.cancel() }
            }
            answered.withLock { $0.replica += 1 }
            return result
        } catch let error as DatabaseError where Self.isTheStandbys(error) {
            leaveAlone(after: error)
            return try await fromPrimary { try await $0.read(body) }
        }
    }

    public func blockingRead<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        if mayAskStandby, let place = try? primary.blockingRead({ try Self.place($0) }) {
            do {
                let result = try reading.run(ready: { try self.reaches(place, $0) }, body)
                answered.withLock { $0.replica += 1 }
                return result
            } catch let error as DatabaseError where Self.isTheStandbys(error) { leaveAlone(after: error) }
        }
        answered.withLock { $0.primary += 1 }
        return try primary.blockingRead(body)
    }

    @discardableResult
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result { try await primary.write(body) }

    @discardableResult
    public func blockingWrite<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        try primary.blockingWrite(body)
    }

    /// Ends the connections to the standby; the primary stays open.
    public func close() throws {
        reading.close(until: ContinuousClock.now + .seconds(patience))
        cancelling.close()
    }

    // MARK: How far the standby is

    /// Where the primary's log ends on the disk, and on which timeline: every commit that was reported is before it.
    private static func place(_ connection: any Connection) throws -> (end: String, timeline: Int64) {
        let row = try connection.require(
            """
            SELECT CAST(pg_current_wal_flush_lsn() AS TEXT), substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8)
            """)
        let timeline: String = try row[1]
        return (try row[0], Int64(timeline, radix: 16) ?? 0)
    }

    /// Waits until a standby has replayed so much. Throws `connectionLost` where it does not in time.
    private func reaches(_ place: (end: String, timeline: Int64), _ link: PostgreSQLLink) throws {
        let deadline = ContinuousClock.now + .seconds(patience)
        var pause = 0.001
        while true {
            // A standby of a server that was replaced may be ahead, in a history of its own.
            let row = try link.firstRow(
                """
                SELECT pg_is_in_recovery() AND COALESCE(pg_last_wal_replay_lsn() >= '\(place.end)', false),
                    COALESCE((SELECT received_tli FROM pg_stat_wal_receiver), 0)
                """)
            let timeline = Int64((row.count > 1 ? row[1] : nil) ?? "") ?? 0
            if row.first == "t", timeline == place.timeline {
                // It follows its server from one timeline to the next without a new connection.
                link.timeline = Int(timeline)
                return
            }
            guard ContinuousClock.now < deadline else { throw Self.behind }
            Thread.sleep(forTimeInterval: pause)
            pause = min(pause * 2, 0.02)
        }
    }

    private static var behind: DatabaseError {
        DatabaseError(
            .connectionLost, message: "The standby has not replayed what was committed. The primary is asked.")
    }

    /// Whether the primary may do better: what is wrong with the statement itself is wrong there too.
    private static func isTheStandbys(_ error: DatabaseError) -> Bool {
        [.connectionLost, .conflict, .busy, .cannotOpen, .misconfigured, .closed].contains(error.code)
    }

    private var mayAskStandby: Bool { restingUntil.withLock { $0 <= .now } }

    private func leaveAlone(after error: DatabaseError) {
        // One that collides with what it replays is there all the same.
        guard error.code != .conflict else { return }
        restingUntil.withLock { $0 = .now + Self.rest }
    }

    private func fromPrimary<Result>(_ body: (PostgreSQLDatabase) async throws -> Result) async throws -> Result {
        answered.withLock { $0.primary += 1 }
        return try await body(primary)
    }
}

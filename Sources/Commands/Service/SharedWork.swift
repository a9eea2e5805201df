import Casework
import Logging
import MatchCore
import Storage

/// What a node does beside its requests because others work on the same database: it takes its turn on duty, seals the
/// history, and keeps the database's time.
struct SharedWork: Sendable {
    let database: any SharedDatabase
    /// An id that the node keeps while it runs.
    let node: RecordID
    let time: ServiceTime
    /// How far the host's clock may be from the database's before the log says so, in milliseconds.
    static let tolerance: Int64 = 2_000

    /// Seals what waits, twice a second, where this node is on that duty.
    func seal(_ store: SQLCaseStore, logger: Logger) async {
        let sealer = HistorySealer(node: node)
        while !Task.isCancelled {
            do { _ = try await sealer.run(on: store, now: { time.now }) } catch is CancellationError { return } catch {
                logger.warning("the sealer could not work", metadata: ["cause": "\(error)"])
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Looks at the database's clock every half minute.
    func keepTime(logger: Logger) async {
        while !Task.isCancelled {
            do {
                let offset = try await time.follow(database)
                if abs(offset) > Self.tolerance {
                    logger.warning(
                        "this host's clock is not the database's; the database's is used",
                        metadata: ["milliseconds": "\(offset)"])
                }
            } catch is CancellationError { return } catch {
                logger.warning("the database's time is not known", metadata: ["cause": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(30))
        }
    }

    /// Leaves every duty, so that another node need not wait until the leases are over; in a task of its own, which no
    /// cancellation reaches.
    func leave(_ store: SQLCaseStore, logger: Logger) async {
        do {
            try await Task {
                try await store.write { [node, now = time.now] transaction in
                    for duty in Duty.allCases { try transaction.leave(duty, node: node, at: now) }
                }
            }.value
        } catch {
            logger.warning("the duties were not left; they are free in seconds", metadata: ["cause": "\(error)"])
        }
    }
}

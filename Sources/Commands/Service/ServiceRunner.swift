import Casework
import Logging
import MatchCore
import ServiceLifecycle
import Storage

/// The program's own work while it serves: clocks and leases, sealing, and forgetting what is over.
struct ServiceRunner: Service {
    let store: SQLCaseStore
    let rules: @Sendable (any CaseTransaction) throws -> CaseRules
    let clock: @Sendable () -> Moment
    let newID: @Sendable (Moment) -> RecordID
    let pause: Duration
    /// How long the feed of changes goes back, in milliseconds.
    let changesKept: Int64
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let isComplete = await turn()
                if isComplete { try? await Task.sleep(for: pause) }
            }
        }
    }

    /// One round; false where there is more to do.
    private func turn() async -> Bool {
        do {
            let now = clock()
            let (outcome, swept) = try await store.write { [rules, newID, changesKept] transaction in
                let desk = CaseDesk(
                    rules: try rules(transaction), store: transaction, actor: .system, now: now,
                    newID: { newID(now) })
                let outcome = try desk.run(limit: 200)
                let forgotten = try transaction.forgetChanges(
                    before: now.adding(milliseconds: -changesKept), limit: 500)
                return (outcome, max(forgotten, try transaction.sweepKeyUses(by: now, limit: 500)))
            }
            switch outcome {
            case .ran(let report):
                if !report.tasks.isEmpty || report.leasesEnded > 0 {
                    logger.info(
                        "ran", metadata: ["tasks": "\(report.tasks.count)", "leases": "\(report.leasesEnded)"])
                }
                return report.isComplete && swept < 500
            case .alarm(let since, let host):
                logger.error(
                    "the host's clock jumped ahead; nothing ends until an admin accepts it (almoner clock run)",
                    metadata: ["since": "\(since)", "host": "\(host)"])
                return true
            }
        } catch is CancellationError {
            return true
        } catch {
            // A full disk, say: it goes on by itself when there is room again.
            logger.warning("the runner could not work", metadata: ["cause": "\(error)"])
            return true
        }
    }
}

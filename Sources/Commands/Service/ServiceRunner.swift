import Casework
import Logging
import MatchCore
import ServiceLifecycle
import Storage
import WebAPI

/// The program's own work while it serves: clocks and leases, sealing, and forgetting what is over.
struct ServiceRunner: Service {
    let store: SQLCaseStore
    let rules: @Sendable (any CaseTransaction) throws -> CaseRules
    let clock: @Sendable () -> Moment
    let newID: @Sendable (Moment) -> RecordID
    /// Milliseconds of a clock that nobody sets and that goes on while the machine sleeps.
    let uptime: @Sendable () -> Int64?
    let pause: Duration
    /// How long the feed of changes goes back, in milliseconds.
    let changesKept: Int64
    let readiness: Readiness
    let words: WordKeeper
    let logger: Logger
    /// Nil where this process has the database for itself.
    var shared: SharedWork?

    func run() async throws {
        var fault: (any Error)?
        do {
            try await cancelWhenGracefulShutdown { try await work() }
        } catch { fault = error }
        await shared?.leave(store, logger: logger)
        if let fault { throw fault }
    }

    private func work() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var runner = runner
                while !Task.isCancelled {
                    let isComplete = await turn(&runner)
                    if isComplete { try? await Task.sleep(for: pause) }
                }
            }
            group.addTask { await words.run(on: store, clock: clock, logger: logger) }
            group.addTask {
                await readiness.follow { _ = try await store.read { try $0.runnerTime() } }
            }
            if let shared {
                group.addTask { await shared.seal(store, logger: logger) }
                group.addTask { await shared.keepTime(logger: logger) }
                group.addTask { await shared.keepUp(logger: logger) }
                group.addTask { await shared.followSuccession(logger: logger) }
                group.addTask { try await shared.stayRegistered(logger: logger) }
            }
            // The first that fails ends the others; `waitForAll` would wait for them.
            while try await group.next() != nil {}
        }
    }

    /// Whether a round would change anything, as far as a look without a change can tell: where another node is on duty,
    /// or nothing is due, it is spared. What the look does not tell waits until the lease is renewed, some seconds.
    private func isDue(at now: Moment) async throws -> Bool {
        guard let node = shared?.node else { return true }
        return try await store.read { [rules, newID] transaction in
            guard let lease = try transaction.dutyLease(.clocks) else { return true }
            if !lease.isOpen(to: node, at: now) { return false }
            guard lease.isFresh(for: node, at: now) else { return true }
            let desk = CaseDesk(
                rules: try rules(transaction), store: transaction, actor: .system, now: now, newID: { newID(now) })
            return try desk.hasWorkDue()
        }
    }

    /// What does the due work, and beside it forgets what is over.
    var runner: ClockRunner {
        ClockRunner(
            node: shared?.node, limit: 200, rules: rules, newID: newID,
            sweep: { [changesKept] transaction, now in
                let forgotten = try transaction.forgetChanges(
                    before: now.adding(milliseconds: -changesKept), limit: 500)
                let signIns = try transaction.sweepSignIns(by: now, limit: 100)
                return try max(forgotten, signIns, transaction.sweepKeyUses(by: now, limit: 500)) < 500
            })
    }

    /// One round; false where there is more to do.
    func turn(_ runner: inout ClockRunner) async -> Bool {
        do {
            let now = clock()
            guard try await isDue(at: now) else { return true }
            let round = try await runner.round(on: store, now: now, uptime: uptime())
            guard case .done(let outcome) = round else { return true }
            try await store.takeRotationNotes()
            switch outcome {
            case .ran(let report):
                if !report.tasks.isEmpty || report.leasesEnded > 0 || report.recordsExpired > 0
                    || report.filesExpired > 0 || report.householdsExpired > 0
                {
                    logger.info(
                        "ran",
                        metadata: [
                            "tasks": "\(report.tasks.count)", "leases": "\(report.leasesEnded)",
                            "records.expired": "\(report.recordsExpired)",
                            "files.expired": "\(report.filesExpired)",
                            "households.expired": "\(report.householdsExpired)",
                        ])
                }
                return report.isComplete
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

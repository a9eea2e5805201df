public import MatchCore

/// Does the program's due work again and again, one node at a time: what `almoner clock run` does once.
///
/// It remembers the last time it went by together with the host's uptime, so that a machine that slept for two days is
/// told apart from a clock that was set wrong.
public struct ClockRunner: Sendable {
    /// Nil where this process has the database for itself, so that no lease is needed.
    public let node: RecordID?
    /// The rules as they stand in the store: a calendar may have been loaded meanwhile.
    private let rules: @Sendable (any CaseTransaction) throws -> CaseRules
    private let newID: @Sendable (Moment) -> RecordID
    private let sweep: @Sendable (any CaseTransaction, Moment) throws -> Bool
    /// Pieces of each kind in one transaction.
    private let limit: Int
    private var time: RunnerTime?

    /// - Parameters:
    ///   - node: an id that this node keeps while it runs.
    ///   - sweep: what else is done in the same transaction; returns false where there is more of it.
    public init(
        node: RecordID?, limit: Int = 1_000, rules: @escaping @Sendable (any CaseTransaction) throws -> CaseRules,
        newID: @escaping @Sendable (Moment) -> RecordID,
        sweep: @escaping @Sendable (any CaseTransaction, Moment) throws -> Bool = { _, _ in true }
    ) {
        self.node = node
        self.limit = max(1, limit)
        self.rules = rules
        self.newID = newID
        self.sweep = sweep
    }

    /// Does what is due by the host's clock, in one transaction, or nothing: where another node is on duty, and where the
    /// clock jumped. The report is not complete where there is more to do.
    ///
    /// - Parameter uptime: milliseconds of a clock that nobody sets; nil where there is none.
    public mutating func round(
        on store: any CaseStore, now host: Moment, uptime: Int64? = nil
    ) async throws -> DutyOutcome<RunOutcome> {
        let (node, limit, rules, newID, sweep, time) = (node, limit, rules, newID, sweep, time)
        let outcome = try await store.write { transaction in
            func work() throws -> RunOutcome {
                let desk = CaseDesk(
                    rules: try rules(transaction), store: transaction, actor: .system, now: host,
                    newID: { newID(host) })
                let outcome = try desk.run(time: time, uptime: uptime, limit: limit)
                // Where time stands nothing is over.
                guard case .ran(var report) = outcome else { return outcome }
                let isSwept = try sweep(transaction, report.until)
                report.isComplete = report.isComplete && isSwept
                return .ran(report)
            }
            guard let node else { return DutyOutcome.done(try work()) }
            return try transaction.onDuty(.clocks, node: node, at: host, work)
        }
        guard case .done(.ran(let report)) = outcome else { return outcome }
        // Where time stands, the uptime goes on belonging to the moment at which it was read.
        if self.time.map({ $0.now < report.until }) ?? true {
            self.time = RunnerTime(now: report.until, uptime: report.until == host ? uptime : nil)
        }
        return outcome
    }

    /// Does all that is due by the host's clock, in one round or several; see ``round(on:now:uptime:)``.
    public mutating func run(
        on store: any CaseStore, now host: Moment, uptime: Int64? = nil
    ) async throws -> DutyOutcome<RunOutcome> {
        var total = RunReport(until: host)
        while true {
            let outcome = try await round(on: store, now: host, uptime: uptime)
            guard case .done(.ran(let report)) = outcome else { return outcome }
            total.add(report)
            if report.isComplete { return .done(.ran(total)) }
        }
    }
}

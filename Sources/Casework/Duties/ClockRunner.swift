public import MatchCore

/// Does the program's due work again and again, one node at a time: what `almoner clock run` does once.
///
/// It remembers the last time it went by together with the host's uptime, so that a machine that slept for two days is
/// told apart from a clock that was set wrong.
public struct ClockRunner: Sendable {
    public let node: RecordID
    /// The rules as they stand in the store: a calendar may have been loaded meanwhile.
    private let rules: @Sendable (any CaseTransaction) throws -> CaseRules
    private let newID: @Sendable (Moment) -> RecordID
    /// Pieces of each kind in one transaction.
    private let limit: Int
    private var time: RunnerTime?

    /// - Parameter node: an id that this node keeps while it runs.
    public init(
        node: RecordID, limit: Int = 1_000, rules: @escaping @Sendable (any CaseTransaction) throws -> CaseRules,
        newID: @escaping @Sendable (Moment) -> RecordID
    ) {
        self.node = node
        self.limit = max(1, limit)
        self.rules = rules
        self.newID = newID
    }

    /// Does all that is due by the host's clock, in one transaction or several, or nothing: where another node is on
    /// duty, and where the clock jumped.
    ///
    /// - Parameter uptime: milliseconds of a clock that nobody sets; nil where there is none.
    public mutating func run(
        on store: any CaseStore, now host: Moment, uptime: Int64? = nil
    ) async throws -> DutyOutcome<RunOutcome> {
        var total = RunReport(until: host)
        while true {
            let (node, limit, rules, newID, time) = (node, limit, rules, newID, time)
            let outcome = try await store.write { transaction in
                try transaction.onDuty(.clocks, node: node, at: host) {
                    let desk = CaseDesk(
                        rules: try rules(transaction), store: transaction, actor: .system, now: host,
                        newID: { newID(host) })
                    return try desk.run(time: time, uptime: uptime, limit: limit)
                }
            }
            guard case .done(.ran(let report)) = outcome else { return outcome }
            // Where time stands, the uptime goes on belonging to the moment at which it was read.
            if self.time.map({ $0.now < report.until }) ?? true {
                self.time = RunnerTime(now: report.until, uptime: report.until == host ? uptime : nil)
            }
            total.until = report.until
            total.tasks += report.tasks
            total.leasesEnded += report.leasesEnded
            total.budgetsClosed += report.budgetsClosed
            total.queuesServed += report.queuesServed
            total.recordsExpired += report.recordsExpired
            total.filesExpired += report.filesExpired
            total.householdsExpired += report.householdsExpired
            if report.isComplete { return .done(.ran(total)) }
        }
    }
}

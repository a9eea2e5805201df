public import MatchCore

/// Puts the entries that wait into the chain, in the order in which they were committed, one node at a time.
///
/// For a store whose transactions do not seal themselves. Run it every half second: design says that an entry has its
/// number and hash within a second, and `audit verify` reports a tail that waits for more than ten.
public struct HistorySealer: Sendable {
    /// What one run did.
    public struct Report: Hashable, Sendable {
        public var sealed: Int
        /// False when more waits: run again at once.
        public var isComplete: Bool

        public init(sealed: Int, isComplete: Bool) {
            self.sealed = sealed
            self.isComplete = isComplete
        }
    }

    public let node: RecordID
    /// Entries in one transaction.
    public let limit: Int

    /// - Parameter node: an id that this node keeps while it runs.
    public init(node: RecordID, limit: Int = 2_000) {
        self.node = node
        self.limit = max(1, limit)
    }

    /// Seals up to `limit` entries inside a transaction.
    public func seal(in transaction: any CaseTransaction, at moment: Moment) throws -> DutyOutcome<Report> {
        try transaction.onDuty(.sealing, node: node, at: moment) {
            let sealed = try transaction.seal(limit: limit)
            return Report(sealed: sealed, isComplete: sealed < limit)
        }
    }

    /// Seals all that waits, each `limit` entries in a transaction of their own. Where nothing waits, nothing is changed, and
    /// a lease that runs out meanwhile is whose who comes first when something does.
    ///
    /// - Parameter now: the host's clock.
    public func run(on store: any CaseStore, now: @Sendable () -> Moment) async throws -> DutyOutcome<Report> {
        // Asked without a change, for it is asked twice a second: no lease is renewed where nothing waits.
        let before = now()
        let (standing, isNeeded) = try await store.read { (try $0.dutyLease(.sealing), try $0.hasTail()) }
        if let standing, !standing.isOpen(to: node, at: before) { return .elsewhere(standing) }
        guard isNeeded else { return .done(Report(sealed: 0, isComplete: true)) }
        var total = 0
        while true {
            let moment = now()
            switch try await store.write({ [self] in try seal(in: $0, at: moment) }) {
            case .elsewhere(let lease): return .elsewhere(lease)
            case .done(let report):
                total += report.sealed
                if report.isComplete { return .done(Report(sealed: total, isComplete: true)) }
            }
        }
    }
}

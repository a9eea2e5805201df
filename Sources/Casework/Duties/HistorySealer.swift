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

    /// Seals all that waits, each `limit` entries in a transaction of their own.
    ///
    /// - Parameter now: the host's clock.
    public func run(on store: any CaseStore, now: @Sendable () -> Moment) async throws -> DutyOutcome<Report> {
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

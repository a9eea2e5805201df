public import MatchCore

/// A lease that is over: work for the runner, once.
public struct LeaseEnd: Hashable, Sendable {
    public let claim: RecordID
    /// When the lease was over; the runner may come later.
    public let at: Moment

    /// The same for the same lease, whoever lists it. A lease that was renewed ends at another moment and is another.
    public var key: String { "lease/\(claim)/\(at.milliseconds)" }
}

extension Sequence where Element == Claim {
    /// The leases that are over up to and with `moment`, in order of their end, then of claim.
    ///
    /// Each is ended with the step `expire`; that a claim has left its lease takes it off the list.
    public func leasesOver(by moment: Moment) -> [LeaseEnd] {
        compactMap { claim in
            guard let lease = claim.lease, lease.isOver(at: moment) else { return nil }
            return LeaseEnd(claim: claim.id, at: lease.end)
        }
        .sorted { ($0.at, $0.claim) < ($1.at, $1.claim) }
    }
}

public import MatchCore

/// Work of the program's own that only one node does at a time.
public enum Duty: String, Hashable, Sendable, CaseIterable {
    /// Putting waiting entries of the history into the chain.
    case sealing
    /// Ending leases, warning, raising and listing: what `CaseDesk.run` does.
    case clocks
    /// Counting how rare each word is.
    case words
}

/// Who is on a duty, and until when.
///
/// The lease says who is to work; that a piece of work is done once does not hang on it. The work stands in the same
/// transaction as the lease's renewal, and of two nodes that renew at once the store lets one go on.
public struct DutyLease: Hashable, Sendable {
    public let duty: Duty
    public let node: RecordID
    public let until: Moment

    /// How long a node that has fallen silent is waited for, in milliseconds.
    public static let length: Int64 = 6_000

    public init(_ duty: Duty, node: RecordID, until: Moment) {
        self.duty = duty
        self.node = node
        self.until = until
    }

    /// Whether a node may take the duty at a moment: it is on duty itself, or the lease is over.
    ///
    /// A lease that goes on for longer than one that was taken just now (twice its length, so that clocks may differ) was
    /// taken by a clock that was set wrong: it is open, or one wrong clock would keep the duty from everybody for years.
    public func isOpen(to other: RecordID, at moment: Moment) -> Bool {
        node == other || until <= moment || until > moment.adding(milliseconds: 2 * Self.length)
    }

    /// Whether the lease is this node's and goes on for half its length or more, so that it need not be renewed yet.
    public func isFresh(for other: RecordID, at moment: Moment) -> Bool {
        node == other && until >= moment.adding(milliseconds: Self.length / 2)
    }
}

/// What came of a piece of work that is done by whoever is on duty.
public enum DutyOutcome<Result> {
    case done(Result)
    /// Another node is on duty; nothing was done.
    case elsewhere(DutyLease)
}

extension DutyOutcome: Sendable where Result: Sendable {}
extension DutyOutcome: Equatable where Result: Equatable {}

extension CaseTransaction {
    /// Takes a duty, or renews it, and does its work in this transaction; where another node is on duty, nothing.
    ///
    /// - Parameters:
    ///   - node: an id that the node keeps while it runs.
    ///   - moment: the host's time.
    public func onDuty<Result>(
        _ duty: Duty, node: RecordID, at moment: Moment, _ body: () throws -> Result
    ) throws -> DutyOutcome<Result> {
        let standing = try dutyLease(duty)
        if let standing, !standing.isOpen(to: node, at: moment) { return .elsewhere(standing) }
        let lease = DutyLease(duty, node: node, until: moment.adding(milliseconds: DutyLease.length))
        guard try replace(standing, with: lease) else {
            // Another node was quicker, between the look and the change.
            return .elsewhere(try dutyLease(duty) ?? lease)
        }
        return .done(try body())
    }

    /// Leaves a duty, so that another node need not wait until the lease is over. Nothing for who is not on it.
    public func leave(_ duty: Duty, node: RecordID, at moment: Moment) throws {
        guard let standing = try dutyLease(duty), standing.node == node else { return }
        _ = try replace(standing, with: DutyLease(duty, node: node, until: moment))
    }
}

internal import Synchronization

/// Which part of the limits of rate is this node's, where several serve one program.
///
/// Each takes 1/n. One that has just come takes 1/n² until it has told the others and they had time to hear: of any number
/// that start at once (1 + 1/4 + 1/9 + …) or join those that are there, all together stay below twice the limit.
///
/// A request may count for more than a node's part holds. Then some nodes, those of the lowest ranks, grant it from a full
/// part and are owed the rest: as many as together exceed their parts by no more than what one part leaves of the limit.
public final class RateShare: Sendable {
    /// What the dearest request counts for.
    public let dearest: Int
    /// By what the limits are divided, and above it the rank.
    private let place: Atomic<UInt64>
    /// The rank of a node that exceeds nothing.
    private static let last: UInt64 = 0xFFFF_FFFF

    /// The whole: of a node that is alone.
    public init(dearest: Int = 1) {
        self.dearest = dearest
        place = Atomic(1)
    }

    /// - Parameters:
    ///   - nodes: how many there are, this one among them.
    ///   - rank: how many of them come before this one, in an order that is the same for all.
    ///   - isNew: whether others may not know of this one, or this one of others.
    public func set(nodes: Int, rank: Int, isNew: Bool) {
        let nodes = UInt64(max(1, nodes))
        place.store(isNew ? Self.last << 32 | nodes * nodes : UInt64(rank) << 32 | nodes, ordering: .relaxed)
    }

    /// This node's part of a limit.
    var part: Part {
        let place = place.load(ordering: .relaxed)
        return Part(divisor: Int64(place & 0xFFFF_FFFF), rank: Int64(place >> 32), dearest: Int64(dearest) * 1_000)
    }

    /// Whether this node refuses requests that count for much under a limit, however long they wait.
    public func refusesDear(_ rate: Rate) -> Bool {
        let part = part
        return rate.perSecond > 0 && part.rank < Int64(Self.last) && !part.mayExceed(Int64(rate.burst) * 1_000)
    }

    struct Part: Sendable {
        /// By what the limit is divided.
        let divisor: Int64
        let rank: Int64
        /// What the dearest request takes, in thousandths of a token.
        let dearest: Int64

        /// What the part of so many thousandths holds: a whole token at least, or nobody could ask at all.
        func full(_ whole: Int64) -> Int64 { max(1_000, whole / divisor) }

        /// Whether this node may grant the dearest request from a full part that does not hold as much.
        ///
        /// The first may, or nobody would. Those before it exceed their parts by as much each.
        func mayExceed(_ whole: Int64) -> Bool {
            let full = full(whole)
            let excess = dearest - full
            return excess <= 0 || rank == 0 || (rank + 1) * excess <= whole - full
        }
    }
}

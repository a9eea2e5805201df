internal import Synchronization

/// Which part of the limits of rate is this node's, where several serve one program.
///
/// Each takes 1/n. One that has just come takes 1/n² until it has told the others and they had time to hear: of any number
/// that start at once (1 + 1/4 + 1/9 + …) or join those that are there, all together stay below twice the limit.
public final class RateShare: Sendable {
    private let parts: Atomic<Int>

    /// The whole: of a node that is alone.
    public init() {
        parts = Atomic(1)
    }

    /// - Parameters:
    ///   - nodes: how many there are, this one among them.
    ///   - isNew: whether others may not know of this one, or this one of others.
    public func set(nodes: Int, isNew: Bool) {
        let nodes = max(1, nodes)
        parts.store(isNew ? nodes * nodes : nodes, ordering: .relaxed)
    }

    /// By what the limits are divided.
    var divisor: Int { parts.load(ordering: .relaxed) }
}

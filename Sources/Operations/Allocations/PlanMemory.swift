internal import MatchCore
internal import Synchronization

/// The plan that was made last, so that it can be applied as it was shown: one that its deadline cut comes out differently
/// each time, and what was solved once need not be solved again.
final class PlanMemory: Sendable {
    private struct Kept {
        var registry: String
        var seconds: Double?
        var plan: Plan
    }

    private let kept = Mutex<Kept?>(nil)

    /// The plan that was made from this with the same deadline; nil where another was made since.
    func plan(from registry: String, seconds: Double?) -> Plan? {
        kept.withLock { $0.flatMap { $0.registry == registry && $0.seconds == seconds ? $0.plan : nil } }
    }

    /// Remembers a plan. One over all pairs is not remembered: the pairs that were added are found by the run alone.
    func keep(_ made: AllocationPlanning.Made, seconds: Double?) {
        guard made.added == nil else { return }
        kept.withLock { $0 = Kept(registry: made.registry, seconds: seconds, plan: made.plan) }
    }
}

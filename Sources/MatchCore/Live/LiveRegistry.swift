internal import Synchronization

/// A registry that changes while it is ranked: one large immutable snapshot, and small ones with what changed since.
///
/// ```swift
/// let live = LiveRegistry(RegistrySnapshot.load(…)) { work in queue.async(execute: work) }
/// live.apply(changes)                      // by whoever writes, in the order of the writes
/// let view = live.current()                // by each reader: cheap, never waits for a change or a merge
/// let ranker = ViewRanker(plan: plan, view: view, now: now)
/// ranker.offers(for: view.wish(id)[0], limit: 20)
/// ```
///
/// A record is rankable as soon as ``apply(_:)`` returns, and a ranking is the one that a registry rebuilt from the
/// same records would give. A party comes with or before its offers.
///
/// A registry with a distance table, one whose skills, languages or groups outgrow a multiple of 32, and one that counts its
/// words itself (without a ``WordTable``) when a text comes or goes, is rebuilt within ``apply(_:)``: slower for the writer,
/// the same for readers.
public final class LiveRegistry: Sendable {
    /// When parts are joined. The numbers change how fast things are, never what is answered.
    public struct MergePolicy: Sendable, Hashable {
        /// Rows of the small part that every change rewrites.
        public var freshRows: Int
        /// Rows outside the large part (or gone from it) that make a merge due: a share of its rows, within limits.
        public var looseShare: Int
        public var looseRows: ClosedRange<Int>

        public init(freshRows: Int = 256, looseShare: Int = 16, looseRows: ClosedRange<Int> = 2_048...16_384) {
            self.freshRows = freshRows
            self.looseShare = max(1, looseShare)
            self.looseRows = looseRows
        }
    }

    private struct Writer: Sendable {
        var stack: PartStack
        /// Counts merges that were begun or overtaken, so that one which was overtaken knows.
        var merges = 0
        /// What was touched since the merge that is under way began; nil where none is.
        var touched: TouchedRecords?
        var isMergeAsked = false
    }

    private let published: Mutex<RegistryView>
    private let writer: Mutex<Writer>
    private let policy: MergePolicy
    private let background: (@Sendable (_ work: @escaping @Sendable () -> Void) -> Void)?

    /// `background` runs a merge somewhere else, which takes seconds for a million records. Without it somebody calls
    /// ``merge()`` when ``isMergeDue`` says so.
    public init(
        _ registry: Registry, policy: MergePolicy = MergePolicy(),
        background: (@Sendable (_ work: @escaping @Sendable () -> Void) -> Void)? = nil
    ) {
        let stack = PartStack(registry)
        published = Mutex(RegistryView(version: 0, base: stack.base, others: stack.others))
        writer = Mutex(Writer(stack: stack))
        self.policy = policy
        self.background = background
    }

    /// The registry as it stands. The lock is held for the copy of one reference.
    public func current() -> RegistryView { published.withLock { $0 } }

    /// Makes changes rankable. Writers wait for each other; readers do not.
    @discardableResult
    public func apply(_ changes: RegistryChanges) -> RegistryView {
        guard !changes.isEmpty else { return current() }
        let (view, asks) = writer.withLock { writer in
            let parts = writer.stack.base.part
            let touched = writer.stack.apply(changes)
            if writer.stack.base.part !== parts {
                // Everything was rebuilt: a merge that is under way comes too late.
                writer.merges += 1
                writer.touched = nil
            }
            writer.touched?.formUnion(touched)
            let view = publish(writer.stack)
            if let fresh = writer.stack.fresh, fresh.part.rowCount > policy.freshRows { writer.stack.settle() }
            let asks = background != nil && !writer.isMergeAsked && isDue(writer.stack)
            if asks { writer.isMergeAsked = true }
            return (view, asks)
        }
        if asks { background? { self.merge() } }
        return view
    }

    /// Whether so much has changed that ranking would gain from a merge.
    public var isMergeDue: Bool { writer.withLock { isDue($0.stack) } }

    /// Makes one snapshot of everything. Readers and writers go on meanwhile; a second call at the same time returns
    /// at once.
    public func merge() {
        let begun = writer.withLock { writer -> (stack: PartStack, number: Int)? in
            guard writer.touched == nil else { return nil }
            writer.touched = TouchedRecords()
            writer.merges += 1
            return (writer.stack, writer.merges)
        }
        guard let begun else { return }
        let merged = begun.stack.merged()
        writer.withLock { writer in
            writer.isMergeAsked = false
            guard let touched = writer.touched, writer.merges == begun.number else { return }
            writer.stack = writer.stack.carrying(touched, onto: merged)
            writer.touched = nil
            _ = publish(writer.stack)
        }
    }

    private func isDue(_ stack: PartStack) -> Bool {
        let share = stack.base.part.rowCount / policy.looseShare
        return stack.looseRowCount >= min(max(share, policy.looseRows.lowerBound), policy.looseRows.upperBound)
    }

    private func publish(_ stack: PartStack) -> RegistryView {
        published.withLock { view in
            view = RegistryView(version: view.version + 1, base: stack.base, others: stack.others)
            return view
        }
    }
}

internal import Synchronization

/// Rings when something may have changed, so that whoever follows the feed of changes need not look again and again.
///
/// It says that it is worth looking, never what there is to see: who misses a ring finds the same with the next look.
public final class ChangeBell: Sendable {
    private struct State {
        var count: UInt64 = 0
        var nextID: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        /// Whose task was cancelled before they came to wait.
        var cancelled: Set<UInt64> = []
    }

    private let state = Mutex(State())

    public init() {}

    /// How often it has rung. Ask before a look, and wait after it for what comes later.
    public var count: UInt64 { state.withLock { $0.count } }

    /// Wakes all who wait.
    public func ring() {
        let woken = state.withLock { state in
            state.count &+= 1
            defer { state.waiting = [:] }
            return state.waiting.values.map { $0 }
        }
        for waiter in woken { waiter.resume() }
    }

    /// Waits until it has rung more often than `count`, the task is cancelled, or the time is over.
    public func wait(after count: UInt64, longest: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: longest) }
            group.addTask { await self.ringing(after: count) }
            await group.next()
            group.cancelAll()
        }
    }

    private func ringing(after count: UInt64) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.count != count || state.cancelled.contains(id) { return true }
                    state.waiting[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiting.removeValue(forKey: id)
                if waiter == nil { state.cancelled.insert(id) }
                return waiter
            }
            waiter?.resume()
        }
        _ = state.withLock { $0.cancelled.remove(id) }
    }

    /// How many wait now.
    public var waiterCount: Int { state.withLock { $0.waiting.count } }
}

internal import Dispatch
internal import Synchronization

/// Where plans are made that hold no transaction: on a thread of its own, one after another, so that neither the threads
/// that answer requests nor the memory of several plans at once are taken up by them.
final class PlanningLane: Sendable {
    private let queue = DispatchQueue(label: "almoner planning")

    private final class Turn: Sendable {
        let isGivenUp = Atomic(false)
    }

    /// Throws `CancellationError` where the caller was gone before it was its turn.
    func run<Made: Sendable>(_ make: @escaping @Sendable () throws -> Made) async throws -> Made {
        let turn = Turn()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    continuation.resume(
                        with: Result {
                            if turn.isGivenUp.load(ordering: .acquiring) { throw CancellationError() }
                            return try make()
                        })
                }
            }
        } onCancel: {
            turn.isGivenUp.store(true, ordering: .releasing)
        }
    }
}

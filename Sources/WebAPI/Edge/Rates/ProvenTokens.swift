internal import Synchronization

/// Tokens, by their hashes, that opened something lately: in two generations of bounded size, so that who has been away for
/// long is forgotten.
final class ProvenTokens: Sendable {
    private struct Generations {
        var young: Set<Int> = []
        var old: Set<Int> = []
    }

    private let capacity: Int
    private let generations = Mutex(Generations())

    init(capacity: Int = 20_000) {
        self.capacity = capacity
    }

    func contains(_ token: Int) -> Bool {
        generations.withLock { $0.young.contains(token) || $0.old.contains(token) }
    }

    func insert(_ token: Int) {
        generations.withLock { generations in
            guard !generations.young.contains(token) else { return }
            if generations.young.count >= capacity {
                generations.old = generations.young
                generations.young = []
            }
            generations.young.insert(token)
        }
    }

    func remove(_ token: Int) {
        generations.withLock { generations in
            generations.young.remove(token)
            generations.old.remove(token)
        }
    }
}

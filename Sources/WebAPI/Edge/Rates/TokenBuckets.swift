internal import Synchronization

/// How often somebody may ask: so many at once, and so many a second from then on.
public struct Rate: Sendable, Hashable {
    /// Requests a second; 0 for no limit.
    public var perSecond: Int
    /// Requests at once.
    public var burst: Int

    public init(perSecond: Int, burst: Int) {
        self.perSecond = perSecond
        self.burst = burst
    }

    public static let unlimited = Rate(perSecond: 0, burst: 0)
}

/// What is left to a caller.
struct Allowance: Sendable, Hashable {
    var isGranted: Bool
    var rate: Rate
    /// Requests that may follow at once.
    var remaining: Int
    /// Seconds until there is one more, at least 1; until the bucket is full where the request was granted.
    var seconds: Int
}

/// A bucket of tokens for each caller, in memory, for at most twice `capacity` callers.
///
/// Callers are kept in two generations: who was not seen while a whole generation filled is forgotten, and has then been
/// away long enough, or there are so many that forgetting is the lesser evil.
final class TokenBuckets<Caller: Hashable & Sendable>: Sendable {
    private struct Bucket {
        /// Thousandths of a token.
        var level: Int64
        /// Milliseconds.
        var at: Int64
    }

    private struct Generations {
        var young: [Caller: Bucket] = [:]
        var old: [Caller: Bucket] = [:]
    }

    let rate: Rate
    private let capacity: Int
    private let generations = Mutex(Generations())

    init(rate: Rate, capacity: Int = 50_000) {
        self.rate = rate
        self.capacity = capacity
    }

    /// Takes tokens, or says how long to wait; a refusal takes nothing.
    ///
    /// - Parameter now: milliseconds of a clock that never goes back.
    func take(_ cost: Int, for caller: Caller, now: Int64) -> Allowance? {
        guard rate.perSecond > 0, cost > 0 else { return nil }
        let full = Int64(rate.burst) * 1_000
        let need = min(Int64(cost) * 1_000, full)
        return generations.withLock { generations in
            var bucket = generations.young[caller] ?? generations.old[caller] ?? Bucket(level: full, at: now)
            // A token is 1,000 thousandths and a second 1,000 milliseconds, so a millisecond brings `perSecond`.
            let (gain, isLong) = max(0, now - bucket.at).multipliedReportingOverflow(by: Int64(rate.perSecond))
            bucket.level = isLong ? full : min(full, bucket.level + min(gain, full))
            bucket.at = now
            let isGranted = bucket.level >= need
            if isGranted { bucket.level -= need }
            if generations.young.count >= capacity, generations.young[caller] == nil {
                generations.old = generations.young
                generations.young = [:]
            }
            generations.young[caller] = bucket
            let missing = isGranted ? full - bucket.level : need - bucket.level
            let step = Int64(rate.perSecond) * 1_000
            return Allowance(
                isGranted: isGranted, rate: rate, remaining: Int(bucket.level / 1_000),
                seconds: max(1, Int((missing + step - 1) / step)))
        }
    }

    /// Whether a caller has any token left, without taking one.
    func hasTokens(_ caller: Caller, now: Int64) -> Bool {
        guard rate.perSecond > 0 else { return true }
        return generations.withLock { generations in
            guard let bucket = generations.young[caller] ?? generations.old[caller] else { return true }
            return bucket.level >= 1_000 || (now - bucket.at) * Int64(rate.perSecond) + bucket.level >= 1_000
        }
    }

    /// How many callers are remembered.
    var count: Int { generations.withLock { $0.young.count + $0.old.count } }
}

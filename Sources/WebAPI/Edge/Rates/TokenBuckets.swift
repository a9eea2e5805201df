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
    /// How many requests this one counts for.
    var cost = 1
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
        /// What has come and is not yet a thousandth of this node's.
        var rest: Int64 = 0
    }

    private struct Generations {
        var young: [Caller: Bucket] = [:]
        var old: [Caller: Bucket] = [:]
    }

    let rate: Rate
    private let share: RateShare
    private let capacity: Int
    private let generations = Mutex(Generations())

    init(rate: Rate, share: RateShare = RateShare(), capacity: Int = 50_000) {
        self.rate = rate
        self.share = share
        self.capacity = capacity
    }

    /// Takes tokens, or says how long to wait; a refusal takes nothing.
    ///
    /// - Parameter now: milliseconds of a clock that never goes back.
    func take(_ cost: Int, for caller: Caller, now: Int64) -> Allowance? {
        guard rate.perSecond > 0, cost > 0 else { return nil }
        let part = share.part
        let full = part.full(whole)
        let need = Int64(cost) * 1_000
        return generations.withLock { generations in
            var bucket = generations.young[caller] ?? generations.old[caller] ?? Bucket(level: full, at: now)
            fill(&bucket, to: full, part.divisor, now: now)
            // What costs more than a bucket holds is granted from a full one, and owed.
            let isGranted = bucket.level >= min(need, full) && (need <= full || part.mayExceed(whole))
            if isGranted { bucket.level -= need }
            if generations.young.count >= capacity, generations.young[caller] == nil {
                generations.old = generations.young
                generations.young = [:]
            }
            generations.young[caller] = bucket
            let missing = (isGranted ? full : min(need, full)) - bucket.level
            let step = Int64(rate.perSecond) * 1_000
            return Allowance(
                isGranted: isGranted, cost: cost, rate: rate, remaining: Int(max(0, bucket.level) / 1_000),
                seconds: max(1, Int((missing * part.divisor + step - 1) / step)))
        }
    }

    /// What a bucket holds on all nodes together, in thousandths.
    private var whole: Int64 { Int64(rate.burst) * 1_000 }

    /// Adds what has come since. A token is 1,000 thousandths and a second 1,000 milliseconds, so a millisecond brings
    /// `perSecond` to all nodes together.
    private func fill(_ bucket: inout Bucket, to full: Int64, _ divisor: Int64, now: Int64) {
        let (gain, isLong) = max(0, now - bucket.at).multipliedReportingOverflow(by: Int64(rate.perSecond))
        bucket.at = now
        guard !isLong, gain / divisor < full - bucket.level else {
            (bucket.level, bucket.rest) = (full, 0)
            return
        }
        bucket.level += (gain + bucket.rest) / divisor
        bucket.rest = (gain + bucket.rest) % divisor
    }

    /// Whether a caller has any token left, without taking one.
    func hasTokens(_ caller: Caller, now: Int64) -> Bool {
        guard rate.perSecond > 0 else { return true }
        return generations.withLock { generations in
            guard var bucket = generations.young[caller] ?? generations.old[caller] else { return true }
            let part = share.part
            fill(&bucket, to: part.full(whole), part.divisor, now: now)
            return bucket.level >= 1_000
        }
    }

    /// How many callers are remembered.
    var count: Int { generations.withLock { $0.young.count + $0.old.count } }
}

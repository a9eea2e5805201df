public import MatchCore

/// How often signing in has failed lately, in one respect.
public struct SignInCount: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Of one account from one address.
        case pair
        /// From one address, whatever the account.
        case address
        /// Of one account, from wherever.
        case account
        /// That an account signed in from an address: not a count of failures, and kept for long.
        case known
    }

    public let kind: Kind
    /// A keyed hash of the account's name, the address, or both.
    public let key: RecordID
    public var failures: Int64
    public var lastAt: Moment
    /// Until when no other attempt is let through.
    public var opensAt: Moment

    public init(_ kind: Kind, _ key: RecordID, failures: Int64 = 0, lastAt: Moment, opensAt: Moment) {
        self.kind = kind
        self.key = key
        self.failures = failures
        self.lastAt = lastAt
        self.opensAt = opensAt
    }
}

/// Whose attempt it is, in keyed hashes: counted whether there is such an account or not.
public struct SignInAttempt: Sendable, Hashable {
    /// Nil where nobody was named.
    public let account: RecordID?
    public let address: RecordID
    public let pair: RecordID

    public init(account: RecordID?, address: RecordID, pair: RecordID) {
        self.account = account
        self.address = address
        self.pair = pair
    }
}

/// Lets attempts at signing in through, ever more slowly as they fail.
///
/// An attempt is counted before the password is looked at, so that a hundred at once are a hundred; one that succeeds takes
/// its count back. What is refused is not counted: whoever keeps on trying makes it no longer for anybody. An address that
/// the account signed in from lately is not held up by what happens at others, so that nobody can shut a person out.
struct SignInThrottle {
    /// Failures that cost nothing, by kind; each further one doubles the pause, from a second to the longest.
    static let free: [SignInCount.Kind: Int64] = [.pair: 4, .address: 20, .account: 20]
    static let longest: Int64 = 15 * 60_000
    /// Every so many milliseconds one failure is forgotten.
    static let forgetting: Int64 = 15 * 60_000
    /// For how long an address is known that an account signed in from, in milliseconds.
    static let known: Int64 = 30 * Moment.day

    let store: any AccountStoring
    let now: Moment

    /// Counts an attempt. Returns how many seconds to wait where it is not let through, and then counts nothing.
    func admit(_ attempt: SignInAttempt) throws -> Int? {
        var counts = [try count(.pair, attempt.pair), try count(.address, attempt.address)]
        if let account = attempt.account, try !isKnown(attempt) { counts.append(try count(.account, account)) }
        if let opens = counts.map(\.opensAt).max(), opens > now {
            return Int((opens.milliseconds(since: now) + 999) / 1_000)
        }
        for var count in counts {
            count.failures += 1
            count.lastAt = now
            count.opensAt = now.adding(milliseconds: Self.pause(after: count.failures, count.kind))
            try store.save(count)
        }
        return nil
    }

    /// Takes an attempt back that succeeded, and knows the address from now on. Returns how many had failed before it.
    func succeed(_ attempt: SignInAttempt) throws -> Int64 {
        let failed = max(0, try count(.pair, attempt.pair).failures - 1)
        try store.removeCount(.pair, attempt.pair)
        try takeBack(.address, attempt.address)
        if let account = attempt.account {
            // What others tried of the account stays counted.
            if try !isKnown(attempt) { try takeBack(.account, account) }
            try store.save(SignInCount(.known, attempt.pair, lastAt: now, opensAt: now))
        }
        return failed
    }

    private func takeBack(_ kind: SignInCount.Kind, _ key: RecordID) throws {
        var count = try count(kind, key)
        count.failures = max(0, count.failures - 1)
        count.opensAt = now
        try store.save(count)
    }

    private func isKnown(_ attempt: SignInAttempt) throws -> Bool {
        guard let known = try store.count(.known, attempt.pair) else { return false }
        return now.milliseconds(since: known.lastAt) < Self.known
    }

    /// The count as it is now: what is long ago is forgotten.
    private func count(_ kind: SignInCount.Kind, _ key: RecordID) throws -> SignInCount {
        guard var count = try store.count(kind, key) else {
            return SignInCount(kind, key, lastAt: now, opensAt: Moment(milliseconds: 0))
        }
        let forgotten = max(0, now.milliseconds(since: count.lastAt)) / Self.forgetting
        count.failures = max(0, count.failures - forgotten)
        return count
    }

    /// How long nobody is let through after so many failures, in milliseconds.
    static func pause(after failures: Int64, _ kind: SignInCount.Kind) -> Int64 {
        let beyond = failures - (free[kind] ?? 0)
        guard beyond > 0 else { return 0 }
        return min(longest, 1_000 << min(beyond - 1, 20))
    }
}

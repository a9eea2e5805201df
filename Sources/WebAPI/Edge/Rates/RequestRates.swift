internal import HTTPTypes

/// Whose requests are counted, and how many each may send.
struct RequestRates: Sendable {
    private let keys: TokenBuckets<Int>
    private let addresses: TokenBuckets<NetworkAddress?>
    /// Wrong tokens, per address: guessing must not be free, and must not take from honest callers behind one address.
    private let failures: TokenBuckets<NetworkAddress?>
    /// Tokens that have opened nothing yet, per address: or a new one with each request would be a new caller each time.
    /// Counted apart from requests without one, so that those cannot keep an honest token out.
    private let unproven: TokenBuckets<NetworkAddress?>
    private let proven = ProvenTokens()

    init(perKey: Rate, perAddress: Rate, failuresPerAddress: Rate, share: RateShare = RateShare()) {
        keys = TokenBuckets(rate: perKey, share: share)
        addresses = TokenBuckets(rate: perAddress, share: share)
        failures = TokenBuckets(rate: failuresPerAddress, share: share)
        unproven = TokenBuckets(rate: perAddress, share: share)
    }

    /// Counts a request: against its token where it has one, else against its address. Nil where nothing is limited.
    func take(_ cost: Int, authorization: String?, address: NetworkAddress?, now: Int64) -> Allowance? {
        guard let authorization else { return addresses.take(cost, for: address?.subscriber, now: now) }
        let token = Self.hash(authorization)
        // Who has shown a good token is not held up by whoever guesses, or forgot to change an old one, behind the same address.
        if !proven.contains(token) {
            guard failures.hasTokens(address?.subscriber, now: now) else {
                return Allowance(isGranted: false, rate: failures.rate, remaining: 0, seconds: 1)
            }
            if let allowance = unproven.take(cost, for: address?.subscriber, now: now), !allowance.isGranted {
                return allowance
            }
        }
        return keys.take(cost, for: token, now: now)
    }

    /// Counts an answer 401.
    func countFailure(authorization: String?, address: NetworkAddress?, now: Int64) {
        if let authorization { proven.remove(Self.hash(authorization)) }
        _ = failures.take(1, for: address?.subscriber, now: now)
    }

    /// Notes an answer that only a good token gets.
    func countSuccess(authorization: String) { proven.insert(Self.hash(authorization)) }

    /// Seeded by the process, so nobody can choose a token that shares a bucket.
    private static func hash(_ authorization: String) -> Int { Array(authorization.utf8).hashValue }
}

extension HTTPFields {
    /// Adds what is left to the caller (draft-ietf-httpapi-ratelimit-headers).
    mutating func state(_ allowance: Allowance) {
        let rate = allowance.rate
        let window = Swift.max(1, (rate.burst + rate.perSecond - 1) / rate.perSecond)
        self[.rateLimitPolicy] = "\"default\";q=\(rate.burst);w=\(window)"
        // What the draft does not name is a remark: what this request counts for, where that is more than one.
        let cost = allowance.cost == 1 ? "" : ";cost=\(allowance.cost)"
        self[.rateLimit] = "\"default\";r=\(allowance.remaining);t=\(allowance.seconds)\(cost)"
        if !allowance.isGranted { self[.retryAfter] = "\(allowance.seconds)" }
    }
}

extension HTTPField.Name {
    static let rateLimit = HTTPField.Name("RateLimit")!
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy")!
    static let requestID = HTTPField.Name("X-Request-ID")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    /// What proxies add to a request.
    static let ofProxies = [forwardedFor] + ["Forwarded", "X-Real-IP", "Via"].compactMap { HTTPField.Name($0) }
}

/// One use of an `Idempotency-Key` as a store keeps it: nothing in it can be read without the caller's token.
public struct KeyUse: Sendable, Hashable {
    /// SHA-256 over whose key it is, the route and the key.
    public let digest: [UInt8]
    /// SHA-256 over what was asked.
    public let fingerprint: [UInt8]
    /// Who works under it; another number for every request.
    public let holder: Int64
    /// Until when nobody else may work under it; nil once it is answered.
    public let heldUntil: Moment?
    /// The sealed answer; nil while it is held.
    public let answer: [UInt8]?
    /// From when on it is forgotten.
    public let expiresAt: Moment

    public init(
        digest: [UInt8], fingerprint: [UInt8], holder: Int64, heldUntil: Moment?, answer: [UInt8]?, expiresAt: Moment
    ) {
        self.digest = digest
        self.fingerprint = fingerprint
        self.holder = holder
        self.heldUntil = heldUntil
        self.answer = answer
        self.expiresAt = expiresAt
    }
}

/// Uses of `Idempotency-Key`, as a store keeps them.
public protocol KeyUseStoring {
    func keyUse(_ digest: [UInt8]) throws -> KeyUse?
    /// Keeps a use where there is none, or where the one there is was let go or forgotten by `now`; false where
    /// somebody has it.
    func hold(_ use: KeyUse, at now: Moment) throws -> Bool
    /// False where another holder has it.
    func renewHold(_ digest: [UInt8], holder: Int64, until: Moment) throws -> Bool
    /// Keeps the answer; false where another holder has the key.
    func keepAnswer(_ answer: [UInt8], _ digest: [UInt8], holder: Int64, until: Moment) throws -> Bool
    func releaseHold(_ digest: [UInt8], holder: Int64) throws
    /// Forgets what is over, at most `limit`; returns how many.
    func sweepKeyUses(by now: Moment, limit: Int) throws -> Int
}

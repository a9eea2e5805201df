public import MatchCore

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
    /// The sealed answer; nil while it is held, and where it is no longer kept.
    public let answer: [UInt8]?
    /// Whether it was answered, and what was answered is no longer kept: it spoke of somebody who was erased since.
    public let isForgotten: Bool
    /// From when on it is forgotten.
    public let expiresAt: Moment

    public init(
        digest: [UInt8], fingerprint: [UInt8], holder: Int64, heldUntil: Moment?, answer: [UInt8]?,
        isForgotten: Bool = false, expiresAt: Moment
    ) {
        self.digest = digest
        self.fingerprint = fingerprint
        self.holder = holder
        self.heldUntil = heldUntil
        self.answer = answer
        self.isForgotten = isForgotten
        self.expiresAt = expiresAt
    }

    /// With whom an answer goes.
    public enum Binding: Sendable, Hashable {
        /// It holds nothing of anybody.
        case nobody
        /// With any of those of these records who have a key, and of those whom the transaction had to do with.
        case people(named: [RecordID])
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
    /// Keeps the answer, under the keys of the people whom it speaks of; false where another holder has the key.
    func keepAnswer(
        _ answer: [UInt8], binding: KeyUse.Binding, _ digest: [UInt8], holder: Int64, until: Moment
    ) throws -> Bool
    func releaseHold(_ digest: [UInt8], holder: Int64) throws
    /// Forgets what is over, at most `limit`; returns how many.
    func sweepKeyUses(by now: Moment, limit: Int) throws -> Int
}

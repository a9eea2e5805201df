public import Casework
public import MatchCore

/// One use of an `Idempotency-Key`.
public struct IdempotentUse: Sendable, Hashable {
    /// Whose key it is: `key/<id>` for a token, `address/<ip>` for a guest.
    public var scope: String
    /// The operation's id: the same key on another route is another key.
    public var route: String
    /// What the client sent, 1 to 255 printable ASCII characters.
    public var key: String
    /// SHA-256 over the path, the query and the body: the same key with another fingerprint is refused.
    public var fingerprint: [UInt8]
    /// What the stored answer's sealing key is derived from, together with `key`: the caller's token, or its address.
    /// Never stored and never logged.
    public var secret: [UInt8]
    /// Tells this request from another that holds the same key; made by chance for each.
    public var holder: Int64

    public init(
        scope: String, route: String, key: String, fingerprint: [UInt8], secret: [UInt8],
        holder: Int64 = .random(in: .min ... .max)
    ) {
        self.scope = scope
        self.route = route
        self.key = key
        self.fingerprint = fingerprint
        self.secret = secret
        self.holder = holder
    }
}

/// An answer that is given again for the same key.
///
/// Where what a request answered with can be read by itself, no more is kept than where: it is read again for whoever asks
/// again, as the record and their rights are then.
public struct KeptAnswer: Sendable, Hashable {
    public var status: Int
    /// The segments of the path at which what was answered is read; nil where the body is kept as it was.
    public var readAt: [String]?
    /// What the body speaks of, by the ids in it: it goes with any of them that is erased. Nil for a body that says
    /// nothing of anybody. Not kept itself.
    public var named: [RecordID]?
    /// Names in lower case: `content-type`, `content-language`, `location`, `etag`.
    public var headers: [String: String]
    public var body: [UInt8]

    public init(
        status: Int, headers: [String: String], body: [UInt8], readAt: [String]? = nil, named: [RecordID]? = nil
    ) {
        self.status = status
        self.readAt = readAt
        self.named = named
        self.headers = headers
        self.body = body
    }
}

/// What a store knows of a key.
public enum IdempotencyFinding: Sendable, Hashable {
    /// Not used yet, or its server died: the caller holds it now.
    case fresh
    /// Used for the same request, which was answered so.
    case answered(KeptAnswer)
    /// Used for the same request, which was answered; what was answered spoke of somebody who was erased since.
    case forgotten
    /// Used for another request.
    case reused
    /// Another request holds it: the caller is told to come back (409).
    case running
}

/// Keeps what was answered under each `Idempotency-Key`, for 24 hours, on every node.
///
/// All calls happen inside the transaction that makes the effect, so that effect and kept answer are committed together
/// or not at all. A request whose work spans several transactions takes its key in the first, renews it in each, and
/// keeps the answer in the last; a key that was not renewed for 15 s is free again.
public protocol IdempotencyKeeping: Sendable {
    /// Looks the key up; where it is fresh, holds it for 15 s from `now`.
    func take(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> IdempotencyFinding

    /// Whether a request was answered under the key, so that nothing has to be worked out for it again. Holds nothing.
    func isAnswered(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> Bool

    /// Holds a key that was taken for another 15 s; false where somebody else holds it by now, and then nothing more may
    /// be done under it.
    func renew(_ use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws -> Bool

    /// Keeps the answer, sealed, and ends the holding. Answers of 5xx, 429 and 507 are never given to it.
    func keep(_ answer: KeptAnswer, for use: IdempotentUse, in store: any CaseTransaction, at now: Moment) throws

    /// Gives a key back unused: the request failed in a way that may be tried again.
    func release(_ use: IdempotentUse, in store: any CaseTransaction) throws
}

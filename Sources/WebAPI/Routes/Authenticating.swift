public import Casework
public import MatchCore
internal import Operations

/// Who sends a request, as its token says.
public struct Caller: Sendable, Hashable {
    /// Role, party or wish, and an approver's authority.
    public var actor: CaseActor
    /// Codes of the areas whose subtrees the token covers; empty: the whole program.
    public var areas: [String]
    /// What the token was given for.
    public var purpose: AccessPurpose
    /// When the token ends; nil for one without an end.
    public var until: Moment?
    /// The token; nil for a guest.
    public var key: RecordID?
    /// The session that the token is of; nil for a key's.
    public var session: RecordID?

    public init(
        actor: CaseActor, areas: [String] = [], purpose: AccessPurpose = .casework, until: Moment? = nil,
        key: RecordID? = nil, session: RecordID? = nil
    ) {
        self.actor = actor
        self.areas = areas
        self.purpose = purpose
        self.until = until
        self.key = key
        self.session = session
    }

    /// Someone without a token.
    public static let guest = Caller(actor: CaseActor(id: RecordID(high: 0, low: 0), role: .guest))

    /// The caller as one who looks at answers; its token was looked up, so it is who it says.
    func viewer(in language: Language) -> Viewer {
        Viewer(
            actor: actor, areas: areas, purpose: purpose, until: until, language: language,
            isProven: actor.role != .guest)
    }
}

/// Tells who sends a request.
public protocol Authenticating: Sendable {
    /// The caller: a guest where there is no token.
    ///
    /// Throws a ``Problem`` `unauthenticated` for a token that is not known or was revoked; revoking takes effect on the
    /// next request.
    /// - Parameter bearer: the token of the `Authorization` header, without its scheme.
    func caller(for bearer: String?, request: APIRequest) async throws -> Caller

    /// The caller, where that is known without waiting; nil where ``caller(for:request:)`` has to be asked.
    func knownCaller(for bearer: String?) throws -> Caller?
}

extension Authenticating {
    public func knownCaller(for bearer: String?) throws -> Caller? { bearer == nil ? .guest : nil }
}

public import MatchCore

/// What a token stands for: who may act in which role, where, and until when.
public struct AccessKey: Sendable, Hashable {
    public let id: RecordID
    /// SHA-256 of the token.
    public let hash: [UInt8]
    /// What the key is for, in the words of whoever made it.
    public let label: String
    public let role: Role
    /// Who acts with it: two keys of one person have one holder, so that nobody is their own second person.
    public let holder: RecordID
    /// The party that a donor, carrier or fitter acts for.
    public let party: RecordID?
    /// What an approver may approve.
    public let authority: ApprovalAuthority?
    /// Areas whose subtrees it covers; empty for the whole program.
    public let areas: [Code]
    /// What access was given for.
    public let purpose: AccessPurpose
    /// Who gave it; nil for one that nobody gave: of the program's beginning, or of before that was kept.
    public let grantedBy: RecordID?
    public let createdAt: Moment
    /// From when on it opens anything; nil for at once.
    public let startsAt: Moment?
    /// Nil for a key without an end.
    public let expiresAt: Moment?
    public let revokedAt: Moment?

    public init(
        id: RecordID, hash: [UInt8], label: String, role: Role, holder: RecordID, party: RecordID? = nil,
        authority: ApprovalAuthority? = nil, areas: [Code] = [], purpose: AccessPurpose = .casework,
        grantedBy: RecordID? = nil, createdAt: Moment, startsAt: Moment? = nil, expiresAt: Moment? = nil,
        revokedAt: Moment? = nil
    ) {
        self.id = id
        self.hash = hash
        self.label = label
        self.role = role
        self.holder = holder
        self.party = party
        self.authority = authority
        self.areas = areas
        self.purpose = purpose
        self.grantedBy = grantedBy
        self.createdAt = createdAt
        self.startsAt = startsAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// Whether it opens anything at a moment.
    public func isValid(at moment: Moment) -> Bool {
        revokedAt == nil && startsAt.map { $0 <= moment } ?? true && expiresAt.map { moment < $0 } ?? true
    }

    /// Whoever sends the token.
    public var actor: CaseActor { CaseActor(id: holder, role: role, party: party, authority: authority) }
}

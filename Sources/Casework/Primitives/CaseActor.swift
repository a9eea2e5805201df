public import MatchCore

/// Who makes a step: a person (or the system user) in one role, for at most one party or wish.
public struct CaseActor: Hashable, Sendable, Codable {
    public let id: RecordID
    public let role: Role
    /// The party a donor, carrier or fitter acts for; nil for staff.
    public let party: RecordID?
    /// The wish a recipient's look-up code opened; nil for everyone else.
    public let wish: RecordID?
    /// What an approver may approve; nil for other roles.
    public let authority: ApprovalAuthority?

    public init(
        id: RecordID, role: Role, party: RecordID? = nil, wish: RecordID? = nil, authority: ApprovalAuthority? = nil
    ) {
        self.id = id
        self.role = role
        self.party = party
        self.wish = wish
        self.authority = authority
    }
}

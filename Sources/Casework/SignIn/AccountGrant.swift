public import MatchCore

/// What an account may do: a role in areas, for a purpose, from when until when.
public struct AccountGrant: Sendable, Hashable {
    public let id: RecordID
    public let account: RecordID
    public let role: Role
    /// What an approver may approve.
    public let authority: ApprovalAuthority?
    /// Areas whose subtrees it covers; empty for the whole program.
    public let areas: [Code]
    public let purpose: AccessPurpose
    public let grantedBy: RecordID
    public let grantedAt: Moment
    /// From when on it counts; nil for at once.
    public let startsAt: Moment?
    /// Nil for one without an end.
    public let expiresAt: Moment?
    public let revokedAt: Moment?

    public init(
        id: RecordID, account: RecordID, role: Role, authority: ApprovalAuthority? = nil, areas: [Code] = [],
        purpose: AccessPurpose = .casework, grantedBy: RecordID, grantedAt: Moment, startsAt: Moment? = nil,
        expiresAt: Moment? = nil, revokedAt: Moment? = nil
    ) {
        self.id = id
        self.account = account
        self.role = role
        self.authority = authority
        self.areas = areas
        self.purpose = purpose
        self.grantedBy = grantedBy
        self.grantedAt = grantedAt
        self.startsAt = startsAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// Whether it counts at a moment.
    public func isValid(at moment: Moment) -> Bool {
        isLive(at: moment) && startsAt.map { $0 <= moment } ?? true
    }

    /// Whether it counts at a moment or will later.
    public func isLive(at moment: Moment) -> Bool {
        revokedAt == nil && expiresAt.map { moment < $0 } ?? true
    }

    /// The account at work under this grant.
    public var actor: CaseActor { CaseActor(id: account, role: role, authority: authority) }

    /// The roles of people who sign in; other systems and those who give have keys.
    public static let roles: [Role] = [.intake, .coordinator, .approver, .auditor, .admin]
}

extension Delegation {
    /// Whether a grant is below this authority: it may be looked at, and ended.
    public func covers(_ grant: AccountGrant, in tree: AreaTree) -> Bool {
        covers(grant.role, grant.areas, in: tree)
    }

    /// Whether an account is wholly below this authority: only then may it touch what the account signs in with, which
    /// opens all its grants. One without grants belongs to whoever made it, and to those who are limited to no areas.
    public func holds(
        _ account: Account, with grants: [AccountGrant], as actor: RecordID, in tree: AreaTree, at moment: Moment
    ) -> Bool {
        let live = grants.filter { $0.isLive(at: moment) }
        guard live.isEmpty else { return live.allSatisfy { covers($0, in: tree) } }
        return role == .admin && (areas.isEmpty || account.createdBy == actor)
    }
}

public import MatchCore

/// What a new key is to allow, before it is one.
public struct AccessGrant: Sendable, Hashable {
    public var label: String
    public var role: Role
    /// Nil makes a new holder.
    public var holder: RecordID?
    public var party: RecordID?
    public var authority: ApprovalAuthority?
    public var areas: [Code]
    public var purpose: AccessPurpose
    public var startsAt: Moment?
    public var expiresAt: Moment?

    public init(
        label: String, role: Role, holder: RecordID? = nil, party: RecordID? = nil,
        authority: ApprovalAuthority? = nil, areas: [Code] = [], purpose: AccessPurpose = .casework,
        startsAt: Moment? = nil, expiresAt: Moment? = nil
    ) {
        self.label = label
        self.role = role
        self.holder = holder
        self.party = party
        self.authority = authority
        self.areas = areas
        self.purpose = purpose
        self.startsAt = startsAt
        self.expiresAt = expiresAt
    }

    /// Throws `malformed` where the parts do not fit together.
    func check(at now: Moment) throws {
        func refuse(_ en: String, _ zhHans: String) -> CaseworkError { CaseworkError(.malformed, en, zhHans: zhHans) }
        guard (1...200).contains(label.unicodeScalars.count) else {
            throw refuse("A key has a label of 1 to 200 characters.", "令牌须有 1 至 200 字的标签。")
        }
        switch role {
        case .guest, .recipient:
            throw refuse(
                "There are no keys for a \(role.name.en): guests need none, and recipients have the code of their wish.",
                "\(role.name.zhHans)没有令牌：访客不需要，求助人用心愿查询码。")
        case .donor, .carrier, .fitter:
            guard party != nil else {
                throw refuse("A key for a \(role.name.en) names its party.", "\(role.name.zhHans)的令牌须指明主体。")
            }
        case .intake, .coordinator, .approver, .auditor, .admin, .integration:
            guard party == nil else {
                throw refuse("Only donors, carriers and fitters act for a party.", "仅捐助、运送、安装角色代表主体。")
            }
        }
        guard (role == .approver) == (authority != nil) else {
            throw refuse(
                "An approver's key states a level and an amount, and no other does.", "仅审批人的令牌须写明级别与金额上限。")
        }
        if let startsAt, let expiresAt, expiresAt <= startsAt {
            throw refuse("The key would end before it begins.", "令牌的到期时间早于生效时间。")
        }
        if let expiresAt, expiresAt <= now {
            throw refuse("The key would have expired already.", "令牌的到期时间已过。")
        }
    }
}

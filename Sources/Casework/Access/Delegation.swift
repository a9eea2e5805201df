public import MatchCore

/// What somebody may give on: downwards only.
///
/// Nobody gives a role higher than their own, an area outside of their own, another purpose than their own, or a longer
/// time than they have themselves.
public struct Delegation: Sendable, Hashable {
    public let role: Role
    /// Codes of the areas whose subtrees it covers; empty for the whole program.
    public let areas: [String]
    public let purpose: AccessPurpose
    /// Nil for one without an end.
    public let expiresAt: Moment?

    public init(role: Role, areas: [String] = [], purpose: AccessPurpose = .casework, expiresAt: Moment? = nil) {
        self.role = role
        self.areas = areas
        self.purpose = purpose
        self.expiresAt = expiresAt
    }

    /// The roles that a role may give.
    public static func roles(givenBy role: Role) -> Set<Role> {
        switch role {
        case .admin: Set(Role.allCases).subtracting([.guest, .recipient])
        case .coordinator: [.intake, .donor, .carrier, .fitter]
        default: []
        }
    }

    /// The grant, ending no later than whoever gives it. Throws `roleNotAllowed` where it is more than they have.
    public func narrowed(_ grant: AccessGrant, in tree: AreaTree) throws -> AccessGrant {
        guard Self.roles(givenBy: role).contains(grant.role) else {
            throw refusal(
                "\(role.withArticle) cannot make a key for the role of \(grant.role.name.en).",
                "\(role.name.zhHans)不能发放\(grant.role.name.zhHans)的令牌。")
        }
        try checkAreas(of: grant, tree)
        try checkAuthority(of: grant, tree)
        guard purpose == .casework || grant.purpose == purpose else {
            throw refusal(
                "Your access is for \(purpose.title.en), and so is what you give on.",
                "您的授权用于\(purpose.title.zhHans)，只能转授同一用途。")
        }
        var narrowed = grant
        if let expiresAt {
            if let end = grant.expiresAt, end > expiresAt {
                throw refusal(
                    "Your own access ends before this one would. Choose an earlier end.", "超过您本人授权的期限，请缩短到期时间。")
            }
            narrowed.expiresAt = grant.expiresAt ?? expiresAt
        }
        return narrowed
    }

    /// Whether a key is below this authority: it may be looked at, and ended.
    public func covers(_ key: AccessKey, in tree: AreaTree) -> Bool { covers(key.role, key.areas, in: tree) }

    func covers(_ other: Role, _ others: [Code], in tree: AreaTree) -> Bool {
        guard Self.roles(givenBy: role).contains(other) else { return false }
        guard !areas.isEmpty else { return true }
        return !others.isEmpty && others.allSatisfy { isWithin($0.text, tree) }
    }

    private func checkAreas(of grant: AccessGrant, _ tree: AreaTree) throws {
        guard !areas.isEmpty else { return }
        // Those who act for a party see no more than is published, wherever they live.
        let isLimited = grant.party == nil
        guard !isLimited || !grant.areas.isEmpty, grant.areas.allSatisfy({ isWithin($0.text, tree) }) else {
            throw refusal(
                "You work in \(areas.joined(separator: ", ")), and can give access within that alone. Name such areas.",
                "您负责 \(areas.joined(separator: "、"))，只能授予其中的区划，请填写区划。")
        }
    }

    /// An approver's level is no higher than the areas of whoever appoints them.
    private func checkAuthority(of grant: AccessGrant, _ tree: AreaTree) throws {
        guard let level = grant.authority?.level, !areas.isEmpty else { return }
        let highest = areas.compactMap { tree.levelOfAuthority($0) }.max() ?? .village
        guard level <= highest else {
            throw refusal(
                "You appoint approvers up to the level \(highest.rawValue).", "您最高可任命 \(highest.rawValue) 级审批人。")
        }
    }

    private func isWithin(_ code: String, _ tree: AreaTree) -> Bool {
        guard let inner = tree.tree.index(of: code) else { return false }
        return areas.contains { outer in
            tree.tree.index(of: outer).map { tree.tree.isNode(inner, within: $0) } ?? false
        }
    }

    private func refusal(_ en: String, _ zhHans: String) -> CaseworkError {
        CaseworkError(.roleNotAllowed, en, zhHans: zhHans)
    }
}

extension AreaTree {
    /// The level of an area by its place in the tree: the root is the city, what lies right under it a town.
    fileprivate func levelOfAuthority(_ code: String) -> AreaLevel? {
        guard let node = tree.index(of: code) else { return nil }
        return switch tree.depths[Int(node)] {
        case 0: .city
        case 1: .town
        default: .village
        }
    }
}

internal import Casework
internal import MatchCore
internal import Wire

/// What a key or an account is to be allowed: the members that both ask for.
protocol GrantAsking {
    var role: Role { get }
    var areas: [Code]? { get }
    var approvalLevel: AreaLevel? { get }
    var approvalLimit: Int64? { get }
    var purpose: AccessPurpose? { get }
    var starts: Timestamp? { get }
    var expires: Timestamp? { get }
}

extension GrantAsking {
    /// All but the role, whose choice differs.
    static var grantProperties: [JSONSchema.Property] {
        [
            .optional(
                "areas", .list(of: .area, 0...100), "Areas whose subtrees it covers; all by default.", "所辖区划，默认全部。"),
            .optional("approvalLevel", .choice(AreaLevel.self), "Of an approver: the level.", "审批级别。"),
            .optional("approvalLimit", .balance, "Of an approver: the greatest amount, in fen.", "审批金额上限（分）。"),
            .optional(
                "purpose", .choice(AccessPurpose.self), "What it is given for; the role's whole work by default.",
                "授权用途，默认为该角色的全部工作。"),
            .optional("starts", .moment, "From when on it counts; at once by default.", "生效时间，默认立即。"),
            .optional("expires", .moment, "When it ends; never by default.", "到期时间，默认无期限。"),
        ]
    }

    /// The grant that is asked for. Throws `invalidInput` for an area that is not known or not the viewer's, and for half of
    /// an approver's authority.
    func grant(label: String, party: RecordID? = nil, in context: OperationContext) throws -> AccessGrant {
        for (index, area) in (areas ?? []).enumerated() { try context.requireArea(area, at: "/areas/\(index)") }
        guard (approvalLevel == nil) == (approvalLimit == nil) else {
            throw Problem(
                .invalidInput, at: approvalLevel == nil ? "/approvalLevel" : "/approvalLimit",
                LocalizedText(zhHans: "审批级别与金额上限须同时给出。", en: "An approver's level and limit come together."))
        }
        var authority: ApprovalAuthority?
        if let level = approvalLevel, let limit = approvalLimit {
            authority = ApprovalAuthority(level: level, limit: limit)
        }
        return AccessGrant(
            label: label, role: role, party: party, authority: authority, areas: areas ?? [],
            purpose: purpose ?? context.viewer.purpose, startsAt: starts.map { Moment($0) },
            expiresAt: expires.map { Moment($0) })
    }
}

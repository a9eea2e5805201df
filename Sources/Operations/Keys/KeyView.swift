public import Casework
public import MatchCore
public import Wire

/// A key as an admin sees it: never its token.
public struct KeyView: Projection {
    public let id: RecordID
    public let label: String
    public let role: Role
    public let holder: RecordID
    public let party: RecordID?
    public let areas: [Code]
    public let approvalLevel: AreaLevel?
    public let approvalLimit: Int64?
    public let purpose: AccessPurpose
    public let grantedBy: RecordID?
    public let created: Timestamp
    public let starts: Timestamp?
    public let expires: Timestamp?
    public let revoked: Timestamp?

    static let properties: [JSONSchema.Property] = [
        .required("id", .id, "The key's id.", "令牌编号。"),
        .required("label", .text(1...200), "What it is for.", "用途。"),
        .required("role", .choice(Role.self), "The role of whoever sends it.", "角色。"),
        .required("holder", .id, "Whose it is: keys of one person share a holder.", "持有人编号，同一人相同。"),
        .optional("party", .id, "The party that it acts for.", "代表的主体。"),
        .required("areas", .list(of: .code, 0...1_000), "Areas whose subtrees it covers; empty: all.", "所辖区划，空为全部。"),
        .optional("approvalLevel", .choice(AreaLevel.self), "Of an approver: the level.", "审批级别。"),
        .optional("approvalLimit", .balance, "Of an approver: the greatest amount, in fen.", "审批金额上限（分）。"),
        .required("purpose", .choice(AccessPurpose.self), "What it was given for.", "授权用途。"),
        .optional("grantedBy", .id, "Who gave it.", "发放人。"),
        .required("created", .moment, "When it was made.", "发放时间。"),
        .optional("starts", .moment, "From when on it opens anything.", "生效时间。"),
        .optional("expires", .moment, "When it ends.", "到期时间。"),
        .optional("revoked", .moment, "When it was revoked.", "吊销时间。"),
    ]

    public static let schema = JSONSchema.object("Key", properties)
    public static let sample = KeyView(
        id: .sample(9), label: "desk", role: .approver, holder: .sample(9), party: .sample(5), areas: ["441900121"],
        approvalLevel: .city, approvalLimit: 5_000_000, purpose: .casework, grantedBy: .sample(10), created: .sample,
        starts: .sample, expires: .sample, revoked: .sample)

    public static func projecting(_ key: AccessKey, in context: OperationContext) throws -> KeyView? {
        guard isVisible(key, in: context) else { return nil }
        return KeyView(
            id: key.id, label: key.label, role: key.role, holder: key.holder, party: key.party, areas: key.areas,
            approvalLevel: key.authority?.level, approvalLimit: key.authority?.limit,
            purpose: key.purpose, grantedBy: key.grantedBy, created: Timestamp(key.createdAt),
            starts: key.startsAt.map { Timestamp($0) }, expires: key.expiresAt.map { Timestamp($0) },
            revoked: key.revokedAt.map { Timestamp($0) })
    }

    /// Keys are for those who could have given them.
    static func isVisible(_ key: AccessKey, in context: OperationContext) -> Bool {
        let delegation = context.viewer.delegation
        return context.sees(
            .key, isOwn: key.grantedBy == context.actor.id,
            isWithin: delegation.covers(key, in: context.reference.areas))
    }
}

/// A key that has just been made, with its token: the only time that it is said.
public struct NewKeyView: Projection {
    public let key: KeyView
    public let token: String

    public static let schema = JSONSchema.object(
        "NewKey",
        [
            .required("key", KeyView.schema, "The key.", "令牌信息。"),
            .required("token", .text(20...200), "The token; shown this once.", "令牌，只显示这一次。"),
        ])
    public static let sample = NewKeyView(key: .sample, token: "alm_2f9c0000000000000000000000000000000000000000000000")

    public static func projecting(_ made: (key: AccessKey, token: AccessToken), in context: OperationContext) throws
        -> NewKeyView?
    {
        try KeyView.projecting(made.key, in: context).map { NewKeyView(key: $0, token: made.token.text) }
    }
}

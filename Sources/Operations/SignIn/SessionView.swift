public import Casework
public import MatchCore
public import Wire

/// What an account may do.
public struct AccountGrantView: OpenAnswer, Hashable {
    public let id: RecordID
    public let role: Role
    public let areas: [Code]
    public let approvalLevel: AreaLevel?
    public let approvalLimit: Int64?
    public let purpose: AccessPurpose
    public let grantedBy: RecordID
    public let granted: Timestamp
    public let starts: Timestamp?
    public let expires: Timestamp?
    public let revoked: Timestamp?

    init(_ grant: AccountGrant) {
        id = grant.id
        role = grant.role
        areas = grant.areas
        approvalLevel = grant.authority?.level
        approvalLimit = grant.authority?.limit
        purpose = grant.purpose
        grantedBy = grant.grantedBy
        granted = Timestamp(grant.grantedAt)
        starts = grant.startsAt.map { Timestamp($0) }
        expires = grant.expiresAt.map { Timestamp($0) }
        revoked = grant.revokedAt.map { Timestamp($0) }
    }

    public static let schema = JSONSchema.object(
        "AccountGrant",
        [
            .required("id", .id, "The grant's id.", "授权编号。"),
            .required("role", .choice(Role.self), "The role.", "角色。"),
            .required(
                "areas", .list(of: .code, 0...1_000), "Areas whose subtrees it covers; empty: all.", "所辖区划，空为全部。"),
            .optional("approvalLevel", .choice(AreaLevel.self), "Of an approver: the level.", "审批级别。"),
            .optional("approvalLimit", .balance, "Of an approver: the greatest amount, in fen.", "审批金额上限（分）。"),
            .required("purpose", .choice(AccessPurpose.self), "What it was given for.", "授权用途。"),
            .required("grantedBy", .id, "Who gave it.", "授权人。"),
            .required("granted", .moment, "When it was given.", "授权时间。"),
            .optional("starts", .moment, "From when on it counts.", "生效时间。"),
            .optional("expires", .moment, "When it ends.", "到期时间。"),
            .optional("revoked", .moment, "When it was taken back.", "撤销时间。"),
        ])
    public static let sample = AccountGrantView(
        AccountGrant(
            id: .sample(17), account: .sample(16), role: .approver,
            authority: ApprovalAuthority(level: .town, limit: 5_000_000), areas: ["441900121"],
            grantedBy: .sample(10), grantedAt: Moment(.sample), startsAt: Moment(.sample), expiresAt: Moment(.sample),
            revokedAt: Moment(.sample)))
}

/// That somebody is signed in; never the token.
public struct SessionView: Projection, Hashable {
    public let id: RecordID
    public let account: RecordID
    public let grant: RecordID
    public let way: String
    public let began: Timestamp
    public let seen: Timestamp
    public let idleEnd: Timestamp
    public let ends: Timestamp
    public let isCurrent: Bool

    static let properties: [JSONSchema.Property] = [
        .required("id", .id, "The session's id.", "会话编号。"),
        .required("account", .id, "Whose it is.", "账户编号。"),
        .required("grant", .id, "Under which grant it works.", "所用授权。"),
        .required(
            "way", .choice(StaffSession.Way.allCases.map(\.rawValue)), "How they showed who they are.", "登录方式。"),
        .required("began", .moment, "When it began.", "登录时间。"),
        .required("seen", .moment, "When it was last used, give or take a minute.", "最近使用时间（误差一分钟内）。"),
        .required("idleEnd", .moment, "When it ends unless it is used.", "不再使用时的结束时间。"),
        .required("ends", .moment, "When it ends whatever happens.", "最迟结束时间。"),
        .required("isCurrent", .flag, "Whether this request was made in it.", "是否为当前会话。"),
    ]

    public static let schema = JSONSchema.object("Session", properties)
    public static let sample = SessionView(
        id: .sample(18), account: .sample(16), grant: .sample(17), way: "secondFactor", began: .sample, seen: .sample,
        idleEnd: .sample, ends: .sample, isCurrent: true)

    public static func projecting(_ session: StaffSession, in context: OperationContext) throws -> SessionView? {
        guard try isVisible(session, in: context) else { return nil }
        return SessionView(
            id: session.id, account: session.account, grant: session.grant, way: session.way.rawValue,
            began: Timestamp(session.beganAt), seen: Timestamp(session.seenAt), idleEnd: Timestamp(session.idleEnd),
            ends: Timestamp(session.endsAt), isCurrent: context.door.session == session.id)
    }

    /// One's own, and those of accounts that are wholly below one's authority.
    static func isVisible(_ session: StaffSession, in context: OperationContext) throws -> Bool {
        let isOwn = session.id == context.door.session || session.account == context.actor.id
        if context.sees(.session, isOwn: isOwn) { return true }
        guard let account = try context.store.account(session.account) else { return false }
        return context.sees(.session, isWithin: try context.holds(account))
    }
}

/// Where one is signed in, with all that one may do.
public struct SignedInView: Projection {
    public let session: SessionView
    public let name: String
    public let role: Role
    public let grants: [AccountGrantView]

    static let properties: [JSONSchema.Property] = [
        .required("session", SessionView.schema, "The session.", "会话。"),
        .required("name", .text(1...200), "The account's name.", "账户名称。"),
        .required("role", .choice(Role.self), "The role in which it works now.", "当前角色。"),
        .required(
            "grants", .list(of: AccountGrantView.schema, 0...1_000), "What the account may do now.", "该账户当前的授权。"),
    ]

    public static let schema = JSONSchema.object("SignedIn", properties)
    public static let sample = SignedInView(session: .sample, name: "anna", role: .approver, grants: [.sample])

    public static func projecting(_ signedIn: SignedIn, in context: OperationContext) throws -> SignedInView? {
        var context = context
        // Whoever has just signed in is in it from now on.
        context.door.session = context.door.session ?? signedIn.session.id
        guard let account = try context.store.account(signedIn.session.account),
            let session = try SessionView.projecting(signedIn.session, in: context)
        else { return nil }
        let grants = try context.store.grants(of: account.id).filter { $0.isValid(at: context.now) }
        return SignedInView(
            session: session, name: account.name.text, role: signedIn.grant.role,
            grants: grants.map { AccountGrantView($0) })
    }
}

/// A session that has just begun, with its token: the only time that it is said.
public struct NewSessionView: Projection {
    public let signedIn: SignedInView
    public let token: String

    public static let schema = JSONSchema.object(
        "NewSession",
        [
            .required("signedIn", SignedInView.schema, "Where one is signed in.", "登录信息。"),
            .required("token", .text(20...200), "The token; shown this once.", "令牌，只显示这一次。"),
        ])
    public static let sample = NewSessionView(
        signedIn: .sample, token: "alm_2f9c0000000000000000000000000000000000000000000000")

    public static func projecting(_ made: (session: SignedIn, token: AccessToken), in context: OperationContext) throws
        -> NewSessionView?
    {
        var context = context
        context.door.session = made.session.session.id
        return try SignedInView.projecting(made.session, in: context).map {
            NewSessionView(signedIn: $0, token: made.token.text)
        }
    }
}

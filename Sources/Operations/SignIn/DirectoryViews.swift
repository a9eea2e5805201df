public import Casework
public import MatchCore
public import Wire

/// Where to go to be asked who one is, and by what to be known when one comes back.
public struct DirectoryWayView: OpenAnswer {
    public let address: String
    public let handle: String
    public let expires: Timestamp

    public static let schema = JSONSchema.object(
        "DirectoryWay",
        [
            .required("address", .text(10...4_000), "Where the person goes with a browser.", "用浏览器打开的地址。"),
            .required(
                "handle", .text(20...200), "Needed to finish; stays with who asked, and goes into no address.",
                "完成登录时使用，须由请求方自行保管，不得放入地址。"),
            .required("expires", .moment, "Until when it can be finished.", "截止时间。"),
        ])
    public static let sample = DirectoryWayView(
        address: "https://login.example.gov.cn/authorize?response_type=code",
        handle: "alm_2f9c0000000000000000000000000000000000000000000000", expires: .sample)
}

/// What came of the way to the directory and back.
public struct DirectorySignInView: Projection {
    public let signedIn: SignedInView?
    public let token: String?
    public let identity: RecordID?

    public static let schema = JSONSchema.object(
        "DirectorySignIn",
        [
            .optional("signedIn", SignedInView.schema, "Where one is signed in.", "登录信息。"),
            .optional("token", .text(20...200), "The token; shown this once.", "令牌，只显示这一次。"),
            .optional(
                "identity", .id, "Where nobody is signed in: what an admin links to an account first.",
                "尚未登录时：请管理员将此身份关联到账户。"),
        ])
    public static let sample = DirectorySignInView(
        signedIn: .sample, token: "alm_2f9c0000000000000000000000000000000000000000000000", identity: .sample(19))

    /// What the operation found.
    public enum Finding {
        case signedIn(SignedIn, AccessToken)
        case waiting(RecordID)
    }

    public static func projecting(_ finding: Finding, in context: OperationContext) throws -> DirectorySignInView? {
        switch finding {
        case .waiting(let identity): return DirectorySignInView(signedIn: nil, token: nil, identity: identity)
        case .signedIn(let signedIn, let token):
            return try NewSessionView.projecting((signedIn, token), in: context).map {
                DirectorySignInView(signedIn: $0.signedIn, token: $0.token, identity: nil)
            }
        }
    }
}

/// Somebody of the directory, and whose account they work with; not what the directory calls them.
public struct IdentityView: Projection {
    public let id: RecordID
    public let issuer: String
    public let account: RecordID?
    public let asked: Timestamp
    public let approvedBy: RecordID?
    public let approved: Timestamp?

    public static let schema = JSONSchema.object(
        "Identity",
        [
            .required("id", .id, "The identity's id; whoever was turned away has been told it.", "身份编号；被拒登录者已获告知。"),
            .required("issuer", .text(1...600), "The directory.", "统一身份认证地址。"),
            .optional("account", .id, "Whose account they work with.", "关联的账户。"),
            .required("asked", .moment, "When they came first.", "首次登录时间。"),
            .optional("approvedBy", .id, "Who linked it; the program's own id where the directory's name did.", "关联人。"),
            .optional("approved", .moment, "When.", "关联时间。"),
        ])
    public static let sample = IdentityView(
        id: .sample(19), issuer: "https://login.example.gov.cn", account: .sample(16), asked: .sample,
        approvedBy: .sample(10), approved: .sample)

    public static func projecting(_ identity: DirectoryIdentity, in context: OperationContext) throws -> IdentityView? {
        guard try isVisible(identity, in: context) else { return nil }
        return IdentityView(
            id: identity.id, issuer: identity.issuer, account: identity.account, asked: Timestamp(identity.askedAt),
            approvedBy: identity.approvedBy, approved: identity.approvedAt.map { Timestamp($0) })
    }

    /// Those that wait are for every admin, the others for who holds the account.
    static func isVisible(_ identity: DirectoryIdentity, in context: OperationContext) throws -> Bool {
        guard let id = identity.account else { return context.sees(.account, isWithin: true) }
        guard let account = try context.store.account(id) else { return false }
        return context.sees(.account, isWithin: try context.holds(account))
    }
}

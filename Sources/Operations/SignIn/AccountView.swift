public import Casework
public import MatchCore
public import Wire

/// An account as an admin sees it: never what it signs in with.
public struct AccountView: Projection {
    public let id: RecordID
    public let name: String
    public let called: String?
    public let state: String
    public let hasOneTimePassword: Bool
    public let hasSecondFactor: Bool
    public let isYours: Bool
    public let created: Timestamp
    public let createdBy: RecordID
    public let grants: [AccountGrantView]

    static let properties: [JSONSchema.Property] = [
        .required("id", .id, "The account's id; the history knows the person by it.", "账户编号；历史中以此标识此人。"),
        .required("name", .text(1...200), "The name to sign in with.", "登录名称。"),
        .optional("called", .text(1...200), "What the person is called.", "姓名。"),
        .required(
            "state", .choice(Account.State.allCases.map(\.rawValue)), "Whether anybody can sign in with it.", "状态。"),
        .required("hasOneTimePassword", .flag, "Whether it waits for a password of its own.", "是否仍为一次性密码。"),
        .required("hasSecondFactor", .flag, "Whether it signs in with a second factor.", "是否启用第二验证。"),
        .required(
            "isYours", .flag,
            "Whether you may lock it and change what it signs in with: all it may do lies within your authority.",
            "您可否锁定该账户、重置其登录方式：其全部授权均在您的权限之内。"),
        .required("created", .moment, "When it was made.", "创建时间。"),
        .required("createdBy", .id, "Who made it.", "创建人。"),
        .required(
            "grants", .list(of: AccountGrantView.schema, 0...1_000), "What it may do, as far as it is below you.",
            "该账户在您权限内的授权。"),
    ]

    public static let schema = JSONSchema.object("Account", properties)
    public static let sample = AccountView(
        id: .sample(16), name: "anna", called: "Anna Li", state: "active", hasOneTimePassword: false,
        hasSecondFactor: true, isYours: true, created: .sample, createdBy: .sample(10), grants: [.sample])

    public static func projecting(_ account: Account, in context: OperationContext) throws -> AccountView? {
        let grants = try context.store.grants(of: account.id)
        guard isVisible(account, grants, in: context) else { return nil }
        let areas = context.reference.areas
        return AccountView(
            id: account.id, name: account.name.text, called: try context.store.note(account.id)?.words,
            state: account.state.rawValue,
            hasOneTimePassword: try context.store.password(of: account.id)?.isOneTime ?? false,
            hasSecondFactor: try context.store.secondFactor(of: account.id)?.confirmedAt != nil,
            isYours: try context.holds(account), created: Timestamp(account.createdAt), createdBy: account.createdBy,
            grants: grants.filter { context.viewer.delegation.covers($0, in: areas) }.map { AccountGrantView($0) })
    }

    /// Accounts are for those who could have given one of its grants, or made it.
    static func isVisible(_ account: Account, _ grants: [AccountGrant], in context: OperationContext) -> Bool {
        let delegation = context.viewer.delegation
        return context.sees(
            .account,
            isWithin: delegation.areas.isEmpty || account.createdBy == context.actor.id
                || grants.contains { delegation.covers($0, in: context.reference.areas) })
    }
}

/// An account with the one-time password that it signs in with first: the only time that it is said.
public struct NewAccountView: Projection {
    public let account: AccountView
    public let password: String

    public static let schema = JSONSchema.object(
        "NewAccount",
        [
            .required("account", AccountView.schema, "The account.", "账户。"),
            .required("password", .text(8...100), "The one-time password; shown this once.", "一次性密码，只显示这一次。"),
        ])
    public static let sample = NewAccountView(account: .sample, password: "7MK2-9QWX-4TBN-V0HD")

    public static func projecting(_ made: (account: Account, password: String), in context: OperationContext) throws
        -> NewAccountView?
    {
        try AccountView.projecting(made.account, in: context).map {
            NewAccountView(account: $0, password: made.password)
        }
    }
}

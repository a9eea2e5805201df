public import Casework
public import MatchCore
public import Wire

/// One account.
public struct AccountInput: Described {
    public var account: RecordID

    public init(account: RecordID) { self.account = account }

    static let property = JSONSchema.Property.required("account", .id, "The account's id.", "账户编号。")
    public static let schema = JSONSchema.object(nil, [property])
    public static let sample = AccountInput(account: .sample(16))
}

/// Which accounts are wanted.
public struct AccountListInput: Described {
    public var name: String?
    public var limit: Int?
    public var cursor: String?

    public init(name: String? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.name = name
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil, [.optional("name", .text(1...200), "The one of this name.", "按名称查找。")] + PageRequest.properties)
    public static let sample = AccountListInput(limit: 50)
}

/// A new account.
public struct AccountCreating: Described {
    public var name: String
    public var called: String?

    public init(name: String, called: String? = nil) {
        self.name = name
        self.called = called
    }

    public static let schema = JSONSchema.object(
        "AccountCreating",
        [
            .required(
                "name", .text(2...64), "The name to sign in with: letters, digits, '.', '-', '_' and '@'.",
                "登录名称：字母（含汉字）、数字及 . - _ @。"),
            .optional("called", .text(1...200), "What the person is called.", "姓名。"),
        ])
    public static let sample = AccountCreating(name: "anna", called: "Anna Li")
}

/// A step of an account that needs nothing but a reason.
public struct AccountStep: Described {
    public var account: RecordID
    public var reason: String?
    public var note: String?

    public init(account: RecordID, reason: String? = nil, note: String? = nil) {
        self.account = account
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(nil, [AccountInput.property] + StepReason.properties)
    public static let sample = AccountStep(account: .sample(16), reason: "left")
}

/// What an account is to be allowed.
public struct AccountGranting: Described {
    public var account: RecordID
    public var role: Role
    public var areas: [Code]?
    public var approvalLevel: AreaLevel?
    public var approvalLimit: Int64?
    public var purpose: AccessPurpose?
    public var starts: Timestamp?
    public var expires: Timestamp?

    public init(
        account: RecordID, role: Role, areas: [Code]? = nil, approvalLevel: AreaLevel? = nil,
        approvalLimit: Int64? = nil, purpose: AccessPurpose? = nil, starts: Timestamp? = nil, expires: Timestamp? = nil
    ) {
        self.account = account
        self.role = role
        self.areas = areas
        self.approvalLevel = approvalLevel
        self.approvalLimit = approvalLimit
        self.purpose = purpose
        self.starts = starts
        self.expires = expires
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            AccountInput.property,
            .required("role", .choice(AccountGrant.roles.map(\.rawValue)), "The role.", "角色。"),
        ] + grantProperties)
    public static let sample = AccountGranting(account: .sample(16), role: .coordinator, areas: ["441900121"])
}

extension AccountGranting: GrantAsking {}

/// One thing that an account may do.
public struct AccountRevoking: Described {
    public var account: RecordID
    public var grant: RecordID
    public var reason: String?
    public var note: String?

    public init(account: RecordID, grant: RecordID, reason: String? = nil, note: String? = nil) {
        self.account = account
        self.grant = grant
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [AccountInput.property, .required("grant", .id, "The grant's id.", "授权编号。")] + StepReason.properties)
    public static let sample = AccountRevoking(account: .sample(16), grant: .sample(17), reason: "left")
}

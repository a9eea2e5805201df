public import MatchCore
public import Wire

/// What people sign in with, as members of inputs.
enum Credentials {
    static let name = JSONSchema.Property.required("name", .text(1...200), "The account's name.", "账户名称。")
    static let password = JSONSchema.Property.required("password", .text(1...512).exact, "The password.", "密码。")
    static let code = JSONSchema.Property.optional(
        "code", .text(1...40), "The code of the second factor, or a recovery code; where the account has one.",
        "第二验证的验证码或恢复码；账户已启用时填写。")
}

/// Signs in.
public struct SigningIn: Described {
    public var name: String
    public var password: String
    public var code: String?
    public var grant: RecordID?

    public init(name: String, password: String, code: String? = nil, grant: RecordID? = nil) {
        self.name = name
        self.password = password
        self.code = code
        self.grant = grant
    }

    public static let schema = JSONSchema.object(
        "SigningIn",
        [
            Credentials.name, Credentials.password, Credentials.code,
            .optional(
                "grant", .id,
                "Under which of the account's grants the session works; the first that counts by default.",
                "会话所用的授权；默认为首个有效授权。"),
        ])
    public static let sample = SigningIn(name: "anna", password: "seven quiet herons wade", code: "492039")
}

/// Chooses another password.
public struct PasswordChange: Described {
    public var name: String
    public var password: String
    public var newPassword: String
    public var code: String?

    public init(name: String, password: String, newPassword: String, code: String? = nil) {
        self.name = name
        self.password = password
        self.newPassword = newPassword
        self.code = code
    }

    public static let schema = JSONSchema.object(
        "PasswordChange",
        [
            Credentials.name, Credentials.password,
            .required("newPassword", .text(1...512).exact, "The password to take its place.", "新密码。"), Credentials.code,
        ])
    public static let sample = PasswordChange(
        name: "anna", password: "7MK2-9QWX-4TBN-V0HD", newPassword: "seven quiet herons wade")
}

/// The session whose token is sent.
public struct OwnSession: Described {
    public init() {}

    public static let schema = JSONSchema.object(nil, [])
    public static let sample = OwnSession()
}

/// Has the session work under another grant.
public struct SessionSwitch: Described {
    public var grant: RecordID

    public init(grant: RecordID) { self.grant = grant }

    public static let schema = JSONSchema.object(
        "SessionSwitch", [.required("grant", .id, "One of the account's grants.", "该账户的一项授权。")])
    public static let sample = SessionSwitch(grant: .sample(17))
}

/// One session.
public struct SessionInput: Described {
    public var session: RecordID

    public init(session: RecordID) { self.session = session }

    public static let schema = JSONSchema.object(nil, [.required("session", .id, "The session's id.", "会话编号。")])
    public static let sample = SessionInput(session: .sample(18))
}

public import MatchCore
public import Wire

/// Comes back from the directory.
public struct DirectoryReturn: Described {
    public var handle: String
    public var state: String
    public var code: String
    public var secondFactor: String?
    public var grant: RecordID?

    public init(handle: String, state: String, code: String, secondFactor: String? = nil, grant: RecordID? = nil) {
        self.handle = handle
        self.state = state
        self.code = code
        self.secondFactor = secondFactor
        self.grant = grant
    }

    public static let schema = JSONSchema.object(
        "DirectoryReturn",
        [
            .required("handle", .text(20...200), "The handle that one was given.", "开始时得到的 handle。"),
            .required("state", .text(1...200), "'state' of the address that one was sent back to.", "返回地址中的 state。"),
            .required("code", .text(1...2_048), "'code' of that address.", "返回地址中的 code。"),
            .optional(
                "secondFactor", .text(1...40),
                "The code of the second factor, or a recovery code; where the account has one, unless the directory's is trusted.",
                "第二验证的验证码或恢复码；账户已启用且不信任目录的第二验证时填写。"),
            .optional("grant", .id, "Under which of the account's grants the session works.", "会话所用的授权。"),
        ])
    public static let sample = DirectoryReturn(
        handle: "alm_2f9c0000000000000000000000000000000000000000000000",
        state: "q1Wb8mYxZt0o2rKcUe5aNf3vGhJkLpQsTdRiXzVwB4E", code: "SplxlOBeZQQYbYS6WxSbIA")
}

/// One identity.
public struct IdentityInput: Described {
    public var identity: RecordID
    public var reason: String?
    public var note: String?

    public init(identity: RecordID, reason: String? = nil, note: String? = nil) {
        self.identity = identity
        self.reason = reason
        self.note = note
    }

    static let property = JSONSchema.Property.required("identity", .id, "The identity's id.", "身份编号。")
    public static let schema = JSONSchema.object(nil, [property] + StepReason.properties)
    public static let sample = IdentityInput(identity: .sample(19), reason: "left")
}

/// Says whose account somebody of the directory works with.
public struct IdentityLinking: Described {
    public var identity: RecordID
    public var account: RecordID

    public init(identity: RecordID, account: RecordID) {
        self.identity = identity
        self.account = account
    }

    public static let schema = JSONSchema.object(nil, [IdentityInput.property, AccountInput.property])
    public static let sample = IdentityLinking(identity: .sample(19), account: .sample(16))
}

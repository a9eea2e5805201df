internal import Casework
internal import MatchCore
public import Wire

/// Begins a second factor.
public struct FactorBeginning: Described {
    public var name: String
    public var password: String
    public var code: String?

    public init(name: String, password: String, code: String? = nil) {
        self.name = name
        self.password = password
        self.code = code
    }

    public static let schema = JSONSchema.object(
        "FactorBeginning",
        [
            Credentials.name, Credentials.password,
            .optional(
                "code", .text(1...40), "A code of the factor that is to be replaced, or a recovery code.",
                "更换已有第二验证时，须提供其验证码或恢复码。"),
        ])
    public static let sample = FactorBeginning(name: "anna", password: "seven quiet herons wade")
}

/// Confirms a second factor by a code of it.
public struct FactorConfirming: Described {
    public var name: String
    public var password: String
    public var code: String

    public init(name: String, password: String, code: String) {
        self.name = name
        self.password = password
        self.code = code
    }

    public static let schema = JSONSchema.object(
        "FactorConfirming",
        [
            Credentials.name, Credentials.password,
            .required("code", .text(6...12), "The code that the app shows now.", "验证器当前显示的验证码。"),
        ])
    public static let sample = FactorConfirming(name: "anna", password: "seven quiet herons wade", code: "492039")
}

/// A second factor that has just been begun: the only time that its secret is said.
public struct NewFactorView: OpenAnswer {
    public let secret: String
    public let address: String

    public static let schema = JSONSchema.object(
        "NewFactor",
        [
            .required("secret", .text(16...64), "The secret, to be typed into an app.", "密钥，可手动输入验证器。"),
            .required(
                "address", .text(20...500), "The same as an address that apps read (otpauth).", "供验证器读取的地址（otpauth）。"),
        ])
    public static let sample = NewFactorView(
        secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        address: "otpauth://totp/Almoner:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Almoner")
}

/// One-time codes for whoever loses the second factor: shown this once.
public struct RecoveryCodesView: OpenAnswer {
    public let recoveryCodes: [String]

    public static let schema = JSONSchema.object(
        "RecoveryCodes",
        [
            .required(
                "recoveryCodes", .list(of: .text(8...40), 1...20),
                "Each stands in for a code of the second factor once; shown this once.", "恢复码，各可代替验证码一次；只显示这一次。")
        ])
    public static let sample = RecoveryCodesView(recoveryCodes: ["7MK2-9QWX-4TBN-V0HD"])
}

/// Second factors: codes of an authenticator app.
public enum FactorOperations {
    public static let begin = Operation<FactorBeginning, NewFactorView>(
        OperationFacts(
            .sessionBeginFactor, .post, "/v1/session/factor",
            "Begins a second factor; its secret is shown this once.", zhHans: "启用第二验证，密钥只显示这一次。",
            details: LocalizedText(
                zhHans: "须以一个验证码确认后才生效。已有第二验证时，须提供其验证码或恢复码。",
                en:
                    "It counts when it was confirmed by a code. Where there is one already, a code of it is needed, too."
            ), weight: .registration, refusals: [401, 409, 429, 503], isRepeatable: true),
        groundwork: { input, context in try context.comparing(input.name, input.password) }
    ) { input, context in
        let (proof, account, password) = try context.proven()
        try refuseOneTime(password)
        let desk = try context.desk()
        _ = try context.secondFactorWay(of: account, input.code, desk)
        var random = context.random
        let code = try desk.beginSecondFactor(of: account, attempt: proof.attempt, random: &random)
        return NewFactorView(secret: code.text, address: code.address(of: account.name))
    }

    public static let confirm = Operation<FactorConfirming, RecoveryCodesView>(
        OperationFacts(
            .sessionConfirmFactor, .post, "/v1/session/factor/confirm",
            "Confirms a second factor by a code of it; recovery codes are shown this once.",
            zhHans: "以验证码确认第二验证，恢复码只显示这一次。", weight: .registration, refusals: [401, 409, 429, 503],
            isRepeatable: true),
        groundwork: { input, context in try context.comparing(input.name, input.password) }
    ) { input, context in
        let (proof, account, _) = try context.proven()
        var random = context.random
        let codes = try context.desk().confirmSecondFactor(
            of: account, code: input.code, attempt: proof.attempt, random: &random)
        guard let codes else { throw SignInProof.refusal }
        return RecoveryCodesView(recoveryCodes: codes.map(\.text))
    }

    static let all: [AnyOperation] = [AnyOperation(begin), AnyOperation(confirm)]

    /// Throws `conflict` for a one-time password, which opens nothing but the way to another.
    static func refuseOneTime(_ password: AccountPassword) throws {
        guard password.isOneTime else { return }
        throw Problem(
            .conflict,
            "This is a one-time password. Choose your own first: almoner account password, or POST /v1/session/password.",
            zhHans: "这是一次性密码，请先设置自己的密码：almoner account password 或 POST /v1/session/password。")
    }
}

extension OperationContext {
    /// How an account shows who it is besides its password: by a code, where it has a second factor.
    ///
    /// Throws `unauthenticated`, at `/code` where none was given, and with ``SignInProof/refusal`` where it is not right.
    func secondFactorWay(of account: Account, _ code: String?, _ desk: CaseDesk) throws -> StaffSession.Way {
        guard try store.secondFactor(of: account.id)?.confirmedAt != nil else { return .password }
        guard let code else {
            throw Problem(
                .unauthenticated, at: "/code",
                LocalizedText(
                    zhHans: "请提供第二验证的验证码或一个恢复码。", en: "Send the code of your second factor, or a recovery code."))
        }
        guard let way = try desk.takeCode(code, of: account.id) else { throw SignInProof.refusal }
        return way
    }
}

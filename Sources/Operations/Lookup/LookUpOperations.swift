internal import Casework
public import MatchCore
public import Wire

/// A person looks their own wish up, with a code that was handed to them.
public enum LookUpOperations {
    public static let issue = Operation<WishInput, LookUpCodeView>(
        OperationFacts(
            .lookupIssue, .post, "/v1/wishes/{wish}/code",
            "Makes the code with which a person looks their own wish up.", zhHans: "发放心愿查询码。",
            details: LocalizedText(
                zhHans: "仅显示一次；重新发放则旧码失效。", en: "Shown this once; a new one ends the one before."),
            status: 201)
    ) { input, context in
        guard let wish = try context.registry.wish(input.wish), try WishView.projecting(wish, in: context) != nil else {
            throw Problem.notFound
        }
        var random = context.random
        return LookUpCodeView(
            wish: input.wish, code: try context.desk().issueLookUp(of: input.wish, random: &random).text)
    }

    public static let show = Operation<LookUpInput, OwnWish>(
        OperationFacts(
            .lookupShow, .post, "/v1/lookup", "Shows a person their own wish.",
            zhHans: "查询本人的心愿。",
            details: LocalizedText(
                zhHans: "不需要令牌，也不需要 Idempotency-Key：只查询，不更改。",
                en: "Needs no token and no Idempotency-Key: it reads and changes nothing."), weight: .registration,
            readsOnly: true)
    ) { input, context in try wish(input.code, context) }

    public static let confirm = Operation<LookUpConfirmation, OwnWish>(
        OperationFacts(
            .lookupConfirm, .post, "/v1/lookup/confirm",
            "Confirms that what was promised has arrived.", zhHans: "本人确认收到。", weight: .registration)
    ) { input, context in
        let own = try wish(input.code, context)
        let recipient = context.asRecipient(of: own.key.id)
        guard let kept = try context.store.claim(input.claim), kept.wish.record == own.key.id else {
            throw Problem.notFound
        }
        let desk = try recipient.desk()
        if kept.claim.state == .inTransit { _ = try desk.step(input.claim, .receive) }
        _ = try desk.step(input.claim, .confirm)
        return try wish(input.code, context)
    }

    public static let rate = Operation<LookUpRating, OwnWish>(
        OperationFacts(
            .lookupRate, .post, "/v1/lookup/rating",
            "Says how content the person is; who is not has the wish opened again.", zhHans: "本人评价；不满意则重新打开心愿。",
            weight: .registration)
    ) { input, context in
        let own = try wish(input.code, context)
        try context.asRecipient(of: own.key.id).desk().rate(
            own.key.id, stars: input.stars, words: input.words, isSatisfied: input.isSatisfied)
        return try wish(input.code, context)
    }

    static let all: [AnyOperation] = [
        AnyOperation(issue), AnyOperation(show), AnyOperation(confirm), AnyOperation(rate),
    ]

    /// The wish that a code opens; `notFound` for every other text, whatever is wrong with it.
    private static func wish(_ text: String, _ context: OperationContext) throws -> RegisteredWish {
        guard let code = SpokenCode(text, .lookUp),
            let kept = try context.store.code(.lookUp, hash: code.hash), kept.isValid(at: context.now),
            let wish = try context.registry.wish(kept.subject)
        else {
            throw Problem(
                .notFound, "No wish has this code. Check each letter, or ask whoever took your wish in for a new one.",
                zhHans: "没有对应此查询码的心愿。请核对每一位，或请受理人员重新发放。")
        }
        return wish
    }
}

/// A code that a person was given.
public struct LookUpInput: Described {
    public var code: String

    public init(code: String) { self.code = code }

    static let codeProperty = JSONSchema.Property.required(
        "code", .spokenCode, "The code; blanks, hyphens and small letters do no harm.", "查询码；空格、连字符、大小写不限。")
    public static let schema = JSONSchema.object("LookUpInput", [codeProperty])
    public static let sample = LookUpInput(code: "7K3M-Q9TW-X2HV-5RDA-0BCD-EFGH-JKMN")
}

/// Says that something has arrived.
public struct LookUpConfirmation: Described {
    public var code: String
    public var claim: RecordID

    public init(code: String, claim: RecordID) {
        self.code = code
        self.claim = claim
    }

    public static let schema = JSONSchema.object(
        "LookUpConfirmation", [LookUpInput.codeProperty, .required("claim", .id, "What arrived.", "收到的认领编号。")])
    public static let sample = LookUpConfirmation(code: LookUpInput.sample.code, claim: .sample(1))
}

/// Says how content a person is.
public struct LookUpRating: Described {
    public var code: String
    public var stars: Int
    public var words: String?
    public var isSatisfied: Bool?

    public init(code: String, stars: Int, words: String? = nil, isSatisfied: Bool? = nil) {
        self.code = code
        self.stars = stars
        self.words = words
        self.isSatisfied = isSatisfied
    }

    public static let schema = JSONSchema.object("LookUpRating", [LookUpInput.codeProperty] + WishRating.properties)
    public static let sample = LookUpRating(code: LookUpInput.sample.code, stars: 5)
}

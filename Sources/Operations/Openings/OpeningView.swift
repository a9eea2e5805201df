public import Casework
public import MatchCore
public import Wire

/// An opening of a sealed field: never what stands in it.
public struct OpeningView: Projection {
    public let id: RecordID
    public let holder: RecordID
    public let field: SealedField
    public let reason: Code
    public let askedBy: RecordID
    public let askedAt: Timestamp
    public let minutes: Int64
    public let approvedBy: RecordID?
    public let approvedAt: Timestamp?
    public let ends: Timestamp?

    public static let schema = JSONSchema.object(
        "Opening",
        [
            .required("id", .id, "The opening's id.", "查看申请编号。"),
            .required("holder", .id, "Whose field it is.", "所涉记录。"),
            .required("field", .choice(SealedField.self), "What is opened.", "查看的内容种类。"),
            .required("reason", .code, "Why: a code.", "理由代码。"),
            .required("askedBy", .id, "Who asked, and is shown it.", "申请人，即查看人。"),
            .required("askedAt", .moment, "When.", "申请时间。"),
            .required("minutes", .integer(1...SealOpening.longest), "For how long.", "查看时长（分钟）。"),
            .optional("approvedBy", .id, "The second person.", "同意人。"),
            .optional("approvedAt", .moment, "When they agreed.", "同意时间。"),
            .optional("ends", .moment, "Until when it is shown.", "查看截止时间。"),
        ])
    public static let sample = OpeningView(
        id: .sample(15), holder: .sample(6), field: .words, reason: "checked", askedBy: .sample(10), askedAt: .sample,
        minutes: 60, approvedBy: .sample(9), approvedAt: .sample, ends: .sample)

    public static func projecting(_ opening: SealOpening, in context: OperationContext) throws -> OpeningView? {
        let isOwn = opening.askedBy == context.actor.id
        guard context.sees(.opening, isOwn: isOwn) else { return nil }
        return view(of: opening)
    }

    /// The opening as one who may know of it sees it.
    static func view(of opening: SealOpening) -> OpeningView {
        OpeningView(
            id: opening.id, holder: opening.holder, field: opening.field, reason: opening.reason,
            askedBy: opening.askedBy, askedAt: Timestamp(opening.askedAt), minutes: opening.minutes,
            approvedBy: opening.approvedBy, approvedAt: opening.approvedAt.map { Timestamp($0) },
            ends: opening.endsAt.map { Timestamp($0) })
    }
}

/// One opening.
public struct OpeningInput: Described {
    public var opening: RecordID

    public init(opening: RecordID) { self.opening = opening }

    public static let schema = JSONSchema.object(nil, [.required("opening", .id, "The opening's id.", "查看申请编号。")])
    public static let sample = OpeningInput(opening: .sample(15))
}

/// Asks for a sealed field to be opened.
public struct OpeningAsking: Described {
    public var holder: RecordID
    public var field: SealedField
    public var minutes: Int64?
    public var reason: String
    public var note: String?

    public init(holder: RecordID, field: SealedField, minutes: Int64? = nil, reason: String, note: String? = nil) {
        self.holder = holder
        self.field = field
        self.minutes = minutes
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "OpeningAsking",
        [
            .required(
                "holder", .id, "A wish, a household, a member of one, or an inbound record.", "心愿、家庭、成员或受理记录编号。"),
            .required(
                "field", .choice(SealedField.openable.map(\.rawValue)), "What is to be opened.", "要查看的内容种类。"),
            .optional(
                "minutes", .integer(1...SealOpening.longest), "For how long; 60 by default.", "查看时长（分钟），默认 60。"),
            .required("reason", .reason, "Why: a code.", "理由代码。"),
            .optional("note", .text(1...4_000), "Why, in words.", "说明。"),
        ])
    public static let sample = OpeningAsking(holder: .sample(6), field: .words, minutes: 60, reason: "checked")
}

/// Sealed fields that somebody has to look at who does not see them: with a reason, and a second person's word.
public enum OpeningOperations {
    public static let list = Operation<PageInput, Page<OpeningView>>(
        OperationFacts(
            .openingsList, .get, "/v1/openings", "Lists openings of sealed fields, the newest first.",
            zhHans: "列出查看加密内容的申请，最新的在前。")
    ) { input, context in
        try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { try context.store.openings(before: $0?.recordID, limit: $1) }, cursor: { Cursor($0.id) },
            where: { try OpeningView.projecting($0, in: context) != nil })
    }

    public static let show = Operation<OpeningInput, OpeningView>(
        OperationFacts(.openingsShow, .get, "/v1/openings/{opening}", "Shows an opening.", zhHans: "查看一项查看申请。")
    ) { input, context in
        guard let opening = try context.store.opening(input.opening) else { throw Problem.notFound }
        return opening
    }

    public static let ask = Operation<OpeningAsking, OpeningView>(
        OperationFacts(
            .openingsAsk, .post, "/v1/openings", "Asks for a sealed field to be opened to yourself.",
            zhHans: "申请查看加密内容。",
            details: LocalizedText(
                zhHans: "须由另一人同意；之后在限定时间内可照常读取。申请和每次查看都会出现在个人资料导出中。",
                en:
                    "Somebody else has to agree; from then on the field is there where it usually stands, until the time is over. "
                    + "The opening and every look stand in what the person is handed out."),
            status: 201)
    ) { input, context in
        guard let file = try context.store.personFile(input.holder), try context.isInScope(file) else {
            throw Problem.notFound
        }
        let desk = try context.desk()
        guard let reason = try desk.reason(input.reason, note: input.note, about: input.holder) else {
            throw Problem(.invalidInput, at: "/reason", LocalizedText(zhHans: "请填写理由代码。", en: "Say why: a code."))
        }
        return try desk.askOpening(
            of: input.field, holder: input.holder, minutes: input.minutes ?? 60, reason: reason)
    }

    public static let approve = Operation<OpeningInput, OpeningView>(
        OperationFacts(
            .openingsApprove, .post, "/v1/openings/{opening}/approve",
            "Agrees to an opening that somebody else asked for.",
            zhHans: "同意他人的查看申请。")
    ) { input, context in
        guard let opening = try context.store.opening(input.opening),
            try OpeningView.projecting(opening, in: context) != nil
        else { throw Problem.notFound }
        return try context.desk().approveOpening(input.opening)
    }

    static let all: [AnyOperation] = [
        AnyOperation(list), AnyOperation(show), AnyOperation(ask), AnyOperation(approve),
    ]
}

public import Casework
public import MatchCore
public import Wire

/// Which cases to list.
public struct CaseListInput: Described {
    public var state: String?
    public var area: String?
    public var lane: String?
    public var channel: Channel?
    public var household: RecordID?
    public var limit: Int?
    public var cursor: String?

    public init(
        state: String? = nil, area: String? = nil, lane: String? = nil, channel: Channel? = nil,
        household: RecordID? = nil, limit: Int? = nil, cursor: String? = nil
    ) {
        self.state = state
        self.area = area
        self.lane = lane
        self.channel = channel
        self.household = household
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("state", .choice(WishCase.State.self), "Only cases in this state.", "只要此状态的个案。"),
            .optional("area", .area, "Only cases of this area and all within it.", "只要此区划及其下级的个案。"),
            .optional("lane", .choice(Lane.allCases.map(\.code)), "Only this lane.", "只要此类心愿。"),
            .optional("channel", .choice(Channel.self), "Only cases of this channel.", "只要此渠道的个案。"),
            .optional("household", .id, "Only cases of this household.", "只要此家庭的个案。"),
        ] + PageRequest.properties)
    public static let sample = CaseListInput(state: "open", limit: 20)
}

/// The case of one wish.
public struct CaseInput: Described {
    public var wish: RecordID

    public init(wish: RecordID) { self.wish = wish }

    static let wishProperty = JSONSchema.Property.required("wish", .id, "The wish's id.", "心愿编号。")
    public static let schema = JSONSchema.object(nil, [wishProperty])
    public static let sample = CaseInput(wish: .sample(3))
}

/// Opens the case of a wish.
public struct CaseOpening: Described {
    public var wish: RecordID
    public var channel: Channel
    public var level: AreaLevel?

    public init(wish: RecordID, channel: Channel, level: AreaLevel? = nil) {
        self.wish = wish
        self.channel = channel
        self.level = level
    }

    public static let schema = JSONSchema.object(
        "CaseOpening",
        [
            .required("wish", .id, "The wish.", "心愿编号。"),
            .required("channel", .choice(Channel.self), "On which way it came in.", "来源渠道。"),
            .optional(
                "level", .choice(AreaLevel.self), "Who answers for it first; by default the village.",
                "首责层级，默认 village。"),
        ])
    public static let sample = CaseOpening(wish: .sample(3), channel: .townWindow)
}

/// Puts the case of a wish into another area.
public struct CaseMoving: Described {
    public var wish: RecordID
    public var area: Code
    public var reason: String?
    public var note: String?

    public init(wish: RecordID, area: Code, reason: String? = nil, note: String? = nil) {
        self.wish = wish
        self.area = area
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            CaseInput.wishProperty,
            .required("area", .area, "Where it belongs from now on.", "所属区划代码。"),
        ] + StepReason.properties)
    public static let sample = CaseMoving(wish: .sample(3), area: "441900121")
}

/// A step on a case that needs nothing but a reason.
public struct CaseStepInput: Described {
    public var wish: RecordID
    public var reason: String?
    public var note: String?

    public init(wish: RecordID, reason: String? = nil, note: String? = nil) {
        self.wish = wish
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(nil, [CaseInput.wishProperty] + StepReason.properties)
    public static let sample = CaseStepInput(wish: .sample(3), reason: "phone")
}

/// Answers the person, now or at the time at which they were answered.
public struct CaseAnswering: Described {
    public var wish: RecordID
    public var givenAt: Timestamp?
    public var reason: String?
    public var note: String?

    public init(wish: RecordID, givenAt: Timestamp? = nil, reason: String? = nil, note: String? = nil) {
        self.wish = wish
        self.givenAt = givenAt
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            CaseInput.wishProperty,
            .optional(
                "givenAt", .moment,
                "When the person was answered, where that is entered later; by default now. After the case was closed a reason is needed.",
                "补录时填写实际答复时间，默认为现在；办结后补录须填理由。"),
        ] + StepReason.properties)
    public static let sample = CaseAnswering(wish: .sample(3), reason: "phone")
}

/// Ends a case that was withdrawn: why, by one of the program's reasons to close.
public struct CaseEnding: Described {
    public var wish: RecordID
    public var reason: String
    public var note: String?

    public init(wish: RecordID, reason: String, note: String? = nil) {
        self.wish = wish
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            CaseInput.wishProperty,
            .required(
                "reason", .closingReason, "Why: one of the program's reasons to close.", "理由代码，须为项目所列的办结理由。"),
            StepReason.properties[1],
        ])
    public static let sample = CaseEnding(wish: .sample(3), reason: "withdrawnByApplicant")
}

/// Closes a case: how, and where it is not fulfilled why, and what the person was told.
public struct CaseClosing: Described {
    public var wish: RecordID
    public var outcome: WishOutcome?
    public var reason: String?
    public var note: String?

    public init(wish: RecordID, outcome: WishOutcome? = nil, reason: String? = nil, note: String? = nil) {
        self.wish = wish
        self.outcome = outcome
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            CaseInput.wishProperty,
            .optional(
                "outcome", .choice(WishOutcome.self),
                "By default 'fulfilled', which needs all that is asked for to have arrived.",
                "默认 fulfilled，须已全部送达。"),
            .optional(
                "reason", .closingReason, "Why it is not fulfilled: one of the program's reasons to close.",
                "未实现的理由代码，须为项目所列的办结理由。"),
            .optional(
                "note", .text(0...Admission.Limits.text),
                "What the person was told; needed for any outcome but 'fulfilled'.",
                "如何答复申请人；未全部实现时必填。"),
        ])
    public static let sample = CaseClosing(
        wish: .sample(3), outcome: .unfulfilled, reason: "notDeliverable", note: "已电话告知，建议申请临时救助")

    func close(at desk: CaseDesk) throws {
        try desk.close(
            wish, as: outcome ?? .fulfilled, reason: try desk.reason(reason, note: note, about: wish))
    }
}

/// What the person says after the case was closed.
public struct CaseRating: Described {
    public var wish: RecordID
    public var stars: Int
    public var words: String?
    public var isSatisfied: Bool?

    public init(wish: RecordID, stars: Int, words: String? = nil, isSatisfied: Bool? = nil) {
        self.wish = wish
        self.stars = stars
        self.words = words
        self.isSatisfied = isSatisfied
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            CaseInput.wishProperty,
            .required("stars", .integer(1...5), "1 to 5.", "评分 1 至 5。"),
            .optional("words", .text(0...Admission.Limits.text), "What the person says.", "评价内容。"),
            .optional(
                "isSatisfied", .flag,
                "What the person says where the stars do not tell (3); who is not satisfied has the case opened again.",
                "仅在评分介于满意与不满意之间（默认 3 分）时填写；不满意则重新打开。"),
        ])
    public static let sample = CaseRating(wish: .sample(3), stars: 5, words: "很好用")
}

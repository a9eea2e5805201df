public import Casework
public import MatchCore
public import Wire

/// Makes a wish.
public struct WishDraft: Described {
    public var lane: String?
    public var urgency: String?
    public var hardship: Int?
    public var submitted: Timestamp?
    public var place: PlaceView?
    public var groups: [String]?
    public var languages: [String]?
    public var from: Day?
    public var until: Day?
    public var hours: String?
    public var skills: [String]?
    public var requiredQualifications: [String]?
    public var text: String
    public var lines: [Line]
    public var channel: Channel?
    public var level: AreaLevel?
    public var source: String?
    public var externalID: String?

    public init(
        lane: String? = nil, urgency: String? = nil, hardship: Int? = nil, place: PlaceView? = nil,
        groups: [String]? = nil, text: String, lines: [Line], channel: Channel? = nil, level: AreaLevel? = nil,
        source: String? = nil, externalID: String? = nil
    ) {
        self.lane = lane
        self.urgency = urgency
        self.hardship = hardship
        self.place = place
        self.groups = groups
        self.text = text
        self.lines = lines
        self.channel = channel
        self.level = level
        self.source = source
        self.externalID = externalID
    }

    /// One thing that is asked for.
    public struct Line: Described {
        public var category: String
        public var quantity: Int64?
        public var unit: String?
        public var estimatedPriceFen: Int64?
        public var isWhole: Bool?

        public init(
            category: String, quantity: Int64?, unit: String? = nil, estimatedPriceFen: Int64? = nil,
            isWhole: Bool? = nil
        ) {
            self.category = category
            self.quantity = quantity
            self.unit = unit
            self.estimatedPriceFen = estimatedPriceFen
            self.isWhole = isWhole
        }

        public static let schema = JSONSchema.object(
            "WishLineDraft",
            JSONSchema.Property.lineDraft + [
                .optional("estimatedPriceFen", .balance, "Estimated price of one, in fen.", "单价估计（分）。"),
                .optional("isWhole", .flag, "Goes to one offer as a whole.", "须由一方整体满足。"),
            ])
        public static let sample = Line(category: "wheelchair", quantity: 2, estimatedPriceFen: 50_000)
    }

    public static let schema = JSONSchema.object(
        "WishDraft",
        [
            .optional("lane", .choice(Lane.allCases.map(\.code)), "微心愿 (the default) or 微实事.", "微心愿（默认）或微实事。"),
            .optional("submitted", .moment, "When it came in; now by default.", "提交时间，默认现在。"),
            .required(
                "text", .text(1...Admission.Limits.text),
                "The wording for the public: no name, phone, address or diagnosis.", "可公开的文字：不含姓名、电话、住址、病情。"),
            .required("lines", .list(of: Line.schema, 1...Admission.Limits.lines), "What is asked for.", "需求明细。"),
            .optional("channel", .choice(Channel.self), "By which way it came.", "受理渠道。"),
            .optional(
                "level", .choice(AreaLevel.self), "Who answers for it first; the village by default.", "首责层级，默认村（社区）。"),
        ] + details.map(\.optional) + JSONSchema.Property.origin)
    public static let sample = WishDraft(
        urgency: "normal", hardship: 2, place: .sample, groups: ["elders"], text: "两辆轮椅 Two wheelchairs",
        lines: [.sample], channel: .hotline12345, source: "hotline", externalID: "W-12")

    /// The members of a wish besides its lines and its words.
    static let details: [Detail] =
        [
            Detail("urgency", .choice(UrgencyGrade.allCases.map(\.code)), "How soon help is needed.", "紧急程度。"),
            Detail(
                "hardship", .integer(0...4), "0 none known to 4 gravest.", "困难程度 0 至 4。", isClearable: true),
            Detail("place", PlaceView.schema, "Where; donors see the town alone.", "地点；捐赠方只见镇街。"),
            Detail("groups", .codes(), "Groups it belongs to.", "所属人群。"),
            Detail("languages", .codes(), "Languages spoken.", "语言。"),
        ] + Detail.times + [
            Detail("skills", .codes(), "Skills that are wanted.", "所需技能。"),
            Detail("requiredQualifications", .codes(), "Qualifications that are a must.", "必备资质。"),
        ]
}

/// Changes a wish; what is left out stays.
public struct WishChange: Described {
    public var wish: RecordID
    public var urgency: String?
    public var hardship: Patch<Int> = .unsaid
    public var place: PlaceView?
    public var groups: [String]?
    public var languages: [String]?
    public var from: Patch<Day> = .unsaid
    public var until: Patch<Day> = .unsaid
    public var hours: Patch<String> = .unsaid
    public var skills: [String]?
    public var requiredQualifications: [String]?
    public var text: String?
    public var lines: [Line]?

    public init(
        wish: RecordID, urgency: String? = nil, hardship: Patch<Int> = .unsaid, text: String? = nil,
        lines: [Line]? = nil
    ) {
        self.wish = wish
        self.urgency = urgency
        self.hardship = hardship
        self.text = text
        self.lines = lines
    }

    /// What is asked for of one thing, in all.
    public struct Line: Described {
        public var number: Int
        public var category: String?
        public var quantity: Int64?
        public var unit: String?
        public var estimatedPriceFen: Patch<Int64> = .unsaid
        public var isWhole: Bool?

        public init(number: Int, category: String? = nil, quantity: Int64? = nil, unit: String? = nil) {
            self.number = number
            self.category = category
            self.quantity = quantity
            self.unit = unit
        }

        public static let schema = JSONSchema.object(
            "WishLineChange",
            [
                .required("number", .lineNumber, "The line; one more than the last adds a line.", "明细序号；比末条大一则新增。"),
                .optional("category", .category, "Code of the category; needed for a new line.", "类目代码，新增明细必填。"),
                .optional("quantity", .quantity, "Wanted in all; less is taken from what is open.", "总需求；减少则从尚缺量中扣除。"),
                .optional("unit", .unit, "What it counts.", "计量单位。"),
                .clearable("estimatedPriceFen", .balance, "Estimated price of one, in fen.", "单价估计（分）。"),
                .optional("isWhole", .flag, "Goes to one offer as a whole.", "须由一方整体满足。"),
            ])
        public static let sample = Line(number: 1, quantity: 3)
    }

    public static let schema = JSONSchema.object(
        "WishChange",
        [
            .required("wish", .id, "The wish's id.", "心愿编号。"),
            .optional(
                "text", .text(1...Admission.Limits.text), "The wording; once approved, a coordinator's to change.",
                "公开文字；核准后由协调员更改。"),
            .optional(
                "lines", .list(of: Line.schema, 1...Admission.Limits.lines), "The lines that change.", "要更改的明细。"),
        ] + WishDraft.details.map(\.change))
    public static let sample = WishChange(wish: .sample(3), urgency: "urgent", lines: [.sample])
}

/// A step of a wish, with its reason.
public struct WishStep: Described {
    public var wish: RecordID
    public var reason: String
    public var note: String?

    public init(wish: RecordID, reason: String, note: String? = nil) {
        self.wish = wish
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "WishStep",
        [
            .required("wish", .id, "The wish's id.", "心愿编号。"),
            .required("reason", .closingReason, "Why: a code.", "理由代码。"),
            StepReason.properties[1],
        ])
    public static let sample = WishStep(wish: .sample(3), reason: "helpedElsewhere")
}

/// Cancels what is still open of a wish's line.
public struct WishCancellation: Described {
    public var wish: RecordID
    public var line: Int
    public var quantity: Int64?
    public var reason: String
    public var note: String?

    public init(wish: RecordID, line: Int, quantity: Int64? = nil, reason: String, note: String? = nil) {
        self.wish = wish
        self.line = line
        self.quantity = quantity
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "WishCancellation",
        [
            .required("wish", .id, "The wish's id.", "心愿编号。"),
            .required("line", .lineNumber, "The line.", "明细序号。"),
            .optional("quantity", .quantity, "How much; all that is open by default.", "取消数量，默认全部尚缺量。"),
            .required("reason", .reason, "Why: a code.", "理由代码。"), StepReason.properties[1],
        ])
    public static let sample = WishCancellation(wish: .sample(3), line: 1, quantity: 1, reason: "helpedElsewhere")
}

/// Says how content a person is with what was done.
public struct WishRating: Described {
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

    static let properties: [JSONSchema.Property] = [
        .required("stars", .integer(1...5), "1 to 5.", "评分 1 至 5。"),
        .optional("words", .text(0...Admission.Limits.text), "In words; kept apart from the history.", "文字评价，与历史分开保存。"),
        .optional(
            "isSatisfied", .flag,
            "What the person says where the stars do not tell (3): who is not satisfied has the wish opened again.",
            "仅在评分介于满意与不满意之间（默认 3 分）时填写；不满意则重新打开心愿。"),
    ]
    public static let schema = JSONSchema.object(
        "WishRating", [.required("wish", .id, "The wish's id.", "心愿编号。")] + properties)
    public static let sample = WishRating(wish: .sample(3), stars: 5)
}

/// Claims a published wish.
public struct PledgeDraft: Described {
    public var wish: RecordID
    public var line: Int?
    public var quantity: Int64
    public var party: RecordID?
    public var place: PlaceView?
    public var delivers: Bool?
    public var text: String?
    public var legs: [Leg.Kind]?

    public init(
        wish: RecordID, line: Int? = nil, quantity: Int64, party: RecordID? = nil, place: PlaceView? = nil,
        delivers: Bool? = nil, text: String? = nil, legs: [Leg.Kind]? = nil
    ) {
        self.wish = wish
        self.line = line
        self.quantity = quantity
        self.party = party
        self.place = place
        self.delivers = delivers
        self.text = text
        self.legs = legs
    }

    public static let schema = JSONSchema.object(
        "PledgeDraft",
        [
            .required("wish", .id, "The wish's id.", "心愿编号。"),
            .optional("line", .lineNumber, "The wish's line; 1 by default.", "心愿明细序号，默认 1。"),
            .required("quantity", .quantity, "How much, in the line's unit.", "认领数量，以明细单位计。"),
            .optional("party", .id, "Who claims; a donor for itself by default.", "认领主体；捐赠方默认为本方。"),
            .optional("place", PlaceView.schema, "Where the goods are.", "物资所在地。"),
            .optional("delivers", .flag, "Brings it; true by default.", "是否送达，默认是。"),
            .optional("text", .text(0...Admission.Limits.text), "In words.", "文字说明。"),
            .optional(
                "legs", .list(of: .choice(Leg.Kind.self), 0...2), "Who is needed besides the donor.", "除捐赠方外所需的环节。"),
        ])
    public static let sample = PledgeDraft(wish: .sample(3), quantity: 1, text: "全新 New")
}

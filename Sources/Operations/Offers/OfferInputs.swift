internal import Casework
public import MatchCore
public import Wire

/// Makes an offer.
public struct OfferDraft: Described {
    public var party: RecordID?
    public var kind: String?
    public var received: Timestamp?
    public var place: PlaceView?
    public var delivers: Bool?
    public var isRemote: Bool?
    public var serviceAreas: [String]?
    public var serviceRadiusMetres: Int?
    public var from: Day?
    public var until: Day?
    public var hours: String?
    public var skills: [String]?
    public var qualifications: [String]?
    public var languages: [String]?
    public var text: String
    public var lines: [Line]
    public var source: String?
    public var externalID: String?

    public init(
        party: RecordID? = nil, kind: String? = nil, place: PlaceView? = nil, delivers: Bool? = nil,
        from: Day? = nil, until: Day? = nil, text: String, lines: [Line], source: String? = nil,
        externalID: String? = nil
    ) {
        self.party = party
        self.kind = kind
        self.place = place
        self.delivers = delivers
        self.from = from
        self.until = until
        self.text = text
        self.lines = lines
        self.source = source
        self.externalID = externalID
    }

    /// What is promised of one thing.
    public struct Line: Described {
        public var category: String
        public var quantity: Int64?
        public var unit: String?

        public init(category: String, quantity: Int64?, unit: String? = nil) {
            self.category = category
            self.quantity = quantity
            self.unit = unit
        }

        public static let schema = JSONSchema.object(
            "OfferLineDraft", JSONSchema.Property.lineDraft)
        public static let sample = Line(category: "wheelchair", quantity: 5)
    }

    public static let schema = JSONSchema.object(
        "OfferDraft",
        [
            .optional("party", .id, "Whose offer it is; a donor's own by default.", "所属主体；捐赠方默认为本方。"),
            .optional("kind", .offerKind, "What kind of thing it is; goods by default.", "资源类型，默认 goods。"),
            .optional("received", .moment, "When it was made; now by default.", "提出时间，默认现在。"),
            .required("text", .text(1...Admission.Limits.text), "In words.", "文字说明。"),
            .required("lines", .list(of: Line.schema, 1...Admission.Limits.lines), "What is promised.", "明细。"),
        ] + details.map(\.optional) + JSONSchema.Property.origin)
    public static let sample = OfferDraft(
        kind: "goods", place: .sample, delivers: true, text: "五辆轮椅 Five wheelchairs", lines: [.sample])

    /// The members of an offer besides its lines and its words.
    static let details: [Detail] =
        [
            Detail("place", PlaceView.schema, "Where it is.", "地点。"),
            Detail("delivers", .flag, "Comes to the wish.", "是否送达。"),
            Detail("isRemote", .flag, "Given over the telephone or the net.", "是否远程提供。"),
            Detail("serviceAreas", .areas, "Areas it serves; empty: anywhere.", "服务区划，空为不限。"),
            Detail(
                "serviceRadiusMetres", .integer(0...20_100_000), "Metres around its place that it serves.", "服务半径（米）。",
                isClearable: true),
        ] + Detail.times + [
            Detail("skills", .codes(), "Skills it brings.", "技能。"),
            Detail("qualifications", .codes(), "Qualifications it brings.", "资质。"),
            Detail("languages", .codes(), "Languages spoken.", "语言。"),
        ]
}

/// Changes an offer; what is left out stays.
public struct OfferChange: Described {
    public var offer: RecordID
    public var place: PlaceView?
    public var delivers: Bool?
    public var isRemote: Bool?
    public var serviceAreas: [String]?
    public var serviceRadiusMetres: Patch<Int> = .unsaid
    public var from: Patch<Day> = .unsaid
    public var until: Patch<Day> = .unsaid
    public var hours: Patch<String> = .unsaid
    public var skills: [String]?
    public var qualifications: [String]?
    public var languages: [String]?
    public var text: String?
    public var lines: [Line]?

    public init(offer: RecordID, text: String? = nil, lines: [Line]? = nil) {
        self.offer = offer
        self.text = text
        self.lines = lines
    }

    /// What is promised of one thing, in all.
    public struct Line: Described {
        public var number: Int
        public var category: String?
        public var quantity: Int64?
        public var unit: String?

        public init(number: Int, category: String? = nil, quantity: Int64? = nil, unit: String? = nil) {
            self.number = number
            self.category = category
            self.quantity = quantity
            self.unit = unit
        }

        public static let schema = JSONSchema.object(
            "OfferLineChange",
            [
                .required("number", .lineNumber, "The line; one more than the last adds a line.", "明细序号；比末条大一则新增。"),
                .optional("category", .category, "Code of the category; needed for a new line.", "类目代码，新增明细必填。"),
                .optional(
                    "quantity", .balance,
                    "Pledged in all: more is pledged on top, less is withdrawn from what is available.",
                    "认捐总量：增加即追加，减少即从可用量撤回。"),
                .optional("unit", .unit, "What it counts.", "计量单位。"),
            ])
        public static let sample = Line(number: 1, quantity: 8)
    }

    public static let schema = JSONSchema.object(
        "OfferChange",
        [
            .required("offer", .id, "The offer's id.", "资源编号。"),
            .optional("text", .text(1...Admission.Limits.text), "In words.", "文字说明。"),
            .optional(
                "lines", .list(of: Line.schema, 1...Admission.Limits.lines), "The lines that change.", "要更改的明细。"),
        ] + OfferDraft.details.map(\.change))
    public static let sample = OfferChange(offer: .sample(2), lines: [.sample])
}

/// A step of an offer, with its reason.
public struct OfferStep: Described {
    public var offer: RecordID
    public var reason: String?
    public var note: String?

    public init(offer: RecordID, reason: String? = nil, note: String? = nil) {
        self.offer = offer
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "OfferStep", [.required("offer", .id, "The offer's id.", "资源编号。")] + StepReason.properties)
    public static let sample = OfferStep(offer: .sample(2), reason: "stocktaking")
}

/// Withdraws an offer, or a quantity of one of its lines.
public struct OfferWithdrawal: Described {
    public var offer: RecordID
    public var line: Int?
    public var quantity: Int64?
    public var reason: String?
    public var note: String?

    public init(
        offer: RecordID, line: Int? = nil, quantity: Int64? = nil, reason: String? = nil, note: String? = nil
    ) {
        self.offer = offer
        self.line = line
        self.quantity = quantity
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "OfferWithdrawal",
        [
            .required("offer", .id, "The offer's id.", "资源编号。"),
            .optional(
                "line", .lineNumber, "Only of this line, and the offer stays open; else of all.", "只撤回此明细，资源仍开放；不填则全部。"),
            .optional(
                "quantity", .quantity, "How much, of line 1 where none is named; all that is available by default.",
                "撤回数量（未指明明细则为第 1 条），默认全部可用量。"),
        ] + StepReason.properties)
    public static let sample = OfferWithdrawal(offer: .sample(2), line: 1, quantity: 2, reason: "sold")
}

extension JSONSchema {
    static let offerKind = JSONSchema.choice(OfferKind.allCases.map(\.code))
}

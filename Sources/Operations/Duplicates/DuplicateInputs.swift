public import MatchCore
public import Wire

/// Which clusters to list.
public struct DuplicateListInput: Described {
    public var from: Timestamp?
    public var until: Timestamp?
    public var limit: Int?
    public var cursor: String?

    public init(from: Timestamp? = nil, until: Timestamp? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.from = from
        self.until = until
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional("from", .moment, "Compare requests received then or later.", "只比较此时间以来受理的申请。"),
            .optional("until", .moment, "Compare requests received then or earlier.", "只比较此时间及以前受理的申请。"),
        ] + PageRequest.properties)
    public static let sample = DuplicateListInput(from: .sample, limit: 20)
}

/// A judgement on wishes, pair by pair.
public struct DuplicateJudging: Described {
    public var wishes: [RecordID]
    public var reason: String
    public var note: String?

    /// More wishes than this are judged in several calls: pairs grow with the square.
    public static let most = 50

    public init(wishes: [RecordID], reason: String, note: String? = nil) {
        self.wishes = wishes
        self.reason = reason
        self.note = note
    }

    public static let schema = JSONSchema.object(
        "DuplicateJudging",
        [
            .required(
                "wishes", .list(of: .id, 2...most).distinct, "The wishes; every pair of them is judged.", "心愿；逐对判定。"),
            .required("reason", .reason, "Why: a code.", "理由代码。"),
            .optional("note", .text(0...4_000), "Why, in words; kept apart from the history.", "理由说明，与历史分开保存。"),
        ])
    public static let sample = DuplicateJudging(wishes: [.sample(3), .sample(9)], reason: "samePerson")
}

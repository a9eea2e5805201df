public import Casework
public import MatchCore
public import Wire

/// Something that was due, was missed on every level, and is therefore listed for everybody (公开督办): what it waits for, where
/// and since when, and nobody's name.
public struct PublicOverdueView: Projection {
    public let kind: ClockKind
    public let level: AreaLevel
    public let town: String?
    public let category: Code?
    public let due: Timestamp
    public let listed: Timestamp
    public let text: String?

    public static let schema = JSONSchema.object(
        "PublicOverdue",
        [
            .required("kind", .choice(ClockKind.self), "What it waits for.", "逾期事项。"),
            .required("level", .choice(AreaLevel.self), "Who had to do it first.", "首责层级。"),
            .optional("town", .text(1...64), "Code of the town.", "镇街代码。"),
            .optional("category", .code, "What was asked for.", "类目。"),
            .required("due", .moment, "When it was due.", "应办结时间。"),
            .required("listed", .moment, "Since when it is listed.", "公开时间。"),
            .optional("text", .text(1...4_000), "The wish in approved wording, where there is one.", "经核准的心愿文字（如有）。"),
        ])
    public static let sample = PublicOverdueView(
        kind: .answer, level: .village, town: "441900121", category: "mobility.wheelchair", due: .sample,
        listed: .sample, text: "一台轮椅 A wheelchair")

    /// The same for everybody; nil until the runner has listed it, and when it is done.
    public static func projecting(_ overdue: Overdue, in context: OperationContext) throws -> PublicOverdueView? {
        guard let listed = try listed(overdue, in: context), let clock = try context.store.clock(overdue.clock),
            clock.isRunning
        else { return nil }
        let wish = try context.registry.wish(overdue.subject)
        // That something waits is public before anything is approved, but not of a person who does not agree to it.
        guard try context.store.holds(of: overdue.subject).isDisjoint(with: [.publication, .matching]) else {
            return nil
        }
        let sight = try wish.map { try context.asGuest.sight(of: $0) }
        let isApproved = try context.store.wishesBeforeApproval(among: [overdue.subject]).isEmpty
        let text = isApproved && sight?.showsText == true ? wish?.features.text : nil
        return PublicOverdueView(
            kind: overdue.kind, level: clock.level,
            town: wish?.features.place.area.map { context.reference.areas.town(of: $0) },
            category: try context.store.wishCase(overdue.subject)?.category, due: Timestamp(overdue.due),
            listed: Timestamp(listed), text: text.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// When the runner listed it, for the due time that it was overdue by; nil where it did not.
    private static func listed(_ overdue: Overdue, in context: OperationContext) throws -> Moment? {
        let key = "clock/\(overdue.clock)/list/\(overdue.due.milliseconds)"
        guard try context.store.finishedWork(of: overdue.clock).contains(key) else { return nil }
        return try context.store.history(of: [overdue.clock]).last { $0.action == "clock/list" }?.at
    }
}

/// Which of it.
public struct PublicOverdueInput: Described {
    public var area: String?
    public var limit: Int?
    public var cursor: String?

    public init(area: String? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.area = area
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [.optional("area", .area, "Only what is in the town of this area.", "只要此区划所在镇街的事项。")]
            + PageRequest.properties)
    public static let sample = PublicOverdueInput(limit: 20)
}

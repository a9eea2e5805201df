public import MatchCore
public import Wire

/// A wish line that a plan does not serve wholly, and what it lost against.
public struct UnservedLine: Described {
    public let wish: RecordNameView
    public let wishLine: Int
    public let open: Int64
    public let reason: Reason
    /// What may be given to it where a short supply is split.
    public var part: Int64?
    /// Its best offer of those that speak for themselves.
    public var offer: RecordNameView?
    public var offerLine: Int?
    public var total: Int64?
    /// The goal that decided.
    public var goal: PlanGoal?
    /// What the wishes that the offer goes to are called.
    public var winners: [String] = []

    /// What it lost against.
    public enum Reason: String, Codable, Sendable, CaseIterable {
        /// Time ran out before its offers were ranked.
        case notRanked
        /// It has its part of a supply that is split.
        case split
        /// Nothing suits it.
        case noCandidate
        /// No offer has enough for a line that takes all or nothing.
        case tooSmall
        /// It has all that its offers have.
        case usedUp
        /// The party of its best offer has reached its cap.
        case cap
        /// Its best offer has some left, which a better plan would use; none was found in time.
        case unused
        /// Its best offer goes elsewhere, and it is not proved that this is best.
        case gone
        /// Its best offer does as much good elsewhere.
        case tie
        /// A goal is better served so.
        case goal
    }

    /// How many winners are named.
    static let named = 3

    public static let schema = JSONSchema.object(
        "UnservedLine",
        [
            .required("wish", RecordNameView.schema, "The wish.", "心愿。"),
            .required("wishLine", .lineNumber, "Its line.", "心愿明细序号。"),
            .required("open", .quantity, "What stays open.", "未满足的数量。"),
            .required(
                "reason", .choice(Reason.self),
                "notRanked: time ran out; split: it has its part of a supply that is split; noCandidate: nothing suits it; "
                    + "tooSmall: no offer has enough for a whole line; usedUp: it has all that its offers have; cap: the party's "
                    + "cap is reached; unused: something is left, and no better plan was found; gone, tie, goal: the offer goes "
                    + "to others, which is not proved best, does as much good, or serves the goal better.",
                "notRanked：时限已到；split：已得应分部分；noCandidate：没有合适资源；tooSmall：没有资源够整条所需；usedUp：已得其资源的全部；"
                    + "cap：主体已达上限；unused：尚有剩余而未找到更好方案；gone、tie、goal：资源给了别的心愿（未证明最优、同样有益、更有益于该目标）。"),
            .optional("part", .quantity, "Its part of a supply that is split.", "分配不足资源时应得的数量。"),
            .optional("offer", RecordNameView.schema, "Its best offer.", "其最佳资源。"),
            .optional("offerLine", .lineNumber, "The offer's line.", "资源明细序号。"),
            .optional("total", .integer(0...1_000_000), "The total score of the two.", "两者的总分。"),
            .optional("goal", .choice(PlanGoal.self), "The goal that decided.", "起决定作用的目标。"),
            .required(
                "winners", .list(of: .handle, 0...named), "What wishes the offer goes to are called; the first three.",
                "该资源给了哪些心愿（前三个）。"),
        ])
    public static let sample = UnservedLine(
        wish: .sample, wishLine: 1, open: 1, reason: .goal, part: 1, offer: .sample, offerLine: 1, total: 812_000,
        goal: .served,
        winners: ["W-9"])
}

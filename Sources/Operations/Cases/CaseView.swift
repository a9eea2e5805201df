public import Casework
public import MatchCore
public import Wire

/// Where a wish stands, from its opening to its end.
public struct CaseView: Projection {
    public let wish: RecordID
    public let handle: String?
    public let state: String
    public let outcome: WishOutcome?
    public let round: Int
    public let area: Code
    public let level: AreaLevel
    public let lane: Code
    public let channel: Code
    public let category: Code
    public let urgency: Urgency
    public let household: RecordID?
    public let receivedAt: Timestamp
    public let changedAt: Timestamp

    public static let schema = JSONSchema.object(
        "Case",
        [
            .required("wish", .id, "The wish.", "心愿编号。"),
            .optional("handle", .text(1...200), "What people call the wish.", "心愿的通用编号。"),
            .required(
                "state", .choice(WishCase.State.self), "'ended' is withdrawn or refused.",
                "closed 为已办结，ended 为已撤回或拒绝。"),
            .optional(
                "outcome", .choice(WishOutcome.self), "How it was closed; only 'fulfilled' counts as served.",
                "办结结果；仅 fulfilled 计为已实现。"),
            .required(
                "round", .integer(1...Int64(Int32.max)), "1, and one more each time it was opened again.",
                "初次为 1，每重新打开一次加 1。"),
            .required("area", .code, "Where; 'unplaced' where no area is known.", "所在区划；未知为 unplaced。"),
            .required("level", .choice(AreaLevel.self), "Who answers for it first.", "首责层级。"),
            .required("lane", .code, "微心愿 or 微实事.", "微心愿或微实事。"),
            .required("channel", .code, "On which way it came in.", "来源渠道。"),
            .required(
                "category", .code, "What is asked for; 'unclassified' where that is not known.", "类目；未知为 unclassified。"),
            .required("urgency", .choice(Urgency.self), "How soon help is needed.", "紧急程度。"),
            .optional("household", .id, "The file of the family; for staff.", "家庭档案编号，仅工作人员可见。"),
            .required("receivedAt", .moment, "When the case was opened.", "立案时间。"),
            .required("changedAt", .moment, "When it last changed.", "最近变更时间。"),
        ])

    public static let sample = CaseView(
        wish: .sample(3), handle: "W-12", state: "closed", outcome: .fulfilled, round: 1, area: "441900121",
        level: .village,
        lane: "microWish",
        channel: "hotline12345", category: "goods.wheelchair", urgency: .ordinary, household: .sample(7),
        receivedAt: .sample, changedAt: .sample)

    public static func projecting(_ wishCase: WishCase, in context: OperationContext) throws -> CaseView? {
        let parts = context.parts(
            of: .case, isOwn: context.actor.wish == wishCase.wish,
            isWithin: context.isInScope(area: wishCase.area.text))
        guard parts.contains(.existence) else { return nil }
        return CaseView(
            wish: wishCase.wish, handle: try context.registry.wish(wishCase.wish)?.key.handle,
            state: wishCase.state.rawValue, outcome: wishCase.outcome,
            round: wishCase.round, area: wishCase.area,
            level: wishCase.level, lane: wishCase.lane, channel: wishCase.channel, category: wishCase.category,
            urgency: wishCase.urgency, household: parts.contains(.household) ? wishCase.household : nil,
            receivedAt: Timestamp(wishCase.receivedAt), changedAt: Timestamp(wishCase.changedAt))
    }
}

public import Casework
public import MatchCore
public import Wire

/// A wish as a viewer sees it.
public struct WishView: Projection {
    /// The same as in `record`.
    public let id: RecordID
    public let record: RecordNameView
    public let lane: String
    public let urgency: String?
    public let state: String
    public let hardship: Int?
    public let submitted: Timestamp?
    public let due: Timestamp?
    public let place: PlaceView
    public let groups: [String]?
    /// Those that follow from the household's file; where one wish is shown, and there are any.
    public let derivedGroups: [String]?
    public let languages: [String]?
    public let from: Day?
    public let until: Day?
    public let hours: String?
    public let skills: [String]?
    public let requiredQualifications: [String]?
    public let text: String
    public let lines: [Line]

    public struct Line: Described {
        public let number: Int
        public let category: String?
        public let unit: String
        public let wanted: Int64?
        public let open: Int64?
        public let reserved: Int64
        public let inTransit: Int64
        public let received: Int64
        public let cancelled: Int64
        public let estimatedPriceFen: Int64?
        public let isWhole: Bool

        public static let schema = JSONSchema.object(
            "WishLine",
            [
                .required("number", .lineNumber, "1 for the first line.", "明细序号，首条为 1。"),
                .optional("category", .text(1...64), "Code of the category.", "类目代码。"),
                .required("unit", .choice(Unit.allCases.map(\.code)), "What it counts.", "计量单位。"),
                .optional("wanted", .balance, "Wanted in all; left out where none is named.", "总需求。"),
                .optional("open", .balance, "Still open.", "尚缺。"),
                .required("reserved", .balance, "Held by claims.", "已被认领占用。"),
                .required("inTransit", .balance, "On its way.", "在途。"),
                .required("received", .balance, "Arrived.", "已送达。"),
                .required("cancelled", .balance, "No longer wanted.", "已取消。"),
                .optional("estimatedPriceFen", .balance, "Estimated price of one, in fen.", "单价估计（分）。"),
                .required("isWhole", .flag, "Goes to one offer as a whole.", "须由一方整体满足。"),
            ])
        public static let sample = Line(
            number: 1, category: "wheelchair", unit: "piece", wanted: 2, open: 1, reserved: 1, inTransit: 0,
            received: 0, cancelled: 0, estimatedPriceFen: 50_000, isWhole: false)
    }

    public static let schema = JSONSchema.object(
        "Wish",
        [
            .required("id", .id, "The wish's id.", "心愿编号。"),
            .required("record", RecordNameView.schema, "What names the wish.", "心愿标识。"),
            .required("lane", .choice(Lane.allCases.map(\.code)), "微心愿 or 微实事.", "微心愿或微实事。"),
            .optional("urgency", .choice(UrgencyGrade.allCases.map(\.code)), "How soon help is needed.", "紧急程度。"),
            .required("state", .choice(["open", "closed"]), "Whether it is open.", "是否未办结。"),
            .optional("hardship", .integer(0...4), "0 none known to 4 gravest; for staff.", "困难程度 0 至 4，仅工作人员可见。"),
            .optional("submitted", .moment, "When it came in; for staff.", "提交时间，仅工作人员可见。"),
            .optional("due", .moment, "When an answer is due; for staff.", "答复期限，仅工作人员可见。"),
            .required("place", PlaceView.schema, "Where; for donors the town alone.", "地点；捐赠方只见镇街。"),
            .optional("groups", .codes(), "Groups it belongs to; for staff.", "所属人群，仅工作人员可见。"),
            .optional(
                "derivedGroups", .codes(),
                "Groups that follow from the household's file, which matching sees too; for staff, where one wish is shown.",
                "由家庭档案推定的人群，匹配同样可见；仅工作人员查看单个心愿时可见。"),
            .optional("languages", .codes(), "Languages spoken; for staff.", "语言，仅工作人员可见。"),
        ] + JSONSchema.Property.availability + [
            .optional("skills", .codes(), "Skills that are wanted.", "所需技能。"),
            .optional("requiredQualifications", .codes(), "Qualifications that are a must.", "必备资质。"),
            .required("text", .text(0...4_000), "The approved wording.", "经核准的文字。"),
            .required("lines", .list(of: Line.schema, 0...100), "What is asked for.", "需求明细。"),
        ])

    public static let sample = WishView(
        id: .sample(3), record: .sample, lane: "microWish", urgency: "normal", state: "open", hardship: 2,
        submitted: .sample,
        due: .sample, place: .sample, groups: ["elders"], derivedGroups: ["childUnder6"], languages: ["yue"],
        from: Day("2026-11-22"),
        until: Day("2026-12-31"), hours: "mon-fri 9-17", skills: [], requiredQualifications: [],
        text: "一台轮椅 A wheelchair", lines: [.sample])

    public static func projecting(_ wish: RegisteredWish, in context: OperationContext) throws -> WishView? {
        let sight = try context.sight(of: wish)
        let parts = sight.parts
        guard parts.contains(.existence) else { return nil }
        let features = wish.features
        if parts.contains(.circumstances), features.hardship != nil { context.note(.circumstance, of: wish.key.id) }
        if parts.contains(.exactPlace), features.place.point != nil { context.note(.place, of: wish.key.id) }
        if sight.showsText, !sight.isApproved, !features.text.isEmpty { context.note(.wording, of: wish.key.id) }
        return WishView(
            id: wish.key.id,
            record: parts.contains(.handle) ? RecordNameView(wish.key) : RecordNameView(anonymous: wish.key),
            lane: features.lane.code,
            urgency: parts.contains(.urgency) ? features.urgency.code : nil,
            state: wish.state, hardship: parts.contains(.circumstances) ? features.hardship : nil,
            submitted: parts.contains(.times) ? features.submitted : nil,
            due: parts.contains(.times) ? features.due : nil,
            place: PlaceView(features.place, seeing: parts, in: context.reference.areas),
            groups: parts.contains(.circumstances) ? features.groups : nil,
            derivedGroups: parts.contains(.circumstances) ? wish.derivedGroups?.map(\.text) : nil,
            languages: parts.contains(.languages) ? features.languages : nil,
            from: parts.contains(.days) ? features.window?.from : nil,
            until: parts.contains(.days) ? features.window?.until : nil,
            hours: parts.contains(.hours) ? features.hours?.description : nil,
            skills: parts.contains(.requirements) ? features.skills : nil,
            requiredQualifications: parts.contains(.requirements) ? features.requiredQualifications : nil,
            text: sight.showsText ? features.text : "",
            lines: zip(features.lines, wish.needs).map { line, need in
                Line(
                    number: line.number, category: line.category, unit: line.unit.code, wanted: need.wanted,
                    open: line.quantity, reserved: need.reserved, inTransit: need.inTransit, received: need.received,
                    cancelled: need.cancelled, estimatedPriceFen: parts.contains(.price) ? line.estimatedPriceFen : nil,
                    isWhole: line.isWhole)
            })
    }
}

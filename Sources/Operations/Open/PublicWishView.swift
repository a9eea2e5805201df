public import Casework
public import MatchCore
public import Wire

/// An open wish as everybody may see it.
public struct PublicWishView: Projection {
    public let id: RecordID
    public let lane: String
    public let town: String?
    public let text: String
    public let lines: [Line]

    public struct Line: Described {
        public let number: Int
        public let category: String?
        public let unit: String
        public let open: Int64?
        public let isWhole: Bool

        public static let schema = JSONSchema.object(
            "PublicWishLine",
            [
                .required("number", .lineNumber, "1 for the first line.", "明细序号，首条为 1。"),
                .optional("category", .text(1...64), "Code of the category.", "类目代码。"),
                .required("unit", .unit, "What it counts.", "计量单位。"),
                .optional("open", .balance, "Still open.", "尚缺。"),
                .required("isWhole", .flag, "Goes to one offer as a whole.", "须由一方整体满足。"),
            ])
        public static let sample = Line(
            number: 1, category: "wheelchair", unit: "piece", open: 1, isWhole: false)
    }

    public static let schema = JSONSchema.object(
        "PublicWish",
        [
            .required("id", .id, "The wish's id: what a pledge names.", "心愿编号，认领时填写。"),
            .required("lane", .choice(Lane.allCases.map(\.code)), "微心愿 or 微实事.", "微心愿或微实事。"),
            .optional("town", .text(1...64), "Code of the town.", "镇街代码。"),
            .required("text", .text(0...4_000), "The approved wording.", "经核准的文字。"),
            .required("lines", .list(of: Line.schema, 0...100), "What is still open.", "尚缺的明细。"),
        ])
    public static let sample = PublicWishView(
        id: .sample(3), lane: "microWish", town: "441900121", text: "一台轮椅 A wheelchair", lines: [.sample])

    /// The same for everybody: what a guest sees. Nil unless the wish is open, approved, and something of it is still
    /// wanted.
    public static func projecting(_ wish: RegisteredWish, in context: OperationContext) throws -> PublicWishView? {
        let features = wish.features
        let open = features.lines.filter { $0.quantity.map { $0 > 0 } ?? true }
        let sight = try context.asGuest.sight(of: wish)
        guard wish.state == "open", !open.isEmpty, sight.parts.contains(.existence) else { return nil }
        return PublicWishView(
            id: wish.key.id, lane: features.lane.code,
            town: PlaceView(features.place, seeing: sight.parts, in: context.reference.areas).area,
            text: sight.showsText ? features.text : "",
            lines: open.map {
                Line(
                    number: $0.number, category: $0.category, unit: $0.unit.code, open: $0.quantity,
                    isWhole: $0.isWhole)
            })
    }
}

/// What everybody may know of how the program does.
public struct PublicFiguresView: OpenAnswer {
    public let asOf: Timestamp
    public let all: Figure
    public let lanes: [LaneFigure]

    /// The wishes of one lane.
    public struct LaneFigure: Described {
        public let lane: String
        public let figure: Figure

        public static let schema = JSONSchema.object(
            "PublicLaneFigure",
            [
                .required("lane", .text(1...64), "The lane.", "类别。"),
                .required("figure", Figure.schema, "Its figures.", "数据。"),
            ])
        public static let sample = LaneFigure(lane: "microWish", figure: .sample)
    }

    public struct Figure: Described {
        public let wishes: Int
        public let replyRate: Double?
        public let repliedOnTime: Double?
        public let onTime: Double?
        public let satisfaction: Double?
        public let medianDays: Double?

        private static let share = JSONSchema.number(0...1)

        public static let schema = JSONSchema.object(
            "PublicFigure",
            [
                .required("wishes", .integer(0...Int64(Int32.max)), "Wishes received.", "受理的心愿数。"),
                .optional("replyRate", share, "The share that was answered.", "答复率。"),
                .optional("repliedOnTime", share, "The share that was answered in time.", "按时答复率。"),
                .optional("onTime", share, "The share that was closed in time.", "按时办结率。"),
                .optional("satisfaction", share, "The share that is content.", "满意率。"),
                .optional("medianDays", .number(0...1_000_000), "Half were closed within so many days.", "办结天数中位数。"),
            ])
        public static let sample = Figure(
            wishes: 120, replyRate: 0.98, repliedOnTime: 0.95, onTime: 0.9, satisfaction: 0.97, medianDays: 6.5)

        init(_ figures: Figures?) {
            self.init(
                wishes: figures?.wishes ?? 0, replyRate: figures?.replied.rate,
                repliedOnTime: figures?.repliedOnTime.rate, onTime: figures?.onTime.rate,
                satisfaction: figures?.satisfied.rate, medianDays: figures?.medianDays)
        }

        init(
            wishes: Int, replyRate: Double?, repliedOnTime: Double?, onTime: Double?, satisfaction: Double?,
            medianDays: Double?
        ) {
            self.wishes = wishes
            self.replyRate = replyRate
            self.repliedOnTime = repliedOnTime
            self.onTime = onTime
            self.satisfaction = satisfaction
            self.medianDays = medianDays
        }
    }

    public static let schema = JSONSchema.object(
        "PublicFigures",
        [
            .required("asOf", .moment, "As of when.", "统计时点。"),
            .required("all", Figure.schema, "All wishes.", "全部心愿。"),
            .required("lanes", .list(of: LaneFigure.schema, 0...10), "By lane.", "按类别。"),
        ])
    public static let sample = PublicFiguresView(asOf: .sample, all: .sample, lanes: [.sample])
}

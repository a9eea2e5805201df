public import Casework
public import MatchCore
public import Wire

/// What the program is judged by, for one group of wishes, as of one moment.
public struct FigureView: OpenAnswer {
    public let group: String
    public private(set) var name: String?
    public let asOf: Timestamp
    public let wishes: Int
    public let replied: Part
    public let repliedOnTime: Part
    public let satisfied: Part
    public let undecided: Part
    public let served: Part
    public let onTime: Part
    public let medianDays: Double?
    public let days95: Double?

    /// A part of a whole, as two counts: shares of areas can be added up.
    public struct Part: Described, Hashable {
        public let part: Int
        public let whole: Int

        init(_ share: Share) {
            part = share.part
            whole = share.whole
        }

        /// 0 to 1; nil where there is nothing to share.
        public var rate: Double? { Share(part, of: whole).rate }

        public static let schema = JSONSchema.object(
            "Share",
            [
                .required("part", .integer(0...Int64(Int32.max)), "How many of them.", "其中多少。"),
                .required("whole", .integer(0...Int64(Int32.max)), "Of how many.", "总数。"),
            ])
        public static let sample = Part(Share(9, of: 10))
    }

    public static let schema = JSONSchema.object(
        "Figures",
        [
            .required(
                "group", .text(1...100), "'all', or the kind and the code, such as 'area/441900121'.", "all，或种类与代码。"),
            .optional("name", .text(1...200), "What the party of the group is called.", "分组主体的名称。"),
            .required("asOf", .moment, "As of when.", "截至时间。"),
            .required("wishes", .integer(0...Int64(Int32.max)), "Wishes received.", "受理心愿数。"),
            .required("replied", Part.schema, "Answered, of those answered or due.", "已答复（占已答复或已到期）。"),
            .required("repliedOnTime", Part.schema, "Answered no later than due.", "按时答复。"),
            .required(
                "satisfied", Part.schema, "Rated as satisfied by the program's rule (4 or 5 of 5), of those rated.",
                "满意（按项目规则，默认评分 4 或 5；占已评价）。"),
            .required(
                "undecided", Part.schema, "Rated neither satisfied nor unsatisfied, of those rated: to be called back.",
                "介于满意与不满意之间、须再次回访（占已评价）。"),
            .required(
                "served", Part.schema,
                "Fulfilled, of those closed; withdrawn and refused wishes count on neither side.",
                "已实现（占已办结；撤回和拒绝的不计）。"),
            .required("onTime", Part.schema, "Fulfilled no later than due, of those closed or due.", "按时实现（占已办结或已到期）。"),
            .optional("medianDays", .number(0...1_000_000), "Days from receipt to closing, the median.", "办结天数中位数。"),
            .optional("days95", .number(0...1_000_000), "The same, for 95 of 100.", "办结天数 95 百分位。"),
        ])
    public static let sample = FigureView(
        group: "area/441900121", name: "示例公益基金", asOf: .sample, wishes: 10, replied: .sample, repliedOnTime: .sample,
        satisfied: .sample, undecided: .sample, served: .sample, onTime: .sample, medianDays: 3.5, days95: 12)

    init(_ group: FigureGroup, _ figures: Figures, asOf moment: Moment, name: String? = nil) {
        self.init(
            group: group.description, name: name, asOf: Timestamp(moment), wishes: figures.wishes,
            replied: Part(figures.replied), repliedOnTime: Part(figures.repliedOnTime),
            satisfied: Part(figures.satisfied), undecided: Part(figures.undecided), served: Part(figures.served),
            onTime: Part(figures.onTime),
            medianDays: figures.medianDays,
            days95: figures.days95)
    }

    private init(
        group: String, name: String?, asOf: Timestamp, wishes: Int, replied: Part, repliedOnTime: Part, satisfied: Part,
        undecided: Part, served: Part, onTime: Part, medianDays: Double?, days95: Double?
    ) {
        self.group = group
        self.name = name
        self.asOf = asOf
        self.wishes = wishes
        self.replied = replied
        self.repliedOnTime = repliedOnTime
        self.satisfied = satisfied
        self.undecided = undecided
        self.served = served
        self.onTime = onTime
        self.medianDays = medianDays
        self.days95 = days95
    }
}

extension FigureView {
    /// Says what the party of the group is called.
    fileprivate mutating func nameParty(in context: OperationContext) throws {
        let parts = group.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, parts[0] == "party", let party = RecordID(String(parts[1])) else { return }
        name = try context.partyName(party)
    }
}

/// Which figures.
public struct FigureInput: Described {
    public var by: FigureKind?
    public var asOf: Timestamp?
    public var limit: Int?
    public var cursor: String?

    public init(by: FigureKind? = nil, asOf: Timestamp? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.by = by
        self.asOf = asOf
        self.limit = limit
        self.cursor = cursor
    }

    public static let schema = JSONSchema.object(
        nil,
        [
            .optional(
                "by", .choice(FigureKind.self), "By what to tell apart; 'all' by default. 'party' is for staff.",
                "按何分组，默认 all；party 仅限工作人员。"),
            .optional(
                "asOf", .moment,
                "As of when, past or present; by default now. For those who are not staff, and for staff of some areas in groups that "
                    + "reach beyond these, the end of the week before, with small groups left out and counts in steps of 5.",
                "截至时间，可为过去；默认当前。非工作人员，以及仅负责部分区划的工作人员查看超出其区划的分组时，为上一周末，略去小于 5 的分组，计数按 5 取整。"),
        ] + PageRequest.properties)
    public static let sample = FigureInput(by: .area, limit: 20)
}

/// What can be asked about the figures: what the charity is judged by. Everybody may see them.
public enum FigureOperations {
    public static let list = Operation<FigureInput, Page<FigureView>>(
        OperationFacts(
            .figuresList, .get, "/v1/figures",
            "Lists the figures, as of any moment.", zhHans: "列出任一时刻的办理指标。", weight: .heavy, isReport: true)
    ) { input, context in
        let kind = input.by ?? .all
        let parts = context.parts(of: .figures)
        guard kind != .party || parts.contains(.giver) else {
            throw Problem(
                .forbidden, "Figures by party are for staff. Ask by area, lane or channel.",
                zhHans: "按主体分组的指标仅限工作人员。请改按区划、类别或渠道查看。")
        }
        let moment = input.asOf.map { Moment($0) }
        if let moment, context.parts(of: .figures, isWithin: true).contains(.figures) {
            try context.requireKnown(
                moment,
                LocalizedText(
                    zhHans: "截至时间晚于现在，该时刻的指标尚不可知。请填写现在或过去的时间，或不填。",
                    en:
                        "The time is later than now, and nobody knows the figures of then. Give a time up to now, or none."
                ))
        }
        let figures = try context.figures(by: kind, asOf: moment).sorted { $0.group < $1.group }
        var page = try PageRecord.reading(
            PageRequest(limit: input.limit, cursor: input.cursor),
            fetch: { place, limit in
                guard let place else { return Array(figures.prefix(limit)) }
                guard place.parts.count == 1 else { throw Cursor.unreadable }
                return Array(figures.drop { $0.group <= place.parts[0] }.prefix(limit))
            }, cursor: { Cursor([$0.group]) })
        for index in page.items.indices { try page.items[index].nameParty(in: context) }
        return page
    }

    static let all: [AnyOperation] = [AnyOperation(list)]

    /// How far the clocks of two nodes may be apart, in milliseconds: what another one has acknowledged is counted, though its
    /// clock be ahead.
    static let clockSpread: Int64 = 1_000
}

extension OperationContext {
    /// The groups of a kind as the viewer sees them: as they are where all their wishes lie in its areas, and otherwise as
    /// they are given out to everybody.
    ///
    /// - Parameter asked: as of when; nil for now, with all that was done until now by the clock of any node.
    fileprivate func figures(by kind: FigureKind, asOf asked: Moment?) throws -> [FigureView] {
        let moment = asked ?? now
        let counted = asked ?? now.adding(milliseconds: FigureOperations.clockSpread)
        let rule = try room.rules(store).satisfaction
        func isOpen(_ group: FigureGroup) -> Bool {
            let isWithin = if case .area(let area) = group { isInScope(area: area.text) } else { viewer.areas.isEmpty }
            return parts(of: .figures, isWithin: isWithin).contains(.figures)
        }
        var views: [FigureView] = []
        if parts(of: .figures, isWithin: true).contains(.figures) {
            views = try figures(by: kind, asOf: counted, satisfaction: rule).filter { isOpen($0.key) }
                .map { FigureView($0.key, $0.value, asOf: moment) }
            if viewer.areas.isEmpty { return views }
        }
        let released = released(moment)
        let everybody = ReleasedFigures(try figures(by: kind, asOf: released, satisfaction: rule)).figures
        return views
            + everybody.filter { !isOpen($0.key) }.map { FigureView($0.key, $0.value, asOf: released) }
    }

    /// The last moment up to the given one of which figures are given out to everybody.
    func released(_ moment: Moment) -> Moment {
        ReleasedFigures.period(
            before: min(moment, now), utcOffsetSeconds: room.matching.utcOffsetSeconds)
    }

    func figures(
        by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule
    ) throws -> [FigureGroup: Figures] {
        try room.figures.figures(by: kind, asOf: moment, satisfaction: rule, in: store)
    }
}

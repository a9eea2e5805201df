public import Casework
public import MatchCore
public import Wire

/// Past decisions to hold profiles against.
public struct TuningHistory: Sendable {
    public let history: DecisionHistory
    /// Every list that was shown, also those that nobody chose from.
    public let shown: DecisionHistory
    /// Decisions of which something is told as it is now; see ``PastDecisions/factsOfToday``.
    let factsOfToday: Int
    /// What could not be put together into decisions, and how many.
    public let leftOut: [LeftOutView]
    /// Whether the stored facts can be judged again under other parameters.
    public let hasFacts: Bool
    let scorers: [any Scorer.Type]
    let trees: LayerTrees

    /// A history from elsewhere: values without facts.
    ///
    /// - Parameter rule: what its ratings are taken for.
    public init(
        _ history: DecisionHistory, by rule: SatisfactionRule, scorers: [any Scorer.Type], areas: CodeTree,
        categories: CodeTree
    ) throws {
        try self.init(
            history.rated(by: rule.verdict), shown: history, leftOut: [], hasFacts: false, scorers: scorers,
            trees: LayerTrees(areas: areas, categories: categories))
    }

    /// What the program itself decided, until now.
    init(_ context: OperationContext) throws {
        let past = try PastDecisions(reading: context.store, until: Timestamp(context.now))
        try self.init(
            past.history.rated(by: try context.room.rules(context.store).satisfaction.verdict), shown: past.shown,
            factsOfToday: past.factsOfToday,
            leftOut: PastDecisions.LeftOut.allCases.compactMap { cause in
                past.leftOut[cause].map { LeftOutView(cause: cause.rawValue, count: $0) }
            }, hasFacts: true, scorers: context.room.matching.scorers, trees: context.layerTrees)
    }

    private init(
        _ history: DecisionHistory, shown: DecisionHistory, factsOfToday: Int = 0, leftOut: [LeftOutView],
        hasFacts: Bool, scorers: [any Scorer.Type], trees: LayerTrees
    ) throws {
        guard !shown.decisions.isEmpty else {
            throw Problem(.notFound, "There are no decisions to replay.", zhHans: "没有可回放的决定。")
        }
        func newest(_ history: DecisionHistory) -> DecisionHistory {
            let count = history.decisions.count
            return history.part(max(0, count - TuningLimits.mostDecisions)..<count)
        }
        (self.history, self.shown) = (newest(history), newest(shown))
        self.factsOfToday = factsOfToday
        self.leftOut = leftOut
        self.hasFacts = hasFacts
        self.scorers = scorers
        self.trees = trees
    }

    /// With the values that a profile's scorers give, each decision under the layers that hold for its wish.
    func judged(by profile: ScoringProfile) throws -> DecisionHistory { try judged(history, by: profile) }

    func judged(_ history: DecisionHistory, by profile: ScoringProfile) throws -> DecisionHistory {
        try history.judged(by: profile, scorers: hasFacts ? scorers : [], trees: trees)
    }

    /// Throws ``Problem`` `notFound` where lists were shown and nobody chose from any: there is nothing to learn of.
    func requireDecisions() throws {
        guard history.decisions.isEmpty else { return }
        throw Problem(
            .notFound,
            "Lists were shown, and nobody has chosen from any of them yet: there are no decisions to replay.",
            zhHans: "有清单展示过，但尚无人从中选择：没有可回放的决定。")
    }
}

extension OperationContext {
    var layerTrees: LayerTrees {
        LayerTrees(areas: reference.areas.tree, categories: reference.categories.tree)
    }

    /// Throws `forbidden` for who works in some areas only: tuning shows the whole program.
    func requireWholeProgram() throws {
        guard !viewer.areas.isEmpty else { return }
        throw Problem(
            .forbidden, "This looks at the whole program; your token is for some areas of it.",
            zhHans: "此操作涉及整个项目，而您的令牌只限部分区划。")
    }
}

/// Records of the past that tell nothing, by cause.
public struct LeftOutView: Described, Hashable {
    public let cause: String
    public let count: Int

    public static let schema = JSONSchema.object(
        "LeftOut",
        [
            .required(
                "cause", .choice(PastDecisions.LeftOut.self),
                "damaged suggestions; claims from no list, outside the list, by the donor itself; lists nobody chose from.",
                "损坏的建议；无清单、清单之外、捐方自行的认领；无人选择的清单。"),
            .required("count", .integer(1...Int64(Int32.max)), "How many.", "数量。"),
        ])
    public static let sample = LeftOutView(cause: "notDecided", count: 12)
}

extension JSONSchema {
    static let interval = JSONSchema.object(
        "Interval",
        [
            .required("value", .number(-1e12...1e12), "The figure.", "数值。"),
            .required("low", .number(-1e12...1e12), "The lower end of its interval.", "区间下限。"),
            .required("high", .number(-1e12...1e12), "The upper end.", "区间上限。"),
        ])
    static let count = JSONSchema.integer(0...Int64(Int32.max))
}

extension Interval {
    static let sample = Interval(value: 0.05, low: 0.02, high: 0.08)
}

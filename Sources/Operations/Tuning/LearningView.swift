internal import Exchange
public import MatchCore
public import Wire

/// What learning came to. Nothing is published: with the verdict `better` there is a draft.
public struct LearningView: OpenAnswer {
    public let verdict: LearningOutcome.Verdict
    /// The layer that was learned for; nil for the program's own weights.
    public let layer: String?
    public let decisions: Int
    public let choices: Int
    public let least: Int
    public let tested: Int
    public let elsewhere: Int
    public let signal: Interval?
    /// Chance to be looked at, by position, 1 for the first.
    public let positions: [Double]
    public let backtest: BacktestView?
    public let weights: [Weight]
    public let parameters: [Chosen]
    public let draft: ProfileView?
    public let leftOut: [LeftOutView]?

    public struct Weight: Described {
        public let scorer: String
        public let today: Int32
        public let learned: Int32?

        public static let schema = JSONSchema.object(
            "LearnedWeight",
            [
                .required("scorer", .text(1...64), "The scorer.", "评分器。"), .required("today", .weight, "Today.", "今日。"),
                .optional("learned", .weight, "As learned.", "学得。"),
            ])
        public static let sample = Weight(scorer: "Proximity", today: 1_500, learned: 2_100)
    }

    public struct Chosen: Described {
        public let scorer: String
        public let name: String
        public let value: JSONValue

        public static let schema = JSONSchema.object(
            "LearnedParameter",
            [
                .required("scorer", .text(1...64), "The scorer.", "评分器。"),
                .required("name", .text(1...80), "The parameter.", "参数。"),
                .required("value", JSONSchema(.anything), "The value that was chosen.", "选中的取值。"),
            ])
        public static let sample = Chosen(scorer: "Proximity", name: "decay", value: 5_000)
    }

    public static let schema = JSONSchema.object(
        "Learning",
        [
            .required(
                "verdict", .choice(LearningOutcome.Verdict.self),
                "better: there is a draft; noBetter: today's weights are as good; cannotTell: too little was seen; noEvidence: choices do not follow the scorers.",
                "better：有草案；noBetter：现行已够好；cannotTell：证据太少；noEvidence：选择与评分无关。"),
            .optional(
                "layer", .text(1...80), "The layer learned for; left out for the program's own.", "所学的层；全项目时没有此项。"),
            .required("decisions", .count, "Decisions looked at.", "决定数。"),
            .required("choices", .count, "Those with a choice.", "有选择的决定数。"),
            .required("least", .count, "How many it takes.", "至少需要的数目。"),
            .required("tested", .count, "Those foretold from earlier ones.", "由更早者预言的决定数。"),
            .required("elsewhere", .count, "Left out, because other layers hold for them.", "属于其他层而未计入者。"),
            .optional(
                "signal", .interval, "What totals add to foretelling a choice: nats, 99 %.", "总分对预言选择的增益（纳特，99%）。"),
            .required(
                "positions", .list(of: .number(0...1e6), 0...100), "Chance to be looked at by position.", "各位置被看到的机会。"),
            .optional("backtest", BacktestView.schema, "Today's weights beside those learned.", "今日与学得的对照。"),
            .required("weights", .list(of: Weight.schema, 0...100), "The weights.", "权重。"),
            .required("parameters", .list(of: Chosen.schema, 0...100), "Parameters that change.", "改变的参数。"),
            .optional("draft", ProfileView.schema, "Only with the verdict better.", "仅当结论为 better。"),
            .optional("leftOut", .list(of: LeftOutView.schema, 0...10), "What tells nothing.", "未计入者。"),
        ])
    public static let sample = LearningView(
        verdict: .better, layer: "area:441900119", decisions: 900, choices: 850, least: 200, tested: 680, elsewhere: 40,
        signal: .sample, positions: [1, 0.6, 0.4], backtest: .sample, weights: [.sample], parameters: [.sample],
        draft: .sample, leftOut: [.sample])

    private init(
        verdict: LearningOutcome.Verdict, layer: String?, decisions: Int, choices: Int, least: Int, tested: Int,
        elsewhere: Int, signal: Interval?, positions: [Double], backtest: BacktestView?, weights: [Weight],
        parameters: [Chosen], draft: ProfileView?, leftOut: [LeftOutView]?
    ) {
        (self.verdict, self.layer, self.decisions, self.choices) = (verdict, layer, decisions, choices)
        (self.least, self.tested, self.elsewhere, self.signal) = (least, tested, elsewhere, signal)
        (self.positions, self.backtest, self.weights) = (positions, backtest, weights)
        (self.parameters, self.draft, self.leftOut) = (parameters, draft, leftOut)
    }

    public init(
        _ outcome: LearningOutcome, for title: String, layer: ProfileScope? = nil, options: Learning.Options,
        leftOut: [LeftOutView]? = nil
    ) {
        let after = outcome.after ?? []
        self.init(
            verdict: outcome.verdict, layer: layer?.description, decisions: outcome.decisions, choices: outcome.choices,
            least: options.leastDecisions, tested: outcome.tested, elsewhere: outcome.elsewhere, signal: outcome.signal,
            positions: outcome.chances,
            backtest: outcome.backtest.map {
                BacktestView($0, first: title, second: "draft", cutoff: options.cutoff)
            },
            weights: outcome.before.enumerated().map { index, entry in
                Weight(
                    scorer: entry.scorer, today: entry.weight,
                    learned: after.indices.contains(index) ? after[index].weight : nil)
            },
            parameters: zip(outcome.before, after).flatMap { old, new in
                new.parameters.filter { old.parameters[$0.key] != $0.value }.sorted { $0.key < $1.key }
                    .map { Chosen(scorer: new.scorer, name: $0.key, value: JSONValue($0.value)) }
            }, draft: outcome.draft.map { ProfileView($0, called: "draft") }, leftOut: leftOut)
    }
}

/// Asks for weights to be learned.
public struct LearningInput: Described {
    public var profile: ProfileSource?
    /// The layer to learn for; one that the profile lacks comes in with what is learned.
    public var layer: String?
    public var bounds: [Bound]?
    public var reasons: [Blame]?
    public var parameters: [Choice]?
    public var positionBias: String?
    public var folds: Int?
    public var least: Int?
    public var cutoff: Int?
    public var draws: Int?
    public var seed: Int64?

    public init(profile: ProfileSource? = nil, layer: String? = nil) {
        self.profile = profile
        self.layer = layer
    }

    /// Between what a weight must lie.
    public struct Bound: Described {
        public var scorer: String
        public var low: Int32
        public var high: Int32

        public init(scorer: String, low: Int32, high: Int32) {
            (self.scorer, self.low, self.high) = (scorer, low, high)
        }

        public static let schema = JSONSchema.object(
            "WeightBound",
            [
                .required("scorer", .code, "The scorer.", "评分器。"), .required("low", .weight, "At least.", "下限。"),
                .required("high", .weight, "At most.", "上限。"),
            ])
        public static let sample = Bound(scorer: "Proximity", low: 500, high: 3_000)
    }

    /// What a reason of refusal blames.
    public struct Blame: Described {
        public var reason: String
        public var scorers: [String]

        public init(reason: String, scorers: [String]) { (self.reason, self.scorers) = (reason, scorers) }

        public static let schema = JSONSchema.object(
            "Blame",
            [
                .required("reason", .code, "The reason's code.", "理由代码。"),
                .required("scorers", .list(of: .code, 0...20), "The scorers it blames.", "归咎的评分器。"),
            ])
        public static let sample = Blame(reason: "tooFar", scorers: ["Proximity"])
    }

    /// A parameter to learn beside the weights, and the values to choose from.
    public struct Choice: Described {
        public var scorer: String
        public var name: String
        public var values: [JSONValue]

        public init(scorer: String, name: String, values: [JSONValue]) {
            (self.scorer, self.name, self.values) = (scorer, name, values)
        }

        public static let schema = JSONSchema.object(
            "ParameterChoice",
            [
                .required("scorer", .code, "The scorer.", "评分器。"), .required("name", .code, "The parameter.", "参数。"),
                .required("values", .list(of: JSONSchema(.anything), 1...20), "The values to try.", "备选值。"),
            ])
        public static let sample = Choice(scorer: "Proximity", name: "decay", values: [5_000, 20_000])
    }

    public static let schema = JSONSchema.object(
        "LearningInput",
        [
            .optional(
                "profile", ProfileSource.schema, "The profile to begin with; what is published by default.",
                "起点方案，默认现行。"),
            .optional(
                "layer", .text(1...80),
                "Learn this layer's weights (lane:, category: or area:) instead of the program's own.",
                "学习此层（lane:、category:、area:）而非全项目的权重。"),
            .optional("bounds", .list(of: Bound.schema, 0...100), "Where weights may go.", "权重的界。"),
            .optional("reasons", .list(of: Blame.schema, 0...100), "What more reasons of refusal blame.", "更多婉拒原因的归咎。"),
            .optional("parameters", .list(of: Choice.schema, 0...6), "Parameters to learn.", "一并学习的参数。"),
            .optional(
                "positionBias", .text(1...10),
                "none, estimated or an exponent 0…5; \(PositionBias.standard.text) by default.",
                "none、estimated 或 0…5 的指数，默认 \(PositionBias.standard.text)。"),
            .optional(
                "folds", .integer(TuningLimits.folds.int64), "Later parts to test on; 4 by default.", "按时间检验的段数，默认 4。"),
            .optional(
                "least", .integer(TuningLimits.least.int64), "Below so many decisions: cannotTell; 200 by default.",
                "少于此数即无法判断，默认 200。"),
        ] + BacktestInput.measuring)
    public static let sample: LearningInput = {
        var input = LearningInput(profile: ProfileSource(name: "default"), layer: "area:441900119")
        (input.bounds, input.reasons, input.parameters) = ([.sample], [.sample], [.sample])
        (input.positionBias, input.folds, input.least) = ("estimated", 4, 200)
        return input
    }()

    /// What is asked for, with the usual values for what is not said.
    public func options() throws -> Learning.Options {
        var ranges: [String: ClosedRange<Int32>] = [:]
        for (index, bound) in (bounds ?? []).enumerated() {
            guard bound.low <= bound.high else {
                throw Problem(
                    .invalidInput, at: "/bounds/\(index)",
                    LocalizedText(zhHans: "下限不能大于上限。", en: "'low' must not be above 'high'."))
            }
            ranges[bound.scorer] = bound.low...bound.high
        }
        var blames = RefusalReasons.standard
        for blame in reasons ?? [] { blames[blame.reason] = blame.scorers }
        return Learning.Options(
            bounds: ranges, bias: try PositionBias(asked: positionBias), reasons: blames,
            folds: folds ?? 4, leastDecisions: least ?? 200, cutoff: cutoff ?? 10, draws: draws ?? 1_000,
            seed: UInt64(clamping: seed ?? 1))
    }
}

extension TuningHistory {
    /// Learns weights, and parameters where the facts are there.
    ///
    /// - Parameters:
    ///   - title: what the profile of today is called in the answer.
    ///   - check: what the settings that are tried must pass.
    ///   - isOverdue: whether it has gone on for too long.
    public func learn(
        _ input: LearningInput, today: ScoringProfile, title: String, check: ProfileCheck,
        isOverdue: @escaping @Sendable () -> Bool = { false }
    ) throws -> LearningView {
        var options = try input.options()
        options.isOverdue = isOverdue
        try requireEffect(of: input, on: today)
        var today = today
        var scope: ProfileScope?
        if let layer = input.layer {
            guard let read = ProfileScope(layer) else {
                throw Problem(
                    .invalidInput, at: "/layer",
                    LocalizedText(
                        zhHans: "“\(layer)”应写作 lane:代码、category:代码 或 area:代码。",
                        en: "'\(layer)' is no layer; write lane:CODE, category:CODE or area:CODE."))
            }
            scope = read
            if !today.layers.contains(where: { $0.scope == read }) {
                today.layers.append(ProfileLayer(scope: read, changes: []))
            }
            if hasFacts { try check.check(today) }
        }
        let outcome = try Learning(options: options).outcome(
            try settings(input.parameters ?? [], of: today, in: scope, check).map {
                Learning.Setting(profile: $0, history: try judged(by: $0))
            }, in: scope)
        return LearningView(outcome, for: title, layer: scope, options: options, leftOut: leftOut)
    }

    /// Throws ``Problem`` `invalidInput` for what is given and would change nothing: it is a slip of the pen.
    private func requireEffect(of input: LearningInput, on profile: ScoringProfile) throws {
        let scorers = profile.everyScorer
        func known(_ scorer: String, at place: String) throws {
            guard !scorers.contains(scorer) else { return }
            let hint = KnownCodes(nearest: { Suggestion($1).closest(to: $0) }).hint(scorer, scorers)
            throw Problem(
                .invalidInput, at: place,
                LocalizedText(
                    zhHans: "方案中没有评分器“\(scorer)”\(hint.zhHans)",
                    en: "the profile has no scorer '\(scorer)'\(hint.en)"))
        }
        for (index, bound) in (input.bounds ?? []).enumerated() {
            try known(bound.scorer, at: "/bounds/\(index)/scorer")
        }
        for (index, choice) in (input.parameters ?? []).enumerated() {
            try known(choice.scorer, at: "/parameters/\(index)/scorer")
        }
        let told = Set(history.decisions.flatMap(\.candidates).compactMap(\.reason))
        for (index, blame) in (input.reasons ?? []).enumerated() {
            for (place, scorer) in blame.scorers.enumerated() {
                try known(scorer, at: "/reasons/\(index)/scorers/\(place)")
            }
            guard RefusalReasons.standard[blame.reason] == nil, !told.contains(blame.reason) else { continue }
            let codes = Set(RefusalReasons.standard.keys).union(told).sorted()
            let hint = KnownCodes(nearest: { Suggestion($1).closest(to: $0) }).hint(blame.reason, codes)
            throw Problem(
                .invalidInput, at: "/reasons/\(index)/reason",
                LocalizedText(
                    zhHans: "历史中没有婉拒原因“\(blame.reason)”\(hint.zhHans)",
                    en: "no refusal of the history gives the reason '\(blame.reason)'\(hint.en)"))
        }
    }

    /// Today's profile first, then one for each combination of values.
    private func settings(
        _ choices: [LearningInput.Choice], of today: ScoringProfile, in scope: ProfileScope?, _ check: ProfileCheck
    ) throws -> [ScoringProfile] {
        guard !choices.isEmpty else { return [today] }
        guard hasFacts else {
            throw Problem(
                .invalidInput, at: "/parameters",
                LocalizedText(
                    zhHans: "参数只能从数据库中的历史学习：外来历史没有事实可供重判。",
                    en:
                        "Parameters can be learned only from the database: a history from outside has no facts to judge again."
                ))
        }
        var profiles = [today]
        for (index, choice) in choices.enumerated() {
            let values = choice.values.compactMap { ParameterValue($0) }
            guard values.count == choice.values.count else {
                throw Problem(
                    .invalidInput, at: "/parameters/\(index)/values",
                    LocalizedText(
                        zhHans: "参数应为整数、true/false 或文字。", en: "A parameter is a whole number, true or false, or a text."
                    ))
            }
            guard profiles.count * (values.count + 1) <= TuningLimits.mostSettings else {
                throw Problem(
                    .invalidInput, at: "/parameters",
                    LocalizedText(
                        zhHans: "组合超过 \(TuningLimits.mostSettings) 种，请减少备选值。",
                        en: "More than \(TuningLimits.mostSettings) combinations; give fewer values."))
            }
            profiles += try profiles.flatMap { profile in
                try values.map { value in
                    var other = profile
                    try other.apply(ProfileEdit(scope: scope, scorer: choice.scorer, .parameter(choice.name, value)))
                    return other
                }
            }
        }
        for profile in profiles { try check.check(profile) }
        return profiles
    }
}

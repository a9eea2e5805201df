public import MatchCore
public import Wire

/// How two profiles would have ordered the lists of the past.
public struct BacktestView: OpenAnswer {
    public let first: String
    public let second: String
    public let decisions: Int
    public let cutoff: Int
    /// How choices of low positions were counted: none, estimated or an exponent.
    public let positionBias: String
    /// The chance to be looked at by position that this came to, 1 for the first; empty for none.
    public let positions: [Double]
    public let measures: [Line]
    /// Recall looks at the first so many.
    public let recallCutoff: Int
    /// Decisions that recall is measured on.
    public let recalled: Int
    /// Decisions whose wish or household was changed later; see ``PastDecisions/factsOfToday``.
    public let factsOfToday: Int
    public let leftOut: [LeftOutView]?

    /// One measure of both profiles.
    public struct Line: Described {
        public let measure: TuningMeasure
        public let first: Interval?
        public let second: Interval?
        /// The second less the first.
        public let difference: Interval?
        public let verdict: Backtest.Verdict?

        public static let schema = JSONSchema.object(
            "BacktestLine",
            [
                .required("measure", .choice(TuningMeasure.self), "What is measured.", "指标。"),
                .optional(
                    "first", .interval, "Of the first profile; left out where nothing speaks of it.", "甲方案；无从得知时没有此项。"),
                .optional("second", .interval, "Of the second.", "乙方案。"),
                .optional("difference", .interval, "The second less the first.", "乙减甲。"),
                .optional(
                    "verdict", .choice(["better", "worse", "noise"]), "noise where the interval holds 0.", "区间含 0 即为噪声。"
                ),
            ])
        public static let sample = Line(
            measure: .ndcg, first: .sample, second: .sample, difference: .sample, verdict: .better)
    }

    public static let schema = JSONSchema.object(
        "Backtest",
        [
            .required("first", .text(1...200), "The profile compared with.", "对照方案。"),
            .required("second", .text(1...200), "The other one.", "另一方案。"),
            .required("decisions", .count, "How many were replayed.", "回放的决定数。"),
            .required("cutoff", .integer(1...1_000), "How many first places count.", "只看前几名。"),
            .required(
                "positionBias", .text(1...30),
                "How choices of low positions were counted; none also where too few choices were there to estimate it.",
                "如何计入靠后位置的选择；选择太少无从估计时为 none。"),
            .required(
                "positions", .list(of: .number(0...1e6), 0...100), "Chance to be looked at by position.", "各位置被看到的机会。"),
            .required(
                "measures", .list(of: Line.schema, 0...20),
                "With 95 % intervals of a bootstrap over wishes; that of areaGap is the spread of the draws around their middle, laid around the gap.",
                "附以心愿为单位的自助法 95% 区间；areaGap 的区间为各次抽取围绕其中位数的散布，置于该差距两侧。"),
            .required(
                "recallCutoff", .integer(1...1_000),
                "Recall looks at the first so many: the cutoff, or half of a middle list where most are not longer than that.",
                "召回只看前几名：即 cutoff；多数清单不长于它时，为居中清单长度的一半。"),
            .required(
                "recalled", .count,
                "Decisions that recall is measured on: with a choice that turned out well, from a list longer than recallCutoff.",
                "衡量召回的决定数：所选结果良好，且清单长于 recallCutoff。"),
            .required(
                "factsOfToday", .count,
                "Decisions whose wish or household file was changed later: its groups, stated and derived, are those of today, since the history keeps none; area, lane and category are as of then wherever the history tells.",
                "心愿或家庭档案后来有过更改的决定数：人群（填写的与推定的）按今日计，历史不留人群；区划、通道、品类凡历史有载者按当时计。"),
            .optional("leftOut", .list(of: LeftOutView.schema, 0...10), "What tells nothing.", "未计入者。"),
        ])
    public static let sample = BacktestView(
        first: "default@3", second: "default:draft", decisions: 900, cutoff: 10, positionBias: "estimated",
        positions: [1, 0.6], measures: [.sample], recallCutoff: 10, recalled: 700, factsOfToday: 3, leftOut: [.sample])

    init(
        _ test: Backtest, first: String, second: String, cutoff: Int, factsOfToday: Int = 0,
        leftOut: [LeftOutView]? = nil
    ) {
        self.init(
            first: first, second: second, decisions: test.decisions, cutoff: cutoff, positionBias: test.bias.text,
            positions: test.bias == .none ? [] : test.chances,
            measures: test.lines.map {
                Line(
                    measure: $0.measure, first: $0.first, second: $0.second, difference: $0.difference,
                    verdict: $0.verdict)
            }, recallCutoff: test.recallCutoff, recalled: test.recalled, factsOfToday: factsOfToday, leftOut: leftOut)
    }

    private init(
        first: String, second: String, decisions: Int, cutoff: Int, positionBias: String, positions: [Double],
        measures: [Line], recallCutoff: Int, recalled: Int, factsOfToday: Int, leftOut: [LeftOutView]?
    ) {
        (self.recallCutoff, self.recalled, self.factsOfToday) = (recallCutoff, recalled, factsOfToday)
        (self.positionBias, self.positions) = (positionBias, positions)
        (self.first, self.second, self.decisions) = (first, second, decisions)
        (self.cutoff, self.measures, self.leftOut) = (cutoff, measures, leftOut)
    }
}

/// Asks for a back-test.
public struct BacktestInput: Described {
    public var profile: ProfileSource
    public var against: ProfileSource?
    public var positionBias: String?
    public var cutoff: Int?
    public var draws: Int?
    public var seed: Int64?

    public init(
        profile: ProfileSource, against: ProfileSource? = nil, positionBias: String? = nil, cutoff: Int? = nil,
        draws: Int? = nil, seed: Int64? = nil
    ) {
        (self.profile, self.against, self.positionBias) = (profile, against, positionBias)
        (self.cutoff, self.draws, self.seed) = (cutoff, draws, seed)
    }

    static let measuring: [JSONSchema.Property] = [
        .optional(
            "cutoff", .integer(TuningLimits.cutoff.int64), "How many first places count; 10 by default.", "只看前几名，默认 10。"
        ),
        .optional(
            "draws", .integer(TuningLimits.draws.int64), "Draws of the bootstrap; 1,000 by default.",
            "自助法抽取次数，默认 1000。"),
        .optional("seed", .integer(0...Int64.max), "Seed of chance; 1 by default.", "随机种子，默认 1。"),
    ]

    public static let schema = JSONSchema.object(
        "BacktestInput",
        [
            .required("profile", ProfileSource.schema, "The profile to try.", "要检验的方案。"),
            .optional(
                "against", ProfileSource.schema, "The one to compare with; what is published by default.", "对照方案，默认现行。"),
            .optional(
                "positionBias", .text(1...10),
                "none, estimated or an exponent 0…5; \(PositionBias.standard.text) by default.",
                "none、estimated 或 0…5 的指数，默认 \(PositionBias.standard.text)。"),
        ] + measuring)
    public static let sample = BacktestInput(
        profile: .sample, against: ProfileSource(name: "default"), positionBias: "0.7", cutoff: 10, draws: 1_000,
        seed: 1)
}

extension TuningHistory {
    /// Replays two profiles.
    public func backtest(
        _ first: (title: String, profile: ScoringProfile), _ second: (title: String, profile: ScoringProfile),
        options: Backtest.Options
    ) throws -> BacktestView {
        BacktestView(
            Backtest(
                (first.profile, try judged(by: first.profile)), (second.profile, try judged(by: second.profile)),
                options: options), first: first.title, second: second.title, cutoff: options.cutoff,
            factsOfToday: factsOfToday, leftOut: leftOut)
    }
}

extension PositionBias {
    /// What is asked for, or the usual; throws ``Problem`` `invalidInput` for anything else.
    public init(asked text: String?) throws {
        guard let text else {
            self = .standard
            return
        }
        guard let bias = PositionBias(text) else {
            throw Problem(
                .invalidInput, at: "/positionBias",
                LocalizedText(
                    zhHans: "位置偏差应为 none、estimated 或 0…5 的数。",
                    en: "The position bias is 'none', 'estimated', or a number 0…5."))
        }
        self = bias
    }
}

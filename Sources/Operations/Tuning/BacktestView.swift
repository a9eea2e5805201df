public import MatchCore
public import Wire

/// How two profiles would have ordered the lists of the past.
public struct BacktestView: OpenAnswer {
    public let first: String
    public let second: String
    public let decisions: Int
    public let cutoff: Int
    public let measures: [Line]
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
            .required("measures", .list(of: Line.schema, 0...20), "With 95 % intervals.", "附 95% 区间。"),
            .optional("leftOut", .list(of: LeftOutView.schema, 0...10), "What tells nothing.", "未计入者。"),
        ])
    public static let sample = BacktestView(
        first: "default@3", second: "default:draft", decisions: 900, cutoff: 10, measures: [.sample],
        leftOut: [.sample])

    init(_ test: Backtest, first: String, second: String, cutoff: Int, leftOut: [LeftOutView]? = nil) {
        self.init(
            first: first, second: second, decisions: test.decisions, cutoff: cutoff,
            measures: test.lines.map {
                Line(
                    measure: $0.measure, first: $0.first, second: $0.second, difference: $0.difference,
                    verdict: $0.verdict)
            }, leftOut: leftOut)
    }

    private init(
        first: String, second: String, decisions: Int, cutoff: Int, measures: [Line], leftOut: [LeftOutView]?
    ) {
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
        .optional("cutoff", .integer(1...100), "How many first places count; 10 by default.", "只看前几名，默认 10。"),
        .optional(
            "draws", .integer(100...Int64(TuningLimits.mostDraws)), "Draws of the bootstrap; 1,000 by default.",
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
                "positionBias", .text(1...10), "none, or an exponent 0…5; none by default.", "none 或 0…5 的指数，默认 none。"),
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
                options: options), first: first.title, second: second.title, cutoff: options.cutoff, leftOut: leftOut)
    }
}

extension PositionBias {
    /// `none`, `estimated`, or an exponent 0…5; throws ``Problem`` `invalidInput` for anything else.
    public init(text: String, allowsEstimated: Bool = true) throws {
        switch text {
        case "none": self = .none
        case "estimated" where allowsEstimated: self = .estimated
        default:
            guard let exponent = Double(text), (0...5).contains(exponent) else {
                let estimated = allowsEstimated ? "'estimated', " : ""
                throw Problem(
                    .invalidInput, at: "/positionBias",
                    LocalizedText(
                        zhHans: "位置偏差应为 none、\(allowsEstimated ? "estimated 或 " : "")0…5 的数。",
                        en: "The position bias is 'none', \(estimated)or a number 0…5."))
            }
            self = .declared(exponent)
        }
    }
}

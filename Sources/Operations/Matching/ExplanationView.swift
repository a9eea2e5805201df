public import MatchCore
public import Wire

/// An explanation: whole numbers, from which the total can be added up again.
public struct ExplanationView: Described {
    public let wish: RecordNameView
    public let wishLine: Int
    public let offer: RecordNameView
    public let offerLine: Int
    public let profile: String
    public let asOf: Timestamp
    /// Nil where a veto makes the pair ineligible.
    public let total: Int32?
    public let isEligible: Bool
    public let nothingApplies: Bool
    public let entries: [Entry]
    /// How the vote placed it; nil where the totals make the order.
    public let vote: VotedPlaceView?

    public struct Entry: Described {
        public let scorer: String
        public let title: String
        public let version: Int
        /// Nil, as value and contribution, where the viewer may not know; see ``ExplainedFiles``.
        public let outcome: String?
        public let value: Int32?
        public let weight: Int32
        public let contribution: Int64?
        public let reason: String
        public let sentence: String
        public let inputs: [Input]

        public static let schema = JSONSchema.object(
            "ExplanationEntry",
            [
                .required("scorer", .text(1...64), "The scorer.", "评分项。"),
                .required("title", .text(0...200), "Its title.", "评分项名称。"),
                .required("version", .integer(1...Int64(Int32.max)), "Its version.", "版本。"),
                .optional(
                    "outcome", .choice(Explanation.Outcome.allCases.map(\.rawValue)),
                    "What it said; left out, with value and contribution, where it rests on a family's file that you may not read.",
                    "结论；所依据的家庭档案您无权查看时，与分值、得分一并省略。"),
                .optional("value", .integer(0...1_000_000), "The value that counts.", "计入的分值。"),
                .required("weight", .integer(0...10_000), "Its weight.", "权重。"),
                .optional("contribution", .integer(0...10_000_000_000), "weight · value.", "权重×分值。"),
                .required(
                    "reason", .text(0...200), "A code; 'withheld' where you may not know.", "理由代码；无权查看时为 withheld。"),
                .required("sentence", .text(0...4_000), "The reason in words.", "理由说明。"),
                .required("inputs", .list(of: Input.schema, 0...200), "What it rests on.", "依据。"),
            ])
        public static let sample = Entry(
            scorer: "proximity", title: "Proximity", version: 1, outcome: "value", value: 800_000, weight: 100,
            contribution: 80_000_000, reason: "near", sentence: "2.2 km away.", inputs: [.sample])
    }

    /// A fact; in a list, because their order is part of the explanation.
    public struct Input: Described {
        public let name: String
        public let value: JSONValue

        public static let schema = JSONSchema.object(
            "ExplanationInput",
            [
                .required("name", .text(1...64), "The fact.", "事实。"),
                .required("value", JSONSchema(.anything), "Its value; null where missing.", "取值；缺失为 null。"),
            ])
        public static let sample = Input(name: "metres", value: 2_200)
    }

    public static let schema = JSONSchema.object(
        "Explanation",
        [
            .required("wish", RecordNameView.schema, "The wish.", "心愿。"),
            .required("wishLine", .lineNumber, "Its line.", "心愿明细序号。"),
            .required("offer", RecordNameView.schema, "The offer.", "资源。"),
            .required("offerLine", .lineNumber, "Its line.", "资源明细序号。"),
            .required("profile", .text(1...200), "Profile and revision.", "评分方案及版本。"),
            .required("asOf", .moment, "What the scorers took for now.", "计算时点。"),
            .optional("total", .integer(0...1_000_000), "Left out where a veto fell.", "总分；被否决时没有此项。"),
            .required("isEligible", .flag, "Whether no veto fell.", "是否可匹配。"),
            .required("nothingApplies", .flag, "Whether no scorer applies.", "是否没有适用的评分项。"),
            .required("entries", .list(of: Entry.schema, 0...100), "One per scorer.", "逐项评分。"),
            .optional(
                "vote", VotedPlaceView.schema,
                "Who wanted it where, in a list whose order is a vote; left out where the totals make the order.",
                "次序由投票决定时，各方所给名次；按总分排序时没有此项。"),
        ])
    public static let sample = ExplanationView(
        wish: .sample, wishLine: 1, offer: RecordNameView(RecordKey(source: "web", externalID: "O-3", id: .sample(2))),
        offerLine: 1, profile: "default@1", asOf: .sample, total: 800_000, isEligible: true, nothingApplies: false,
        entries: [.sample], vote: .sample)
}

extension ExplanationView {
    /// With titles and sentences in one language.
    ///
    /// - Parameters:
    ///   - groups: what the program calls its groups; a code without a name stays a code.
    ///   - hidesGroups: whether the viewer may not know the wish's groups, or not those that follow from a file: of the
    ///     scorers that read groups it is then told that they counted, and nothing else.
    ///   - hidesHardship: the same of its hardship.
    public init(
        _ explanation: Explanation, plan: ScoringPlan, language: Language, groups: [String: LocalizedText] = [:],
        hidesGroups: Bool = false, hidesHardship: Bool = false
    ) {
        wish = RecordNameView(explanation.wish)
        wishLine = explanation.wishLine
        offer = RecordNameView(explanation.offer)
        offerLine = explanation.offerLine
        profile = explanation.profile
        asOf = explanation.asOf
        total = explanation.total
        isEligible = explanation.total != nil
        nothingApplies = explanation.nothingApplies
        vote = explanation.vote.map { VotedPlaceView($0) }
        let steps = plan.steps
        let groups = ScoreInputs.GroupNames(groups)
        entries = explanation.entries.enumerated().map { number, entry in
            // A plan explains its steps in their order; what was stored under another is looked for.
            let own = number < steps.count ? steps[number] : nil
            let step =
                own?.descriptor.id == entry.scorer ? own : steps.first { $0.descriptor.id == entry.scorer }
            if (hidesGroups && entry.lists(step?.descriptor.groupInputs))
                || (hidesHardship && entry.lists(step?.descriptor.hardshipInputs))
            {
                return Entry(
                    withholding: entry, title: step?.descriptor.title[language] ?? entry.scorer, language)
            }
            var finding = entry.finding(vetoes: step?.descriptor.vetoes ?? [])
            finding.inputs = finding.inputs.calling(groups: groups)
            return Entry(
                scorer: entry.scorer, title: step?.descriptor.title[language] ?? entry.scorer, version: entry.version,
                outcome: entry.outcome.rawValue, value: entry.value, weight: entry.weight,
                contribution: entry.contribution, reason: entry.reason,
                sentence: step?.scorer.sentence(for: finding, in: language) ?? entry.reason,
                inputs: entry.inputs.entries.map { Input(name: $0.name, value: JSONValue($0.value)) })
        }
    }
}

extension ExplanationView.Entry {
    /// That a scorer counted, and with which weight.
    fileprivate init(withholding entry: Explanation.Entry, title: String, _ language: Language) {
        self.init(
            scorer: entry.scorer, title: title, version: entry.version, outcome: nil, value: nil, weight: entry.weight,
            contribution: nil, reason: "withheld",
            sentence: LocalizedText(
                zhHans: "所依据的家庭档案您无权查看。", en: "Rests on the family's file, which you may not read.")[language],
            inputs: [])
    }
}

extension Explanation.Entry {
    /// Whether one of these is among the facts; of a scorer that is not known any more, whether it may be.
    func lists(_ names: [String]?) -> Bool { names.map { $0.contains { inputs[$0] != nil } } ?? true }
}

extension JSONValue {
    init(_ value: ScoreInputs.Value) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .text(let text): self = .text(text)
        case .flag(let flag): self = .flag(flag)
        case .integers(let numbers): self = .list(numbers.map { .integer($0) })
        case .texts(let texts): self = .list(texts.map { .text($0) })
        case .missing: self = .null
        }
    }
}

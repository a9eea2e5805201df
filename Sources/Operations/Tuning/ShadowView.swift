public import MatchCore
public import Wire

/// What a draft in the shadow of the published profile would have shown otherwise, and what a trial by areas came to.
public struct ShadowView: OpenAnswer {
    public let lists: Int
    public let otherFirst: Int
    public let otherOrder: Int
    public let swappedPairs: Int
    public let pairs: Int
    public let chosenHigher: Int
    public let chosenLower: Int
    public let trial: Trial?
    public let leftOut: [LeftOutView]?

    /// The two sides of a split, under a stop rule that was stated before.
    public struct Trial: Described {
        public let seed: Int64
        public let percent: Int
        public let horizon: Int
        public let areasOfDraft: [String]
        public let areasOfPublished: [String]
        public let draft: StopRule.Side
        public let published: StopRule.Side
        public let difference: Interval
        public let verdict: StopRule.Verdict

        private static let side = JSONSchema.object(
            "TrialSide",
            [
                .required("ended", .count, "Choices that ended.", "已有结局的选择数。"),
                .required("delivered", .count, "Those delivered.", "其中送达数。"),
            ])
        public static let schema = JSONSchema.object(
            "Trial",
            [
                .required("seed", .integer(0...Int64.max), "Decides each area's side.", "决定各区划归属的种子。"),
                .required("percent", .integer(0...100), "The share of areas that the draft serves.", "草案服务区划的百分比。"),
                .required("horizon", .count, "Ended choices a side at which there is one look.", "每侧满此数即作一次判断。"),
                .required("areasOfDraft", .list(of: .text(1...64), 0...10_000), "Areas of the draft.", "草案一侧的区划。"),
                .required("areasOfPublished", .list(of: .text(1...64), 0...10_000), "The others.", "现行一侧的区划。"),
                .required("draft", side, "How the draft's side stands.", "草案一侧。"),
                .required("published", side, "How the other side stands.", "现行一侧。"),
                .required("difference", .interval, "Of the shares delivered.", "送达率之差。"),
                .required(
                    "verdict", .choice(["goOn", "stopForHarm", "draftBetter", "draftWorse", "noDifference"]),
                    "What the stop rule says.", "停止规则的结论。"),
            ])
        public static let sample = Trial(
            seed: 7, percent: 20, horizon: 200, areasOfDraft: ["441900119"], areasOfPublished: ["441900121"],
            draft: .init(ended: 40, delivered: 31), published: .init(ended: 160, delivered: 120),
            difference: .sample, verdict: .goOn)
    }

    public static let schema = JSONSchema.object(
        "Shadow",
        [
            .required("lists", .count, "Lists of the past.", "过去的清单数。"),
            .required("otherFirst", .count, "Lists with another first.", "首位不同的清单数。"),
            .required("otherOrder", .count, "Lists in another order.", "次序不同的清单数。"),
            .required("swappedPairs", .count, "Pairs that stand the other way round.", "名次互换的候选对数。"),
            .required("pairs", .count, "All pairs.", "全部候选对数。"),
            .required("chosenHigher", .count, "How often what people chose stands higher.", "人们所选名次更高的次数。"),
            .required("chosenLower", .count, "How often it stands lower.", "更低的次数。"),
            .optional("trial", Trial.schema, "Where a share was asked for.", "要求分流时。"),
            .optional("leftOut", .list(of: LeftOutView.schema, 0...10), "What tells nothing.", "未计入者。"),
        ])
    public static let sample = ShadowView(
        lists: 900, otherFirst: 120, otherOrder: 400, swappedPairs: 2_000, pairs: 40_000, chosenHigher: 60,
        chosenLower: 30, trial: .sample, leftOut: [.sample])
}

/// Asks for a draft in the shadow, and with a share for a trial by areas.
public struct ShadowInput: Described {
    public var draft: ProfileSource
    public var profile: ProfileSource?
    public var share: Int?
    public var horizon: Int?
    public var seed: Int64?

    public init(
        draft: ProfileSource, profile: ProfileSource? = nil, share: Int? = nil, horizon: Int? = nil, seed: Int64? = nil
    ) {
        (self.draft, self.profile, self.share, self.horizon, self.seed) = (draft, profile, share, horizon, seed)
    }

    public static let schema = JSONSchema.object(
        "ShadowInput",
        [
            .required("draft", ProfileSource.schema, "The profile in the shadow.", "影子中的方案。"),
            .optional("profile", ProfileSource.schema, "The one shown; what is published by default.", "所展示的方案，默认现行。"),
            .optional("share", .integer(0...100), "Per cent of areas that the draft serves.", "草案服务区划的百分比。"),
            .optional(
                "horizon", .integer(4...1_000_000), "The stop stated before; 200 by default.", "事先定下的停止数，默认 200。"),
            .optional("seed", .integer(0...Int64.max), "Decides each area's side; 1 by default.", "决定各区划归属，默认 1。"),
        ])
    public static let sample = ShadowInput(
        draft: .sample, profile: ProfileSource(name: "default"), share: 20, horizon: 200, seed: 7)
}

extension TuningHistory {
    /// Counts what the draft would have shown otherwise; with a share also how the two sides of a split stand.
    public func shadow(
        _ draft: ScoringProfile, of published: ScoringProfile, share: Int?, horizon: Int, seed: Int64
    ) throws -> ShadowView {
        let (before, after) = (try judged(by: published), try judged(by: draft))
        var tally = ShadowTally()
        let (order, other) = (HistoryOrder(published), HistoryOrder(draft))
        for (one, two) in zip(before.decisions, after.decisions) {
            tally.add(one, published: order.order(one), draft: other.order(two))
        }
        return ShadowView(
            lists: tally.lists, otherFirst: tally.otherFirst, otherOrder: tally.otherOrder,
            swappedPairs: tally.swappedPairs, pairs: tally.pairs, chosenHigher: tally.chosenHigher,
            chosenLower: tally.chosenLower,
            trial: share.map { trial($0, StopRule(horizon: horizon), seed, before.decisions) }, leftOut: leftOut)
    }

    private func trial(_ percent: Int, _ rule: StopRule, _ seed: Int64, _ decisions: [Decision]) -> ShadowView.Trial {
        let split = AreaSplit(seed: UInt64(clamping: seed), percent: percent)
        var sides = [StopRule.Side(ended: 0, delivered: 0), StopRule.Side(ended: 0, delivered: 0)]
        var areas: [Set<String>] = [[], []]
        for decision in decisions {
            guard let area = decision.area.map({ trees.areas.town(of: $0) }) else { continue }
            let side = split.servesDraft(area) ? 0 : 1
            areas[side].insert(area)
            for candidate in decision.candidates {
                switch candidate.fate {
                case .delivered:
                    sides[side].ended += 1
                    sides[side].delivered += 1
                case .declined, .lapsed: sides[side].ended += 1
                case .passedOver, .chosen, .accepted: break
                }
            }
        }
        return ShadowView.Trial(
            seed: seed, percent: percent, horizon: rule.horizon, areasOfDraft: areas[0].sorted(),
            areasOfPublished: areas[1].sorted(), draft: sides[0], published: sides[1],
            difference: StopRule.difference(draft: sides[0], published: sides[1]),
            verdict: rule.verdict(draft: sides[0], published: sides[1]))
    }
}

extension CodeTree {
    /// The area right under the root that an area lies in, which a split goes by; a code that is not known is its own.
    func town(of code: String) -> String {
        guard let index = index(of: code) else { return code }
        let path = path(to: index)
        return path.count > 1 ? path[1] : path[0]
    }
}

internal import Casework
public import MatchCore
public import Wire

/// What a draft in the shadow of the published profile would have shown otherwise, and what a trial by areas came to.
public struct ShadowView: OpenAnswer {
    /// Every list that was shown.
    public let lists: Int
    /// Those of them that somebody chose from.
    public let decided: Int
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
        /// Nil where a side has no choice that ended.
        public let difference: Interval?
        public let verdict: StopRule.Verdict
        /// When the look was that decided; nil while the trial goes on.
        public let decidedAt: Timestamp?
        /// Choices that ended after that look, and do not count.
        public let later: Int
        /// Decisions before it do not count; nil for all that are known.
        public let since: Timestamp?
        /// The published profile that stated the terms before the trial began; nil where they are only said now.
        public let statedIn: String?
        /// Decisions whose lists were not made under the trial, and do not count.
        public let notOfTrial: Int

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
                .required(
                    "horizon", .count, "Ended choices a side at which there is the one look; later ones do not count.",
                    "每侧满此数即作唯一一次判断，其后的不计入。"),
                .required("areasOfDraft", .list(of: .text(1...64), 0...10_000), "Areas of the draft.", "草案一侧的区划。"),
                .required("areasOfPublished", .list(of: .text(1...64), 0...10_000), "The others.", "现行一侧的区划。"),
                .required("draft", side, "How the draft's side stands.", "草案一侧。"),
                .required("published", side, "How the other side stands.", "现行一侧。"),
                .optional(
                    "difference", .interval, "Of the shares delivered; left out where a side has no choice that ended.",
                    "送达率之差；某侧尚无已有结局的选择时没有此项。"),
                .required(
                    "verdict", .choice(["goOn", "stopForHarm", "draftBetter", "draftWorse", "noDifference"]),
                    "What the stop rule says.", "停止规则的结论。"),
                .optional("decidedAt", .moment, "When the look was that decided.", "作出判断的时间。"),
                .required("later", .count, "Choices that ended after it and do not count.", "其后才有结局、不计入的选择数。"),
                .optional("since", .moment, "Decisions before it do not count.", "此前的决定不计入。"),
                .optional(
                    "statedIn", .text(1...200),
                    "The published profile that stated the terms beforehand; left out where they are only said now.",
                    "事先写明条件的已发布方案；只在此刻给出时没有此项。"),
                .required(
                    "notOfTrial", .count, "Decisions whose lists were not made under the trial, and do not count.",
                    "清单并非在试行下生成、不计入的决定数。"),
            ])
        public static let sample = Trial(
            seed: 7, percent: 20, horizon: 200, areasOfDraft: ["441900119"], areasOfPublished: ["441900121"],
            draft: .init(ended: 40, delivered: 31), published: .init(ended: 160, delivered: 120),
            difference: .sample, verdict: .goOn, decidedAt: .sample, later: 3, since: .sample,
            statedIn: "default@4", notOfTrial: 12)
    }

    public static let schema = JSONSchema.object(
        "Shadow",
        [
            .required(
                "lists", .count, "Lists that were shown, also those that nobody chose from.", "展示过的清单数，含无人选择的。"),
            .required("decided", .count, "Those of them that somebody chose from.", "其中有人从中选择的。"),
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
        lists: 900, decided: 700, otherFirst: 120, otherOrder: 400, swappedPairs: 2_000, pairs: 40_000,
        chosenHigher: 60,
        chosenLower: 30, trial: .sample, leftOut: [.sample])
}

/// Asks for a draft in the shadow, and with a share for a trial by areas.
public struct ShadowInput: Described {
    public var draft: ProfileSource
    public var profile: ProfileSource?
    public var share: Int?
    public var horizon: Int?
    public var seed: Int64?
    /// When the trial began.
    public var since: Timestamp?

    public init(
        draft: ProfileSource, profile: ProfileSource? = nil, share: Int? = nil, horizon: Int? = nil,
        seed: Int64? = nil, since: Timestamp? = nil
    ) {
        self.since = since
        (self.draft, self.profile, self.share, self.horizon, self.seed) = (draft, profile, share, horizon, seed)
    }

    public static let schema = JSONSchema.object(
        "ShadowInput",
        [
            .required("draft", ProfileSource.schema, "The profile in the shadow.", "影子中的方案。"),
            .optional("profile", ProfileSource.schema, "The one shown; what is published by default.", "所展示的方案，默认现行。"),
            .optional(
                "share", .integer(TuningLimits.share.int64),
                "Per cent of areas that the draft serves. Not needed, nor the others, where the profile shown states its trial.",
                "草案服务区划的百分比。所展示方案已写明试行时，此项及以下各项均不需。"),
            .optional(
                "horizon", .integer(TuningLimits.horizon.int64),
                "The stop stated before; 200 by default. With a share only.",
                "事先定下的停止数，默认 200；仅与 share 并用。"),
            .optional(
                "seed", .integer(0...Int64.max), "Decides each area's side; 1 by default. With a share only.",
                "决定各区划归属，默认 1；仅与 share 并用。"),
            .optional(
                "since", .moment, "When the trial began: earlier decisions do not count for it. With a share only.",
                "试行开始时间，此前的决定不计入；仅与 share 并用。"),
        ])
    public static let sample = ShadowInput(
        draft: .sample, profile: ProfileSource(name: "default"), share: 20, horizon: 200, seed: 7, since: .sample)

    /// Throws ``Problem`` `invalidInput` for what says how a trial is read where none was asked for, or otherwise than
    /// the published profile stated.
    public func requireEffect(on published: ScoringProfile) throws {
        if let stated = published.trial {
            let given: [(String, Bool)] = [
                ("share", share.map { $0 != stated.share } ?? false),
                ("horizon", horizon.map { $0 != stated.horizon } ?? false),
                ("seed", seed.map { $0 != stated.seed } ?? false), ("since", since != nil),
            ]
            for (name, isOther) in given where isOther {
                throw Problem(
                    .invalidInput, at: "/\(name)",
                    LocalizedText(
                        zhHans: "\(published.reference) 发布时已写明试行条件（\(stated)），只能照此判断；请去掉 \(name)。",
                        en:
                            "\(published.reference) stated how its trial is read (\(stated)), and it is read like that: leave "
                            + "out '\(name)'."))
            }
            return
        }
        guard share == nil else { return }
        for (name, isGiven) in [("horizon", horizon != nil), ("seed", seed != nil), ("since", since != nil)]
        where isGiven {
            throw Problem(
                .invalidInput, at: "/\(name)",
                LocalizedText(
                    zhHans: "\(name) 只在给出 share（分流）时起作用。", en: "'\(name)' takes effect with 'share' only."))
        }
    }
}

extension TuningHistory {
    /// Counts what the draft would have shown otherwise; with a share, or where the published profile states a trial,
    /// also how the two sides of a split stand.
    ///
    /// - Parameter revisions: those under which a stated trial ran; nil for the published one alone.
    public func shadow(
        _ draft: ScoringProfile, of published: ScoringProfile, asked input: ShadowInput,
        servedBy revisions: Set<Int>? = nil
    ) throws -> ShadowView {
        try input.requireEffect(on: published)
        let (before, after) = (try judged(shown, by: published), try judged(shown, by: draft))
        var tally = ShadowTally()
        let (order, other) = (HistoryOrder(published), HistoryOrder(draft))
        for (one, two) in zip(before.decisions, after.decisions) {
            tally.add(one, published: order.order(one), draft: other.order(two))
        }
        return ShadowView(
            lists: tally.lists, decided: history.decisions.count { $0.candidates.contains { $0.fate.wasChosen } },
            otherFirst: tally.otherFirst, otherOrder: tally.otherOrder,
            swappedPairs: tally.swappedPairs, pairs: tally.pairs, chosenHigher: tally.chosenHigher,
            chosenLower: tally.chosenLower,
            trial: trial(of: published, input, try judged(by: published).decisions, revisions),
            // A list that nobody chose from is counted here as any other.
            leftOut: leftOut.filter { $0.cause != PastDecisions.LeftOut.notDecided.rawValue })
    }

    private func trial(
        of published: ScoringProfile, _ input: ShadowInput, _ decisions: [Decision], _ revisions: Set<Int>?
    ) -> ShadowView.Trial? {
        let said = input.share.map {
            TrialTerms(share: $0, seed: input.seed ?? 1, horizon: input.horizon ?? TrialTerms.usualHorizon)
        }
        guard let terms = published.trial ?? said else { return nil }
        let (rule, split) = (terms.rule, terms.split)
        let served = published.trial == nil ? nil : revisions ?? [published.revision]
        // Every area that the trial serves, whether anybody there has decided yet or not.
        var areas: [Set<String>] = [[], []]
        if published.trial != nil || hasFacts {
            let tree = trees.areas
            for index in tree.codes.indices where tree.depths[index] == 1 {
                areas[split.servesDraft(tree.codes[index]) ? 0 : 1].insert(tree.codes[index])
            }
        }
        var ended: [StopRule.Ended] = []
        var notOfTrial = 0
        for decision in decisions {
            if let since = input.since, decision.time < since { continue }
            guard let area = decision.area.map({ trees.areas.town(of: $0) }) else { continue }
            let isOfDraft = split.servesDraft(area)
            // A list that says under what it was made was part of the trial only if that side served it.
            if let made = decision.profile.flatMap({ ProfileReference($0) }) {
                let isOfRevision = served.map { made.name == published.name && $0.contains(made.revision) } ?? true
                let isOfSide = made.scopes.contains { scope in
                    // Under a trial that was stated other areas may have layers of their own.
                    scope.kind == .area && (served == nil || split.servesDraft(trees.areas.town(of: scope.code)))
                }
                guard isOfRevision, isOfSide == isOfDraft else {
                    notOfTrial += 1
                    continue
                }
            }
            areas[isOfDraft ? 0 : 1].insert(area)
            for candidate in decision.candidates where [.delivered, .declined, .lapsed].contains(candidate.fate) {
                ended.append(
                    StopRule.Ended(
                        time: candidate.fateTime ?? decision.time, isOfDraft: isOfDraft,
                        isDelivered: candidate.fate == .delivered))
            }
        }
        let reading = rule.reading(ended)
        return ShadowView.Trial(
            seed: terms.seed, percent: terms.share, horizon: rule.horizon, areasOfDraft: areas[0].sorted(),
            areasOfPublished: areas[1].sorted(), draft: reading.draft, published: reading.published,
            difference: reading.draft.ended == 0 || reading.published.ended == 0
                ? nil
                : StopRule.difference(
                    draft: reading.draft, published: reading.published, isEarly: reading.verdict == .stopForHarm),
            verdict: reading.verdict, decidedAt: reading.decidedAt, later: reading.later, since: input.since,
            statedIn: published.trial == nil ? nil : published.reference, notOfTrial: notOfTrial)
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

internal import Casework
internal import MatchCore
internal import Wire

/// What can be asked of the past and of the open wishes before a profile is published. Nothing here changes anything.
public enum TuningOperations {
    private static let free = LocalizedText(
        zhHans: "只计算，不更改，不需要 Idempotency-Key；同一时间只进行一项。",
        en: "Changes nothing and needs no Idempotency-Key; one such call runs at a time (503 meanwhile).")

    private static func facts(_ id: String, _ path: String, _ en: String, _ zhHans: String) -> OperationFacts {
        OperationFacts(
            "tuning.\(id)", .post, "/v1/tuning/\(path)", en, zhHans: zhHans, details: free,
            weight: .heavy, readsOnly: true)
    }

    public static let preview = Operation<PreviewInput, PreviewView>(
        facts(
            "preview", "preview", "Says what a draft would change for the open wishes: how much, and for whom.",
            "预览草案对未满足心愿的影响：改变多少，影响何人。")
    ) { input, context in
        let (draft, published) = try profiles(input.draft, input.against, context)
        return try context.room.tuning.once {
            let registry = try context.room.matching.registry(in: context.store)
            let run = try run(published.profile, draft.profile, registry, context, top: input.top ?? 5)
            let start = context.room.clock()
            let preview = run.preview(isOverdue: {
                context.room.clock().milliseconds - start.milliseconds > TuningLimits.previewSeconds * 1_000
            })
            var parties: [String: String] = [:]
            try context.registry.forEachParty { parties[$0.key.id.description] = $0.name }
            return PreviewView(
                preview, published: published.title, draft: draft.title, registry: registry, parties: parties,
                mostChanges: input.changes ?? 200, language: context.viewer.language)
        }
    }

    public static let explain = Operation<PreviewWishInput, PairList>(
        facts(
            "explain", "preview/explanations",
            "Explains the first offers of one wish's lines under what is published and under the draft.",
            "说明某心愿各明细在现行方案与草案下的首位。")
    ) { input, context in
        let (draft, published) = try profiles(input.draft, input.against, context)
        try context.requireWish(input.wish)
        return try context.room.tuning.once {
            let registry = try context.room.matching.registry(in: context.store)
            let run = try run(published.profile, draft.profile, registry, context, top: 1)
            return try rows(of: input.wish, registry).flatMap { wish -> [ExplainedPair] in
                var offers: [Int] = []
                for ranker in [run.published, run.draft] {
                    guard let first = ranker.offers(for: wish, limit: 1).candidates.first?.row else { continue }
                    if !offers.contains(first) { offers.append(first) }
                }
                return offers.flatMap { offer in
                    [run.published, run.draft].map { ranker in
                        ExplainedPair(
                            explanation: ranker.explain(wish: wish, offer: registry.offers[offer]),
                            plan: ranker.family.plan(for: wish))
                    }
                }
            }
        }
    }

    public static let backtest = Operation<BacktestInput, BacktestView>(
        facts(
            "backtest", "backtest", "Replays two profiles over past decisions; what is only noise is called so.",
            "以过去的决定回放两个方案；噪声即称噪声。")
    ) { input, context in
        let (second, first) = try profiles(input.profile, input.against, context)
        let bias = try PositionBias(text: input.positionBias ?? "none", allowsEstimated: false)
        return try context.room.tuning.once {
            try TuningHistory(context).backtest(
                (first.title, first.profile), (second.title, second.profile),
                options: Backtest.Options(
                    cutoff: input.cutoff ?? 10, draws: input.draws ?? 1_000, seed: UInt64(clamping: input.seed ?? 1),
                    bias: bias))
        }
    }

    public static let learn = Operation<LearningInput, LearningView>(
        facts(
            "learn", "learning", "Learns weights from past decisions; proposes a draft only where there is evidence.",
            "从过去的决定学习权重；有证据才提出草案。")
    ) { input, context in
        try context.requireWholeProgram()
        let source = input.profile ?? ProfileSource(name: "default")
        let today = try source.profile(at: "/profile", in: context)
        _ = try input.options()
        return try context.room.tuning.once {
            try TuningHistory(context).learn(
                input, today: today, title: source.title(of: today), check: context.profileCheck)
        }
    }

    public static let shadow = Operation<ShadowInput, ShadowView>(
        facts(
            "shadow", "shadow",
            "Counts what a draft would have shown otherwise; with a share, how a trial by areas stands.",
            "统计草案会有何不同；给出份额则读出按区划的试行。")
    ) { input, context in
        let (draft, published) = try profiles(input.draft, input.profile, context)
        return try context.room.tuning.once {
            try TuningHistory(context).shadow(
                draft.profile, of: published.profile, share: input.share, horizon: input.horizon ?? 200,
                seed: input.seed ?? 1)
        }
    }

    public static let split = Operation<SplitInput, ProfileView>(
        facts(
            "split", "split", "Makes the content of a draft that serves a share of the areas with another profile.",
            "生成分流草案：部分区划由另一方案服务。")
    ) { input, context in
        let (draft, published) = try profiles(input.draft, input.profile, context)
        let split = AreaSplit(seed: UInt64(clamping: input.seed ?? 1), percent: input.share)
        let tree = context.reference.areas.tree
        // The areas right under the root are what a split goes by.
        let towns = tree.codes.indices.filter { tree.depths[$0] == 1 }.map { tree.codes[$0] }
        let profile = try published.profile.serving(
            draft.profile, in: towns.filter { split.servesDraft($0) },
            descriptors: context.room.matching.scorers.map { $0.descriptor })
        return ProfileView(profile, called: "draft")
    }

    public static let voices = Operation<VoteInput, VoteView>(
        facts(
            "voices", "votes",
            "Joins the rankings of several profiles for a wish by a Borda vote, with who wanted what.",
            "以波达计数合成几方方案对某心愿的次序，并列出各方意愿。")
    ) { input, context in
        if let wish = input.wish { try context.requireWish(wish) } else { try context.requireWholeProgram() }
        let profiles = try input.voices.enumerated().map {
            try $1.profile.profile(at: "/voices/\($0)/profile", in: context)
        }
        let top = input.top ?? 10
        return try context.room.tuning.once {
            let registry = try context.room.matching.registry(in: context.store)
            let rankers = try profiles.map { try ranker($0, registry, context) }
            return VoteView(
                items: try rows(voted: input.wish, registry).flatMap { wish -> [VoteView.Standing] in
                    // Whatever stands among the first few of any voice is put to the vote.
                    let candidates = Set(rankers.flatMap { $0.offers(for: wish, limit: top).candidates.map(\.row) })
                        .sorted()
                    guard !candidates.isEmpty else { return [] }
                    let vote = try BordaVote(
                        zip(input.voices, rankers).map { voice, ranker in
                            BordaVote.Ballot(
                                voice: voice.name, votes: voice.votes ?? 1,
                                totals: candidates.map {
                                    ranker.explain(wish: wish, offer: registry.offers[$0]).total
                                })
                        }, names: candidates.map { registry.offers[$0].key.handle })
                    return vote.result.prefix(top).enumerated().map { place, standing in
                        let offer = registry.offers[candidates[standing.candidate]]
                        return VoteView.Standing(
                            wish: RecordNameView(wish.key), wishLine: wish.lineNumber, rank: place + 1,
                            offer: RecordNameView(offer.key), offerLine: offer.lineNumber,
                            points: Double(standing.halfPoints) / 2,
                            voices: standing.account.map {
                                VoteView.Wanted(voice: $0.voice, place: $0.place, points: Double($0.halfPoints) / 2)
                            })
                    }
                })
        }
    }

    static let all: [AnyOperation] = [
        AnyOperation(preview), AnyOperation(explain), AnyOperation(backtest), AnyOperation(learn),
        AnyOperation(shadow), AnyOperation(split), AnyOperation(voices),
    ]

    // MARK: Parts

    private typealias Named = (title: String, profile: ScoringProfile)

    /// The draft, and what it is held against.
    private static func profiles(
        _ draft: ProfileSource, _ other: ProfileSource?, _ context: OperationContext
    ) throws -> (Named, Named) {
        try context.requireWholeProgram()
        let other = other ?? ProfileSource(name: "default")
        let (first, second) = (
            try draft.profile(at: "/draft", in: context), try other.profile(at: "/against", in: context)
        )
        return ((draft.title(of: first), first), (other.title(of: second), second))
    }

    private static func ranker(
        _ profile: ScoringProfile, _ registry: Registry, _ context: OperationContext
    ) throws -> FamilyRanker {
        let matching = context.room.matching
        return FamilyRanker(
            family: try ProfileFamily(profile, scorers: matching.scorers, registry: registry),
            context: ScoringContext(
                registry: registry, now: Timestamp(context.now), utcOffsetSeconds: matching.utcOffsetSeconds))
    }

    private static func run(
        _ published: ScoringProfile, _ draft: ScoringProfile, _ registry: Registry, _ context: OperationContext,
        top: Int
    ) throws -> PreviewRun {
        PreviewRun(
            published: try ranker(published, registry, context), draft: try ranker(draft, registry, context), top: top,
            threads: TuningLimits.threads)
    }

    /// The open lines of a wish, or of every wish in the order of their keys, as many as one vote is held for.
    private static func rows(voted wish: RecordID?, _ registry: Registry) throws -> [WishRow] {
        if let wish { return try rows(of: wish, registry) }
        let wishes = registry.wishes
        return (0..<wishes.count).sorted { wishes.tieOrder[$0] < wishes.tieOrder[$1] }
            .prefix(TuningLimits.mostVoteLines).map { wishes[$0] }
    }

    /// The open lines of a wish; throws `conflict` where there is none.
    private static func rows(of wish: RecordID, _ registry: Registry) throws -> [WishRow] {
        let rows = (0..<registry.wishes.count).filter { registry.wishes[$0].key.id == wish }
        guard !rows.isEmpty else {
            throw Problem(
                .conflict, at: "/wish", LocalizedText(zhHans: "该心愿没有未满足的明细。", en: "This wish has nothing open."))
        }
        return rows.map { registry.wishes[$0] }.sorted { $0.lineNumber < $1.lineNumber }
    }
}

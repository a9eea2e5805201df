internal import Casework
internal import Exchange
internal import MatchCore
internal import Wire

/// What can be asked of the past and of the open wishes before a profile is published. Nothing here changes anything.
public enum TuningOperations {
    private static let free = LocalizedText(
        zhHans: "只计算，不更改，不需要 Idempotency-Key；同一时间只进行一项。",
        en: "Changes nothing and needs no Idempotency-Key; one such call runs at a time (503 meanwhile).")

    private static func facts(_ id: OperationID, _ path: String, _ en: String, _ zhHans: String) -> OperationFacts {
        OperationFacts(
            id, .post, "/v1/tuning/\(path)", en, zhHans: zhHans, details: free,
            weight: .sweeping, readsOnly: true)
    }

    public static let preview = Operation<PreviewInput, PreviewView>(
        facts(
            .tuningPreview, "preview", "Says what a draft would change for the open wishes: how much, and for whom.",
            "预览草案对未满足心愿的影响：改变多少，影响何人。")
    ) { input, context in
        let (draft, published) = try profiles(input.draft, input.against, context)
        return try context.room.tuning.once {
            let registry = try context.room.matching.registry(in: context.store)
            let run = try run(published.profile, draft.profile, registry, context, top: input.top ?? 5)
            let preview = run.preview(isOverdue: overdue(context))
            var parties: [String: String] = [:]
            try context.registry.forEachParty { parties[$0.key.id.description] = $0.name }
            return PreviewView(
                preview, published: published.title, draft: draft.title, registry: registry, parties: parties,
                groups: { context.reference.name(of: $0, in: .groups, context.viewer.language) },
                mostChanges: input.changes ?? 200, language: context.viewer.language)
        }
    }

    public static let lists = Operation<PreviewWishInput, PreviewLineList>(
        facts(
            .tuningLists, "preview/lists",
            "Shows the first few offers of one wish's lines under what is published and under the draft, side by side.",
            "并列显示某心愿各明细在现行方案与草案下的前几名。")
    ) { input, context in try lines(input, context) { lines, _ in lines } }

    public static let explain = Operation<PreviewWishInput, PairList>(
        facts(
            .tuningExplain, "preview/explanations",
            "Explains, under what is published and under the draft, the first offers of one wish's lines and every offer that comes into the first few or leaves them.",
            "分别按现行方案与草案，说明某心愿各明细的首位，以及进入或退出前几名的每项资源。")
    ) { input, context in
        try lines(input, context) { lines, run in
            let registry = run.published.context.registry
            return try zip(lines, rows(of: input.wish, registry)).flatMap { line, wish in
                line.changed.flatMap { offer in
                    [run.published, run.draft].map { ranker in
                        ExplainedPair(
                            ranker.explain(wish: wish, offer: registry.offers[offer]),
                            plan: ranker.family.plan(for: wish))
                    }
                }
            }
        }
    }

    private static func lines<Result>(
        _ input: PreviewWishInput, _ context: OperationContext, _ body: ([PreviewedLine], PreviewRun) throws -> Result
    ) throws -> Result {
        let (draft, published) = try profiles(input.draft, input.against, context)
        try context.requireWish(input.wish)
        return try context.room.tuning.once {
            let registry = try context.room.matching.registry(in: context.store)
            let top = input.top ?? 5
            let run = try run(published.profile, draft.profile, registry, context, top: top)
            let lines = try rows(of: input.wish, registry).map {
                PreviewedLine($0, published: run.published, draft: run.draft, top: top)
            }
            return try body(lines, run)
        }
    }

    public static let backtest = Operation<BacktestInput, BacktestView>(
        facts(
            .tuningBacktest, "backtest", "Replays two profiles over past decisions; what is only noise is called so.",
            "以过去的决定回放两个方案；噪声即称噪声。")
    ) { input, context in
        let (second, first) = try profiles(input.profile, input.against, context, at: ("/profile", "/against"))
        try requireOwnOrder(first, second)
        let bias = try PositionBias(asked: input.positionBias)
        return try context.room.tuning.once {
            let history = try TuningHistory(context)
            try history.requireDecisions()
            return try history.backtest(
                (first.title, first.profile), (second.title, second.profile),
                options: Backtest.Options(
                    cutoff: input.cutoff ?? 10, draws: input.draws ?? 1_000, seed: UInt64(clamping: input.seed ?? 1),
                    bias: bias))
        }
    }

    public static let learn = Operation<LearningInput, LearningView>(
        facts(
            .tuningLearn, "learning",
            "Learns weights from past decisions; proposes a draft only where there is evidence.",
            "从过去的决定学习权重；有证据才提出草案。")
    ) { input, context in
        try context.requireWholeProgram()
        let source = input.profile ?? ProfileSource(name: "default")
        let today = try source.profile(at: "/profile", in: context)
        try requireOwnOrder((source.title(of: today), today))
        _ = try input.options()
        return try context.room.tuning.once {
            let history = try TuningHistory(context)
            try history.requireDecisions()
            return try history.learn(
                input, today: today, title: source.title(of: today), check: context.profileCheck,
                isOverdue: overdue(context))
        }
    }

    public static let shadow = Operation<ShadowInput, ShadowView>(
        facts(
            .tuningShadow, "shadow",
            "Counts what a draft would have shown otherwise; with a share, how a trial by areas stands.",
            "统计草案会有何不同；给出份额则读出按区划的试行。")
    ) { input, context in
        let (draft, published) = try profiles(input.draft, input.profile, context, at: ("/draft", "/profile"))
        try requireOwnOrder(draft, published)
        try input.requireEffect(on: published.profile)
        return try context.room.tuning.once {
            try TuningHistory(context).shadow(
                draft.profile, of: published.profile, asked: input,
                servedBy: try published.profile.trial.map { _ in
                    try TrialRun.revisions(of: published.profile, in: context.store)
                })
        }
    }

    public static let split = Operation<SplitInput, ProfileView>(
        facts(
            .tuningSplit, "split",
            "Makes the content of a draft that serves a share of the areas with another profile.",
            "生成分流草案：部分区划由另一方案服务。")
    ) { input, context in
        let (draft, published) = try profiles(input.draft, input.profile, context, at: ("/draft", "/profile"))
        try requireOwnOrder(draft, published)
        let terms = TrialTerms(
            share: input.share, seed: input.seed ?? 1, horizon: input.horizon ?? TrialTerms.usualHorizon)
        let split = terms.split
        let tree = context.reference.areas.tree
        // The areas right under the root are what a split goes by.
        let towns = tree.codes.indices.filter { tree.depths[$0] == 1 }.map { tree.codes[$0] }
        let served = towns.filter { split.servesDraft($0) }
        guard !served.isEmpty else {
            throw Problem(
                .invalidInput, at: "/share",
                LocalizedText(
                    zhHans: "按此份额与种子，\(towns.count) 个区划中没有一个归草案。请加大份额或换种子。",
                    en:
                        "With this share and seed none of \(towns.count) areas falls to the draft. Give a greater share, or "
                        + "another seed."))
        }
        guard served.count < towns.count else {
            throw Problem(
                .invalidInput, at: "/share",
                LocalizedText(
                    zhHans: "按此份额与种子，\(towns.count) 个区划全归草案，无从比较，试行永不结束。请减小份额或换种子。",
                    en:
                        "With this share and seed all of \(towns.count) areas fall to the draft: nothing is left to compare with, "
                        + "and the trial would never end. Give a smaller share, or another seed."))
        }
        let profile = try published.profile.serving(
            draft.profile, in: served, trial: terms, tree: tree,
            descriptors: context.room.matching.scorers.map { $0.descriptor })
        guard profile.trial != nil else {
            throw Problem(
                .conflict,
                "Where this share and seed have the draft serve, \(draft.title) scores as \(published.title) does: there is "
                    + "nothing to try. Give a greater share, or another seed, or change the draft.",
                zhHans: "在按此份额与种子归草案的区划中，\(draft.title) 与 \(published.title) 的评分相同，无可试行。请加大份额、更换种子或修改草案。")
        }
        return ProfileView(profile, called: "draft")
    }

    public static let voices = Operation<VoteInput, VoteView>(
        facts(
            .tuningVoices, "votes",
            "Joins the rankings of several profiles for a wish by a Borda vote, with who wanted what.",
            "以波达计数合成几方方案对某心愿的次序，并列出各方意愿。")
    ) { input, context in
        if let wish = input.wish { try context.requireWish(wish) } else { try context.requireWholeProgram() }
        try input.requireOwnNames()
        let profiles = try input.voices.enumerated().map {
            try $1.profile.profile(at: "/voices/\($0)/profile", in: context)
        }
        let top = input.top ?? 10
        return try context.room.tuning.once {
            let registry = try context.room.matching.registry(in: context.store)
            let rankers = try profiles.map { try ranker($0, registry, context) }
            let (open, rows) = try rows(voted: input.wish, registry)
            let isOverdue = overdue(context)
            var items: [VoteView.Standing] = []
            var lines = 0
            for wish in rows {
                if lines > 0, isOverdue() { break }
                items += try standings(of: wish, input.voices, rankers, top)
                lines += 1
            }
            return VoteView(items: items, lines: lines, open: open)
        }
    }

    /// The vote for one line, best first.
    private static func standings(
        of wish: WishRow, _ voices: [VoteInput.Voice], _ rankers: [FamilyRanker], _ top: Int
    ) throws -> [VoteView.Standing] {
        let offers = rankers[0].context.registry.offers
        // Whatever stands among the first few of any voice is put to the vote.
        let candidates = Set(rankers.flatMap { $0.offers(for: wish, limit: top).candidates.map(\.row) }).sorted()
        guard !candidates.isEmpty else { return [] }
        let vote = try BordaVote(
            zip(voices, rankers).map { voice, ranker in
                BordaVote.Ballot(
                    voice: voice.name, votes: voice.votes ?? 1,
                    totals: candidates.map { ranker.explain(wish: wish, offer: offers[$0]).total })
            }, names: candidates.map { offers[$0].key.handle })
        return vote.result.prefix(top).enumerated().map { place, standing in
            let offer = offers[candidates[standing.candidate]]
            return VoteView.Standing(
                wish: RecordNameView(wish.key), wishLine: wish.lineNumber, rank: place + 1,
                offer: RecordNameView(offer.key), offerLine: offer.lineNumber,
                points: Double(standing.halfPoints) / 2,
                voices: standing.account.map {
                    VoteView.Wanted(voice: $0.voice, place: $0.place, points: Double($0.halfPoints) / 2)
                })
        }
    }

    static let all: [AnyOperation] = [
        AnyOperation(preview), AnyOperation(lists), AnyOperation(explain), AnyOperation(backtest), AnyOperation(learn),
        AnyOperation(shadow), AnyOperation(split), AnyOperation(voices),
    ]

    // MARK: Parts

    /// Whether a call that begins now has gone on for as long as one may.
    private static func overdue(_ context: OperationContext) -> @Sendable () -> Bool {
        let (clock, start) = (context.room.clock, context.room.clock())
        return { clock().milliseconds - start.milliseconds > TuningLimits.longestSeconds * 1_000 }
    }

    private typealias Named = (title: String, profile: ScoringProfile)

    /// The draft, and what it is held against.
    private static func profiles(
        _ draft: ProfileSource, _ other: ProfileSource?, _ context: OperationContext,
        at places: (String, String) = ("/draft", "/against")
    ) throws -> (Named, Named) {
        try context.requireWholeProgram()
        let other = other ?? ProfileSource(name: "default")
        let (first, second) = (
            try draft.profile(at: places.0, in: context), try other.profile(at: places.1, in: context)
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
                registry: registry, now: Timestamp(context.now), utcOffsetSeconds: matching.utcOffsetSeconds),
            voices: try profile.voices(in: context.store).map { try ranker($0, registry, context) })
    }

    /// Throws `conflict` for a profile whose order is a vote: past lists are ordered again by totals, which is not the order
    /// that it serves.
    private static func requireOwnOrder(_ profiles: Named...) throws {
        for named in profiles where named.profile.vote != nil {
            throw Problem(
                .conflict,
                "The order of \(named.title) is a vote (\(named.profile.vote?.description ?? "")), which this does not replay. "
                    + "Ask for each voice's own profile instead; a preview shows what the vote changes.",
                zhHans: "\(named.title) 的次序由投票决定（\(named.profile.vote?.description ?? "")），此处不能回放。"
                    + "请分别对各方的方案进行；预览可显示投票带来的变化。")
        }
    }

    private static func run(
        _ published: ScoringProfile, _ draft: ScoringProfile, _ registry: Registry, _ context: OperationContext,
        top: Int
    ) throws -> PreviewRun {
        PreviewRun(
            published: try ranker(published, registry, context), draft: try ranker(draft, registry, context), top: top,
            threads: TuningLimits.threads)
    }

    /// The open lines of a wish, or of every wish in the order of their keys, as many as one vote is held for; and how
    /// many there are.
    private static func rows(voted wish: RecordID?, _ registry: Registry) throws -> (open: Int, rows: [WishRow]) {
        if let wish {
            let rows = try rows(of: wish, registry)
            return (rows.count, rows)
        }
        let wishes = registry.wishes
        let rows = (0..<wishes.count).sorted { wishes.tieOrder[$0] < wishes.tieOrder[$1] }
            .prefix(TuningLimits.mostVoteLines).map { wishes[$0] }
        return (wishes.count, rows)
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

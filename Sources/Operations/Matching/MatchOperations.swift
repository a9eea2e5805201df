internal import Casework
public import MatchCore
public import Wire

/// What can be asked about matches: suggestions, which hold nothing.
public enum MatchOperations {
    public static let forWish = Operation<WishMatchInput, MatchList>(
        OperationFacts(
            .matchesForWish, .get, "/v1/wishes/{wish}/matches",
            "Ranks the offers for each open line of a wish.", zhHans: "为心愿的每条未满足明细排列资源。", weight: .heavy,
            refusals: [409], ground: .registry)
    ) { try ranked($0, $1) }

    public static let suggest = Operation<WishMatchInput, MatchList>(
        OperationFacts(
            .matchesSuggest, .post, "/v1/wishes/{wish}/matches",
            "Ranks the offers for each open line of a wish and keeps the suggestions with their explanations.",
            zhHans: "为心愿的每条未满足明细排列资源，并保存建议及说明。", weight: .heavy)
    ) { input, context in
        let finding = try ranked(input, context, keeps: true)
        let shelf = SuggestionShelf(context.store)
        for line in finding.lines {
            try shelf.store(line.candidates.compactMap(\.explanation), wish: input.wish, line: line.number)
        }
        return finding
    }

    public static let forOffer = Operation<OfferMatchInput, MatchList>(
        OperationFacts(
            .matchesForOffer, .get, "/v1/offers/{offer}/matches",
            "Ranks the open wishes for each line of an offer.", zhHans: "为资源的每条明细排列心愿。", weight: .heavy,
            refusals: [409], ground: .registry)
    ) { input, context in
        guard let offer = try context.registry.offer(input.offer),
            try OfferView.projecting(offer, in: context) != nil
        else { throw Problem.notFound }
        let view = try view(input.profile, context)
        // Ranked among the wishes that the viewer may know of alone: a place that another takes, or a count of those that a veto
        // rules out, would tell where the others are.
        let filter = context.wishesInSight(in: view.ranker.view.areas)
        let rows = view.offers(of: input.offer)
        guard !rows.isEmpty else { throw nothingOffered }
        let (limit, explains) = (input.limit ?? 20, input.explain == true)
        return MatchFinding(
            isOfWish: false, view: view, explains: explains, filter: filter,
            lines: rows.map { offer in
                let ranking = ranking(limit, input.vetoes) {
                    view.ranker.wishes(for: offer, limit: limit, filter: filter, countingVetoes: $0)
                }
                return MatchFinding.Line(
                    offer, profile: view.ranker.family.profile.reference, ranking,
                    explanations: explains
                        ? ranking.candidates.map { view.ranker.explain(wish: $0.row, offer: offer) } : [])
            })
    }

    public static let explain = Operation<PairInput, PairList>(
        OperationFacts(
            .matchesExplain, .get, "/v1/wishes/{wish}/matches/{offer}",
            "Explains how each line of an offer fits each open line of a wish.", zhHans: "说明资源各明细与心愿各明细的匹配。",
            weight: .heavy, refusals: [409], ground: .registry)
    ) { input, context in
        guard let wish = try context.registry.wish(input.wish), try WishView.projecting(wish, in: context) != nil,
            try context.registry.offer(input.offer) != nil
        else { throw Problem.notFound }
        let view = try view(input.profile, context)
        let (wishes, offers) = (view.wishes(of: input.wish), view.offers(of: input.offer))
        guard !wishes.isEmpty else { throw nothingOpen }
        guard !offers.isEmpty else { throw nothingOffered }
        return wishes.flatMap { wish in
            // Held once for the line: it ranks for every voice.
            let vote = view.ranker.vote(for: wish)
            return offers.map { offer in
                let explanation = view.ranker.explain(wish: wish, offer: offer)
                return ExplainedPair(
                    explanation, plan: view.plan(of: explanation),
                    standing: vote?.standing(of: offer, explained: explanation))
            }
        }
    }

    static let all: [AnyOperation] = [
        AnyOperation(forWish), AnyOperation(suggest), AnyOperation(forOffer), AnyOperation(explain), AnyOperation(run),
        AnyOperation(verify),
    ]

    private static let nothingOpen = Problem(
        .conflict, at: "{wish}", LocalizedText(zhHans: "该心愿没有未满足的明细。", en: "This wish has nothing open."))
    private static let nothingOffered = Problem(
        .conflict, at: "{offer}",
        LocalizedText(zhHans: "该资源目前没有可提供的内容。", en: "This offer has nothing to give now."))

    /// `keeps` where explanations are wanted for more than the answer.
    private static func ranked(
        _ input: WishMatchInput, _ context: OperationContext, keeps: Bool = false
    ) throws -> MatchFinding {
        guard let wish = try context.registry.wish(input.wish), try WishView.projecting(wish, in: context) != nil else {
            throw Problem.notFound
        }
        let view = try view(input.profile, context, keeps: keeps)
        let rows = view.wishes(of: input.wish)
        guard !rows.isEmpty else { throw nothingOpen }
        let (limit, explains) = (input.limit ?? 20, input.explain == true)
        return MatchFinding(
            isOfWish: true, view: view, explains: explains, filter: .everything,
            lines: rows.map { wish in
                let ranking = ranking(limit, input.vetoes) {
                    view.ranker.offers(for: wish, limit: limit, countingVetoes: $0)
                }
                let profile =
                    ranking.candidates.isEmpty ? view.ranker.family.profile : view.ranker.plan(for: wish).profile
                return MatchFinding.Line(
                    wish, profile: profile.reference, ranking, vote: ranking.vote,
                    explanations: explains || keeps ? view.ranker.explanations(of: ranking, for: wish) : [])
            })
    }

    /// Where fewer are found than were asked for, somebody wants to know what stopped the others.
    private static func ranking<Row>(
        _ limit: Int, _ countsVetoes: Bool?, _ rank: (_ countingVetoes: Bool) -> ViewRanking<Row>
    ) -> ViewRanking<Row> {
        let ranking = rank(countsVetoes == true)
        return countsVetoes == nil && ranking.candidates.count < limit ? rank(true) : ranking
    }

    private static func view(
        _ profile: String?, _ context: OperationContext, keeps: Bool = false
    ) throws -> MatchingView {
        let name = try context.profileToRank(by: profile, at: "?profile", keeps: keeps)
        // Whoever is told no exact place is told no order that was made of one.
        let isExact = context.parts(of: .match, isOwn: true).contains(.exactPlace)
        guard
            let view = try context.room.matching.view(
                by: name, at: context.now, in: context.store, for: isExact ? .coordinators : .donors)
        else {
            throw Problem.notFound
        }
        return view
    }
}

/// Which offers to rank for a wish, and how much to say of each.
public struct WishMatchInput: Described {
    public var wish: RecordID
    public var limit: Int?
    public var explain: Bool?
    public var vetoes: Bool?
    public var profile: String?

    public init(
        wish: RecordID, limit: Int? = nil, explain: Bool? = nil, vetoes: Bool? = nil, profile: String? = nil
    ) {
        self.wish = wish
        self.limit = limit
        self.explain = explain
        self.vetoes = vetoes
        self.profile = profile
    }

    public static let schema = JSONSchema.object(
        nil, [.required("wish", .id, "The wish's id.", "心愿编号。")] + matchProperties)
    public static let sample = WishMatchInput(wish: .sample(3), limit: 20, explain: true)

    static let matchProperties: [JSONSchema.Property] = [
        .optional("limit", .integer(1...Int64(PageRequest.most)), "How many candidates; 20 by default.", "候选数量，默认 20。"),
        .optional("explain", .flag, "Each with its explanation.", "附评分说明。"),
        .optional(
            "vetoes", .flag,
            "Count what vetoes rule out, which scores every row. By default only where fewer are found than asked for.",
            "统计被否决的数量（需逐行评分）；默认仅在结果不足时统计。"),
        .profile,
    ]
}

/// Which wishes to rank for an offer, and how much to say of each.
public struct OfferMatchInput: Described {
    public var offer: RecordID
    public var limit: Int?
    public var explain: Bool?
    public var vetoes: Bool?
    public var profile: String?

    public init(
        offer: RecordID, limit: Int? = nil, explain: Bool? = nil, vetoes: Bool? = nil, profile: String? = nil
    ) {
        self.offer = offer
        self.limit = limit
        self.explain = explain
        self.vetoes = vetoes
        self.profile = profile
    }

    public static let schema = JSONSchema.object(
        nil, [.required("offer", .id, "The offer's id.", "资源编号。")] + WishMatchInput.matchProperties)
    public static let sample = OfferMatchInput(offer: .sample(2), limit: 20, explain: true)
}

/// Ranks under a family of profiles: each wish under its own plan, whichever side is asked.
///
/// It stands above ``Ranker``, one for each plan. The best wishes for an offer are the best of each plan's own wishes,
/// merged; since a pair has one total, the merged list is the one that scoring everything would give, to the bit.
public struct FamilyRanker: Sendable {
    public let family: ProfileFamily
    public let context: ScoringContext
    /// Those whose vote makes the order of offers; empty where the totals make it.
    public let voices: [FamilyRanker]
    private let rankers: [Ranker]
    /// The same, each for its own wishes only; empty where there is one plan.
    private let ownRankers: [Ranker]

    /// - Parameters:
    ///   - family: made for the registry of the context.
    ///   - voices: for a profile that declares a vote, one for each voice over the same context; without them the totals make
    ///     the order, as plans need it.
    public init(family: ProfileFamily, context: ScoringContext, voices: [FamilyRanker] = []) {
        self.family = family
        self.context = context
        self.voices = voices.count == family.profile.vote?.voices.count ? voices : []
        rankers = family.plans.map { Ranker(plan: $0, context: context) }
        guard let planOfRow = family.planOfRow else {
            ownRankers = []
            return
        }
        ownRankers = family.plans.enumerated().map { number, plan in
            let members = PlanMembership(planOfRow, of: Int32(number), in: context.registry.wishes)
            return Ranker(
                plan: ScoringPlan(profile: plan.profile, steps: [members.step] + plan.steps), context: context)
        }
    }

    /// One plan for every wish.
    public init(_ ranker: Ranker) {
        family = ProfileFamily(ranker.plan)
        context = ranker.context
        voices = []
        rankers = [ranker]
        ownRankers = []
    }

    /// The best offers for a wish line under its own plan; see ``Ranker/offers(for:limit:filter:countingVetoes:)``.
    public func offers(
        for wish: WishRow, limit: Int, filter: RankFilter = .everything, countingVetoes: Bool = false
    ) -> Ranking {
        if let terms = family.profile.vote, !voices.isEmpty {
            return voted(terms, for: wish, limit: limit, filter: filter, countingVetoes: countingVetoes)
        }
        return rankers[family.number(of: wish)].offers(
            for: wish, limit: limit, filter: filter, countingVetoes: countingVetoes)
    }

    /// The offers in the order that the voices want together, over what each of them would put first.
    private func voted(
        _ terms: VoteTerms, for wish: WishRow, limit: Int, filter: RankFilter, countingVetoes: Bool
    ) -> Ranking {
        let lists = voices.map { $0.offers(for: wish, limit: terms.top, filter: filter) }
        let offers = context.registry.offers
        var ranking = Ranking(candidates: [], scored: lists.reduce(0) { $0 + $1.scored }, vetoes: nil)
        if countingVetoes {
            let counted = rankers[family.number(of: wish)].offers(
                for: wish, limit: 1, filter: filter, countingVetoes: true)
            (ranking.scored, ranking.vetoes) = (counted.scored, counted.vetoes)
        }
        let run = VoteRun<Int>(
            lists: lists.map { $0.candidates.map { ($0.row, $0.total) } },
            precedes: { offers.tieOrder[$0] < offers.tieOrder[$1] },
            total: { voices[$0].explain(wish: wish, offer: offers[$1]).total },
            ownTotal: { explain(wish: wish, offer: offers[$0]).total })
        guard let outcome = run.outcome(terms, profiles: voices.map { $0.family.plan(for: wish).profile.reference })
        else { return ranking }
        ranking.candidates = outcome.candidates.prefix(max(0, limit)).map {
            Ranking.Candidate(row: $0.row, total: $0.total)
        }
        ranking.vote = outcome.count
        return ranking
    }

    /// Explains what a ranking of this ranker found for a wish, best first: each with its account, where a vote made the
    /// order.
    public func explanations(of ranking: Ranking, for wish: WishRow) -> [Explanation] {
        ranking.candidates.enumerated().map { place, candidate in
            let offer = context.registry.offers[candidate.row]
            var explanation = explain(wish: wish, offer: offer)
            explanation.vote = ranking.vote?.account(
                at: place, entries: voices.map { $0.explain(wish: wish, offer: offer).entries })
            return explanation
        }
    }

    /// Ranks the offers for many wishes, each under its own plan; see ``OfferBatch``.
    public func batch(limit: Int) -> FamilyBatch {
        voices.isEmpty
            ? FamilyBatch(family, rankers, limit: limit) : FamilyBatch(voting: { offers(for: $0, limit: limit) })
    }

    /// The best wishes for an offer line, each scored under its own plan.
    public func wishes(
        for offer: OfferRow, limit: Int, filter: RankFilter = .everything, countingVetoes: Bool = false
    ) -> Ranking {
        wishes(for: offer, limit: limit, filter: filter, countingVetoes: countingVetoes, gone: nil, atLeast: -1)
    }

    /// Without the rows that are gone, and without totals under `atLeast`.
    func wishes(
        for offer: OfferRow, limit: Int, filter: RankFilter, countingVetoes: Bool, gone: RowMask?, atLeast: Int32
    ) -> Ranking {
        guard !ownRankers.isEmpty else {
            return rankers[0].wishes(
                for: offer, limit: limit, filter: filter, countingVetoes: countingVetoes, gone: gone, atLeast: atLeast)
        }
        var candidates: [Ranking.Candidate] = []
        var scored = 0
        var vetoes: [Ranking.VetoCount] = []
        for ranker in ownRankers {
            let ranking = ranker.wishes(
                for: offer, limit: limit, filter: filter, countingVetoes: countingVetoes, gone: gone, atLeast: atLeast)
            candidates += ranking.candidates
            scored += ranking.scored
            for veto in ranking.vetoes ?? [] {
                if veto.scorer == PlanMembership.descriptor.id {
                    // Wishes of another plan were never in this race.
                    scored -= veto.count
                } else if let place = vetoes.firstIndex(where: { $0.scorer == veto.scorer && $0.reason == veto.reason })
                {
                    vetoes[place].count += veto.count
                } else {
                    vetoes.append(veto)
                }
            }
        }
        let tieOrder = context.registry.wishes.tieOrder
        candidates.sort { left, right in
            left.total == right.total ? tieOrder[left.row] < tieOrder[right.row] : left.total > right.total
        }
        return Ranking(
            candidates: Array(candidates.prefix(max(0, limit))), scored: scored, vetoes: countingVetoes ? vetoes : nil)
    }

    /// Every scorer's say on one pair, under the wish's own plan.
    public func explain(wish: WishRow, offer: OfferRow) -> Explanation {
        rankers[family.number(of: wish)].explain(wish: wish, offer: offer)
    }
}

/// Whether a wish is scored under one plan of a family: a veto for all others, so that a ranking passes them by, whole
/// blocks at a time. It stands in no profile and in no explanation.
private struct PlanMembership: Scorer {
    static let descriptor = ScorerDescriptor(
        id: "PlanMembership", version: 1,
        title: LocalizedText(zhHans: "适用方案", en: "Plan"), summary: LocalizedText(zhHans: "适用方案", en: "Plan"),
        vetoes: [.init(reason: "otherPlan", title: LocalizedText(zhHans: "另有方案", en: "another plan"))],
        reasons: ["otherPlan", "thisPlan"], examples: [])

    private let planOfRow: Column<Int32>
    private let number: Int32
    /// Whether a block of the fine and of the coarse summaries has a member.
    private let hasMember: [Bool]
    private let coarseHasMember: [Bool]
    private let fine: WishSummaries?

    init(_ planOfRow: Column<Int32>, of number: Int32, in wishes: WishColumns) {
        self.planOfRow = planOfRow
        self.number = number
        func members(_ summaries: WishSummaries) -> [Bool] {
            (0..<summaries.count).map { block in summaries.rows(of: block).contains { planOfRow[$0] == number } }
        }
        hasMember = members(wishes.summaries)
        coarseHasMember = members(wishes.coarseSummaries)
        fine = wishes.summaries
    }

    /// Without a family everything is a member.
    init(parameters: ParameterValues) {
        planOfRow = Column([])
        number = 0
        hasMember = []
        coarseHasMember = []
        fine = nil
    }

    var step: ScoringPlan.Step {
        ScoringPlan.Step(scorer: self, descriptor: Self.descriptor, weight: 0, neutral: 0)
    }

    func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        ["isMember": .flag(isMember(wish.row))]
    }

    func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        try inputs.flag("isMember")
            ? Judgement(.notApplicable, reason: "thisPlan") : Judgement(.veto(0), reason: "otherPlan")
    }

    func sentence(for finding: Finding, in language: Language) -> String { Self.descriptor.title[language] }

    func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        .constant(isMember(wish.row) ? .notApplicable : .veto(0))
    }

    func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        guard let fine else { return .constant(.notApplicable) }
        let member = ScoreBound(constant: .notApplicable)
        let (hasMember, coarseHasMember) = (hasMember, coarseHasMember)
        let (planOfRow, number) = (planOfRow, number)
        return WishFiller(
            bounds: { summaries, blocks, column in
                let known = summaries === fine ? hasMember : coarseHasMember
                for block in blocks { column[block - blocks.lowerBound] = known[block] ? member : .vetoed }
            },
            fill: { block, column in
                let plans = planOfRow.base + block.rows.lowerBound
                let (member, other) = (Score.notApplicable.raw, Score.veto(0).raw)
                for row in 0..<column.count { column.base[row] = plans[row] == number ? member : other }
            })
    }

    private func isMember(_ row: Int) -> Bool { planOfRow.count == 0 || planOfRow[row] == number }
}

/// What the layers of a profile make of it for the wishes of a view: which plan each of them is scored under.
public struct ViewFamily: Sendable {
    /// As it was published, with its layers.
    public let profile: ScoringProfile
    /// One for each part of the view; a single one where the profile has no layers.
    private let families: [ProfileFamily]
    private let parts: [RegistryPart]

    /// `other` is one that the same profile has for an earlier view: what still stands of it is not made again.
    /// Throws ``ProfileError`` where the profile cannot be used.
    public init(
        _ profile: ScoringProfile, scorers: [any Scorer.Type], view: RegistryView, reusing other: ViewFamily? = nil
    ) throws(ProfileError) {
        self.profile = profile
        guard !profile.layers.isEmpty else {
            if let other {
                families = other.families
            } else {
                families = [try ProfileFamily(profile, scorers: scorers, registry: view.newest)]
            }
            parts = []
            return
        }
        var families: [ProfileFamily] = []
        for live in view.parts {
            if let other, let known = other.parts.firstIndex(where: { $0 === live.part }) {
                families.append(other.families[known])
            } else {
                families.append(try ProfileFamily(profile, scorers: scorers, registry: live.registry))
            }
        }
        self.families = families
        parts = view.parts.map(\.part)
    }

    /// The program's own plan.
    public var plan: ScoringPlan { families[0].plans[0] }

    /// Every plan that some wish of the view needs, the program's own among them; some stand here more than once.
    public var plans: [ScoringPlan] { families.flatMap(\.plans) }

    /// The plan that an explanation names; nil where no wish of the view has it.
    public func plan(named reference: String) -> ScoringPlan? {
        for family in families {
            if let plan = family.plan(named: reference) { return plan }
        }
        return nil
    }

    func family(ofPart number: Int) -> ProfileFamily { families.count == 1 ? families[0] : families[number] }
}

/// Ranks over a ``RegistryView`` under a family of profiles: each wish under its own plan, whichever side is asked. The
/// answers are those of ``FamilyRanker`` over one registry of the same records.
public struct FamilyViewRanker: Sendable {
    public let family: ViewFamily
    public let view: RegistryView
    public let now: Timestamp
    public let utcOffsetSeconds: Int
    /// Those whose vote makes the order of offers; empty where the totals make it.
    public let voices: [FamilyViewRanker]

    /// - Parameters:
    ///   - family: made for the view.
    ///   - voices: for a profile that declares a vote, what each voice makes of the same view.
    public init(
        family: ViewFamily, view: RegistryView, now: Timestamp, utcOffsetSeconds: Int = 28_800,
        voices: [ViewFamily] = []
    ) {
        self.voices =
            voices.count == family.profile.vote?.voices.count
            ? voices.map {
                FamilyViewRanker(family: $0, view: view, now: now, utcOffsetSeconds: utcOffsetSeconds)
            } : []
        self.family = family
        self.view = view
        self.now = now
        self.utcOffsetSeconds = utcOffsetSeconds
    }

    /// The plan that a wish of the view is scored under.
    public func plan(for wish: WishRow) -> ScoringPlan {
        family.family(ofPart: view.part(of: wish)).plan(for: wish)
    }

    /// The best offers for a wish line under its own plan; see ``ViewRanker/offers(for:limit:filter:countingVetoes:)``.
    public func offers(
        for wish: WishRow, limit: Int, filter: RankFilter = .everything, countingVetoes: Bool = false
    ) -> ViewRanking<OfferRow> {
        if let terms = family.profile.vote, !voices.isEmpty {
            return voted(terms, for: wish, limit: limit, filter: filter, countingVetoes: countingVetoes)
        }
        return ranker(plan(for: wish)).offers(for: wish, limit: limit, filter: filter, countingVetoes: countingVetoes)
    }

    private struct LineName: Hashable {
        var key: RecordKey
        var line: Int
    }

    /// The offers in the order that the voices want together, over what each of them would put first.
    private func voted(
        _ terms: VoteTerms, for wish: WishRow, limit: Int, filter: RankFilter, countingVetoes: Bool
    ) -> ViewRanking<OfferRow> {
        let lists = voices.map { $0.offers(for: wish, limit: terms.top, filter: filter) }
        var ranking = ViewRanking<OfferRow>(
            candidates: [], scored: lists.reduce(0) { $0 + $1.scored }, vetoes: nil, vote: nil)
        if countingVetoes {
            let counted = ranker(plan(for: wish)).offers(for: wish, limit: 1, filter: filter, countingVetoes: true)
            (ranking.scored, ranking.vetoes) = (counted.scored, counted.vetoes)
        }
        var rows: [LineName: OfferRow] = [:]
        for candidate in lists.flatMap(\.candidates) {
            rows[LineName(key: candidate.row.key, line: candidate.row.lineNumber)] = candidate.row
        }
        let run = VoteRun<LineName>(
            lists: lists.map {
                $0.candidates.map { (LineName(key: $0.row.key, line: $0.row.lineNumber), $0.total) }
            },
            precedes: { $0.key != $1.key ? $0.key < $1.key : $0.line < $1.line },
            total: { voice, name in rows[name].flatMap { voices[voice].explain(wish: wish, offer: $0).total } },
            ownTotal: { name in rows[name].flatMap { explain(wish: wish, offer: $0).total } })
        guard let outcome = run.outcome(terms, profiles: voices.map { $0.plan(for: wish).profile.reference })
        else { return ranking }
        let best = outcome.candidates.prefix(max(0, limit)).compactMap { candidate in
            rows[candidate.row].map { ViewRanking<OfferRow>.Candidate(row: $0, total: candidate.total) }
        }
        ranking.merge(best, limit: limit)
        ranking.vote = outcome.count
        return ranking
    }

    /// Explains what a ranking of this ranker found for a wish, best first: each with its account, where a vote made the
    /// order.
    public func explanations(of ranking: ViewRanking<OfferRow>, for wish: WishRow) -> [Explanation] {
        ranking.candidates.enumerated().map { place, candidate in
            var explanation = explain(wish: wish, offer: candidate.row)
            explanation.vote = ranking.vote?.account(
                at: place, entries: voices.map { $0.explain(wish: wish, offer: candidate.row).entries })
            return explanation
        }
    }

    /// The vote that makes the order of offers for a wish line, from which the standing of each offer can be told; nil where no
    /// vote makes it.
    public func vote(for wish: WishRow) -> VotedOrder? {
        guard let terms = family.profile.vote, !voices.isEmpty else { return nil }
        // Whatever stands among the first of any voice.
        return VotedOrder(
            ranker: self, wish: wish, terms: terms, ranking: offers(for: wish, limit: terms.top * voices.count))
    }

    /// The best wishes for an offer line, each scored under its own plan.
    public func wishes(
        for offer: OfferRow, limit: Int, filter: RankFilter = .everything, countingVetoes: Bool = false
    ) -> ViewRanking<WishRow> {
        let own = view.part(of: offer)
        let ranker = ranker(family.plan)
        guard !family.profile.layers.isEmpty else {
            return ranker.wishes(for: offer, limit: limit, filter: filter, countingVetoes: countingVetoes)
        }
        return ranker.merged(limit) { number, atLeast in
            let live = view.parts[number]
            let ranking = FamilyRanker(
                family: family.family(ofPart: number),
                context: ScoringContext(
                    registry: view.registry(wishes: number, offers: own), now: now, utcOffsetSeconds: utcOffsetSeconds)
            ).wishes(
                for: offer, limit: limit, filter: filter, countingVetoes: countingVetoes, gone: live.goneWishRows,
                atLeast: atLeast)
            return (ranking, { live.registry.wishes[$0] })
        }
    }

    /// Every scorer's say on one pair of the view, under the wish's own plan.
    public func explain(wish: WishRow, offer: OfferRow) -> Explanation {
        ranker(plan(for: wish)).explain(wish: wish, offer: offer)
    }

    private func ranker(_ plan: ScoringPlan) -> ViewRanker {
        ViewRanker(plan: plan, view: view, now: now, utcOffsetSeconds: utcOffsetSeconds)
    }
}

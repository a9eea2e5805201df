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

    /// - Parameter family: made for the view.
    public init(family: ViewFamily, view: RegistryView, now: Timestamp, utcOffsetSeconds: Int = 28_800) {
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
        ranker(plan(for: wish)).offers(for: wish, limit: limit, filter: filter, countingVetoes: countingVetoes)
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

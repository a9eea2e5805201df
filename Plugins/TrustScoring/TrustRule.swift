import MatchCore

/// How the facts of a party add up: (i·identity + d·delivery + c·confirmation) ÷ (i + d + c), in whole numbers.
struct TrustRule {
    let identityShare: Int64
    let deliveryShare: Int64
    let confirmationShare: Int64
    let priorShare: Int64
    let priorClaims: Int64
    let halfLife: Int64
    let unknownPart: Int64

    init(_ parameters: ParameterValues) {
        identityShare = parameters.integer("identityShare")
        deliveryShare = parameters.integer("deliveryShare")
        confirmationShare = parameters.integer("confirmationShare")
        priorShare = parameters.integer("priorShare")
        priorClaims = parameters.integer("priorClaims")
        halfLife = parameters.integer("halfLife")
        unknownPart = parameters.integer("unknownPart")
    }

    var hasNoShares: Bool { identityShare + deliveryShare + confirmationShare == 0 }

    func raw(_ facts: TrustFacts) -> Int32 {
        if facts.stated >= 0 { return facts.stated }
        if facts.verified < 0, facts.ended <= 0, facts.days < 0 { return Score.notKnown.raw }
        let shares = identityShare &+ deliveryShare &+ confirmationShare
        if shares == 0 { return Score.notApplicable.raw }
        let best = Int64(Score.best)
        let identity = facts.verified < 0 ? unknownPart : facts.verified == 1 ? best : 0
        let delivery =
            facts.ended <= 0
            ? priorShare
            : (Int64(facts.delivered) &* best &+ priorClaims &* priorShare) / (Int64(facts.ended) &+ priorClaims)
        let confirmation = facts.days < 0 ? unknownPart : freshness(days: facts.days)
        let sum = identityShare &* identity &+ deliveryShare &* delivery &+ confirmationShare &* confirmation
        return Int32(truncatingIfNeeded: sum / shares)
    }

    /// The greatest value in a block: each part at the best of any of its parties.
    func bound(_ trust: TrustSummaries, _ block: Int, now: Timestamp) -> ScoreBound {
        let facts = trust.facts[block]
        var greatest = max(0, trust.greatestStated[block])
        let isByRecord = facts & TrustSummaries.byRecord != 0
        if isByRecord, !hasNoShares {
            var identity = facts & TrustSummaries.notLookedAt != 0 ? unknownPart : 0
            if facts & TrustSummaries.verified != 0 { identity = Int64(Score.best) }
            // A prior draws towards its own share, never beyond the greater of the two.
            var delivery = facts & TrustSummaries.noClaims != 0 ? priorShare : 0
            if trust.greatestDelivered[block] >= 0 {
                delivery = max(delivery, max(Int64(trust.greatestDelivered[block]), priorShare))
            }
            var confirmation = facts & TrustSummaries.neverConfirmed != 0 ? unknownPart : 0
            if trust.latestConfirmed[block] != .min {
                let days = TrustFacts.days(since: trust.latestConfirmed[block], now: now)
                confirmation = max(confirmation, freshness(days: days))
            }
            let shares = identityShare &+ deliveryShare &+ confirmationShare
            let sum = identityShare &* identity &+ deliveryShare &* delivery &+ confirmationShare &* confirmation
            greatest = max(greatest, Int32(truncatingIfNeeded: sum / shares))
        }
        return ScoreBound(
            greatest: min(Score.best, greatest), mayBeNotKnown: facts & TrustSummaries.nothingKnown != 0,
            mayBeNotApplicable: isByRecord && hasNoShares)
    }

    /// Halves with every half-life and runs straight in between, so that whole numbers give it exactly.
    private func freshness(days: Int64) -> Int64 {
        let halvings = days / halfLife
        guard halvings < 20 else { return 0 }
        let from = Int64(Score.best) >> halvings
        return from &- (from &- from >> 1) &* (days &- halvings &* halfLife) / halfLife
    }
}

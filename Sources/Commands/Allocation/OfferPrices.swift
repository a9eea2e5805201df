import MatchCore

/// What one more unit of an offer would be worth, in words, for the offers where it would be worth something.
struct OfferPrices {
    struct Price {
        var offer: Int
        var goal: PlanGoal
        /// In the goal's unit for one more unit of the offer; for areas it only says that there is one.
        var amount: Int64

        var text: LocalizedText {
            let value = ["value": OutcomeTable.lines(amount), "score": Numbers.millionths(amount / 1_000_000)]
            return switch goal {
            case .critical: AllocateWords.priceCritical.filled(value)
            case .areas: AllocateWords.priceAreas.text
            case .served: AllocateWords.priceServed.filled(value)
            case .score: AllocateWords.priceScore.filled(value)
            case .lottery: AllocateWords.priceLottery.text
            }
        }
    }

    /// The most important goal first, in it the greatest price first.
    let prices: [Price]

    init(_ plan: Plan, of problem: PlanProblem) {
        var found: [(stage: Int, price: Price)] = []
        for (offer, row) in problem.offers.enumerated() where row.capacity > 0 {
            for (index, stage) in plan.proof.stages.enumerated() {
                // The next unit also has to pass the party's cap.
                let price = stage.prices.offers[offer]
                guard price > 0 else { continue }
                let goal: PlanGoal = if case .goal(let goal) = stage.sum { goal } else { .areas }
                if goal != .lottery { found.append((index, Price(offer: offer, goal: goal, amount: price))) }
                break
            }
        }
        prices = found.sorted { left, right in
            if left.stage != right.stage { return left.stage < right.stage }
            return (left.price.amount, right.price.offer) > (right.price.amount, left.price.offer)
        }.map(\.price)
    }
}

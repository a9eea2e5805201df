public import MatchCore

/// What one more unit of an offer would be worth, for the offers where it would be worth something: the prices of the
/// proof.
public struct OfferPrices: Sendable {
    /// The price of one offer.
    public struct Price: Sendable, Hashable {
        /// Its number in the problem.
        public let offer: Int
        /// The most important goal that it would help.
        public let goal: PlanGoal
        /// In the goal's unit for one more unit of the offer; for areas it only says that there is one.
        public let amount: Int64
    }

    /// The most important goal first, in it the greatest price first.
    public let prices: [Price]

    public init(_ plan: Plan, of problem: PlanProblem) {
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

extension AllocationResult {
    /// The result of the mode bypass, from a plan whose prices fit it.
    init(_ plan: WorkingPlan) {
        self.init(.bypass, plan, prices: (0..<plan.offerCount).map { Int64(plan.price[$0]) }, bonus: { _ in 0 })
    }

    /// Puts plan and prices back into the order of the instance.
    ///
    /// - Parameters:
    ///   - prices: For each offer, by its place in the plan.
    ///   - bonus: What serving the wish at a place is worth beyond its score.
    init(
        _ mode: AllocationMode, _ plan: WorkingPlan, prices: [Int64], bonus: (Int) -> Int64, servedBonus: Int64 = 0,
        areas: [AreaGuarantee] = [], limit: AreaShareLimit? = nil
    ) {
        let order = plan.order
        var assignment = [Int32](repeating: AllocationResult.noOffer, count: plan.wishCount)
        var wishPrices = [Int64](repeating: 0, count: plan.wishCount)
        var offerPrices = [Int64](repeating: 0, count: plan.offerCount)
        var objective = 0
        var matched = 0
        for place in 0..<plan.wishCount {
            let wish = Int(order.wishes[place])
            let mate = plan.mate[place]
            if mate >= 0 {
                // A holder is at its best choice, so its gain needs no search.
                assignment[wish] = order.offers[Int(mate)]
                wishPrices[wish] = Int64(plan.mateScore[place]) + bonus(place) - prices[Int(mate)]
                objective += Int(plan.mateScore[place])
                matched += 1
            }
        }
        for place in 0..<plan.offerCount { offerPrices[Int(order.offers[place])] = prices[place] }
        self.init(
            mode: mode, objective: objective, matched: matched, assignment: assignment, wishPrices: wishPrices,
            offerPrices: offerPrices, servedBonus: servedBonus, areas: areas, shareLimit: limit, scoreBound: nil)
    }

    /// The result of a run that was cut: what the plan has so far, and prices that bound the total score of every plan.
    ///
    /// A holder may be at other than its best choice here, so each wish's price is searched for.
    init(cut mode: AllocationMode, _ plan: WorkingPlan, capacities: [Int32]) {
        let order = plan.order
        var assignment = [Int32](repeating: AllocationResult.noOffer, count: plan.wishCount)
        var wishPrices = [Int64](repeating: 0, count: plan.wishCount)
        var offerPrices = [Int64](repeating: 0, count: plan.offerCount)
        var (objective, matched, bound) = (0, 0, 0)
        for place in 0..<plan.offerCount {
            let offer = Int(order.offers[place])
            // An offer without units is priced out of reach, and bounds nothing.
            offerPrices[offer] = Int64(plan.price[place])
            bound += Int(plan.price[place]) * Int(capacities[offer])
        }
        for place in 0..<plan.wishCount {
            let wish = Int(order.wishes[place])
            if plan.mate[place] >= 0 {
                assignment[wish] = order.offers[Int(plan.mate[place])]
                objective += Int(plan.mateScore[place])
                matched += 1
            }
            var gain: Int64 = 0
            for index in plan.row(place) {
                let candidate = plan.candidates[index]
                gain = max(gain, Int64(candidate.score) - Int64(plan.price[Int(candidate.offer)]))
            }
            wishPrices[wish] = gain
            bound += Int(gain)
        }
        self.init(
            mode: mode, objective: objective, matched: matched, assignment: assignment, wishPrices: wishPrices,
            offerPrices: offerPrices, servedBonus: 0, areas: [], shareLimit: nil, scoreBound: bound)
    }
}

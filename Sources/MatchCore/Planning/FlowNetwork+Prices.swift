extension FlowNetwork {
    /// The flow on the pairs, by their number.
    var amounts: [Int64] { (0..<problem.pairs.count).map { flow[pairArc + $0] } }

    /// The prices of a stage that ended, or was cut, for the worths it had.
    ///
    /// After a whole stage they bound the worth by exactly what the plan has. After a cut one the prices of lines are
    /// raised until every pair is covered, so that the bound is true, if not tight.
    func prices(_ pairWorth: (PlanProblem.Pair) -> Int64) -> PlanPrices {
        func price(_ arc: Int) -> Int64 {
            switch settled[arc] {
            case .low: 0
            case .high: reducedWorth(arc)
            case .open: max(0, reducedWorth(arc))
            }
        }
        let areas = problem.guarantees.indices.map { area -> Int64 in
            let gain = -reducedWorth(area)
            // An area without an upper bound cannot carry a malus; after a cut one may stand here.
            return gain < 0 && settled[area] == .open && upper[area] == Self.unbounded ? 0 : gain
        }
        let offers = problem.offers.indices.map { price(offerArc + $0) }
        let parties = problem.partyCaps.indices.map { price(partyArc + $0) }
        var lines = problem.lines.indices.map { settled[lineArc + $0] == .high ? Int64.min / 4 : 0 }
        for (index, pair) in problem.pairs.enumerated() where !isClosed[index] {
            let line = problem.lines[pair.line]
            let bonus = problem.node(of: line).map { areas[$0] } ?? 0
            let offer = problem.offers[pair.offer]
            lines[pair.line] = max(
                lines[pair.line], pairWorth(pair) + bonus - offers[pair.offer] - parties[offer.party])
        }
        for line in lines.indices where lines[line] == Int64.min / 4 { lines[line] = 0 }
        return PlanPrices(lines: lines, offers: offers, parties: parties, areas: areas)
    }

    /// How much more the prices ask for a unit of the pair than it is worth.
    func slack(of pair: PlanProblem.Pair, _ prices: PlanPrices, _ worth: (PlanProblem.Pair) -> Int64) -> Int64 {
        let line = problem.lines[pair.line]
        let paid =
            prices.lines[pair.line] + prices.offers[pair.offer] + prices.parties[problem.offers[pair.offer].party]
        return paid - worth(pair) - (problem.node(of: line).map { prices.areas[$0] } ?? 0)
    }

    /// What the prices say no plan can pass, given what earlier stages settled.
    func bound(_ prices: PlanPrices) -> Int64 {
        var bound: Int64 = 0
        for (index, line) in problem.lines.enumerated() { bound += prices.lines[index] * line.most }
        for (index, offer) in problem.offers.enumerated() { bound += prices.offers[index] * offer.capacity }
        for (index, cap) in problem.partyCaps.enumerated() { bound += prices.parties[index] * cap }
        for (index, price) in prices.areas.enumerated() where price != 0 {
            bound -=
                price
                * (settled[index] == .high || (settled[index] == .open && price < 0)
                    ? upper[index] : lower[index])
        }
        return bound
    }
}

/// What one more unit would be worth in a stage; the multipliers of its linear program.
public struct PlanPrices: Sendable, Hashable, Codable {
    /// For each line what its place in the plan gains.
    public var lines: [Int64]
    /// For each offer what one more unit of it would be worth.
    public var offers: [Int64]
    /// For each party what raising its cap by one would be worth.
    public var parties: [Int64]
    /// For each area the bonus of serving one of its lines; negative where the area is held down.
    public var areas: [Int64]
}

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
        return covering(
            pairWorth, offers: problem.offers.indices.map { price(offerArc + $0) },
            parties: problem.partyCaps.indices.map { price(partyArc + $0) }, areas: areas)
    }

    /// Prices of lines alone: what the best pair of each is worth. True at any moment, and far from tight.
    func pricesOfLines(_ pairWorth: (PlanProblem.Pair) -> Int64) -> PlanPrices {
        covering(
            pairWorth, offers: problem.offers.map { _ in 0 }, parties: problem.partyCaps.map { _ in 0 },
            areas: problem.guarantees.map { _ in 0 })
    }

    /// Raises the prices of lines until every pair is covered.
    private func covering(
        _ pairWorth: (PlanProblem.Pair) -> Int64, offers: [Int64], parties: [Int64], areas: [Int64]
    ) -> PlanPrices {
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

    /// What the prices say no plan can pass, given what earlier stages settled; nil beyond 2⁶³.
    ///
    /// Where the run was cut, or an area gets less than its guarantee, a price may be that of an artificial arc: its
    /// products pass 2⁶³, and cancel in the sum of a stage that ended.
    func bound(_ prices: PlanPrices) -> Int64? {
        var bound: Int128 = 0
        func add(_ price: Int64, _ amount: Int64) { bound += Int128(price) * Int128(amount) }
        for (index, line) in problem.lines.enumerated() { add(prices.lines[index], line.most) }
        for (index, offer) in problem.offers.enumerated() { add(prices.offers[index], offer.capacity) }
        for (index, cap) in problem.partyCaps.enumerated() { add(prices.parties[index], cap) }
        for (index, price) in prices.areas.enumerated() where price != 0 {
            let isHeldUp = settled[index] == .high || (settled[index] == .open && price < 0)
            add(-price, isHeldUp ? upper[index] : lower[index])
        }
        return Int64(exactly: bound)
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

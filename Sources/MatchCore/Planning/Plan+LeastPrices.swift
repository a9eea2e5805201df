extension Plan {
    /// Takes for every stage the least prices of offers that prove it, where every goal is proved.
    ///
    /// Most plans have many prices that prove them, and those that a solver ends with may ask much for an offer of which one
    /// more unit would change nothing. The least ones are what one more unit adds, as long as its party's cap leaves room:
    /// the loss on the best way from the root to the offer, over what the plan leaves room for. A stage that has them leaves
    /// open all that such a unit could move, so those of the next stage are true too.
    ///
    /// - Parameter keepingProof: Whether the proof stays as it is, because it speaks of more pairs than the problem has. An
    ///   offer is then priced exactly where its price is the least one already.
    public mutating func takeLeastPrices(
        of problem: PlanProblem, keepingProof: Bool = false, isOverdue: () -> Bool = { false }
    ) {
        guard !isCut, exactlyPriced.isEmpty, outcomes.allSatisfy(\.isProved), proof.stages.allSatisfy(\.settles) else {
            return
        }
        let network = FlowNetwork(problem)
        network.load(amounts)
        for area in problem.guarantees.indices {
            network.lower[area] = shortAreas[area] ?? problem.guarantees[area]
        }
        let sizes = PlanMeasure(problem, amounts).areas.map(\.lines)
        var least = proof.stages
        var isPriced = problem.offers.map { _ in false }
        var exact: Set<Int> = []
        for (index, stage) in proof.stages.enumerated() {
            if index == proof.levelEnd, let bounds = proof.areaBounds { network.hold(bounds) }
            let worth = { (pair: PlanProblem.Pair) in stage.sum.worth(of: pair, sizes, in: problem) }
            guard let movesWhole = network.takeGreatestPotentials(worth, near: stage.prices, isOverdue: isOverdue)
            else { return }
            let prices = network.prices(worth)
            // It is the same plan, so that they bound it alike; otherwise what proves it stays.
            guard prices.areInRange, network.bound(prices) == stage.bound else { return }
            network.settle(prices, worth, keepingTree: false)
            for offer in isPriced.indices where !isPriced[offer] {
                let (old, new) = (stage.prices.offers[offer], prices.offers[offer])
                isPriced[offer] = new > 0 || keepingProof && old > 0
                let isSame = !keepingProof || old == new
                if isPriced[offer], isSame, !movesWhole[network.offerBase + offer] { exact.insert(offer) }
            }
            least[index].prices = prices
        }
        if !keepingProof { proof.stages = least }
        exactlyPriced = exact
    }
}

extension PlanPrices {
    /// Whether a document can hold them.
    fileprivate var areInRange: Bool {
        let range = -Self.greatest...Self.greatest
        return [lines, offers, parties, areas].allSatisfy { $0.allSatisfy(range.contains) }
    }

    private static let greatest: Int64 = 1 << 61 - 1
}

extension FlowNetwork {
    /// Gives every node the greatest potential that the flow allows: that of the way of least loss from the root.
    ///
    /// - Parameter prices: Other prices of the stage; near the truth, they only spare steps.
    /// - Returns: for each node whether every such way moves a part of a whole line; nil where it took too long, or the flow
    ///   is not the best one, and the potentials are of no use.
    fileprivate func takeGreatestPotentials(
        _ pairWorth: (PlanProblem.Pair) -> Int64, near prices: PlanPrices, isOverdue: () -> Bool
    ) -> [Bool]? {
        var greatest: Int64 = 1
        for (index, pair) in problem.pairs.enumerated() {
            worth[pairArc + index] = pairWorth(pair)
            greatest = max(greatest, worth[pairArc + index])
        }
        if rows.isEmpty { indexArcs() }
        let near = potentials(of: prices)
        // What no way from the root leads to has a potential that no way of that many nodes passes.
        let far = greatest * Int64(min(nodeCount, 1 << 20))
        for node in 0..<nodeCount { potential[node] = node == 0 ? 0 : far }
        var movesWhole = [Bool](repeating: true, count: nodeCount)
        movesWhole[0] = false
        var queue = WideDistanceQueue()
        for node in 0..<nodeCount { queue.push(node, at: potential[node] - near[node]) }
        // Where those prices are good each node is looked at about once.
        var left = 64 * (nodeCount + artificialArc) + 4096
        var looks = 0
        while let (node, distance) = queue.pop() {
            looks &+= 1
            if looks & 4095 == 0, isOverdue() { return nil }
            guard distance == potential[node] - near[node] else { continue }
            for arc in rows[node] {
                let arc = Int(arc)
                guard settled[arc] == .open else { continue }
                left -= 1
                let isForward = Int(from[arc]) == node
                guard isForward ? flow[arc] < upper[arc] : flow[arc] > lower[arc] else { continue }
                if arc >= pairArc, arc < offerArc, isClosed[arc - pairArc] { continue }
                let other = isForward ? Int(to[arc]) : Int(from[arc])
                let reached = potential[node] + (isForward ? -worth[arc] : worth[arc])
                let isOfWhole = movesWhole[node] || isOfWholeLine(arc)
                let isKinder = reached == potential[other] && movesWhole[other] && !isOfWhole
                guard reached < potential[other] || isKinder else { continue }
                // A way back to the root that gains: the plan would not be the best one.
                guard other != 0, left > 0 else { return nil }
                (potential[other], movesWhole[other]) = (reached, isOfWhole)
                queue.push(other, at: reached - near[other])
            }
        }
        return movesWhole
    }

    /// Whether the arc is a pair of a whole line of several units, which a single unit would break.
    private func isOfWholeLine(_ arc: Int) -> Bool {
        guard arc >= pairArc, arc < offerArc else { return false }
        let line = problem.lines[problem.pairs[arc - pairArc].line]
        return line.isWhole && line.quantity > 1
    }

    /// The potentials that prices stand for.
    private func potentials(of prices: PlanPrices) -> [Int64] {
        var potentials = [Int64](repeating: 0, count: nodeCount)
        for (area, bonus) in prices.areas.enumerated() { potentials[areaBase + area] = -bonus }
        for (index, line) in problem.lines.enumerated() {
            potentials[lineBase + index] = prices.lines[index] - (problem.node(of: line).map { prices.areas[$0] } ?? 0)
        }
        for (party, price) in prices.parties.enumerated() { potentials[partyBase + party] = -price }
        for (index, offer) in problem.offers.enumerated() {
            potentials[offerBase + index] = -prices.offers[index] - prices.parties[offer.party]
        }
        return potentials
    }
}

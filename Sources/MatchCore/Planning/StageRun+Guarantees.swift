extension StageRun {
    /// Serves every area as often as is guaranteed, or as often as can be.
    mutating func guarantee() {
        guard problem.guarantees.contains(where: { $0 > 0 }) else { return }
        if !keepAll() { shareOut() }
        network.plantTree()
    }

    /// One after another; returns false where one cannot be kept beside those before it.
    private func keepAll() -> Bool {
        for area in problem.guarantees.indices {
            while network.lower[area] < problem.guarantees[area] {
                let missing = problem.guarantees[area] - network.flow[area]
                if missing > 0, case .blocked = network.raise(area, upTo: missing) { return false }
                network.lower[area] = min(network.flow[area], problem.guarantees[area])
            }
        }
        return true
    }

    /// Guarantees that cannot be kept together are scaled down together: whoever has the smallest part of its own gets
    /// the next step, as long as anyone can.
    ///
    /// What guarantees can have together is a polymatroid, so the set that a failed search reached is full for good, and
    /// who does not draw on what is short there gets all of its guarantee.
    private mutating func shareOut() {
        let wanted = problem.guarantees
        var kept = wanted.map { _ in Int64(0) }
        for area in wanted.indices { network.lower[area] = 0 }
        /// The smaller part first; of equal ones the greater guarantee, which a step moves less.
        func isBehind(_ first: Int, _ second: Int) -> Bool {
            let (a, b) = (
                Int128(kept[first]) * Int128(wanted[second]), Int128(kept[second]) * Int128(wanted[first])
            )
            return a != b ? a < b : (wanted[second], first) < (wanted[first], second)
        }
        var open = wanted.indices.filter { wanted[$0] > 0 }
        while let area = open.min(by: isBehind) {
            // Units by the million are shared to the thousandth of a guarantee, lines one by one.
            let target = min(wanted[area], kept[area] + max(1, wanted[area] / Self.steps))
            if kept[area] == wanted[area] {
                open.removeAll { $0 == area }
            } else if network.flow[area] > kept[area] {
                kept[area] = min(target, network.flow[area])
            } else {
                switch network.raise(area, upTo: target - kept[area]) {
                case .raised(let more): kept[area] += more
                case .blocked(let reached): open.removeAll { reached.contains($0) }
                }
            }
            network.lower[area] = kept[area]
        }
        for area in wanted.indices where kept[area] < wanted[area] { shortAreas[area] = kept[area] }
    }

    private static let steps: Int64 = 1_000

    /// What lines that were not ranked count at most in each guarantee.
    static func unranked(in problem: PlanProblem) -> [Int: Int64] {
        var most: [Int: Int64] = [:]
        for line in problem.lines where !line.isRanked {
            if let node = problem.node(of: line) { most[node, default: 0] += line.most }
        }
        return most
    }

    /// What a bound by these prices lacks because lines that were not ranked could keep a part of the guarantees: every
    /// unit of it leaves the ranked ones free. Nil beyond 2⁶³.
    func unkept(_ prices: PlanPrices) -> Int64? {
        var sum: Int128 = 0
        for (node, most) in unranked where prices.areas[node] > 0 {
            sum += Int128(prices.areas[node]) * Int128(min(most, network.lower[node]))
        }
        return Int64(exactly: sum)
    }
}

extension GoalPlanner {
    /// As much of each guarantee as a plan holds that no deadline cuts.
    ///
    /// A plan of somebody else's that holds less was not made by this program.
    public func guaranteesKept() -> [Int64] {
        guard problem.lines.contains(where: { $0.isWhole && $0.quantity > 1 }) else {
            var run = StageRun(problem, isOverdue: { false })
            run.guarantee()
            return problem.guarantees.enumerated().map { run.shortAreas[$0.offset] ?? $0.element }
        }
        // Which whole lines leave a guarantee unkept only shows in the plan itself.
        let short = GoalPlanner(problem, goals: goals).plan().shortAreas
        return problem.guarantees.enumerated().map { short[$0.offset] ?? $0.element }
    }
}

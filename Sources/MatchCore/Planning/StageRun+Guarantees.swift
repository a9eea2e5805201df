extension StageRun {
    /// Serves every area as often as is guaranteed, or as often as can be.
    ///
    /// Where time runs out on the way, what is served by then is all that is held: by what was found so far, or by the
    /// fallback where that holds no less.
    mutating func guarantee(orElse fallback: () -> [Int64]) {
        guard problem.guarantees.contains(where: { $0 > 0 }) else { return }
        let wanted = problem.guarantees
        switch keepAll() {
        case .all: break
        case .some: shareOut()
        case .overdue: isCut = true
        }
        if isCut {
            let other = fallback()
            let served = problem.served(by: other)
            if wanted.indices.allSatisfy({ served[$0] >= min(wanted[$0], network.flow[$0]) }) { network.load(other) }
            shortAreas = [:]
            for area in wanted.indices {
                network.lower[area] = min(wanted[area], network.flow[area])
                if network.lower[area] < wanted[area] { shortAreas[area] = network.lower[area] }
            }
        }
        network.plantTree()
    }

    private enum Keeping {
        case all, some, overdue
    }

    /// One after another, until one cannot be kept beside those before it.
    private func keepAll() -> Keeping {
        for area in problem.guarantees.indices {
            while network.lower[area] < problem.guarantees[area] {
                let missing = problem.guarantees[area] - network.flow[area]
                if missing > 0 {
                    if isOverdue() { return .overdue }
                    if case .blocked = network.raise(area, upTo: missing) { return .some }
                }
                network.lower[area] = min(network.flow[area], problem.guarantees[area])
            }
        }
        return .all
    }

    /// Guarantees that cannot be kept together are scaled down together: whoever has the smallest part of its own gets
    /// the next step, as long as anyone can; of equal parts the greater guarantee goes first, then the first area.
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
        var isLeaping = true
        while let area = open.min(by: isBehind) {
            if isOverdue() { isCut = true }
            if isLeaping, !isCut { leap(open, &kept) }
            if isCut { break }
            if isLeaping {
                isLeaping = false
                continue
            }
            let target = min(wanted[area], kept[area] + Self.step(of: wanted[area]))
            if kept[area] == wanted[area] {
                open.removeAll { $0 == area }
            } else if network.flow[area] > kept[area] {
                kept[area] = min(target, network.flow[area])
            } else {
                switch network.raise(area, upTo: target - kept[area]) {
                case .raised(let more): kept[area] += more
                case .blocked(let reached):
                    open.removeAll { reached.contains($0) }
                    // Those that are left may have far to go.
                    isLeaping = true
                }
            }
            network.lower[area] = kept[area]
        }
        for area in wanted.indices where kept[area] < wanted[area] { shortAreas[area] = kept[area] }
    }

    /// Takes all that are open as far together as they can go, halving a leap that is too great: going step by step comes
    /// by there.
    private mutating func leap(_ open: [Int], _ kept: inout [Int64]) {
        let wanted = problem.guarantees
        let steps = Int128(Self.steps)
        /// The first whole number of steps that is this part of the guarantee, or more.
        func target(_ area: Int, _ part: Int128) -> Int64 {
            let step = Int128(Self.step(of: wanted[area]))
            let count = (part * Int128(wanted[area]) + steps * step - 1) / (steps * step)
            return max(kept[area], min(wanted[area], Int64(count * step)))
        }
        var part = open.map { Int128(kept[$0]) * steps / Int128(wanted[$0]) }.min() ?? steps
        var width: Int128 = 512
        while width > 0 {
            let next = part + width
            if next <= steps {
                guard let isReached = reach(open, { target($0, next) }) else {
                    isCut = true
                    return
                }
                if isReached {
                    for area in open { kept[area] = target(area, next) }
                    part = next
                } else {
                    for area in open { network.lower[area] = kept[area] }
                }
            }
            width /= 2
        }
    }

    /// Whether each of the areas can have so much beside the others; nil where time ran out, which takes back nothing.
    private func reach(_ open: [Int], _ target: (Int) -> Int64) -> Bool? {
        for area in open {
            let goal = target(area)
            while network.lower[area] < goal {
                if network.flow[area] < goal {
                    if isOverdue() { return nil }
                    if case .blocked = network.raise(area, upTo: goal - network.flow[area]) { return false }
                }
                network.lower[area] = min(goal, network.flow[area])
            }
        }
        return true
    }

    /// Units by the million are shared to the thousandth of a guarantee, lines one by one.
    private static func step(of guarantee: Int64) -> Int64 { max(1, guarantee / steps) }

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
    /// As much of each guarantee as a plan holds that no deadline cuts; nil where time ran out before that was known.
    ///
    /// A plan of somebody else's that holds less, and that no deadline cut, was not made by this program.
    public func guaranteesKept() -> [Int64]? {
        let short: [Int: Int64]
        if problem.lines.contains(where: { $0.isWhole && $0.quantity > 1 }) {
            // Which whole lines leave a guarantee unkept only shows in the plan itself.
            let plan = plan()
            if plan.isCut { return nil }
            short = plan.shortAreas
        } else {
            var run = StageRun(problem, isOverdue: isOverdue)
            run.guarantee { GreedyPlan(problem).amounts }
            if run.isCut { return nil }
            short = run.shortAreas
        }
        return problem.guarantees.enumerated().map { short[$0.offset] ?? $0.element }
    }
}

internal import Casework
public import MatchCore

/// Why lines get nothing, or not all: read from the plan and the prices of its proof.
public struct UnservedLines {
    private let made: AllocationPlanning.Made
    private let registry: Registry
    private let problem: PlanProblem
    private let open: [Int64]
    private let pairsOfLine: [[Int]]
    private let claimsOfOffer: [[Int]]
    /// What offers, and parties under their caps, have left.
    private let left: [Int64]
    private let room: [Int64]
    private let reading: PriceReading
    private let isProved: Bool

    public init(_ made: AllocationPlanning.Made, in registry: Registry) {
        let (problem, plan) = (made.allocation.problem, made.plan)
        var open = problem.lines.map(\.quantity)
        var left = problem.offers.map(\.capacity)
        var room = problem.partyCaps
        var pairs = problem.lines.map { _ in [Int]() }
        var claims = problem.offers.map { _ in [Int]() }
        for (index, pair) in problem.pairs.enumerated() {
            open[pair.line] -= plan.amounts[index]
            left[pair.offer] -= plan.amounts[index]
            room[problem.offers[pair.offer].party] -= plan.amounts[index]
            pairs[pair.line].append(index)
            if plan.amounts[index] > 0 { claims[pair.offer].append(index) }
        }
        (self.made, self.registry, self.problem) = (made, registry, problem)
        (self.open, self.left, self.room) = (open, left, room)
        pairsOfLine = pairs
        claimsOfOffer = claims
        reading = PriceReading(plan, of: problem)
        isProved = plan.outcomes.allSatisfy(\.isProved)
    }

    /// Every line that is not wholly served, in the order of the plan.
    public var all: [UnservedLine] { open.indices.filter { open[$0] > 0 }.map { line(of: $0) } }

    private func line(of line: Int) -> UnservedLine {
        let asked = problem.lines[line]
        guard asked.isRanked else { return unserved(line, .notRanked) }
        if asked.most < asked.quantity, asked.quantity - asked.most == open[line] {
            var unserved = unserved(line, .split)
            unserved.part = asked.most
            return unserved
        }
        let all = pairsOfLine[line].filter { problem.offers[problem.pairs[$0].offer].capacity > 0 }
        guard !all.isEmpty else { return unserved(line, .noCandidate) }
        let usable = all.filter { problem.isUsableByAll(problem.pairs[$0]) }
        guard !usable.isEmpty else { return unserved(line, .tooSmall, best(all)) }
        // What the line itself used up says nothing.
        let others = usable.filter { left[problem.pairs[$0].offer] > 0 || !winners(problem.pairs[$0]).isEmpty }
        guard !others.isEmpty else { return unserved(line, .usedUp) }
        return lost(line, best(others), needs: asked.isWhole ? asked.quantity : 1)
    }

    private func lost(_ line: Int, _ pair: PlanProblem.Pair, needs: Int64) -> UnservedLine {
        if left[pair.offer] >= needs {
            let isCapped = room[problem.offers[pair.offer].party] < needs
            return unserved(line, isCapped ? .cap : .unused, pair)
        }
        let plan = made.plan
        let goal = reading.decision(on: pair).map { plan.proof.stages[$0.stage].sum.goal }
        let isKnown = plan.outcomes.first { $0.goal == goal }?.isProved ?? isProved
        guard isKnown else { return unserved(line, .gone, pair) }
        var unserved = unserved(line, goal == nil ? .tie : .goal, pair)
        unserved.goal = goal
        return unserved
    }

    private func unserved(
        _ line: Int, _ reason: UnservedLine.Reason, _ pair: PlanProblem.Pair? = nil
    ) -> UnservedLine {
        let (allocation, wishes) = (made.allocation, registry.wishes)
        let wish = wishes[allocation.wishRows[line]]
        var unserved = UnservedLine(
            wish: RecordNameView(wish.key), wishLine: wish.lineNumber, open: open[line], reason: reason)
        guard let pair else { return unserved }
        let offer = registry.offers[allocation.offerRows[pair.offer]]
        unserved.offer = RecordNameView(offer.key)
        unserved.offerLine = offer.lineNumber
        unserved.total = pair.score
        unserved.winners = winners(pair).prefix(UnservedLine.named).map {
            wishes[allocation.wishRows[problem.pairs[$0].line]].key.handle
        }
        return unserved
    }

    private func best(_ pairs: [Int]) -> PlanProblem.Pair {
        let best = pairs.max { (problem.pairs[$0].score, $1) < (problem.pairs[$1].score, $0) }
        return problem.pairs[best ?? pairs[0]]
    }

    /// The claims of other lines on the offer of a pair.
    private func winners(_ pair: PlanProblem.Pair) -> [Int] {
        claimsOfOffer[pair.offer].filter { problem.pairs[$0].line != pair.line }
    }
}

extension PlanProblem {
    /// Whether the offer could give all that a whole line needs.
    fileprivate func isUsableByAll(_ pair: Pair) -> Bool {
        !lines[pair.line].isWhole || offers[pair.offer].capacity >= lines[pair.line].quantity
    }
}

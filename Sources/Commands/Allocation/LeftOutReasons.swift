import Casework
import MatchCore
import Operations

/// Why lines get nothing, or not all: read from the plan and the prices of its proof.
struct LeftOutReasons {
    /// Lines that are not wholly served, with what stays open.
    let lines: [(line: Int, open: Int64)]
    private let allocation: RegistryAllocation
    private let plan: Plan
    private let desk: MatchDesk
    private let open: [Int64]
    private let pairsOfLine: [[Int]]
    private let claimsOfOffer: [[Int]]
    /// What offers, and parties under their caps, have left.
    private let left: [Int64]
    private let room: [Int64]
    private let reading: PriceReading
    private let prices: [Int: OfferPrices.Price]
    private let isProved: Bool

    init(_ allocation: RegistryAllocation, _ plan: Plan, _ desk: MatchDesk) {
        let problem = allocation.problem
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
        let counts = open
        lines = open.indices.filter { counts[$0] > 0 }.map { ($0, counts[$0]) }
        self.allocation = allocation
        self.plan = plan
        self.desk = desk
        (self.open, self.left, self.room) = (open, left, room)
        pairsOfLine = pairs
        claimsOfOffer = claims
        reading = PriceReading(plan, of: problem)
        prices = Dictionary(uniqueKeysWithValues: OfferPrices(plan, of: problem).prices.map { ($0.offer, $0) })
        isProved = plan.outcomes.allSatisfy(\.isProved)
    }

    /// One sentence: what the line lost against.
    func why(_ line: Int) -> LocalizedText {
        let problem = allocation.problem
        guard problem.lines[line].isRanked else { return AllocateWords.whyNotRanked.text }
        let asked = problem.lines[line]
        if asked.most < asked.quantity, asked.quantity - asked.most == open[line] {
            return AllocateWords.whySplit.filled([
                "part": Numbers.grouped(asked.most), "asked": Numbers.grouped(asked.quantity),
            ])
        }
        let all = pairsOfLine[line].filter { problem.offers[problem.pairs[$0].offer].capacity > 0 }
        guard !all.isEmpty else { return AllocateWords.whyNoCandidate.text }
        let usable = all.filter { problem.isUsableByAll(problem.pairs[$0]) }
        guard !usable.isEmpty else {
            return AllocateWords.whyTooSmall.filled(["offer": handle(of: best(all).offer)])
        }
        // What the line itself used up says nothing.
        let others = usable.filter { left[problem.pairs[$0].offer] > 0 || !winners(problem.pairs[$0]).isEmpty }
        guard !others.isEmpty else { return AllocateWords.whyUsedUp.text }
        return why(best(others), needs: asked.isWhole ? asked.quantity : 1)
    }

    private func why(_ pair: PlanProblem.Pair, needs: Int64) -> LocalizedText {
        let problem = allocation.problem
        var values = [
            "offer": handle(of: pair.offer), "score": Numbers.score(Int32(pair.score)),
            "winners": winners(pair).prefix(3).map {
                desk.registry.wishes[allocation.wishRows[problem.pairs[$0].line]].key.handle
            }.joined(separator: ", "),
        ]
        if left[pair.offer] >= needs {
            let isCapped = room[problem.offers[pair.offer].party] < needs
            return (isCapped ? AllocateWords.whyCap : .whyUnused).filled(values)
        }
        let decision = reading.decision(on: pair)
        let goal = decision.map { plan.proof.stages[$0.stage].sum.goal }
        let isKnown = plan.outcomes.first { $0.goal == goal }?.isProved ?? isProved
        guard isKnown else { return AllocateWords.whyGone.filled(values) }
        guard let goal else { return AllocateWords.whyTie.filled(values) }
        let price = prices[pair.offer]?.text ?? OfferPrices.Price.none(isProved: isProved)
        values["price"] = "{price}"
        let text = words(goal).filled(values)
        return LocalizedText(
            zhHans: text.zhHans.filled(["price": price.zhHans]), en: text.en.filled(["price": price.en]))
    }

    private func best(_ pairs: [Int]) -> PlanProblem.Pair {
        let problem = allocation.problem
        let best = pairs.max { (problem.pairs[$0].score, $1) < (problem.pairs[$1].score, $0) }
        return problem.pairs[best ?? pairs[0]]
    }

    /// The claims of other lines on the offer of a pair.
    private func winners(_ pair: PlanProblem.Pair) -> [Int] {
        claimsOfOffer[pair.offer].filter { allocation.problem.pairs[$0].line != pair.line }
    }

    private func handle(of offer: Int) -> String { desk.registry.offers[allocation.offerRows[offer]].key.handle }

    private func words(_ goal: PlanGoal) -> AllocateWords {
        switch goal {
        case .critical: .whyCritical
        case .areas: .whyAreas
        case .served: .whyServed
        case .score: .whyScore
        case .lottery: .whyLottery
        }
    }
}

extension PlanProblem {
    /// Whether the offer could give all that a whole line needs.
    func isUsableByAll(_ pair: Pair) -> Bool {
        !lines[pair.line].isWhole || offers[pair.offer].capacity >= lines[pair.line].quantity
    }
}

import Casework
import MatchCore
import Operations

/// Why lines get nothing, or not all: read from the prices of the proof.
struct LeftOutReasons {
    /// Lines that are not wholly served, with what stays open.
    let lines: [(line: Int, open: Int64)]
    private let allocation: RegistryAllocation
    private let plan: Plan
    private let desk: MatchDesk
    private let pairsOfLine: [[Int]]
    private let claimsOfOffer: [[Int]]
    private let reading: PriceReading
    private let prices: [Int: OfferPrices.Price]

    init(_ allocation: RegistryAllocation, _ plan: Plan, _ desk: MatchDesk) {
        let problem = allocation.problem
        var open = problem.lines.map(\.quantity)
        var pairs = problem.lines.map { _ in [Int]() }
        var claims = problem.offers.map { _ in [Int]() }
        for (index, pair) in problem.pairs.enumerated() {
            open[pair.line] -= plan.amounts[index]
            pairs[pair.line].append(index)
            if plan.amounts[index] > 0 { claims[pair.offer].append(index) }
        }
        lines = open.indices.filter { open[$0] > 0 }.map { ($0, open[$0]) }
        self.allocation = allocation
        self.plan = plan
        self.desk = desk
        pairsOfLine = pairs
        claimsOfOffer = claims
        reading = PriceReading(plan, of: problem)
        prices = Dictionary(uniqueKeysWithValues: OfferPrices(plan, of: problem).prices.map { ($0.offer, $0) })
    }

    private func open(_ line: Int) -> Int64 { lines.first { $0.line == line }?.open ?? 0 }

    /// One sentence: what the line lost against.
    func why(_ line: Int) -> LocalizedText {
        let problem = allocation.problem
        guard problem.lines[line].isRanked else { return AllocateWords.whyNotRanked.text }
        let asked = problem.lines[line]
        if asked.most < asked.quantity, asked.quantity - asked.most == open(line) {
            return AllocateWords.whySplit.filled([
                "part": Numbers.grouped(asked.most), "asked": Numbers.grouped(asked.quantity),
            ])
        }
        let usable = pairsOfLine[line].filter { problem.offers[problem.pairs[$0].offer].capacity > 0 }
        guard let best = usable.max(by: { (problem.pairs[$0].score, $1) < (problem.pairs[$1].score, $0) }) else {
            return AllocateWords.whyNoCandidate.text
        }
        let pair = problem.pairs[best]
        let offer = desk.registry.offers[allocation.offerRows[pair.offer]]
        let winners = claimsOfOffer[pair.offer].filter { problem.pairs[$0].line != line }.prefix(3).map {
            desk.registry.wishes[allocation.wishRows[problem.pairs[$0].line]].key.handle
        }
        var values = [
            "offer": offer.key.handle, "score": Numbers.score(Int32(pair.score)),
            "winners": winners.joined(separator: ", "),
        ]
        guard problem.isUsableByAll(pair) else { return AllocateWords.whyTooSmall.filled(values) }
        guard !winners.isEmpty else { return AllocateWords.whyCap.filled(values) }
        guard let decision = reading.decision(on: pair) else { return AllocateWords.whyTie.filled(values) }
        let stage = plan.proof.stages[decision.stage]
        let isProved = plan.outcomes.allSatisfy(\.isProved)
        let price = prices[pair.offer]?.text ?? OfferPrices.Price.none(isProved: isProved)
        values["price"] = "{price}"
        let text = words(stage.sum.goal).filled(values)
        return LocalizedText(
            zhHans: text.zhHans.filled(["price": price.zhHans]), en: text.en.filled(["price": price.en]))
    }

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

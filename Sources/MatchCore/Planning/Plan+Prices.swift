/// What a plan's prices say about pairs: why one is left out, and whether a new one could change the plan.
public struct PriceReading: Sendable {
    let plan: Plan
    let problem: PlanProblem
    private let sizes: [Int64]

    public init(_ plan: Plan, of problem: PlanProblem) {
        self.plan = plan
        self.problem = problem
        sizes = PlanMeasure(problem, problem.pairs.map { _ in 0 }).areas.map(\.lines)
    }

    /// The first stage whose prices leave the pair slack, with the slack: why no best plan uses it. Nil where the pair
    /// may be used; a negative slack says that the prices do not cover it.
    public func decision(on pair: PlanProblem.Pair) -> (stage: Int, slack: Int64)? {
        for (index, stage) in plan.proof.stages.enumerated() {
            let slack = slack(of: pair, in: stage)
            if slack != 0 { return (index, slack) }
        }
        return nil
    }

    /// How much more the stage's prices ask for a unit of the pair than it is worth.
    func slack(of pair: PlanProblem.Pair, in stage: PlanProof.Stage) -> Int64 {
        let line = problem.lines[pair.line]
        let worth = stage.sum.worth(of: pair, sizes, in: problem)
        let prices = stage.prices
        let paid =
            prices.lines[pair.line] + prices.offers[pair.offer] + prices.parties[problem.offers[pair.offer].party]
        return paid - worth - (problem.node(of: line).map { prices.areas[$0] } ?? 0)
    }

    /// Whether the proof holds for a problem that has this pair too. Only a stage that settles closes a pair for those
    /// after it.
    public func covers(_ pair: PlanProblem.Pair) -> Bool {
        guard problem.isUsable(pair) else { return true }
        for stage in plan.proof.stages {
            let slack = slack(of: pair, in: stage)
            if slack < 0 { return false }
            if slack > 0, stage.settles { return true }
        }
        return true
    }
}

/// The plan that takes the best score first, then the next, as far as quantities, capacities and caps allow.
public struct GreedyPlan: Sendable {
    /// For each pair of the problem how many units are claimed.
    public let amounts: [Int64]

    public init(_ problem: PlanProblem) {
        var amounts = [Int64](repeating: 0, count: problem.pairs.count)
        var lines = problem.lines.map(\.most)
        var offers = problem.offers.map(\.capacity)
        var parties = problem.partyCaps
        let order = problem.pairs.indices.sorted {
            (problem.pairs[$0].score, $1) > (problem.pairs[$1].score, $0)
        }
        for index in order {
            let pair = problem.pairs[index]
            let party = problem.offers[pair.offer].party
            let amount = min(lines[pair.line], offers[pair.offer], parties[party])
            let line = problem.lines[pair.line]
            guard amount > 0, !line.isWhole || amount == line.quantity else { continue }
            amounts[index] = amount
            lines[pair.line] -= amount
            offers[pair.offer] -= amount
            parties[party] -= amount
        }
        self.amounts = amounts
    }
}

/// A plan that is best in given sums, one after the other: what each unit of each pair counts is the caller's choice.
public struct WorthPlan: Sendable {
    /// For each pair of the problem how many units are claimed.
    public let amounts: [Int64]

    /// Finds the plan. Whole lines of several units are taken as lines that may be split.
    ///
    /// - Parameter stages: For each sum what a unit of each pair counts; within ±10^12, and a negative one is never used.
    public init(_ problem: PlanProblem, stages: [[Int64]]) {
        let network = FlowNetwork(problem)
        var number: [PlanProblem.Pair: Int] = [:]
        for (index, pair) in problem.pairs.enumerated() { number[pair] = index }
        for stage in stages {
            let worth = { (pair: PlanProblem.Pair) in stage[number[pair] ?? 0] }
            _ = network.maximise(worth, isOverdue: { false })
            network.settle(network.prices(worth), worth)
        }
        amounts = network.amounts
    }
}

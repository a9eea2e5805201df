/// What a plan comes to in each goal, counted from its claims alone.
public struct PlanMeasure: Sendable {
    private let problem: PlanProblem
    private let amounts: [Int64]
    /// For each area the sum of the parts served, in units of 1/``PlanGoal/whole``, and its number of lines.
    public let areas: [(served: Int64, lines: Int64)]

    public init(_ problem: PlanProblem, _ amounts: [Int64]) {
        self.problem = problem
        self.amounts = amounts
        var areas = problem.guarantees.map { _ in (served: Int64(0), lines: Int64(0)) }
        for line in problem.lines { areas[line.area].lines += 1 }
        for (index, pair) in problem.pairs.enumerated() where amounts[index] > 0 {
            let line = problem.lines[pair.line]
            areas[line.area].served += PlanGoal.served.worth(of: pair, in: problem) * amounts[index]
        }
        self.areas = areas
    }

    /// The least served area's rate, in millionths; 0 where there is no area with a line.
    public var leastRate: Int64 {
        areas.filter { $0.lines > 0 }.map { $0.served / $0.lines / 1_000_000 }.min() ?? 0
    }

    /// The rates of all areas with lines, least first, in millionths.
    public var rates: [Int64] { areas.filter { $0.lines > 0 }.map { $0.served / $0.lines / 1_000_000 }.sorted() }

    public func value(of goal: PlanGoal) -> Int64 {
        if goal == .areas { return leastRate }
        var sum: Int64 = 0
        for (index, pair) in problem.pairs.enumerated() where amounts[index] > 0 {
            sum += goal.worth(of: pair, in: problem) * amounts[index]
        }
        return sum
    }
}

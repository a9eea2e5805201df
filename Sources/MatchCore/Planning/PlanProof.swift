/// How a plan was found, stage by stage, so that someone else can check that none is better.
public struct PlanProof: Sendable, Hashable {
    /// One stage: a sum that was maximised under what the stages before it settled.
    public struct Stage: Sendable, Hashable {
        /// What a unit of a pair counted.
        public enum Sum: Sendable, Hashable {
            /// ``PlanGoal/worth(of:in:)``.
            case goal(PlanGoal)
            /// 1 for lines of these areas (lines of quantity 1 only): no more of them can be served together.
            case level([Int])
            /// The part of the line, times a weight for its area: bounds the least rate.
            case weights([Int64])

            /// The goal that it is for.
            public var goal: PlanGoal { if case .goal(let goal) = self { goal } else { .areas } }

            /// What a unit of a pair counts; `sizes` has the number of lines of each area.
            func worth(of pair: PlanProblem.Pair, _ sizes: [Int64], in problem: PlanProblem) -> Int64 {
                switch self {
                case .goal(let goal): goal.worth(of: pair, in: problem)
                case .level(let areas): areas.contains(problem.lines[pair.line].area) ? 1 : 0
                case .weights(let weights): StageRun.weight(of: pair, weights, sizes, problem)
                }
            }
        }
        public var sum: Sum
        /// What the prices say no plan can pass.
        public var bound: Int64
        public var prices: PlanPrices
        /// Whether later stages keep to what this one settled.
        public var settles: Bool
    }
    public var stages: [Stage]
    /// After the levels of a leximin: how many lines of each area a plan may serve, least and most.
    public var areaBounds: [ClosedRange<Int64>]?
    /// After which stage the bounds of the areas hold.
    public var levelEnd: Int?
}

/// A goal, what the plan reaches in it, and what no plan can pass.
public struct PlanOutcome: Sendable, Hashable {
    public var goal: PlanGoal
    /// Units of 1/``PlanGoal/whole``; for areas the least rate in millionths.
    public var value: Int64
    /// The same units.
    public var bound: Int64
    /// Whether the plan is proved best in this goal, given the goals before it.
    public var isProved: Bool
}

/// A plan, with what proves it.
public struct Plan: Sendable {
    /// For each pair of the problem how many units are claimed.
    public var amounts: [Int64]
    public var outcomes: [PlanOutcome]
    public var proof: PlanProof
    /// Areas that could not be given all that was guaranteed, with what they could be given.
    public var shortAreas: [Int: Int64]
    /// Of those the ones that might have been given more, had there been more time.
    public var openAreas: Set<Int> = []
    /// Whether the deadline cut the run.
    public var isCut: Bool
    /// Offers of which the first price is just what one more unit adds, as far as the party's cap leaves room, not only the
    /// most that it could. None before ``takeLeastPrices(of:keepingProof:isOverdue:)``, and where not all is proved.
    public internal(set) var exactlyPriced: Set<Int> = []
}

/// How a program allocates: its goals and what a plan has to keep, declared in the scoring profile.
///
/// A run may name other goals or terms; what held is printed with it and stands in its plan.
public struct AllocationRules: Sendable, Hashable, Codable {
    /// What a plan is to be best in, most important first.
    public var goals: [PlanGoal]
    /// How a supply that is short is divided among lines that may be split; nil leaves it to the goals.
    public var split: SplitRule?
    /// The per cent of every offer that is held back, 0…100, rounded down: a single piece is never held back.
    public var reserve: Int
    /// For each unit (by its code) the most that any one party gives; a unit that is missing has no cap.
    public var partyCaps: [String: Int64]
    /// How many days back what a party promised counts towards its cap; 0 where only the plan itself counts.
    public var capDays: Int
    /// The per cent of each area's demand that is guaranteed, 0…100.
    public var areaShare: Int

    /// Makes rules; whoever reads them from outside checks the ranges.
    public init(
        goals: [PlanGoal] = PlanGoal.usual, split: SplitRule? = nil, reserve: Int = 0,
        partyCaps: [String: Int64] = [:], capDays: Int = 0, areaShare: Int = 0
    ) {
        self.goals = goals
        self.split = split
        self.reserve = reserve
        self.partyCaps = partyCaps
        self.capDays = capDays
        self.areaShare = areaShare
    }
}

/// How a supply that is short is divided among the lines that may be split.
public enum SplitRule: String, Sendable, CaseIterable, Codable {
    /// Each line gets the same part of what it asks for.
    case proportional
    /// Each line gets the same number of units, and none more than it asks for.
    case equal
    /// Each line gets a part of what it asks for, weighted with its need.
    case need
}

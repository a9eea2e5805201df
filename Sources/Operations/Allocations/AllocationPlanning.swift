public import Casework
public import MatchCore

/// Makes the plan of a registry: ranks every open wish, and chooses among all pairs at once.
public struct AllocationPlanning: Sendable {
    public var rules: AllocationRules
    /// How many offers each wish line is ranked with.
    public var candidates: Int
    /// Whether pairs are added until none that was left out could make the plan better.
    public var isComplete: Bool
    public var threads: Int
    public var seed: AllocationSeed?
    /// Seconds after which the best plan so far is taken; nil for no limit.
    public var secondsAtMost: Double?
    /// What they are measured by.
    public var stopwatch: @Sendable () -> ContinuousClock.Instant = { .now }

    /// After this a plan was made for another day, in milliseconds.
    private static let goodFor: Int64 = 24 * 3_600_000

    /// Whether a plan that was reckoned as of a moment may still be applied, or is of the future.
    public static func isGood(asOf: Timestamp, at now: Moment) -> Bool {
        // A moment may be any number.
        let (age, overflows) = now.milliseconds.subtractingReportingOverflow(asOf.milliseconds)
        return !overflows && (0...goodFor).contains(age)
    }

    /// How much of a deadline the ranking may take.
    private static let rankingShare = 0.6

    public init(
        rules: AllocationRules, candidates: Int = 32, isComplete: Bool = false, threads: Int = 1,
        seed: AllocationSeed? = nil, secondsAtMost: Double? = nil
    ) {
        self.rules = rules
        self.candidates = candidates
        self.isComplete = isComplete
        self.threads = threads
        self.seed = seed
        self.secondsAtMost = secondsAtMost
    }

    /// What was made.
    public struct Made: Sendable {
        public let allocation: RegistryAllocation
        public let plan: Plan
        public let goals: [PlanGoal]
        /// Names what it was made from.
        public let registry: String
        /// Pairs that were added for it to be complete; nil where that was not asked for.
        public let added: Int?
        /// Whether no pair that was left out could make the plan better, so that what is proved holds over all pairs; nil
        /// where that was not asked for. A run that its deadline reached first has not looked at them all.
        public let isComplete: Bool?

        /// Whether every goal is proved best, given those before it.
        public var isOptimal: Bool { !plan.isCut && plan.outcomes.allSatisfy(\.isProved) }

        /// The pairs that the plan gives something to and the ledger can hold, by their numbers.
        func claimedPairs(in registry: Registry) -> [Int] {
            let problem = allocation.problem
            return problem.pairs.indices.filter {
                plan.amounts[$0] > 0 && allocation.isClaimable(problem.pairs[$0], in: registry)
            }
        }

        /// The claims that the ledger can hold.
        public func shown(in registry: Registry) -> ShownPlan {
            let problem = allocation.problem
            return ShownPlan(
                registry: self.registry, goals: goals, seed: allocation.seed,
                claims: claimedPairs(in: registry).map { index in
                    let pair = problem.pairs[index]
                    return ShownPlan.Claim(
                        offer: allocation.offers[pair.offer], wish: allocation.lines[pair.line],
                        quantity: plan.amounts[index])
                })
        }
    }

    /// Throws ``AllocationError`` for numbers that no plan can be made of.
    ///
    /// - Parameter known: a plan that was made before, by what it was made from; it is taken as it is.
    public func make(
        ranker: FamilyRanker, bars: AllocationBars, known: (_ registry: String) -> Plan? = { _ in nil }
    ) throws -> Made {
        let (limit, stopwatch) = (secondsAtMost, stopwatch)
        let start = stopwatch()
        func overdue(after share: Double) -> @Sendable () -> Bool {
            {
                guard let limit else { return false }
                return stopwatch() - start > .seconds(limit * share)
            }
        }
        let run = MatchRun(ranker: ranker, limit: candidates, threads: threads)
        let goals = rules.goals + (seed == nil ? [] : [.lottery])
        let isOverdue = overdue(after: 1)
        var allocation = try RegistryAllocation(
            run: run, rules: rules, bars: bars, seed: seed, isOverdue: overdue(after: Self.rankingShare))
        // What is added below is found by the plan's own prices; what it was made from is this.
        let registry = allocation.fingerprint
        let left = Set(allocation.problem.lines.indices.filter { !allocation.problem.lines[$0].isRanked })
        // What was found over all pairs is a plan of more of them than are ranked here.
        let before = isComplete ? nil : known(registry)
        var plan =
            before.flatMap { $0.amounts.count == allocation.problem.pairs.count ? $0 : nil }
            ?? GoalPlanner(allocation.problem, goals: goals, isOverdue: isOverdue).plan()
        let first = allocation.problem.pairs.count
        var isCovered = false
        // Pairs are only ever added, so this ends; usually after one or two rounds.
        while isComplete, left.isEmpty, !plan.isCut, !isOverdue() {
            guard let found = allocation.uncovered(by: plan, run: run, isOverdue: isOverdue) else { break }
            isCovered = found.isEmpty
            if isCovered { break }
            let wider = try RegistryAllocation(allocation, adding: found, run: run, rules: rules, bars: bars)
            let next = GoalPlanner(wider.problem, goals: goals, isOverdue: isOverdue).plan()
            // A whole plan over fewer pairs is better than a part of one over more.
            if next.isCut { break }
            (allocation, plan) = (wider, next)
        }
        if !left.isEmpty { plan.isCut = true }
        // Only now, and not where they are to cover all pairs: the least ones leave fewer covered.
        plan.takeLeastPrices(of: allocation.problem, keepingProof: isCovered, isOverdue: isOverdue)
        return Made(
            allocation: allocation, plan: plan, goals: goals, registry: registry,
            added: isComplete ? allocation.problem.pairs.count - first : nil,
            isComplete: isComplete ? isCovered : nil)
    }
}

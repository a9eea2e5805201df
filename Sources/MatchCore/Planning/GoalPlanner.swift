/// Finds the plan that is best in the goals, in their order, and what proves it.
///
/// Lines that may be split, and lines of one unit, make a network, so the plan is exactly best. Whole lines of several
/// units do not: the stages then prove what no plan can pass, and ``WholeLines`` finds a plan that keeps them whole.
public struct GoalPlanner {
    let problem: PlanProblem
    let goals: [PlanGoal]
    let isOverdue: () -> Bool

    /// Makes a planner. `isOverdue` is asked now and then; when it says yes, the best plan so far is taken.
    public init(_ problem: PlanProblem, goals: [PlanGoal] = PlanGoal.usual, isOverdue: @escaping () -> Bool = { false })
    {
        self.problem = problem
        self.goals = goals
        self.isOverdue = isOverdue
    }

    /// Finds the plan.
    ///
    /// Whole lines can leave a guarantee unkept that a network would keep. Then it is lowered to what is served, so that
    /// the proof speaks of what is asked, and the plan is made again. Where time runs out, what was found is priced
    /// under the guarantees that it serves, once.
    public func plan() -> Plan {
        var asked = problem
        var found: [Int64]?
        var isOpen = false
        for round in 0... {
            let made = self.plan(for: asked, orElse: found)
            var plan = made.plan
            isOpen = isOpen || made.isOpen
            let served = asked.served(by: plan.amounts)
            let missed = served.indices.filter { served[$0] < plan.shortAreas[$0] ?? asked.guarantees[$0] }
            if missed.isEmpty {
                // What the last proof held, beside what was asked for at first: an earlier round may have held less.
                for node in served.indices where asked.guarantees[node] < problem.guarantees[node] {
                    plan.shortAreas[node] = plan.shortAreas[node] ?? asked.guarantees[node]
                }
                if isOpen { plan.openAreas = problem.growing(plan.shortAreas) }
                return plan
            }
            found = plan.amounts
            for node in missed { asked.guarantees[node] = round < Self.rounds ? served[node] : 0 }
        }
        preconditionFailure("Guarantees of 0 are always kept.")
    }

    private static let rounds = 8

    /// - Parameter found: a plan that serves the guarantees, for when time has run out; by default the greedy one.
    ///
    /// - Returns: the plan, and whether time ran out before it was known how far guarantees can be kept.
    private func plan(for problem: PlanProblem, orElse found: [Int64]?) -> (plan: Plan, isOpen: Bool) {
        var run = StageRun(problem, isOverdue: isOverdue)
        run.guarantee { found ?? GreedyPlan(problem).amounts }
        let isShareCut = run.isCut
        var outcomes: [PlanOutcome] = []
        for goal in goals { outcomes.append(run.pursue(goal)) }
        var amounts = run.network.amounts
        let whole = WholeLines(problem)
        if !whole.areKept(by: amounts) {
            let near = whole.plan(near: amounts, goals: goals, isOverdue: isOverdue)
            amounts = near.amounts
            run.isCut = run.isCut || near.isCut
        }
        if run.isCut {
            amounts = better(amounts, GreedyPlan(problem).amounts, problem, run.shortAreas)
        }
        if let found, run.isCut, !holds(amounts, problem, run.shortAreas) { amounts = found }
        let measure = PlanMeasure(problem, amounts)
        let isAllRanked = problem.lines.allSatisfy(\.isRanked)
        var isBest = true
        // A goal that the plan shown does not prove best settles nothing, nor does any after it: a plan better in it would
        // be free of that. They are priced again over all plans that are as good in the goals before.
        var again: [Int: [PlanProof.Stage.Sum]]?
        for index in outcomes.indices {
            let goal = outcomes[index].goal
            if let again { outcomes[index] = run.priceAgain(outcomes[index], again[index] ?? []) }
            let isShared = outcomes[index].isProved
            outcomes[index].value = measure.value(of: goal)
            // A line whose candidates were not looked for might be served by anything.
            for line in problem.lines where !line.isRanked {
                let more = goal.greatestWorth(of: line) * line.most
                let (sum, isBeyond) = outcomes[index].bound.addingReportingOverflow(more)
                outcomes[index].bound = isBeyond ? .max : sum
            }
            if goal == .areas, !isAllRanked { outcomes[index] = outcomes[index].unbounded }
            if goal == .areas, isAllRanked, !problem.isOfSingleUnits, problem.isServedOut(by: amounts) {
                // Every area has the greatest rate that any plan could give it.
                outcomes[index] = PlanOutcome(
                    goal: goal, value: outcomes[index].value, bound: outcomes[index].value, isProved: true)
            }
            // All served needs no proof, even where the deadline came first.
            let isFull =
                goal == .areas && problem.isOfSingleUnits && isAllRanked && outcomes[index].value == 1_000_000
            isBest = isBest && (isFull || outcomes[index].isProved) && outcomes[index].value == outcomes[index].bound
            outcomes[index].isProved = isBest
            let isKept =
                goal != .areas || (problem.isOfSingleUnits ? isShared : run.proof.reachesWeights(amounts, in: problem))
            if again == nil, !(isBest && isKept) || run.loose.contains(index) {
                again = run.release(from: index)
                if isBest, isFull { run.holdAllServed(by: amounts) }
            }
        }
        // Which guarantees whole lines leave unkept hangs on the plan that they are put near to.
        let isOpen =
            isShareCut || !isAllRanked || run.isCut && problem.lines.contains { $0.isWhole && $0.quantity > 1 }
        return (
            Plan(
                amounts: amounts, outcomes: outcomes, proof: run.proof, shortAreas: run.shortAreas, isCut: run.isCut),
            isOpen
        )
    }

    private func holds(_ amounts: [Int64], _ problem: PlanProblem, _ short: [Int: Int64]) -> Bool {
        let served = problem.served(by: amounts)
        return served.indices.allSatisfy { served[$0] >= short[$0] ?? problem.guarantees[$0] }
    }

    /// Of a plan that was cut and the greedy one the better, as far as the second keeps what is guaranteed.
    private func better(
        _ cut: [Int64], _ greedy: [Int64], _ problem: PlanProblem, _ short: [Int: Int64]
    ) -> [Int64] {
        guard holds(greedy, problem, short) else { return cut }
        let (first, second) = (PlanMeasure(problem, cut), PlanMeasure(problem, greedy))
        for goal in goals {
            let (left, right) =
                goal == .areas ? (first.rates, second.rates) : ([first.value(of: goal)], [second.value(of: goal)])
            if left != right { return left.lexicographicallyPrecedes(right) ? greedy : cut }
        }
        return cut
    }
}

extension PlanOutcome {
    /// The same for the rate of an area when some of its lines might get anything.
    fileprivate var unbounded: PlanOutcome {
        PlanOutcome(goal: goal, value: value, bound: 1_000_000, isProved: false)
    }
}

extension PlanProblem {
    /// Whether every line that any pair can serve is given all that it may be: then no plan gives any area more.
    func isServedOut(by amounts: [Int64]) -> Bool {
        var given = lines.map { _ in Int64(0) }
        var canBeServed = lines.map { _ in false }
        for (index, pair) in pairs.enumerated() {
            given[pair.line] += amounts[index]
            if isUsable(pair), offers[pair.offer].capacity > 0 { canBeServed[pair.line] = true }
        }
        return lines.indices.allSatisfy { !canBeServed[$0] || given[$0] == lines[$0].most }
    }

    /// For each guarantee how many units of a plan count in it: `amounts` has the units of each pair.
    public func served(by amounts: [Int64]) -> [Int64] {
        var served = guarantees.map { _ in Int64(0) }
        for (index, pair) in pairs.enumerated() where amounts[index] > 0 {
            if let node = node(of: lines[pair.line]) { served[node] += amounts[index] }
        }
        return served
    }

    /// For each guarantee what could count in it at most, whatever others go without.
    public func greatestServed() -> [Int64] {
        var free = lines.map { _ in Int64(0) }
        for pair in pairs where isUsable(pair) {
            let (sum, isBeyond) = free[pair.line].addingReportingOverflow(offers[pair.offer].capacity)
            free[pair.line] = isBeyond ? .max : sum
        }
        var greatest = guarantees.map { _ in Int64(0) }
        for (index, line) in lines.enumerated() {
            guard let node = node(of: line) else { continue }
            // A line whose candidates were not looked for might be served by anything.
            greatest[node] += line.isRanked ? min(line.most, free[index]) : line.most
        }
        return greatest
    }

    /// Of guarantees that are kept as far as is stated those that some plan could keep further.
    public func growing(_ short: [Int: Int64]) -> Set<Int> {
        let greatest = greatestServed()
        return Set(short.keys.filter { short[$0, default: 0] < greatest[$0] })
    }
}

/// Finds the plan that is best in the goals, in their order, and what proves it.
///
/// Lines that may be split, and lines of one unit, make a network, so the plan is exactly best. Whole lines of several
/// units do not: the stages then prove what no plan can pass, and ``WholeLines`` finds a plan that keeps them whole.
public struct GoalPlanner {
    private let problem: PlanProblem
    private let goals: [PlanGoal]
    private let isOverdue: () -> Bool

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
    /// the proof speaks of what is asked, and the plan is made again.
    public func plan() -> Plan {
        var asked = problem
        for round in 0... {
            var plan = plan(for: asked)
            let served = asked.served(by: plan.amounts)
            let missed = served.indices.filter { served[$0] < plan.shortAreas[$0] ?? asked.guarantees[$0] }
            if missed.isEmpty {
                // What the last proof held, beside what was asked for at first: an earlier round may have held less.
                for node in served.indices where asked.guarantees[node] < problem.guarantees[node] {
                    plan.shortAreas[node] = plan.shortAreas[node] ?? asked.guarantees[node]
                }
                return plan
            }
            for node in missed { asked.guarantees[node] = round < Self.rounds ? served[node] : 0 }
        }
        preconditionFailure("Guarantees of 0 are always kept.")
    }

    private static let rounds = 8

    private func plan(for problem: PlanProblem) -> Plan {
        var run = StageRun(problem, isOverdue: isOverdue)
        run.guarantee()
        var outcomes: [PlanOutcome] = []
        for goal in goals { outcomes.append(run.pursue(goal)) }
        var amounts = run.network.amounts
        let whole = WholeLines(problem)
        if !whole.areKept(by: amounts) {
            amounts = whole.plan(near: amounts, goals: goals, isOverdue: isOverdue)
        }
        if run.isCut {
            amounts = better(amounts, GreedyPlan(problem).amounts, problem, run.shortAreas)
        }
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
            if again == nil, !(isBest && isKept) {
                again = run.release(from: index)
                if isBest, isFull { run.holdAllServed(by: amounts) }
            }
        }
        return Plan(
            amounts: amounts, outcomes: outcomes, proof: run.proof, shortAreas: run.shortAreas, isCut: run.isCut)
    }

    /// Of a plan that was cut and the greedy one the better, as far as the second keeps what is guaranteed.
    private func better(
        _ cut: [Int64], _ greedy: [Int64], _ problem: PlanProblem, _ short: [Int: Int64]
    ) -> [Int64] {
        let served = problem.served(by: greedy)
        guard served.indices.allSatisfy({ served[$0] >= short[$0] ?? problem.guarantees[$0] }) else { return cut }
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

    /// For each guarantee how many units count in it.
    func served(by amounts: [Int64]) -> [Int64] {
        var served = guarantees.map { _ in Int64(0) }
        for (index, pair) in pairs.enumerated() where amounts[index] > 0 {
            if let node = node(of: lines[pair.line]) { served[node] += amounts[index] }
        }
        return served
    }
}

/// The stages of one run over a network.
struct StageRun {
    let network: FlowNetwork
    let problem: PlanProblem
    let isOverdue: () -> Bool
    var proof = PlanProof(stages: [], areaBounds: nil, levelEnd: nil)
    private(set) var shortAreas: [Int: Int64] = [:]
    /// Where each goal so far began.
    private(set) var marks: [Mark] = []
    var isCut = false

    init(_ problem: PlanProblem, isOverdue: @escaping () -> Bool) {
        self.problem = problem
        self.isOverdue = isOverdue
        network = FlowNetwork(problem)
    }

    /// Serves every area as often as is guaranteed, or as often as can be.
    mutating func guarantee() {
        guard problem.guarantees.contains(where: { $0 > 0 }) else { return }
        for area in problem.guarantees.indices {
            while network.lower[area] < problem.guarantees[area] {
                let missing = problem.guarantees[area] - network.flow[area]
                if missing > 0, case .blocked = network.raise(area, upTo: missing) {
                    network.lower[area] = network.flow[area]
                    shortAreas[area] = network.lower[area]
                    break
                }
                network.lower[area] = min(network.flow[area], problem.guarantees[area])
            }
        }
        network.plantTree()
    }

    mutating func pursue(_ goal: PlanGoal) -> PlanOutcome {
        marks.append(Mark(firstStage: proof.stages.count, settlement: network.settlement))
        if goal == .areas { return problem.isOfSingleUnits ? raiseLevels() : weighAreas() }
        let problem = problem
        let bound = stage(.goal(goal)) { goal.worth(of: $0, in: problem) }
        return PlanOutcome(goal: goal, value: 0, bound: bound, isProved: true)
    }

    /// The prices of a stage and what they prove. Those of a cut stage may prove less than the lines alone.
    private func bounded(_ worth: (PlanProblem.Pair) -> Int64, isWhole: Bool) -> (PlanPrices, Int64) {
        let prices = network.prices(worth)
        let bound = network.bound(prices)
        if isWhole, let bound { return (prices, bound) }
        let plain = network.pricesOfLines(worth)
        let plainBound = network.bound(plain) ?? .max
        guard let bound, bound <= plainBound else { return (plain, plainBound) }
        return (prices, bound)
    }

    /// One stage; returns its bound. A stage after a cut only states its bound.
    mutating func stage(
        _ sum: PlanProof.Stage.Sum, settles: Bool = true, _ worth: (PlanProblem.Pair) -> Int64
    ) -> Int64 {
        let isWhole = network.maximise(worth, isOverdue: isCut ? { true } : isOverdue)
        isCut = isCut || !isWhole
        let (prices, bound) = bounded(worth, isWhole: isWhole)
        proof.stages.append(.init(sum: sum, bound: bound, prices: prices, settles: settles && isWhole))
        if settles, isWhole { network.settle(prices, worth) }
        return bound
    }

    // MARK: Areas, lines of one unit

    /// Leximin: whoever has the smallest rate gets one more, as long as anyone can.
    ///
    /// What areas can have together is a polymatroid, so going step by step is exact (Federgruen and Groenevelt 1986),
    /// and the set that a failed search reached is full for good. Every level of failures is proved by a stage.
    private mutating func raiseLevels() -> PlanOutcome {
        let problem = problem
        // The fullest plan first: most raises then find their line served already.
        let isWhole = network.maximise({ PlanGoal.served.worth(of: $0, in: problem) }, isOverdue: isOverdue)
        isCut = isCut || !isWhole
        var sizes = problem.guarantees.map { _ in Int64(0) }
        for line in problem.lines { sizes[line.area] += 1 }
        let guaranteed = network.lower
        var count = problem.guarantees.map { _ in Int64(0) }
        var levelOf: [Int: Int] = [:]
        var levels: [(step: AreaStep, areas: Set<Int>)] = []
        var open = Set(sizes.indices.filter { sizes[$0] > 0 })
        while let area = open.sorted().min(by: {
            AreaStep(count[$0], sizes[$0], $0) < AreaStep(count[$1], sizes[$1], $1)
        }) {
            if isOverdue() || isCut {
                isCut = true
                break
            }
            if count[area] == sizes[area] {
                open.remove(area)
            } else if count[area] < network.lower[area] || network.flow[area] > count[area] {
                count[area] += 1
                network.lower[area] = max(network.lower[area], count[area])
            } else if case .blocked(let reached) = network.raise(area) {
                let step = AreaStep(count[area], sizes[area], area)
                let all = reached.union(levels.last?.areas ?? [])
                if let last = levels.last, !(last.step < step), !(step < last.step) {
                    levels[levels.count - 1].areas = all
                } else {
                    levels.append((step, all))
                }
                for other in reached where levelOf[other] == nil { levelOf[other] = levels.count - 1 }
                open.subtract(reached)
            } else {
                count[area] += 1
                network.lower[area] = count[area]
            }
        }
        // A reached area may stand above what was asked of it so far only by its guarantee.
        for area in count.indices { count[area] = max(count[area], isCut ? network.lower[area] : network.flow[area]) }
        guard !isCut else {
            // What was asked of each area on the way is proved by nothing: later bounds must do without it.
            for area in sizes.indices { network.lower[area] = guaranteed[area] }
            network.plantTree()
            return PlanOutcome(goal: .areas, value: 0, bound: 1_000_000, isProved: false)
        }
        // The levels are proved without what was asked of each area on the way; the plan is best for them already, so
        // their stages only find prices and move nothing.
        for area in sizes.indices { network.lower[area] = guaranteed[area] }
        network.plantTree()
        for level in levels {
            let areas = level.areas
            _ = stage(.level(areas.sorted())) { areas.contains(problem.lines[$0.line].area) ? 1 : 0 }
        }
        // A level whose prices the deadline kept from being found proves nothing of the sharing.
        guard !isCut else { return PlanOutcome(goal: .areas, value: 0, bound: 1_000_000, isProved: false) }
        return boundAreas(count, sizes, levels.map(\.step), levelOf)
    }

    /// Ties: an area may have one more or less where another of the same size makes up for it.
    private mutating func boundAreas(
        _ count: [Int64], _ sizes: [Int64], _ steps: [AreaStep], _ levelOf: [Int: Int]
    ) -> PlanOutcome {
        var bounds: [ClosedRange<Int64>] = []
        for area in sizes.indices {
            var (least, most) = (count[area], count[area])
            if let level = levelOf[area] {
                let step = steps[level]
                if count[area] > problem.guarantees[area], count[area] > 0,
                    step.ties(AreaStep(count[area] - 1, sizes[area], area))
                {
                    least -= 1
                }
                if count[area] < sizes[area], step.ties(AreaStep(count[area], sizes[area], area)) { most += 1 }
            }
            bounds.append(least...most)
        }
        for area in bounds.indices where network.settled[area] == .open {
            network.lower[area] = bounds[area].lowerBound
            network.upper[area] = bounds[area].upperBound
        }
        network.plantTree()
        proof.areaBounds = bounds
        proof.levelEnd = proof.stages.count
        let least =
            sizes.indices.filter { sizes[$0] > 0 }
            .map { count[$0] * PlanGoal.whole / sizes[$0] / 1_000_000 }.min() ?? 0
        return PlanOutcome(goal: .areas, value: 0, bound: least, isProved: true)
    }
}

/// Serving one more line of an area: first come small rates, and of equal ones the greater step.
struct AreaStep {
    let count: Int64
    let size: Int64
    let area: Int

    init(_ count: Int64, _ size: Int64, _ area: Int) {
        (self.count, self.size, self.area) = (count, size, area)
    }

    static func < (left: AreaStep, right: AreaStep) -> Bool {
        let (a, b) = (left.count * right.size, right.count * left.size)
        return a != b ? a < b : left.size < right.size
    }

    func ties(_ other: AreaStep) -> Bool { count == other.count && size == other.size }
}

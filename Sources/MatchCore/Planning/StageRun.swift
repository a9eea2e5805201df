/// The stages of one run over a network.
struct StageRun {
    let network: FlowNetwork
    let problem: PlanProblem
    let isOverdue: () -> Bool
    var proof = PlanProof(stages: [], areaBounds: nil, levelEnd: nil)
    var shortAreas: [Int: Int64] = [:]
    /// Where each goal so far began.
    private(set) var marks: [Mark] = []
    /// Goals whose stage settles the flow, but proves too little to settle anything for somebody who checks.
    private(set) var loose: Set<Int> = []
    let unranked: [Int: Int64]
    var isCut = false

    init(_ problem: PlanProblem, isOverdue: @escaping () -> Bool) {
        self.problem = problem
        self.isOverdue = isOverdue
        network = FlowNetwork(problem)
        unranked = Self.unranked(in: problem)
    }

    mutating func pursue(_ goal: PlanGoal) -> PlanOutcome {
        marks.append(Mark(firstStage: proof.stages.count, settlement: network.settlement))
        if goal == .areas { return problem.isOfSingleUnits ? raiseLevels() : weighAreas() }
        let problem = problem
        let bound = stage(.goal(goal)) { goal.worth(of: $0, in: problem) }
        return PlanOutcome(goal: goal, value: 0, bound: bound, isProved: true)
    }

    /// The prices of a stage, what they prove, and what that lacks (see ``unkept(_:)``). Those of a cut stage may prove less
    /// than the lines alone.
    private func bounded(_ worth: (PlanProblem.Pair) -> Int64, isWhole: Bool) -> Bounded {
        let prices = network.prices(worth)
        let bound = network.bound(prices)
        let unkept = unkept(prices)
        if isWhole, let bound, unkept == 0 { return Bounded(prices: prices, bound: bound) }
        let plain = network.pricesOfLines(worth)
        let plainBound = network.bound(plain) ?? .max
        if let bound, let unkept {
            let (sum, isBeyond) = bound.addingReportingOverflow(unkept)
            if !isBeyond, sum <= plainBound { return Bounded(prices: prices, bound: bound, unkept: unkept) }
        }
        return Bounded(prices: plain, bound: plainBound, isPlain: true)
    }

    private struct Bounded {
        var prices: PlanPrices
        var bound: Int64
        var unkept: Int64 = 0
        var isPlain = false
    }

    /// One stage; returns what no plan can pass. A stage after a cut only states its bound.
    mutating func stage(
        _ sum: PlanProof.Stage.Sum, settles: Bool = true, _ worth: (PlanProblem.Pair) -> Int64
    ) -> Int64 {
        let isWhole = network.maximise(worth, isOverdue: isCut ? { true } : isOverdue)
        isCut = isCut || !isWhole
        let found = bounded(worth, isWhole: isWhole)
        let isTight = isWhole && !found.isPlain && found.unkept == 0
        proof.stages.append(
            .init(sum: sum, bound: found.bound, prices: found.prices, settles: settles && isTight))
        if settles, isWhole {
            network.settle(isTight ? found.prices : network.prices(worth), worth)
            if !isTight { loose.insert(marks.count - 1) }
        }
        return found.bound + found.unkept
    }
}

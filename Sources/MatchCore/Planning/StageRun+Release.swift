extension FlowNetwork {
    /// What the stages so far settled; only areas ever get other bounds on the way.
    struct Settlement {
        fileprivate let settled: [Settled]
        fileprivate let isClosed: [Bool]
        fileprivate let lower: [Int64]
        fileprivate let upper: [Int64]
    }

    var settlement: Settlement {
        Settlement(
            settled: settled, isClosed: isClosed, lower: Array(lower[..<lineArc]), upper: Array(upper[..<lineArc]))
    }

    /// Opens again what was settled since. The flow stays: what fewer stages settled allows it too.
    func reopen(_ earlier: Settlement) {
        (settled, isClosed) = (earlier.settled, earlier.isClosed)
        lower.replaceSubrange(..<lineArc, with: earlier.lower)
        upper.replaceSubrange(..<lineArc, with: earlier.upper)
        plantTree()
    }

    /// Takes a plan as the flow; its tree has to be planted after that.
    func load(_ amounts: [Int64]) {
        for arc in flow.indices { flow[arc] = 0 }
        for (index, pair) in problem.pairs.enumerated() where amounts[index] > 0 {
            var arcs = [
                lineArc + pair.line, pairArc + index, offerArc + pair.offer,
                partyArc + problem.offers[pair.offer].party,
            ]
            if let node = problem.node(of: problem.lines[pair.line]) { arcs.append(node) }
            for arc in arcs { flow[arc] += amounts[index] }
        }
    }
}

extension StageRun {
    /// Where a goal began: its first stage, and what the goals before it had settled.
    struct Mark {
        let firstStage: Int
        let settlement: FlowNetwork.Settlement
    }

    /// Takes back what a goal and those after it settled, because the plan shown does not prove it best: a better plan in
    /// it need not keep to that. Returns the stages of each later goal, which have to be priced again.
    mutating func release(from goal: Int) -> [Int: [PlanProof.Stage.Sum]] {
        let ends = marks.dropFirst().map(\.firstStage) + [proof.stages.count]
        var later: [Int: [PlanProof.Stage.Sum]] = [:]
        for next in marks.indices where next > goal {
            later[next] = proof.stages[marks[next].firstStage..<ends[next]].map(\.sum)
        }
        proof.stages.removeSubrange(ends[goal]...)
        let first = marks[goal].firstStage
        for stage in proof.stages.indices where stage >= first { proof.stages[stage].settles = false }
        // Levels prove a sharing together or nothing.
        proof.stages.removeAll { if case .level = $0.sum { !$0.settles } else { false } }
        if let end = proof.levelEnd, end > first { (proof.levelEnd, proof.areaBounds) = (nil, nil) }
        network.reopen(marks[goal].settlement)
        return later
    }

    /// Where every line is served, every plan as good for the areas serves every line too: holds later stages to that,
    /// although no level was found. Lines of one unit only.
    mutating func holdAllServed(by amounts: [Int64]) {
        network.load(amounts)
        for area in problem.guarantees.indices where network.settled[area] == .open {
            network.lower[area] = network.flow[area]
            network.upper[area] = network.flow[area]
        }
        network.plantTree()
    }

    /// The bound of a later goal over all plans that are as good in the goals that are proved; it settles nothing.
    mutating func priceAgain(_ outcome: PlanOutcome, _ sums: [PlanProof.Stage.Sum]) -> PlanOutcome {
        let problem = problem
        var outcome = outcome
        if outcome.goal == .areas, problem.isOfSingleUnits {
            (outcome.bound, outcome.isProved) = (1_000_000, false)
        }
        for sum in sums {
            switch sum {
            case .goal(let goal):
                outcome.bound = stage(sum, settles: false) { goal.worth(of: $0, in: problem) }
            case .weights(let weights): outcome.bound = boundLeastRate(weights, settles: false)
            case .level: continue
            }
        }
        return outcome
    }
}

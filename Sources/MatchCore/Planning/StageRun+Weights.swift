extension StageRun {
    /// Parts of lines are no counts, so the least rate is approached: weights for the areas, each worth more the less
    /// it is served, until the tries are over. The best plan seen is kept; its prices bound the least rate.
    mutating func weighAreas() -> PlanOutcome {
        let problem = problem
        let sizes = PlanMeasure(problem, problem.pairs.map { _ in 0 }).areas.map(\.lines)
        let hasPair = areasWithPair
        var mean = sizes.map { _ in 0.0 }
        var best: (rates: [Int64], weights: [Int64])?
        for round in 0..<Self.tries {
            if isOverdue() || isCut { break }
            // 1 to 1000 is wide enough to turn the order of any two areas.
            let least = mean.indices.filter { hasPair[$0] }.map { mean[$0] }.min() ?? 0
            let weights = mean.indices.map { area -> Int64 in
                let ahead = min(1, (mean[area] - least) * Double(2 + round))
                return hasPair[area] ? Int64(1 + 999 * (1 - ahead) * (1 - ahead)) : 0
            }
            guard network.maximise({ Self.weight(of: $0, weights, sizes, problem) }, isOverdue: isOverdue) else {
                isCut = true
                break
            }
            let rates = PlanMeasure(problem, network.amounts).areas.enumerated().map { area, value in
                value.lines > 0 ? Double(value.served) / Double(value.lines) / Double(PlanGoal.whole) : 0
            }
            for area in mean.indices { mean[area] += (rates[area] - mean[area]) / Double(round + 1) }
            let found = PlanMeasure(problem, network.amounts).rates
            if best.map({ $0.rates.lexicographicallyPrecedes(found) }) ?? true { best = (found, weights) }
        }
        guard let best, !isCut else {
            return PlanOutcome(goal: .areas, value: 0, bound: isHopeless ? 0 : 1_000_000, isProved: false)
        }
        return PlanOutcome(goal: .areas, value: 0, bound: boundLeastRate(best.weights, settles: true), isProved: false)
    }

    /// The stage of these weights, and what its bound says of the least rate, in millionths.
    mutating func boundLeastRate(_ weights: [Int64], settles: Bool) -> Int64 {
        let problem = problem
        let sizes = PlanMeasure(problem, problem.pairs.map { _ in 0 }).areas.map(\.lines)
        let most = stage(.weights(weights), settles: settles) { Self.weight(of: $0, weights, sizes, problem) }
        let sum = max(1, weights.reduce(0, +))
        return isHopeless ? 0 : min(1_000_000, most / (Self.scale / 1_000_000) / sum + 1)
    }

    private var areasWithPair: [Bool] {
        var hasPair = problem.guarantees.map { _ in false }
        for pair in problem.pairs where problem.isUsable(pair) && problem.offers[pair.offer].capacity > 0 {
            hasPair[problem.lines[pair.line].area] = true
        }
        return hasPair
    }

    /// Whether nobody can serve some area: it has the rate 0 under every plan.
    private var isHopeless: Bool {
        let hasPair = areasWithPair
        return problem.lines.contains { !hasPair[$0.area] }
    }

    private static let tries = 24
    /// What a whole rate counts; small enough that a thousand times as much still sums up in 64 bits.
    static let scale: Int64 = 10_000_000_000

    /// Rounded up, so that the sum never falls short of the rates and its bound is true for them.
    static func weight(
        of pair: PlanProblem.Pair, _ weights: [Int64], _ sizes: [Int64], _ problem: PlanProblem
    ) -> Int64 {
        let line = problem.lines[pair.line]
        let parts = line.quantity * sizes[line.area]
        return weights[line.area] * ((scale + parts - 1) / parts)
    }
}

extension PlanProof {
    /// Whether a plan reaches the bound of the weights, so that what they settle holds for every plan that is as good for
    /// the areas; true where no weights settle anything.
    func reachesWeights(_ amounts: [Int64], in problem: PlanProblem) -> Bool {
        for stage in stages {
            guard case .weights(let weights) = stage.sum, stage.settles else { continue }
            let sizes = PlanMeasure(problem, amounts).areas.map(\.lines)
            var sum: Int128 = 0
            for (index, pair) in problem.pairs.enumerated() where amounts[index] > 0 {
                sum += Int128(StageRun.weight(of: pair, weights, sizes, problem)) * Int128(amounts[index])
            }
            if sum != Int128(stage.bound) { return false }
        }
        return true
    }
}

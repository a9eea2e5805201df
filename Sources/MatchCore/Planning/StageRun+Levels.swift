extension StageRun {
    /// Leximin: whoever has the smallest rate gets one more, as long as anyone can.
    ///
    /// What areas can have together is a polymatroid, so going step by step is exact (Federgruen and Groenevelt 1986),
    /// and the set that a failed search reached is full for good. Every level of failures is proved by a stage.
    mutating func raiseLevels() -> PlanOutcome {
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
            // Without lines there is nothing to share, whenever time ran out.
            let isEmpty = problem.lines.isEmpty
            return PlanOutcome(goal: .areas, value: 0, bound: isEmpty ? 0 : 1_000_000, isProved: isEmpty)
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
        network.hold(bounds)
        network.plantTree()
        proof.areaBounds = bounds
        proof.levelEnd = proof.stages.count
        let least =
            sizes.indices.filter { sizes[$0] > 0 }
            .map { count[$0] * PlanGoal.whole / sizes[$0] / 1_000_000 }.min() ?? 0
        return PlanOutcome(goal: .areas, value: 0, bound: least, isProved: true)
    }
}

extension FlowNetwork {
    /// Holds the areas that no stage settled to so many lines each.
    func hold(_ bounds: [ClosedRange<Int64>]) {
        for area in bounds.indices where settled[area] == .open {
            lower[area] = bounds[area].lowerBound
            upper[area] = bounds[area].upperBound
        }
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

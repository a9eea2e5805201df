extension PlanVerifier {
    /// Returns the least rate of the plan and its bound, in millionths, and whether the whole leximin is proved.
    mutating func checkAreas() throws -> (Int128, Int128, Bool) {
        let sizes = areaSizes
        var served = plan.guarantees.map { _ in Int128(0) }
        for pair in plan.pairs {
            let line = plan.lines[Int(pair[0])]
            served[Int(line[1])] += Int128(Self.whole / line[0]) * Int128(pair[3])
        }
        let least = sizes.indices.filter { sizes[$0] > 0 }.map { served[$0] / Int128(sizes[$0]) / 1_000_000 }.min() ?? 0
        let isAllRanked = plan.lines.allSatisfy { $0[6] == 1 }
        if plan.lines.allSatisfy({ $0[0] == 1 }) {
            // Levels prove a sharing only among plans that are best in the goals before it.
            guard isProved, isAllRanked else { return (least, 1_000_000, false) }
            let isShared = try checkLevels(sizes)
            return (least, isShared ? least : 1_000_000, isShared)
        }
        // An area whose lines have no pair at all is never served.
        var hasPair = sizes.map { _ in false }
        for pair in plan.pairs where plan.offers[Int(pair[1])][0] > 0 {
            let line = plan.lines[Int(pair[0])]
            if line[3] == 0 || plan.offers[Int(pair[1])][0] >= line[0] { hasPair[Int(line[1])] = true }
        }
        let isHopeless = sizes.indices.contains { sizes[$0] > 0 && !hasPair[$0] }
        let isServedOut = isAllRanked && self.isServedOut
        guard next < plan.stages.count, plan.stages[next].kind == "weights" else {
            try need(plan.cut, "Stage \(next + 1) is not 'weights', which the goal 'areas' asks for.")
            if isServedOut { return (least, least, true) }
            return (least, isHopeless && isAllRanked ? 0 : 1_000_000, false)
        }
        let stage = try take("weights")
        try need(
            stage.of?.count == sizes.count && stage.of?.allSatisfy { (0...1000).contains($0) } == true,
            "The weights are not those of the areas.")
        let bound = try check(stage)
        // Where all is served in full, every plan that is as good for the areas serves the same lines in full, so it reaches
        // the bound too. Nothing else that weights tie holds for other plans.
        try need(
            !stage.settles || isProved && isServedOut && bound == total(stage),
            "Stage \(next) ('weights') settles what is not proved best.")
        if isServedOut { return (least, least, true) }
        // An area without lines has no rate that its weight could count for.
        let sum = zip(stage.of ?? [], sizes).reduce(Int128(0)) { $0 + ($1.1 > 0 ? Int128($1.0) : 0) }
        guard isAllRanked else { return (least, 1_000_000, false) }
        if isHopeless { return (least, 0, false) }
        return (least, sum > 0 ? min(1_000_000, bound / 10_000 / sum + 1) : 1_000_000, false)
    }

    /// Whether every line that any pair can serve is given all that it may be: then no plan gives any area more.
    private var isServedOut: Bool {
        var given = plan.lines.map { _ in Int64(0) }
        var canBeServed = plan.lines.map { _ in false }
        for pair in plan.pairs {
            let (number, line, free) = (
                Int(pair[0]), plan.lines[Int(pair[0])], plan.offers[Int(pair[1])][0]
            )
            given[number] += pair[3]
            if free > 0, line[3] == 0 || free >= line[0] { canBeServed[number] = true }
        }
        return plan.lines.indices.allSatisfy { !canBeServed[$0] || given[$0] == plan.lines[$0][4] }
    }

    /// Checks that no other way of sharing between the areas is better, and bounds the areas for later stages.
    ///
    /// The levels are nested sets of areas that are as full as they can be together. Lines are handed out by steps; a
    /// step to an area with a smaller rate, or of equal rates the greater step, is always worth more. If all steps taken
    /// within a level are worth at least as much as the best one it had to refuse, no other sharing is better
    /// (Lagrange), and equally good ones differ only by steps that are worth just that much.
    mutating func checkLevels(_ sizes: [Int64]) throws -> Bool {
        let served = servedUnits()
        var levelOf = sizes.map { _ -> Int? in nil }
        var members: Set<Int64> = []
        var (count, isFull) = (0, true)
        while next < plan.stages.count, plan.stages[next].kind == "level" {
            let stage = try take("level")
            let areas = Set(stage.of ?? [])
            try need(areas.isSuperset(of: members), "Level \(count + 1) is not wider than the one before it.")
            try need(areas.allSatisfy { $0 >= 0 && $0 < sizes.count }, "A level names an area that does not exist.")
            let bound = try check(stage)
            // A deadline may come while a level's prices are looked for: then it settles nothing.
            isFull = isFull && stage.settles
            try need(
                stage.settles ? bound == total(stage) : plan.cut,
                "Level \(count + 1) is not as full as its prices allow.")
            for area in areas where levelOf[Int(area)] == nil { levelOf[Int(area)] = count }
            members = areas
            count += 1
        }
        let open = sizes.indices.filter { served[$0] < sizes[$0] }
        guard isFull, count > 0 || open.isEmpty else {
            try need(plan.cut, "Stage \(next + 1) is not 'level', which the goal 'areas' asks for.")
            return false
        }
        try need(open.allSatisfy { levelOf[$0] != nil }, "An area that is not fully served stands in no level.")
        /// Whether the step after `left` lines of area `a` is worth more than the one after `right` lines of area `b`.
        func isWorthMore(_ left: Int64, _ a: Int, _ right: Int64, _ b: Int) -> Bool {
            let (first, second) = (Int128(left) * Int128(sizes[b]), Int128(right) * Int128(sizes[a]))
            return first != second ? first < second : sizes[a] < sizes[b]
        }
        var refused: [Int] = []
        for level in 0..<count {
            let inside = sizes.indices.filter { levelOf[$0] == level }
            var best: Int?
            for area in inside where served[area] < sizes[area] {
                if best.map({ isWorthMore(served[area], area, served[$0], $0) }) ?? true { best = area }
            }
            guard let best else { throw PlanFault(message: "Level \(level + 1) refused nobody.") }
            if let last = refused.last {
                try need(isWorthMore(served[last], last, served[best], best), "The levels are not in order.")
            }
            refused.append(best)
            for area in inside {
                var (least, most) = (served[area], served[area])
                if served[area] > plan.guarantees[area] {
                    try need(
                        !isWorthMore(served[best], best, served[area] - 1, area),
                        "Area \(area) was served where area \(best) should have been.")
                    if served[area] - 1 == served[best], sizes[area] == sizes[best] { least -= 1 }
                }
                if served[area] == served[best], sizes[area] == sizes[best] { most += 1 }
                bound(area, least, most)
            }
        }
        for area in sizes.indices where levelOf[area] == nil { bound(area, served[area], served[area]) }
        return true
    }

    mutating func bound(_ area: Int, _ least: Int64, _ most: Int64) {
        guard areaTied[area] == nil else { return }
        (areaLeast[area], areaMost[area]) = (least, most)
    }
}

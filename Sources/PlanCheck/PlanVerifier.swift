/// Checks a plan and its proof; it knows nothing of how they were found.
///
/// Every stage is a linear program over the plans that the stages before it leave. Prices that cover the worth of every
/// open pair bound the worth of all those plans by prices × capacities. A plan that reaches the bound is best, and
/// every other best plan leaves slack pairs unused and uses up whatever has a price (complementary slackness): that is
/// all that later stages may take for granted. Sums are 128 bits wide.
public struct PlanVerifier {
    let plan: PlanDocument
    /// What the seed drew for each pair; empty without one.
    let lots: [Int64]
    var isClosed: [Bool]
    var usedUp: (lines: [Bool], offers: [Bool], parties: [Bool])
    /// What is known of the lines served in each area: at least, at most, and whether an earlier price tied it to either.
    var areaLeast: [Int64]
    var areaMost: [Int64?]
    var areaTied: [Int64?]
    /// Whether every goal so far is proved best: only then later stages may take anything for granted.
    var isProved = true
    var next = 0

    static let whole: Int64 = 1_000_000_000_000

    /// Checks the document.
    ///
    /// - Throws: ``PlanFault`` with the first thing that does not hold.
    public static func check(_ plan: PlanDocument) throws {
        var verifier = try PlanVerifier(plan)
        try verifier.checkClaims()
        try verifier.checkGoals()
    }

    init(_ plan: PlanDocument) throws {
        self.plan = plan
        func need(_ holds: Bool, _ message: String) throws { if !holds { throw PlanFault(message: message) } }
        try need(plan.format == PlanDocument.currentFormat, "The format is not \(PlanDocument.currentFormat).")
        try plan.checkRanges()
        try need(plan.seal == plan.contentSeal, "The plan was altered after it was written: its seal is another.")
        try need(Set(plan.pairs.map { [$0[0], $0[1]] }).count == plan.pairs.count, "A pair stands twice.")
        lots = try PlanDraw(plan)?.lots(of: plan) ?? []
        // A whole line takes nothing from an offer that is smaller than it.
        isClosed = plan.pairs.map { pair in
            let line = plan.lines[Int(pair[0])]
            return line[3] == 1 && plan.offers[Int(pair[1])][0] < line[0]
        }
        usedUp = (plan.lines.map { _ in false }, plan.offers.map { _ in false }, plan.partyCaps.map { _ in false })
        areaLeast = plan.guarantees
        areaMost = plan.guarantees.map { _ in nil }
        areaTied = areaMost
    }

    func need(_ holds: Bool, _ message: @autoclosure () -> String) throws {
        if !holds { throw PlanFault(message: message()) }
    }

    // MARK: Claims

    func checkClaims() throws {
        var lines = plan.lines.map { Int128($0[4]) }
        var offers = plan.offers.map { Int128($0[0]) }
        var parties = plan.partyCaps.map { Int128($0) }
        for pair in plan.pairs where pair[3] > 0 {
            let (line, offer) = (Int(pair[0]), Int(pair[1]))
            lines[line] -= Int128(pair[3])
            offers[offer] -= Int128(pair[3])
            parties[Int(plan.offers[offer][1])] -= Int128(pair[3])
            try need(lines[line] >= 0, "Line \(line) is given more than it asks for or its part.")
            try need(offers[offer] >= 0, "Offer \(offer) gives more than it has.")
            try need(parties[Int(plan.offers[offer][1])] >= 0, "The party of offer \(offer) gives more than its cap.")
            try need(
                plan.lines[line][3] == 0 || pair[3] == plan.lines[line][0], "Line \(line) is whole, but is split.")
        }
        let served = servedUnits()
        for (area, least) in plan.guarantees.enumerated() {
            try need(served[area] >= least, "Area \(area) is served \(served[area]) times, \(least) are guaranteed.")
        }
    }

    /// The guarantee that a line counts in.
    func guarantee(of line: [Int64]) -> Int? { line[0] == 1 ? Int(line[1]) : line[5] < 0 ? nil : Int(line[5]) }

    /// For each guarantee the units that count in it.
    func servedUnits() -> [Int64] {
        var served = plan.guarantees.map { _ in Int64(0) }
        for pair in plan.pairs {
            if let node = guarantee(of: plan.lines[Int(pair[0])]) { served[node] += pair[3] }
        }
        return served
    }

    // MARK: Goals

    mutating func checkGoals() throws {
        try need(!plan.goals.isEmpty, "The plan names no goal, so that nothing is proved.")
        try need(Set(plan.goals).count == plan.goals.count, "A goal stands twice.")
        // The draw decides last, between plans that are equal in everything else.
        let drawn = plan.seed == nil ? [] : ["lottery"]
        if let making = plan.making {
            try need(
                plan.goals == making.goals + drawn,
                "The goals are \(Self.list(plan.goals)), but the plan was made for \(Self.list(making.goals + drawn)).")
        }
        try need(
            plan.outcomes.map(\.goal) == plan.goals,
            "The outcomes are those of \(Self.list(plan.outcomes.map(\.goal))), the goals \(Self.list(plan.goals)).")
        for outcome in plan.outcomes {
            let (value, bound, isExact): (Int128, Int128, Bool)
            let before = self
            if outcome.goal == "areas" {
                (value, bound, isExact) = try checkAreas()
            } else {
                try need(
                    ["critical", "served", "score", "lottery"].contains(outcome.goal),
                    "There is no goal '\(outcome.goal)'.")
                try need(outcome.goal != "lottery" || plan.seed != nil, "There is a draw without a seed.")
                let stage = try take(outcome.goal)
                let unkept = keptByUnranked(stage)
                bound = try check(stage) + mostOfUnranked(outcome.goal) + unkept
                value = total(stage)
                isExact = true
                // A plan that is better than this one need not keep to what its prices tie.
                try need(
                    !stage.settles || isProved && value == bound,
                    "Stage \(next) ('\(stage.kind)') settles what is not proved best.")
            }
            try need(value <= bound, "The goal '\(outcome.goal)' reaches \(value), but no plan is to pass \(bound).")
            isProved = isProved && isExact && value == bound
            if !isProved { reopen(before) }
            try need(
                Int128(outcome.value) == value && Int128(outcome.bound) == bound,
                "The goal '\(outcome.goal)' claims \(outcome.value) of \(outcome.bound), but has \(value) of \(bound).")
            try need(
                outcome.proved == isProved, "The goal '\(outcome.goal)' is \(isProved ? "" : "not ")proved best.")
        }
        try need(next == plan.stages.count, "There are stages that belong to no goal.")
    }

    /// Forgets what a goal that is not proved settled on the way.
    private mutating func reopen(_ earlier: PlanVerifier) {
        (isClosed, usedUp) = (earlier.isClosed, earlier.usedUp)
        (areaLeast, areaMost, areaTied) = (earlier.areaLeast, earlier.areaMost, earlier.areaTied)
    }

    private static func list(_ goals: [String]) -> String {
        goals.isEmpty ? "none" : goals.joined(separator: ", ")
    }

    /// What lines whose candidates were not looked for could count at most.
    func mostOfUnranked(_ goal: String) -> Int128 {
        plan.lines.reduce(0) { sum, line in
            guard line[6] == 0, goal != "critical" || line[2] == 1 else { return sum }
            return sum + Int128(Self.whole / line[0]) * Int128(line[4])
        }
    }

    /// Lines whose candidates were not looked for could keep a part of the guarantees, which the others are then free of:
    /// what that is worth at the prices of a stage.
    func keptByUnranked(_ stage: PlanDocument.Stage) -> Int128 {
        var most = plan.guarantees.map { _ in Int128(0) }
        for line in plan.lines where line[6] == 0 {
            if let node = guarantee(of: line) { most[node] += Int128(line[4]) }
        }
        return zip(stage.areas, most).enumerated().reduce(0) { sum, entry in
            let (bonus, part) = entry.element
            guard bonus > 0 else { return sum }
            return sum + Int128(bonus) * min(part, Int128(areaTied[entry.offset] ?? areaLeast[entry.offset]))
        }
    }

    mutating func take(_ kind: String) throws -> PlanDocument.Stage {
        guard next < plan.stages.count, plan.stages[next].kind == kind else {
            let found = next < plan.stages.count ? "is '\(plan.stages[next].kind)'" : "is missing"
            throw PlanFault(message: "Stage \(next + 1) \(found); the goals ask for '\(kind)' there.")
        }
        next += 1
        return plan.stages[next - 1]
    }

    /// What one unit of a pair counts in a stage.
    func worth(
        _ index: Int, _ stage: PlanDocument.Stage, _ sizes: [Int64], _ members: Set<Int64>
    ) -> Int128 {
        let pair = plan.pairs[index]
        let line = plan.lines[Int(pair[0])]
        switch stage.kind {
        case "critical": return line[2] == 1 ? Int128(Self.whole / line[0]) : 0
        case "served": return Int128(Self.whole / line[0])
        case "score": return Int128(pair[2]) * 1_000_000 / Int128(line[0])
        case "lottery": return Int128(lots[index] / line[0])
        case "level": return members.contains(line[1]) ? 1 : 0
        default:
            let parts = Int128(line[0]) * Int128(sizes[Int(line[1])])
            return Int128(stage.of?[Int(line[1])] ?? 0) * ((Int128(10_000_000_000) + parts - 1) / parts)
        }
    }

    var areaSizes: [Int64] {
        var sizes = plan.guarantees.map { _ in Int64(0) }
        for line in plan.lines { sizes[Int(line[1])] += 1 }
        return sizes
    }

    func total(_ stage: PlanDocument.Stage) -> Int128 {
        let (sizes, members) = (areaSizes, Set(stage.of ?? []))
        return plan.pairs.indices.reduce(0) {
            $0 + worth($1, stage, sizes, members) * Int128(plan.pairs[$1][3])
        }
    }

    // MARK: Prices

    /// Checks the prices of a stage, takes over what they settle, and returns their bound.
    mutating func check(_ stage: PlanDocument.Stage) throws -> Int128 {
        let name = "Stage \(next) ('\(stage.kind)')"
        let (sizes, members) = (areaSizes, Set(stage.of ?? []))
        var bound: Int128 = 0
        func add(_ prices: [Int64], _ most: [Int64], _ usedUp: [Bool], _ what: String) throws {
            for index in prices.indices {
                try need(prices[index] >= 0 || usedUp[index], "\(name): the price of \(what) \(index) is negative.")
                bound += Int128(prices[index]) * Int128(most[index])
            }
        }
        try add(stage.lines, plan.lines.map { $0[4] }, usedUp.lines, "line")
        try add(stage.offers, plan.offers.map { $0[0] }, usedUp.offers, "offer")
        try add(stage.parties, plan.partyCaps, usedUp.parties, "party")
        for (area, bonus) in stage.areas.enumerated() where bonus != 0 {
            guard let count = areaTied[area] ?? (bonus > 0 ? areaLeast[area] : areaMost[area]) else {
                throw PlanFault(message: "\(name): area \(area) is held down, but nothing says how far.")
            }
            bound -= Int128(bonus) * Int128(count)
        }
        var slack: [Int] = []
        for (index, pair) in plan.pairs.enumerated() where !isClosed[index] {
            let line = plan.lines[Int(pair[0])]
            let offer = plan.offers[Int(pair[1])]
            var paid = Int128(stage.lines[Int(pair[0])]) + Int128(stage.offers[Int(pair[1])])
            paid += Int128(stage.parties[Int(offer[1])])
            if let node = guarantee(of: line) { paid -= Int128(stage.areas[node]) }
            let worth = worth(index, stage, sizes, members)
            try need(paid >= worth, "\(name): line \(pair[0]) and offer \(pair[1]) are priced under their worth.")
            if paid > worth { slack.append(index) }
        }
        try need(bound == Int128(stage.bound), "\(name): its prices bound it by \(bound), not by \(stage.bound).")
        if stage.settles {
            for index in slack { isClosed[index] = true }
            for line in stage.lines.indices where stage.lines[line] > 0 { usedUp.lines[line] = true }
            for offer in stage.offers.indices where stage.offers[offer] > 0 { usedUp.offers[offer] = true }
            for party in stage.parties.indices where stage.parties[party] > 0 { usedUp.parties[party] = true }
            for (area, bonus) in stage.areas.enumerated() where bonus != 0 && areaTied[area] == nil {
                areaTied[area] = bonus > 0 ? areaLeast[area] : areaMost[area]
            }
        }
        return bound
    }
}

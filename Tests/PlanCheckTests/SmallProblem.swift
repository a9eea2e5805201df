import MatchCore

/// A small random problem, so that every plan can be tried. The same seed gives the same problem everywhere.
struct SmallProblem {
    enum Kind: CaseIterable {
        /// Lines of one unit.
        case single
        /// Lines of one unit, with guaranteed shares.
        case guaranteed
        /// Lines of up to three units that may be split.
        case divisible
        /// The same, some of them whole.
        case whole
    }

    struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    let problem: PlanProblem

    init(_ kind: Kind, seed: UInt64) throws {
        var chance = Chance(state: seed)
        func upTo(_ most: Int, from least: Int = 0) -> Int { Int.random(in: least...most, using: &chance) }
        let (lines, offers, areas, parties) = (upTo(5), upTo(3, from: 1), upTo(3, from: 1), upTo(2, from: 1))
        // Few different scores make ties, many make none.
        let greatest = [1, 3, 20, 1_000_000][upTo(3)]
        let isSingle = kind == .single || kind == .guaranteed
        let wanted = (0..<lines).map { _ in
            PlanProblem.Line(
                quantity: isSingle ? 1 : Int64(upTo(3, from: 1)), area: upTo(areas - 1), isCritical: upTo(2) == 0,
                isWhole: kind == .whole && upTo(1) == 0)
        }
        let given = (0..<offers).map { _ in
            PlanProblem.Offer(capacity: [0, 1, 1, 2, 3][upTo(4)], party: upTo(parties - 1))
        }
        var pairs: [PlanProblem.Pair] = []
        for line in 0..<lines {
            for offer in 0..<offers where upTo(9) < 6 && pairs.count < 10 {
                pairs.append(PlanProblem.Pair(line: line, offer: offer, score: Int64(upTo(greatest))))
            }
        }
        problem = try PlanProblem(
            lines: wanted, offers: given, partyCaps: (0..<parties).map { _ in [1, 2, 3, 100][upTo(3)] },
            guarantees: (0..<areas).map { _ in kind == .guaranteed ? Int64(upTo(2)) : 0 }, pairs: pairs)
    }

    /// A problem made elsewhere, to try every plan of.
    init(_ problem: PlanProblem) { self.problem = problem }

    /// Calls `visit` with every plan that keeps quantities, capacities, caps and whole lines.
    func forEveryPlan(_ visit: ([Int64]) -> Void) {
        var amounts = problem.pairs.map { _ in Int64(0) }
        var lines = problem.lines.map(\.most)
        var offers = problem.offers.map(\.capacity)
        var parties = problem.partyCaps
        func descend(_ index: Int) {
            guard index < problem.pairs.count else { return visit(amounts) }
            let pair = problem.pairs[index]
            let party = problem.offers[pair.offer].party
            for amount in 0...min(lines[pair.line], offers[pair.offer], parties[party]) {
                let line = problem.lines[pair.line]
                guard !line.isWhole || amount == 0 || amount == line.quantity else { continue }
                amounts[index] = amount
                lines[pair.line] -= amount
                offers[pair.offer] -= amount
                parties[party] -= amount
                descend(index + 1)
                lines[pair.line] += amount
                offers[pair.offer] += amount
                parties[party] += amount
                amounts[index] = 0
            }
        }
        descend(0)
    }

    /// What a plan is judged by, most important first: for areas all rates, least first.
    func merit(_ amounts: [Int64], _ goals: [PlanGoal]) -> [Int64] {
        let measure = PlanMeasure(problem, amounts)
        return goals.flatMap { $0 == .areas ? measure.rates : [measure.value(of: $0)] }
    }

    /// The best merit of all plans that serve each area at least so many of its lines of one unit.
    func bestMerit(_ goals: [PlanGoal], least: [Int64]) -> [Int64] {
        var best: [Int64]?
        forEveryPlan { amounts in
            var served = least.map { _ in Int64(0) }
            for (index, amount) in amounts.enumerated() {
                let line = problem.lines[problem.pairs[index].line]
                if let node = line.quantity == 1 ? line.area : line.share { served[node] += amount }
            }
            guard zip(served, least).allSatisfy({ $0 >= $1 }) else { return }
            let merit = merit(amounts, goals)
            if best.map({ $0.lexicographicallyPrecedes(merit) }) ?? true { best = merit }
        }
        return best ?? []
    }
}

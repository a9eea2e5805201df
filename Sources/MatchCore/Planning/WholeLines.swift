/// Keeps whole lines of several units whole: all from one offer, or nothing.
///
/// That is a packing problem, hard to solve exactly. What the stages gave whole is kept; the others are placed one by
/// one, critical and well-matched ones first, where an offer has room, and then the rest is planned again around them.
struct WholeLines {
    private let problem: PlanProblem
    private let pairsOfLine: [Int: [Int]]

    init(_ problem: PlanProblem) {
        self.problem = problem
        var pairs: [Int: [Int]] = [:]
        for (index, pair) in problem.pairs.enumerated() {
            let line = problem.lines[pair.line]
            if line.isWhole, line.quantity > 1 { pairs[pair.line, default: []].append(index) }
        }
        pairsOfLine = pairs
    }

    /// Whether every whole line has all from one offer, or nothing.
    func areKept(by amounts: [Int64]) -> Bool {
        pairsOfLine.values.allSatisfy { $0.allSatisfy { isKept($0, amounts) } }
    }

    private func isKept(_ pair: Int, _ amounts: [Int64]) -> Bool {
        amounts[pair] == 0 || amounts[pair] == problem.lines[problem.pairs[pair].line].quantity
    }

    /// A plan that keeps them whole, near the given one, and whether time ran out on the way.
    func plan(
        near amounts: [Int64], goals: [PlanGoal], isOverdue: @escaping () -> Bool
    ) -> (amounts: [Int64], isCut: Bool) {
        var rest = problem
        var fixed = [Int64](repeating: 0, count: amounts.count)
        func place(_ index: Int) -> Bool {
            let pair = problem.pairs[index]
            let quantity = problem.lines[pair.line].quantity
            let party = problem.offers[pair.offer].party
            guard rest.offers[pair.offer].capacity >= quantity, rest.partyCaps[party] >= quantity else { return false }
            rest.offers[pair.offer].capacity -= quantity
            rest.partyCaps[party] -= quantity
            if let node = problem.node(of: problem.lines[pair.line]) {
                rest.guarantees[node] = max(0, rest.guarantees[node] - quantity)
            }
            fixed[index] = quantity
            return true
        }
        var broken: [Int] = []
        for line in pairsOfLine.keys.sorted() {
            let pairs = pairsOfLine[line] ?? []
            if let given = pairs.first(where: { amounts[$0] == problem.lines[line].quantity }), place(given) {
                continue
            }
            if pairs.contains(where: { amounts[$0] > 0 }) { broken.append(line) }
        }
        func best(_ line: Int) -> Int64 { (pairsOfLine[line] ?? []).map { problem.pairs[$0].score }.max() ?? 0 }
        broken.sort { left, right in
            let (a, b) = (problem.lines[left], problem.lines[right])
            return a.isCritical != b.isCritical ? a.isCritical : (best(left), right) > (best(right), left)
        }
        for line in broken {
            for index in (pairsOfLine[line] ?? []).sorted(by: {
                (problem.pairs[$0].score, $1) > (problem.pairs[$1].score, $0)
            }) where place(index) { break }
        }
        // Around them everything else is a network again.
        let others = problem.pairs.indices.filter { pairsOfLine[problem.pairs[$0].line] == nil }
        rest.pairs = others.map { problem.pairs[$0] }
        var run = StageRun(rest, isOverdue: isOverdue)
        run.guarantee { GreedyPlan(rest).amounts }
        for goal in goals { _ = run.pursue(goal) }
        for (index, amount) in zip(others, run.network.amounts) { fixed[index] = amount }
        return (fixed, run.isCut)
    }
}

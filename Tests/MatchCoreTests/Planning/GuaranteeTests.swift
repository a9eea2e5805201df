import MatchCore
import Testing

@Suite("Guarantees that cannot all be kept")
struct GuaranteeTests {
    /// Areas with one larger line each, all drawing on the first offer, and what each is guaranteed of it.
    private func held(_ guarantees: [Int64], of supply: Int64) throws -> [Int64] {
        let areas = guarantees.count
        let problem = try PlanProblem(
            lines: guarantees.indices.map { .init(quantity: max(2, guarantees[$0]), area: $0, share: areas + $0) },
            offers: [.init(capacity: supply)], partyCaps: [PlanProblem.greatestQuantity],
            guarantees: guarantees.map { _ in 0 } + guarantees,
            pairs: guarantees.indices.map { .init(line: $0, offer: 0, score: 500_000) })
        let plan = GoalPlanner(problem, goals: [.score]).plan()
        let held = problem.guarantees.enumerated().map { plan.shortAreas[$0.offset] ?? $0.element }
        #expect(GoalPlanner(problem, goals: [.score]).guaranteesKept() == held)
        for (line, most) in zip(problem.lines.indices, held[areas...]) {
            let given = zip(problem.pairs, plan.amounts).reduce(0) { $0 + ($1.0.line == line ? $1.1 : 0) }
            #expect(given >= most)
        }
        return Array(held[areas...])
    }

    @Test("They are scaled down together, whichever town comes first")
    func together() throws {
        #expect(try held([10, 10], of: 10) == [5, 5])
        #expect(try held([30, 10], of: 20) == [15, 5])
        #expect(try held([10, 30], of: 20) == [5, 15])
        #expect(try held([100, 200, 300], of: 60) == [10, 20, 30])
        #expect(try held([10, 30], of: 40) == [10, 30])
        // One unit cannot be divided: the greater guarantee has it.
        #expect(try held([10, 30], of: 1) == [0, 1])
        let great = try held([1_000_000_000, 3_000_000_000], of: 2_000_000_000)
        #expect(great.reduce(0, +) == 2_000_000_000 && abs(great[0] - 500_000_000) <= 3_000_000)
    }

    @Test("Lines are shared one by one, and who does not draw on what is short keeps its guarantee")
    func lines() throws {
        // Areas 0 and 1 share two offers of one unit; area 2 has its own.
        let problem = try PlanProblem(
            lines: [0, 0, 1, 1, 2, 2].map { .init(area: $0) },
            offers: [.init(capacity: 1), .init(capacity: 1), .init(capacity: 5)], partyCaps: [100],
            guarantees: [2, 2, 2],
            pairs: (0..<4).flatMap { line in (0..<2).map { .init(line: line, offer: $0, score: 900_000 - Int64(line)) }
            }
                + [.init(line: 4, offer: 2, score: 1), .init(line: 5, offer: 2, score: 1)])
        for goals: [PlanGoal] in [[.score], PlanGoal.usual] {
            let plan = GoalPlanner(problem, goals: goals).plan()
            #expect(plan.shortAreas == [0: 1, 1: 1], "\(goals)")
            #expect(plan.outcomes.allSatisfy { $0.isProved }, "\(goals)")
        }
    }

    @Test("Whole lines lower a guarantee further, and somebody who checks comes to the same")
    func whole() throws {
        let problem = try PlanProblem(
            lines: [.init(quantity: 3, area: 0, isWhole: true, share: 1), .init(quantity: 4, area: 0, share: 1)],
            offers: [.init(capacity: 2), .init(capacity: 2)], partyCaps: [100], guarantees: [0, 6],
            pairs: [
                .init(line: 0, offer: 0, score: 5), .init(line: 1, offer: 1, score: 5),
            ])
        let plan = GoalPlanner(problem, goals: [.score]).plan()
        #expect(plan.shortAreas == [1: 2])
        #expect(GoalPlanner(problem, goals: [.score]).guaranteesKept() == [0, 2])
    }
}

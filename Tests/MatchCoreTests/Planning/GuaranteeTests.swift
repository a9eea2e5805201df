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

    @Test("Leaps come by where single steps go", arguments: UInt64(1)...60)
    func leaps(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func next(_ bound: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % bound)
        }
        let wanted = (0...next(5)).map { _ in 1 + next(900) }
        let supply = next(UInt64(wanted.reduce(1, +)))
        var kept = wanted.map { _ in Int64(0) }
        for _ in 0..<supply {
            let area = wanted.indices.filter { kept[$0] < wanted[$0] }.min {
                let (a, b) = (kept[$0] * wanted[$1], kept[$1] * wanted[$0])
                return a != b ? a < b : (wanted[$1], $0) < (wanted[$0], $1)
            }
            kept[try #require(area)] += 1
        }
        #expect(try held(wanted, of: supply) == kept, "seed \(seed): \(wanted) of \(supply)")
    }

    /// Says that time is over once it was asked so often.
    private final class Patience {
        let limit: Int
        var asked = 0

        init(_ limit: Int) { self.limit = limit }

        func isOverdue() -> Bool {
            asked += 1
            return asked > limit
        }
    }

    /// Towns that want more of a few offers than there is, some of it whole.
    private func scarce(isWhole: Bool) throws -> PlanProblem {
        let towns = 6
        let lines = (0..<60).map { index in
            PlanProblem.Line(
                quantity: 2 + Int64(index % 3), area: index % towns, isWhole: isWhole && index % 2 == 0,
                share: towns + index % towns)
        }
        var wanted = [Int64](repeating: 0, count: 2 * towns)
        for line in lines { wanted[towns + line.area] += line.quantity }
        return try PlanProblem(
            lines: lines, offers: (0..<8).map { .init(capacity: 5 + Int64($0)) }, partyCaps: [50], guarantees: wanted,
            pairs: lines.indices.flatMap { line in
                (0..<3).map {
                    PlanProblem.Pair(
                        line: line, offer: (line * 7 + $0 * 3) % 8, score: 1_000 + Int64(line * 13 % 97))
                }
            })
    }

    @Test(
        "Wherever time runs out, guarantees end soon, and what is said to be held is served", arguments: [false, true])
    func overdue(isWhole: Bool) throws {
        let problem = try scarce(isWhole: isWhole)
        let whole = Patience(.max)
        let best = GoalPlanner(problem, goals: [.score], isOverdue: whole.isOverdue).plan()
        #expect(!best.isCut && !best.shortAreas.isEmpty && best.openAreas.isEmpty)
        func held(_ plan: Plan, _ area: Int) -> Int64 { plan.shortAreas[area] ?? problem.guarantees[area] }
        var isOpenOnce = false
        for limit in 0..<whole.asked {
            let patience = Patience(limit)
            let plan = GoalPlanner(problem, goals: [.score], isOverdue: patience.isOverdue).plan()
            #expect(plan.isCut, "after \(limit)")
            #expect(patience.asked <= limit + 12, "asked \(patience.asked - limit) times more")
            var served = problem.guarantees.map { _ in Int64(0) }
            for (pair, amount) in zip(problem.pairs, plan.amounts) { served[problem.lines[pair.line].share!] += amount }
            for area in served.indices {
                #expect(served[area] >= held(plan, area), "after \(limit)")
                // With more time it would hold no more, unless that is said.
                #expect(plan.openAreas.contains(area) || held(plan, area) >= held(best, area), "after \(limit)")
            }
            #expect(plan.openAreas.isSubset(of: plan.shortAreas.keys))
            isOpenOnce = isOpenOnce || !plan.openAreas.isEmpty
        }
        #expect(isOpenOnce)
        #expect(GoalPlanner(problem, goals: [.score], isOverdue: Patience(0).isOverdue).guaranteesKept() == nil)
    }

    @Test("Where time runs out after guarantees are settled, more of it is not said to help them")
    func settled() throws {
        // Two towns share two offers of one unit, and a third has nothing that would serve it.
        let problem = try PlanProblem(
            lines: [0, 0, 1, 1, 2].map { .init(area: $0) }, offers: [.init(capacity: 1), .init(capacity: 1)],
            partyCaps: [100], guarantees: [2, 2, 1],
            pairs: (0..<4).flatMap { line in (0..<2).map { .init(line: line, offer: $0, score: 900_000 - Int64(line)) }
            })
        let whole = Patience(.max)
        let best = GoalPlanner(problem, isOverdue: whole.isOverdue).plan()
        #expect(!best.isCut && best.shortAreas == [0: 1, 1: 1, 2: 0] && best.openAreas.isEmpty)
        var found: Set<Set<Int>> = []
        for limit in 0..<whole.asked {
            let plan = GoalPlanner(problem, isOverdue: Patience(limit).isOverdue).plan()
            if !plan.isCut { continue }
            // The third town is served by nothing, whatever the time.
            #expect(!plan.openAreas.contains(2))
            if plan.openAreas.isEmpty { #expect(plan.shortAreas == best.shortAreas, "after \(limit)") }
            found.insert(plan.openAreas)
        }
        #expect(found.contains([]) && found.count > 1, "\(found)")
    }

    @Test("Units by the thousand million are shared in few steps")
    func fewSteps() throws {
        let (most, patience) = (Int64(1_000_000_000), Patience(.max))
        let problem = try PlanProblem(
            lines: (0..<4).map { .init(quantity: most, area: $0, share: 4 + $0) }, offers: [.init(capacity: most)],
            partyCaps: [PlanProblem.greatestQuantity], guarantees: [0, 0, 0, 0, most, most, most, most],
            pairs: (0..<4).map { .init(line: $0, offer: 0, score: 500_000) })
        let plan = GoalPlanner(problem, goals: [.score], isOverdue: patience.isOverdue).plan()
        #expect(plan.shortAreas.values.allSatisfy { $0 == most / 4 } && plan.shortAreas.count == 4)
        #expect(patience.asked < 200, "asked \(patience.asked) times")
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

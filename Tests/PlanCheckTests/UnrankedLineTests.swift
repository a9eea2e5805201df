import MatchCore
import PlanCheck
import Testing

/// Lines whose candidates were not looked for before the deadline might be served by anything, and keep a guarantee.
@Suite("Lines that were not ranked")
struct UnrankedLineTests {
    /// The problem as it is seen when some lines were not ranked, and which of its pairs are left.
    private func seen(_ problem: PlanProblem, without lines: Set<Int>) throws -> (PlanProblem, [Int]) {
        let left = problem.pairs.indices.filter { !lines.contains(problem.pairs[$0].line) }
        var seen = try PlanProblem(
            lines: problem.lines, offers: problem.offers, partyCaps: problem.partyCaps,
            guarantees: problem.guarantees, pairs: left.map { problem.pairs[$0] })
        for line in lines { seen.lines[line].isRanked = false }
        return (seen, left)
    }

    @Test("A line that would keep the guarantee leaves the only offer to a critical one: nothing is proved")
    func critical() throws {
        let problem = try PlanProblem(
            lines: [.init(area: 0), .init(area: 0), .init(area: 1, isCritical: true)],
            offers: [.init(capacity: 1), .init(capacity: 1)], partyCaps: [100], guarantees: [1, 0],
            pairs: [
                .init(line: 0, offer: 0, score: 100), .init(line: 1, offer: 1, score: 900_000),
                .init(line: 2, offer: 0, score: 900_000),
            ])
        let whole = GoalPlanner(problem, goals: [.critical]).plan()
        #expect(whole.outcomes[0].value == PlanGoal.whole && whole.outcomes[0].isProved)
        let (part, _) = try seen(problem, without: [1])
        for goals: [PlanGoal] in [[.critical], [.critical, .served, .score], [.score], PlanGoal.usual] {
            let plan = GoalPlanner(part, goals: goals).plan()
            try PlanVerifier.check(PlanDocument(plan, of: part, goals: goals))
            #expect(!plan.outcomes[0].isProved, "\(goals)")
            #expect(plan.outcomes[0].bound >= whole.outcomes[0].value, "\(goals)")
        }
    }

    @Test("No plan of all pairs that keeps the guarantees passes a bound", arguments: UnprovedGoalTests.goalLists)
    func bounds(goals: [PlanGoal]) throws {
        var held = 0
        for seed in 0..<UInt64(250) {
            let small = try SmallProblem(.guaranteed, seed: seed)
            guard small.problem.lines.count > 1 else { continue }
            let (part, _) = try seen(small.problem, without: [Int(seed % UInt64(small.problem.lines.count))])
            for looks in [Int.max, 3] {
                var left = looks
                let plan = GoalPlanner(part, goals: goals) {
                    left -= 1
                    return left < 0
                }.plan()
                let document = PlanDocument(plan, of: part, goals: goals)
                let what = "seed \(seed), \(looks) looks"
                #expect(throws: Never.self, "\(what)") { try PlanVerifier.check(document) }
                // The first goal alone is bounded over all plans that keep what is guaranteed.
                let best = small.bestMerit([goals[0]], least: document.guarantees)
                guard let first = best.first, goals[0] != .areas else { continue }
                #expect(first <= plan.outcomes[0].bound, "\(what)")
                if plan.proof.stages.first?.prices.areas.contains(where: { $0 > 0 }) == true { held += 1 }
            }
        }
        if goals[0] == .score { #expect(held > 5, "\(held) bounds had a guarantee that holds them") }
    }

    @Test("A proof that forgets what such a line could keep is refused")
    func forgotten() throws {
        let problem = try PlanProblem(
            lines: [0, 0, 1, 0, 1].map { .init(area: $0) }, offers: [.init(capacity: 2)], partyCaps: [100],
            guarantees: [1, 0],
            pairs: [(0, 100), (2, 900_000), (3, 50), (4, 900_000)].map { .init(line: $0.0, offer: 0, score: $0.1) })
        let (part, _) = try seen(problem, without: [1])
        var document = PlanDocument(GoalPlanner(part, goals: [.score]).plan(), of: part, goals: [.score])
        try PlanVerifier.check(document)
        let bonus = try #require(document.stages[0].areas.first { $0 > 0 })
        document.outcomes[0].bound -= bonus
        document.close()
        #expect(throws: PlanFault.self) { try PlanVerifier.check(document) }
    }
}

import MatchCore
import PlanCheck
import Testing

/// After a goal that is not proved, what the later goals say must still be true.
@Suite("After a goal that is not proved")
struct UnprovedGoalTests {
    static let goalLists = PlanOptimumTests.goalLists + [[.critical, .served, .score], [.areas, .served]]

    /// Every plan that is as good in the goals that are proved, tried one by one: none passes any bound.
    private func expectTrueBounds(_ small: SmallProblem, _ plan: Plan, _ goals: [PlanGoal], _ what: String) {
        let least = plan.held(small.problem)
        func reached(_ amounts: [Int64]) -> [[Int64]] { goals.map { small.merit(amounts, [$0]) } }
        let shown = reached(plan.amounts)
        let proved = plan.outcomes.prefix { $0.isProved }.count
        var most = plan.outcomes.map(\.value)
        small.forEveryPlan { amounts in
            var served = least.map { _ in Int64(0) }
            for (pair, amount) in zip(small.problem.pairs, amounts) {
                let line = small.problem.lines[pair.line]
                if let node = line.quantity == 1 ? line.area : line.share { served[node] += amount }
            }
            guard zip(served, least).allSatisfy({ $0 >= $1 }) else { return }
            let other = reached(amounts)
            for (index, goal) in goals.enumerated() where other[..<min(index, proved)] == shown[..<min(index, proved)] {
                let value = goal == .areas ? PlanMeasure(small.problem, amounts).leastRate : other[index][0]
                most[index] = max(most[index], value)
            }
        }
        for (index, outcome) in plan.outcomes.enumerated() {
            #expect(outcome.value <= outcome.bound, "\(what), goal \(index + 1)")
            #expect(most[index] <= outcome.bound, "\(what), goal \(index + 1)")
        }
    }

    @Test("No plan passes the bound of any goal, and no value does", arguments: SmallProblem.Kind.allCases)
    func everyBound(kind: SmallProblem.Kind) throws {
        var unproved = 0
        for seed in 0..<UInt64(90) {
            let small = try SmallProblem(kind, seed: seed)
            for goals in Self.goalLists {
                let what = "\(kind), \(goals), seed \(seed)"
                for looks in [Int.max, 1, 4] {
                    var left = looks
                    let plan = GoalPlanner(small.problem, goals: goals) {
                        left -= 1
                        return left < 0
                    }.plan()
                    if looks < .max, !plan.isCut { continue }
                    #expect(throws: Never.self, "\(what), cut after \(looks) looks") {
                        try PlanVerifier.check(PlanDocument(plan, of: small.problem, goals: goals))
                    }
                    expectTrueBounds(small, plan, goals, "\(what), cut after \(looks) looks")
                    if plan.outcomes.dropLast().contains(where: { !$0.isProved }) { unproved += 1 }
                }
            }
        }
        #expect(unproved > 20, "\(unproved) plans had a goal after one that was not proved")
    }

    @Test("Whole lines: what is reached is never above what no plan is said to pass")
    func wholeLines() throws {
        let small = SmallProblem(
            try PlanProblem(
                lines: [
                    .init(quantity: 3, isCritical: true, isWhole: true),
                    .init(quantity: 3, isCritical: true, isWhole: true), .init(quantity: 2),
                ], offers: [.init(capacity: 5)], partyCaps: [100], guarantees: [0],
                pairs: [
                    .init(line: 0, offer: 0, score: 715_985), .init(line: 1, offer: 0, score: 715_985),
                    .init(line: 2, offer: 0, score: 681_699),
                ]))
        let plan = GoalPlanner(small.problem).plan()
        try PlanVerifier.check(PlanDocument(plan, of: small.problem, goals: PlanGoal.usual))
        expectTrueBounds(small, plan, PlanGoal.usual, "an offer of five")
        #expect(plan.outcomes[2].value == 1_999_999_999_999)
        #expect(plan.outcomes.allSatisfy { !$0.isProved })
    }

    private func towns() throws -> SmallProblem {
        SmallProblem(
            try PlanProblem(
                lines: [
                    .init(quantity: 20, area: 0, share: 2), .init(quantity: 2, area: 0, share: 2),
                    .init(quantity: 40, area: 1, share: 3), .init(quantity: 3, area: 1, share: 3),
                ], offers: [.init(capacity: 10)], partyCaps: [100], guarantees: [0, 0, 5, 9],
                pairs: [
                    .init(line: 0, offer: 0, score: 610_275), .init(line: 1, offer: 0, score: 681_704),
                    .init(line: 2, offer: 0, score: 574_561), .init(line: 3, offer: 0, score: 681_704),
                ]))
    }

    @Test("Lines in parts: another plan that serves more is within the bound")
    func parts() throws {
        let small = try towns()
        let plan = GoalPlanner(small.problem).plan()
        try PlanVerifier.check(PlanDocument(plan, of: small.problem, goals: PlanGoal.usual))
        expectTrueBounds(small, plan, PlanGoal.usual, "two towns")
        // The guarantees of 5 and 9 units share the ten as 4 and 6.
        #expect(plan.outcomes[2].bound >= 2_174_999_999_999)
        // Alone the goal is proved to reach just that.
        let served = GoalPlanner(small.problem, goals: [.served]).plan()
        #expect(served.outcomes[0].isProved && served.outcomes[0].value == 2_174_999_999_999)
    }

    private func fault(_ document: PlanDocument) -> String {
        do {
            try PlanVerifier.check(document)
            return "accepted"
        } catch let fault as PlanFault { return fault.message } catch { return "\(error)" }
    }

    @Test("Prices so loose that they close every pair settle nothing")
    func loose() throws {
        for seed in 0..<UInt64(60) {
            let small = try SmallProblem(.divisible, seed: seed)
            let goals: [PlanGoal] = [.critical, .served, .score]
            let whole = PlanDocument(GoalPlanner(small.problem, goals: goals).plan(), of: small.problem, goals: goals)
            guard whole.outcomes[1].value > 0 else { continue }
            let loose = whole.changed { document in
                for stage in document.stages.indices {
                    document.stages[stage].lines = document.lines.map { stage == 0 ? 1_000_000_000_000 / $0[0] + 1 : 0 }
                    document.stages[stage].offers = document.offers.map { _ in 0 }
                    document.stages[stage].parties = document.partyCaps.map { _ in 0 }
                    document.stages[stage].areas = document.guarantees.map { _ in 0 }
                    document.stages[stage].bound = zip(document.stages[stage].lines, document.lines)
                        .reduce(0) { $0 + $1.0 * $1.1[4] }
                    document.outcomes[stage].bound = document.stages[stage].bound
                    document.outcomes[stage].proved = false
                }
            }
            #expect(fault(loose).contains("settles what is not proved best"), "seed \(seed)")
            let open = loose.changed { document in
                for stage in document.stages.indices { document.stages[stage].settles = false }
            }
            #expect(fault(open).contains("priced under their worth"), "seed \(seed)")
        }
    }

    @Test("A stage that settles nothing cannot be made to")
    func settling() throws {
        var tried = 0
        for seed in 0..<UInt64(60) {
            for kind in [SmallProblem.Kind.divisible, .whole] {
                let small = try SmallProblem(kind, seed: seed)
                let document = PlanDocument(
                    GoalPlanner(small.problem).plan(), of: small.problem, goals: PlanGoal.usual)
                for stage in document.stages.indices where !document.stages[stage].settles {
                    tried += 1
                    let message = fault(document.changed { $0.stages[stage].settles = true })
                    #expect(message.contains("settles what is not proved best"), "\(kind), seed \(seed): \(message)")
                }
            }
        }
        #expect(tried > 50, "\(tried)")
    }

    @Test("Weights of nothing, or of an area without lines, bound no rate")
    func emptyWeights() throws {
        var problem = try towns().problem
        problem.guarantees = [0, 0, 0, 0]
        let whole = PlanDocument(GoalPlanner(problem, goals: [.areas]).plan(), of: problem, goals: [.areas])
        #expect(fault(whole) == "accepted")
        for weights: [Int64] in [[0, 0, 0, 0], [0, 0, 1_000, 0]] {
            let none = whole.changed { document in
                document.stages[0].of = weights
                document.stages[0].lines = document.lines.map { _ in 0 }
                document.stages[0].offers = [0]
                document.stages[0].parties = [0]
                document.stages[0].areas = [0, 0, 0, 0]
                document.stages[0].bound = 0
                document.outcomes[0].value = 0
                document.outcomes[0].bound = 1
                for pair in document.pairs.indices { document.pairs[pair][3] = 0 }
            }
            #expect(fault(none).contains("but has 0 of 1000000"), "\(weights)")
        }
    }
}

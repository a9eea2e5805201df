import MatchCore
import PlanCheck
import Testing

@Suite("Altered proofs")
struct AlteredProofTests {
    @Test("1,000 altered documents are refused")
    func altered() throws {
        var chance = SmallProblem.Chance(state: 20_260)
        var (tried, seed) = (0, UInt64(0))
        while tried < 1_000 {
            seed += 1
            let kind = SmallProblem.Kind.allCases[Int(seed % 4)]
            let goals = PlanOptimumTests.goalLists[Int(seed) % PlanOptimumTests.goalLists.count]
            let small = try SmallProblem(kind, seed: seed)
            guard !small.problem.pairs.isEmpty, small.problem.offers[0].capacity > 0 else { continue }
            let plan = GoalPlanner(small.problem, goals: goals).plan()
            let document = PlanDocument(plan, of: small.problem, goals: goals)
            try PlanVerifier.check(document)
            for _ in 0..<4 {
                let changes: [Int64] = [-2, -1, 1, 2, 1_000]
                let change = changes[Int.random(in: changes.indices, using: &chance)]
                guard let (changed, what) = document.altered(by: change, &chance) else { continue }
                tried += 1
                // Whoever alters a plan can seal it again: the proof itself has to show it.
                let altered = changed.changed { _ in }
                #expect(throws: PlanFault.self, "seed \(seed), \(what) by \(change)") {
                    try PlanVerifier.check(altered)
                }
            }
        }
    }

    @Test("Numbers at the end of the range are refused, and do not end the process")
    func extremes() throws {
        let small = try SmallProblem(.single, seed: 3)
        let document = PlanDocument(
            GoalPlanner(small.problem).plan(), of: small.problem, goals: PlanGoal.usual)
        for value in [Int64.max, .min, .min + 1] {
            let changes: [(inout PlanDocument) -> Void] = [
                { $0.stages[0].offers[0] = value }, { $0.offers[0] = [value, value] },
                { $0.outcomes[0].bound = value }, { $0.guarantees = $0.guarantees.map { _ in value } },
            ]
            for change in changes {
                #expect(throws: PlanFault.self) { try PlanVerifier.check(document.changed(change)) }
            }
        }
    }
}

extension PlanDocument {
    init(_ plan: Plan, of problem: PlanProblem, goals: [PlanGoal], seed: String? = nil) {
        self.init(
            registry: nil, cut: plan.isCut, goals: goals.map(\.rawValue),
            lines: problem.lines.map { line in
                [
                    line.quantity, Int64(line.area), line.isCritical ? 1 : 0, line.isWhole ? 1 : 0, line.most,
                    Int64(line.share ?? -1), line.isRanked ? 1 : 0,
                ]
            }, offers: problem.offers.map { [$0.capacity, Int64($0.party)] }, partyCaps: problem.partyCaps,
            guarantees: plan.held(problem),
            pairs: zip(problem.pairs, plan.amounts).map { [Int64($0.line), Int64($0.offer), $0.score, $1] },
            stages: plan.proof.stages.map { stage in
                let (kind, members): (String, [Int64]?) =
                    switch stage.sum {
                    case .goal(let goal): (goal.rawValue, nil)
                    case .level(let areas): ("level", areas.map(Int64.init))
                    case .weights(let weights): ("weights", weights)
                    }
                return Stage(
                    kind: kind, of: members, bound: stage.bound, settles: stage.settles, lines: stage.prices.lines,
                    offers: stage.prices.offers, parties: stage.prices.parties, areas: stage.prices.areas)
            },
            outcomes: plan.outcomes.map {
                Outcome(goal: $0.goal.rawValue, value: $0.value, bound: $0.bound, proved: $0.isProved)
            })
        self.seed = seed
        commitment = seed.flatMap { PlanDraw(seed: $0)?.commitment }
        close()
    }

    /// The same, sealed again after a change.
    func changed(_ change: (inout PlanDocument) -> Void) -> PlanDocument {
        var document = self
        change(&document)
        document.close()
        return document
    }

    /// The document with one number changed that its proof or plan depends on; nil where it has no such number.
    func altered(
        by change: Int64, _ chance: inout SmallProblem.Chance
    ) -> (document: PlanDocument, what: String)? {
        var altered = self
        let stage = stages.indices.randomElement(using: &chance)
        switch Int.random(in: 0..<8, using: &chance) {
        case 0:
            guard let stage, let line = lines.indices.randomElement(using: &chance) else { return nil }
            altered.stages[stage].lines[line] += change
            return (altered, "the price of line \(line) in stage \(stage)")
        case 1:
            guard let stage, let offer = offers.indices.filter({ offers[$0][0] > 0 }).randomElement(using: &chance)
            else { return nil }
            altered.stages[stage].offers[offer] += change
            return (altered, "the price of offer \(offer) in stage \(stage)")
        case 2:
            guard let stage else { return nil }
            altered.stages[stage].parties[0] += change
            return (altered, "the price of party 0 in stage \(stage)")
        case 3:
            guard let stage else { return nil }
            altered.stages[stage].bound += change
            return (altered, "the bound of stage \(stage)")
        case 4:
            altered.outcomes[Int.random(in: 0..<outcomes.count, using: &chance)].value += change
            return (altered, "a value")
        case 5:
            altered.outcomes[Int.random(in: 0..<outcomes.count, using: &chance)].bound += change
            return (altered, "a bound")
        case 6:
            let outcome = Int.random(in: 0..<outcomes.count, using: &chance)
            altered.outcomes[outcome].proved.toggle()
            return (altered, "what is proved")
        default:
            // Withdrawing or inventing a claim changes at least the number served, where that is a goal.
            guard goals.contains("served"), let pair = pairs.indices.randomElement(using: &chance) else { return nil }
            altered.pairs[pair][3] += change
            return (altered, "the claim of pair \(pair)")
        }
    }
}

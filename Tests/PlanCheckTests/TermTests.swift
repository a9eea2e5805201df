import MatchCore
import PlanCheck
import Testing

@Suite("Terms of plans")
struct TermTests {
    @Test("The published test vectors of SHA-256, by way of commitments and lots")
    func hash() throws {
        // FIPS 180-4 over 32 zero bytes.
        let zeros = try #require(PlanDraw(seed: String(repeating: "0", count: 64)))
        #expect(zeros.commitment == "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925")
        #expect(PlanDraw(seed: "00") == nil && PlanDraw(seed: String(repeating: "G", count: 64)) == nil)
        // More than one block, and lots within their range.
        let lot = zeros.lot(line: String(repeating: "a", count: 200), offer: "b")
        #expect((0..<1_000_000_000_000).contains(lot))
        #expect(zeros.lot(line: "a", offer: "b") != zeros.lot(line: "b", offer: "a"))
    }

    /// Twelve lines that differ in nothing want one of four units.
    private func drawn(_ seed: String) throws -> PlanDocument {
        let draw = try #require(PlanDraw(seed: seed))
        let problem = try PlanProblem(
            lines: (0..<12).map { _ in .init() }, offers: [.init(capacity: 4)], partyCaps: [100], guarantees: [0],
            pairs: (0..<12).map { .init(line: $0, offer: 0, score: 500, lot: draw.lot(line: "\($0)", offer: "0")) })
        let goals = PlanGoal.usual + [.lottery]
        return PlanDocument(GoalPlanner(problem, goals: goals).plan(), of: problem, goals: goals, seed: seed)
    }

    @Test("The same seed gives the same plan, other seeds give everybody a chance, and the draw is proved")
    func draws() throws {
        var served = [Int64](repeating: 0, count: 12)
        for round in 0..<40 {
            let seed = String(repeating: "0", count: 62) + (round < 10 ? "0\(round)" : "\(round)")
            let plan = try drawn(seed)
            try PlanVerifier.check(plan)
            let again = try drawn(seed)
            #expect(plan.outcomes.allSatisfy { $0.proved } && plan.pairs == again.pairs)
            for row in plan.pairs { served[Int(row[0])] += row[3] }
        }
        // 160 units among twelve: 13 each on average; nobody is left out, nobody has it all.
        #expect(served.allSatisfy { (3...28).contains($0) }, "\(served)")
    }

    @Test("Another seed, another commitment, or a plan that the draw did not give is refused")
    func altered() throws {
        let plan = try drawn(String(repeating: "1", count: 64))
        let other = String(repeating: "2", count: 64)
        let given = try #require(plan.pairs.firstIndex { $0[3] == 1 })
        let missed = try #require(plan.pairs.firstIndex { $0[3] == 0 })
        let changes: [(inout PlanDocument) -> Void] = [
            { $0.seed = other },
            {
                $0.seed = other
                $0.commitment = PlanDraw(seed: other)?.commitment
            }, { $0.seed = nil },
            {
                $0.pairs[given][3] = 0
                $0.pairs[missed][3] = 1
            },
        ]
        for change in changes {
            #expect(throws: PlanFault.self) { try PlanVerifier.check(plan.changed(change)) }
        }
    }

    @Test("Guarantees of larger lines count units, and no plan of the first goal that keeps them is better")
    func bulkGuarantees() throws {
        for seed in 0..<UInt64(120) {
            var small = try SmallProblem(.divisible, seed: seed).problem
            let areas = small.guarantees.count
            var chance = SmallProblem.Chance(state: seed)
            small.guarantees += (0..<areas).map { _ in Int64.random(in: 0...3, using: &chance) }
            for index in small.lines.indices where small.lines[index].quantity > 1 {
                small.lines[index].share = areas + small.lines[index].area
            }
            let goals: [PlanGoal] = [.critical, .served, .score]
            let plan = GoalPlanner(small, goals: goals).plan()
            let document = PlanDocument(plan, of: small, goals: goals)
            #expect(throws: Never.self, "seed \(seed)") { try PlanVerifier.check(document) }
            #expect(plan.outcomes.allSatisfy { $0.isProved }, "seed \(seed)")
            #expect(
                SmallProblem(small).merit(plan.amounts, goals)
                    == SmallProblem(small).bestMerit(goals, least: document.guarantees), "seed \(seed)")
        }
    }

    @Test("Whole lines may leave a guarantee unkept; then the proof says what is kept, and holds")
    func wholeGuarantees() throws {
        for seed in 0..<UInt64(120) {
            var small = try SmallProblem(.whole, seed: seed).problem
            small.guarantees = small.guarantees.map { _ in Int64(seed % 4) }
            for index in small.lines.indices where small.lines[index].quantity > 1 {
                small.lines[index].share = small.lines[index].area
            }
            let plan = GoalPlanner(small, goals: [.served, .score]).plan()
            #expect(throws: Never.self, "seed \(seed)") {
                try PlanVerifier.check(PlanDocument(plan, of: small, goals: [.served, .score]))
            }
        }
    }

    @Test("Nobody is given more than its part, and what is left out of the ranking bounds nothing")
    func partsAndUnranked() throws {
        for seed in 0..<UInt64(120) {
            var small = try SmallProblem(.divisible, seed: seed).problem
            for index in small.lines.indices { small.lines[index].most = min(small.lines[index].quantity, 1) }
            let unranked = small.lines.indices.last
            if let unranked, seed % 2 == 0 {
                small.lines[unranked].isRanked = false
                small.pairs.removeAll { $0.line == unranked }
            }
            let goals: [PlanGoal] = [.served, .score]
            let plan = GoalPlanner(small, goals: goals).plan()
            var given = small.lines.map { _ in Int64(0) }
            for (pair, amount) in zip(small.pairs, plan.amounts) { given[pair.line] += amount }
            #expect(zip(given, small.lines).allSatisfy { $0 <= $1.most }, "seed \(seed)")
            #expect(throws: Never.self, "seed \(seed)") {
                try PlanVerifier.check(PlanDocument(plan, of: small, goals: goals))
            }
            if seed % 2 == 0, unranked != nil { #expect(!plan.outcomes[0].isProved, "seed \(seed)") }
        }
    }
}

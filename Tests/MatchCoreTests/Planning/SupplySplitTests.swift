import MatchCore
import Testing

@Suite("Splitting a short supply")
struct SupplySplitTests {
    /// Lines that all draw on one offer.
    private func parts(
        _ rule: SplitRule, _ quantities: [Int64], of supply: Int64, need: [Int64]? = nil, order: [Int]? = nil
    ) throws -> [Int64] {
        let problem = try PlanProblem(
            lines: quantities.map { PlanProblem.Line(quantity: $0) }, offers: [.init(capacity: supply)],
            partyCaps: [PlanProblem.greatestQuantity], guarantees: [0],
            pairs: quantities.indices.map { .init(line: $0, offer: 0, score: 500_000) })
        return SupplySplit(
            problem, rule: rule, need: need ?? quantities.map { _ in 1 }, order: order ?? Array(quantities.indices)
        ).most
    }

    @Test("Proportional: the same part of what each asks for, what is left over to the largest remainder")
    func proportional() throws {
        #expect(try parts(.proportional, [100, 200, 300], of: 60) == [10, 20, 30])
        // 3.33, 6.67 and 10: the unit that rounding leaves goes to the line that lost most by it.
        #expect(try parts(.proportional, [10, 20, 30], of: 20) == [3, 7, 10])
        #expect(try parts(.proportional, [5, 5], of: 3, order: [1, 0]) == [1, 2])
        #expect(try parts(.proportional, [5, 5], of: 3, order: [0, 1]) == [2, 1])
        #expect(try parts(.proportional, [5, 5], of: 30) == [5, 5])
    }

    @Test("Equal: the same number for each, none more than it asks for")
    func equal() throws {
        #expect(try parts(.equal, [5, 100, 100], of: 65) == [5, 30, 30])
        #expect(try parts(.equal, [5, 100, 100], of: 66, order: [0, 2, 1]) == [5, 30, 31])
    }

    @Test("Need: weighted parts, and what the needy do not need goes to the others")
    func need() throws {
        #expect(try parts(.need, [100, 100], of: 80, need: [1, 3]) == [20, 60])
        #expect(try parts(.need, [100, 100], of: 160, need: [1, 3]) == [60, 100])
    }

    @Test("A line draws on several offers, and a full offer holds back only those who depend on it")
    func network() throws {
        let problem = try PlanProblem(
            lines: [
                .init(quantity: 100), .init(quantity: 100), .init(quantity: 100), .init(quantity: 100, isWhole: true),
            ],
            offers: [.init(capacity: 30), .init(capacity: 200)], partyCaps: [PlanProblem.greatestQuantity],
            guarantees: [0],
            pairs: [(0, 0), (1, 0), (1, 1), (2, 1), (3, 1)].map { .init(line: $0.0, offer: $0.1, score: 1) })
        let split = SupplySplit(problem, rule: .proportional, need: [1, 1, 1, 1], order: [0, 1, 2, 3])
        #expect(split.most == [30, 100, 100, 100])
    }

    @Test(
        "Properties of random splits: nobody above its wish, no unit left that someone could use, the rule's order kept"
    )
    func properties() throws {
        for seed in 0..<UInt64(300) {
            var chance = SmallInstance.Chance(state: seed)
            let lines = (0..<Int.random(in: 2...7, using: &chance)).map { _ in
                PlanProblem.Line(quantity: Int64.random(in: 2...40, using: &chance))
            }
            let supply = Int64.random(in: 0...120, using: &chance)
            let need = lines.map { _ in Int64.random(in: 1...9, using: &chance) }
            let cap = Int64.random(in: 0...120, using: &chance)
            let problem = try PlanProblem(
                lines: lines, offers: [.init(capacity: supply / 2), .init(capacity: supply - supply / 2)],
                partyCaps: [cap], guarantees: [0],
                pairs: lines.indices.flatMap { line in
                    (0..<2).map { PlanProblem.Pair(line: line, offer: $0, score: 1) }
                })
            for rule in SplitRule.allCases {
                let most = SupplySplit(problem, rule: rule, need: need, order: Array(lines.indices)).most
                let wanted = lines.reduce(0) { $0 + $1.quantity }
                let note = "\(rule), seed \(seed): \(lines.map(\.quantity)) \(need) of \(min(supply, cap)): \(most)"
                // Where there is nothing at all no line has an offer, and nothing is held down.
                if supply > 0 { #expect(most.reduce(0, +) == min(wanted, supply, cap), "\(note)") }
                for (line, part) in zip(lines, most) { #expect((0...line.quantity).contains(part), "\(note)") }
                for first in lines.indices {
                    for second in lines.indices where most[first] < lines[first].quantity {
                        // Whoever is not full stands at the common level, to within the one unit of rounding.
                        switch rule {
                        case .equal: #expect(most[second] <= most[first] + 1, "\(note)")
                        case .proportional:
                            let (a, b) = (lines[first].quantity, lines[second].quantity)
                            #expect((most[second] - 1) * a < (most[first] + 1) * b, "\(note)")
                        case .need:
                            let (a, b) = (lines[first].quantity * need[first], lines[second].quantity * need[second])
                            #expect((most[second] - 1) * a < (most[first] + 1) * b, "\(note)")
                        }
                    }
                }
                let again = SupplySplit(problem, rule: rule, need: need, order: Array(lines.indices)).most
                #expect(again == most, "\(note)")
            }
        }
    }

    @Test("The plan gives every line exactly its part where only such lines compete")
    func planned() throws {
        var problem = try PlanProblem(
            lines: [30, 50, 20].map { .init(quantity: $0) }, offers: [.init(capacity: 25), .init(capacity: 24)],
            partyCaps: [PlanProblem.greatestQuantity], guarantees: [0],
            pairs: (0..<3).flatMap { line in (0..<2).map { .init(line: line, offer: $0, score: Int64(line + 1)) } })
        let most = SupplySplit(problem, rule: .proportional, need: [1, 1, 1], order: [0, 1, 2]).most
        for line in most.indices { problem.lines[line].most = most[line] }
        let plan = GoalPlanner(problem).plan()
        var given = [Int64](repeating: 0, count: 3)
        for (pair, amount) in zip(problem.pairs, plan.amounts) { given[pair.line] += amount }
        #expect(given == most && most.reduce(0, +) == 49)
        // Several offers fill one line, and one offer serves several.
        #expect(plan.amounts.filter { $0 > 0 }.count > 3)
    }
}

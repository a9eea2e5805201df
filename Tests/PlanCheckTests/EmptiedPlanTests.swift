import MatchCore
import PlanCheck
import Testing

/// A plan from which something was taken out proves less than it says: it is refused, sealed again or not.
@Suite("Emptied plans")
struct EmptiedPlanTests {
    /// Two towns, one of them critical, two offers of which one is short: every goal has something to decide.
    private func document() throws -> PlanDocument {
        let problem = try PlanProblem(
            lines: [.init(area: 0, isCritical: true), .init(area: 0), .init(area: 1), .init(area: 1)],
            offers: [.init(capacity: 1), .init(capacity: 1)], partyCaps: [10], guarantees: [0, 0],
            pairs: [
                .init(line: 0, offer: 0, score: 400_000), .init(line: 1, offer: 0, score: 900_000),
                .init(line: 2, offer: 1, score: 300_000), .init(line: 3, offer: 1, score: 500_000),
                .init(line: 1, offer: 1, score: 800_000),
            ])
        var document = PlanDocument(GoalPlanner(problem).plan(), of: problem, goals: PlanGoal.usual)
        document.making = PlanDocument.Making(
            asOf: 1_795_334_400_000, profile: "default@1", goals: PlanGoal.usual.map(\.rawValue), candidates: 32,
            partyCaps: [:], capDays: 0, areaShare: 0, split: nil, reserve: 0)
        document.close()
        return document
    }

    private func fault(_ document: PlanDocument) -> String? {
        do {
            try PlanVerifier.check(document)
            return nil
        } catch let fault as PlanFault { return fault.message } catch { return "\(error)" }
    }

    private typealias Change = (inout PlanDocument) -> Void

    @Test("Taken out, swapped or altered, with a seal of its own: the sentence says what is missing")
    func resealed() throws {
        let whole = try document()
        #expect(fault(whole) == nil)
        let changes: [(String, Change)] = [
            ("names no goal", { $0.empty() }),
            (
                "the plan was made for critical, areas, served, score",
                {
                    $0.goals = []
                    $0.outcomes = []
                    $0.stages = []
                    $0.goals = ["score"]
                }
            ),
            ("Stage 1 is missing; the goals ask for 'critical' there", { $0.stages = [] }),
            ("Stage", { $0.stages.removeLast() }), ("Stage", { $0.stages.removeFirst() }),
            ("Stage", { $0.stages.swapAt(0, $0.stages.count - 1) }),
            ("Stage", { $0.stages.removeAll { $0.kind == "level" } }),
            ("belong to no goal", { $0.stages.append($0.stages[$0.stages.count - 1]) }),
            ("The outcomes are those of none", { $0.outcomes = [] }),
            ("The outcomes are those of", { $0.outcomes.removeLast() }),
            ("The outcomes are those of", { $0.outcomes.swapAt(0, 2) }),
            ("claims", { $0.outcomes[2].value += 1_000_000_000_000 }), ("claims", { $0.outcomes[2].bound -= 1 }),
            ("proved", { $0.outcomes[3].proved.toggle() }),
            ("A goal stands twice", { $0.goals.append("score") }),
        ]
        for (sentence, change) in changes {
            let message = fault(whole.changed(change)) ?? "accepted"
            #expect(message.contains(sentence), "\(message)")
        }
        // Without levels only a run that was cut may speak of areas, and then it proves nothing of them.
        let cut = whole.changed {
            $0.stages.removeAll { $0.kind == "level" }
            $0.cut = true
        }
        #expect(fault(cut) != nil)
    }

    @Test("With the seal that it had, whatever member was touched")
    func sealed() throws {
        let whole = try document()
        let changes: [Change] = [
            { $0.empty() }, { $0.making?.goals = ["score"] }, { $0.making?.asOf += 1 }, { $0.making?.reserve = 5 },
            { $0.making = nil }, { $0.cut = true }, { $0.registry = "0f" }, { $0.stages[0].settles.toggle() },
            { $0.lineNames = ["a", "b", "c", "d"] }, { $0.partyCaps[0] += 1 }, { $0.pairs[0][2] += 1 },
            { $0.seal = "" },
        ]
        for (number, change) in changes.enumerated() {
            var altered = whole
            change(&altered)
            #expect(fault(altered)?.contains("its seal is another") == true, "change \(number)")
        }
    }

    @Test("A number out of range is named by its path and range")
    func paths() throws {
        let whole = try document()
        let changes: [(String, Change)] = [
            ("lines[1][0] is -1, but must lie in 1…1000000000000.", { $0.lines[1][0] = -1 }),
            ("lines[1][1] is 7, but must lie in 0…1.", { $0.lines[1][1] = 7 }),
            ("lines[2] has 6 numbers; give 7.", { $0.lines[2].removeLast() }),
            ("offers[0][0] is 9223372036854775807", { $0.offers[0][0] = .max }),
            ("offers[0][1] is 0, but there is nothing that it could name.", { $0.partyCaps = [] }),
            ("pairs[4][3] is -9223372036854775808", { $0.pairs[4][3] = .min }),
            ("stages[0].lines[3] is 9223372036854775807", { $0.stages[0].lines[3] = .max }),
            ("stages[0].offers has 3 prices; give 2", { $0.stages[0].offers.append(0) }),
            ("making.asOf is -9223372036854775808", { $0.making?.asOf = .min }),
            ("making.reserve is 101, but must lie in 0…100.", { $0.making?.reserve = 101 }),
            ("making.candidates is 0", { $0.making?.candidates = 0 }),
            ("making.partyCaps.piece is -1", { $0.making?.partyCaps["piece"] = -1 }),
            ("lineNames has 1 names; give 4", { $0.lineNames = ["a"] }),
        ]
        for (sentence, change) in changes {
            let message = fault(whole.changed(change)) ?? "accepted"
            #expect(message.contains(sentence), "\(message)")
        }
    }

    /// A trap would end the tests.
    @Test("Thousands of numbers altered at random never end the process")
    func fuzz() throws {
        var chance = SmallProblem.Chance(state: 5_022)
        let whole = try document()
        var refused = 0
        for round in 0..<3_000 {
            let kind = SmallProblem.Kind.allCases[round % 4]
            let small = try SmallProblem(kind, seed: UInt64(round / 4))
            let goals = PlanOptimumTests.goalLists[round % PlanOptimumTests.goalLists.count]
            var document =
                round % 3 == 0
                ? whole : PlanDocument(GoalPlanner(small.problem, goals: goals).plan(), of: small.problem, goals: goals)
            for _ in 0...(round % 3) { document.alterAnyNumber(&chance) }
            document.close()
            if fault(document) != nil { refused += 1 }
        }
        // A number that no proof depends on may be anything.
        #expect(refused > 2_000, "\(refused) of 3,000 refused")
    }
}

extension PlanDocument {
    fileprivate mutating func empty() {
        (goals, stages, outcomes) = ([], [], [])
    }

    /// Sets one of its numbers to something that nobody would have written.
    fileprivate mutating func alterAnyNumber(_ chance: inout SmallProblem.Chance) {
        let values: [Int64] = [
            -1, 0, 1, 2, 1_000_000_000_000, 1_000_000_000_001, 1 << 61, -(1 << 61), .max, .max - 1, .min, -1_000_000,
        ]
        let value = values.randomElement(using: &chance) ?? 0
        func alter(_ rows: inout [[Int64]]) {
            guard let row = rows.indices.randomElement(using: &chance),
                let place = rows[row].indices.randomElement(using: &chance)
            else { return }
            rows[row][place] = value
        }
        func alter(_ numbers: inout [Int64]) {
            if let place = numbers.indices.randomElement(using: &chance) { numbers[place] = value }
        }
        let stage = stages.indices.randomElement(using: &chance)
        let outcome = outcomes.indices.randomElement(using: &chance)
        switch Int.random(in: 0..<16, using: &chance) {
        case 0: alter(&lines)
        case 1: alter(&offers)
        case 2: alter(&pairs)
        case 3: alter(&partyCaps)
        case 4: alter(&guarantees)
        case 5: if let stage { alter(&stages[stage].lines) }
        case 6: if let stage { alter(&stages[stage].offers) }
        case 7: if let stage { alter(&stages[stage].parties) }
        case 8: if let stage { alter(&stages[stage].areas) }
        case 9: if let stage { stages[stage].bound = value }
        case 10:
            if let stage {
                var members = stages[stage].of ?? [0]
                alter(&members)
                stages[stage].of = members
            }
        case 11: if let outcome { outcomes[outcome].value = value }
        case 12: if let outcome { outcomes[outcome].bound = value }
        case 13: making?.asOf = value
        case 14: making?.candidates = Int(value)
        default: making?.capDays = Int(value)
        }
    }
}

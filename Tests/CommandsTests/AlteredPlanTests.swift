import Foundation
import PlanCheck
import Testing

/// A file of a plan in which somebody changed something is refused.
@Suite("Altered plans at the keyboard", .serialized)
struct AlteredPlanTests {
    private let town: AllocationTown

    init() throws { town = try AllocationTown() }

    @Test("A plan with its goals, stages and outcomes taken out is neither verified nor applied, sealed again or not")
    func emptied() throws {
        try town.load()
        #expect(try town.run("allocate", "--plan", "p.json").status == 0)
        let whole = try town.document("p.json")
        #expect(whole.making?.goals == ["critical", "areas", "served", "score"])
        let changes: [(inout PlanDocument) -> Void] = [
            {
                $0.goals = []
                $0.making?.goals = []
                $0.stages = []
                $0.outcomes = []
            }, { $0.stages = [] }, { $0.stages.removeLast() }, { $0.stages.reverse() }, { $0.outcomes.reverse() },
            { $0.outcomes[0].value += 1 },
            {
                // What is left proves the plan for one goal; but that is not what it was made for.
                $0.goals = ["critical"]
                $0.making?.goals = ["critical"]
                $0.stages = [$0.stages[0]]
                $0.outcomes = [$0.outcomes[0]]
            },
        ]
        for (number, change) in changes.enumerated() {
            for sealed in [true, false] {
                var altered = whole
                change(&altered)
                try town.write(altered, sealed: sealed)
                let verified = try town.run("allocate", "verify", "q.json")
                #expect(verified.status == (sealed && number == 6 ? 0 : 1), "\(number): \(verified.output)")
                let applied = try town.run("allocate", "--apply", "q.json")
                #expect(applied.status == 3 && !applied.error.isEmpty, "\(number), sealed \(sealed): \(applied.error)")
            }
        }
        #expect(try town.run("claim", "list", "--json").output.isEmpty)
        #expect(try town.run("allocate", "--apply", "p.json").status == 0)
    }

    @Test("Numbers that no plan has are refused with their path, and never end the program")
    func outOfRange() throws {
        try town.load()
        #expect(try town.run("allocate", "--plan", "p.json").status == 0)
        let whole = try town.document("p.json")
        let changes: [(String, (inout PlanDocument) -> Void)] = [
            ("lines[0][0] is -1", { $0.lines[0][0] = -1 }), ("offers[0][0] is 9", { $0.offers[0][0] = .max }),
            ("pairs[0][0] is 9", { $0.pairs[0][0] = .max }), ("making.asOf is -9", { $0.making?.asOf = .min }),
            ("making.reserve is 9", { $0.making?.reserve = .max }),
            ("making.candidates is -1", { $0.making?.candidates = -1 }),
            ("making.capDays is 9", { $0.making?.capDays = .max }),
            ("", { $0.making?.candidates = Int(Int32.max) }), ("", { $0.making?.capDays = 3_660 }),
            ("", { $0.making?.profile = "default@9223372036854775807" }),
            ("", { $0.making?.profile = "default@-1" }), ("", { $0.making?.asOf = 253_402_300_799_999 }),
            ("", { $0.making?.partyCaps = ["piece": 1_000_000_000_000, "stone": 3] }),
        ]
        for (sentence, change) in changes {
            var altered = whole
            change(&altered)
            try town.write(altered)
            let applied = try town.run("allocate", "--apply", "q.json")
            #expect(
                (3...4).contains(applied.status) && (sentence.isEmpty || applied.error.contains(sentence)),
                "\(sentence): \(applied.error)")
        }
        let text = try String(contentsOf: town.folder.appending(path: "p.json"), encoding: .utf8)
        for number in ["1e30", "1.5", "99999999999999999999", "\"1\"", "null"] {
            let range = try #require(text.range(of: "\"areaShare\":0"))
            try town.write("q.json", text.replacingCharacters(in: range, with: "\"areaShare\":\(number)"))
            let verified = try town.run("allocate", "verify", "q.json")
            #expect(verified.status == 3 && verified.error.contains("making.areaShare"), "\(verified.error)")
        }
        #expect(try town.run("claim", "list", "--json").output.isEmpty)
    }
}

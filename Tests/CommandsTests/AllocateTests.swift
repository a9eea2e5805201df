import Foundation
import PlanCheck
import Testing

/// `almoner allocate`, with the built program.
@Suite("Allocating at the keyboard", .serialized)
struct AllocateTests {
    private let folder: URL
    private static let data = DataDirectoryTests.root.appending(path: "Data").path

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "almoner-allocate-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write("small.txt", "ALLOC1 2 1 2 1\n1 0\n1 0 0 1 0 500\n1 0 0 1 0 700\n")
        try write(
            "offers.yaml",
            """
            kind: offers
            source: sample
            fields: {externalID: id, party.externalID: party, party.name: party, category: item, quantity: count,
              area: place, text: words}
            """)
        try write(
            "wishes.yaml",
            "kind: wishes\nsource: sample\nfields: {externalID: id, category: item, quantity: count, area: place, text: words}\n"
        )
        try write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,1,虎门,折叠轮椅一台\n")
        try write(
            "wishes.csv", "id,item,count,place,words\nW-1,轮椅,1,虎门,想要一台轮椅\nW-2,轮椅,1,石龙,也想要一台轮椅\n")
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private func run(_ arguments: String..., language: String = "en") throws -> ProgramTests.Outcome {
        try ProgramTests.run(
            arguments + ["--data", AllocateTests.data, "--lang", language], environment: ["NO_COLOR": "1"],
            folder: folder)
    }

    @Test("An instance is solved, and its one object has the promised members", arguments: ["bypass", "max", "fair"])
    func instance(mode: String) throws {
        let outcome = try run("allocate", "--instance", "small.txt", "--mode", mode, "--out", "result.txt", "--json")
        #expect(outcome.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(object?["objective"] as? Int == 700 && object?["matched"] as? Int == 1)
        for member in ["load_cpu", "solve_cpu", "proof_cpu", "solve_wall", "rss_mb"] { #expect(object?[member] != nil) }
        let result = try String(contentsOf: folder.appending(path: "result.txt"), encoding: .utf8)
        #expect(result.hasPrefix("ALLOCRESULT1 2 1 1 700"))
    }

    /// Prices of what was not reached yet are great, and so are those of an area whose guarantee cannot be kept.
    @Test("A city is planned whenever time runs out, and with shares that cannot be kept")
    func cutAnywhere() throws {
        #expect(try run("init", "--quiet").status == 0)
        #expect(try run("demo", "--quiet").status == 0)
        for more in [
            ["--deadline", "0s"], ["--deadline", "300ms"], ["--deadline", "2s"],
            ["--area-share", "100", "--goals", "score"],
        ] {
            let outcome = try ProgramTests.run(
                ["allocate", "--dry-run", "--json", "--data", AllocateTests.data, "--lang", "en"] + more,
                environment: ["NO_COLOR": "1"], folder: folder)
            #expect(outcome.status == 0, "\(more): \(outcome.error)")
        }
    }

    @Test("What is not understood is refused with advice")
    func usage() throws {
        #expect(try run("allocate", "--instance", "small.txt", "--mode", "best").status == 2)
        #expect(try run("allocate", "--instance", "none.txt").status == 4)
        #expect(try run("allocate", "--instance", "offers.csv").status == 3)
        #expect(try run("allocate", "--goals", "served,served").status == 2)
        #expect(try run("allocate", "--deadline", "soon").status == 2)
        #expect(try run("allocate", "--split", "fairly").status == 2)
        #expect(try run("allocate", "--party-cap", "yuan:3").status == 2)
        #expect(try run("allocate", "--reserve", "101").status == 2)
        #expect(try run("allocate", "--apply", "plan.json", "--dry-run").status == 2)
        #expect(try run("allocate", "--seed", "none.txt").status == 4)
        #expect(try run("allocate", "verify", "none.json").status == 4)
        #expect(try run("allocate", "verify", "offers.csv").status == 3)
    }

    @Test("A run over a file that is cut at once says so, with a bound")
    func cutInstance() throws {
        let outcome = try run("allocate", "--instance", "small.txt", "--deadline", "0ms", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(outcome.status == 0 && object?["is_cut"] as? Bool == true)
        #expect(try #require(object?["bound"] as? Int) >= 700)
    }

    private func load() throws {
        #expect(try run("init").status == 0)
        #expect(try run("import", "offers", "offers.csv", "--map", "offers.yaml").status == 0)
        #expect(try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--approved").status == 0)
    }

    @Test(
        "A wish that gets all there is, or that a cap leaves short, is told just that, and what one more unit would do")
    func reasons() throws {
        try write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,3,虎门,折叠轮椅三台\n")
        try write("wishes.csv", "id,item,count,place,words\nW-1,轮椅,5,虎门,想要五台轮椅\n")
        try load()
        func plan(_ more: String...) throws -> (text: String, prices: [[String: Any]]) {
            let plain = ["allocate", "--dry-run", "--goals", "served,score", "--data", AllocateTests.data] + more
            let environment = ["NO_COLOR": "1"]
            let text = try ProgramTests.run(plain + ["--lang", "en"], environment: environment, folder: folder)
            let json = try ProgramTests.run(plain + ["--json"], environment: environment, folder: folder)
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            return (text.output, try #require(object?["prices"] as? [[String: Any]]))
        }
        let short = try plan()
        #expect(short.text.contains("W-1  It is given all that its offers have."))
        #expect(short.text.contains("O-1  about 5 more units would serve 1 line more."))
        #expect(short.prices.count == 1 && short.prices[0]["isExact"] as? Bool == true)
        #expect(short.prices[0]["goal"] as? String == "served")
        #expect(short.prices[0]["amount"] as? Int == 200_000_000_000)
        let capped = try plan("--party-cap", "2")
        #expect(capped.text.contains("W-1  The cap of its party leaves too little of its best offer O-1"))
        #expect(capped.prices.isEmpty)
    }

    @Test("The nearer wish gets the one wheelchair, the other is told why, and an altered proof is refused")
    func registry() throws {
        try load()
        let plan = try run("allocate", "--dry-run", "--goals", "served,score", "--complete", "--proof", "p.json")
        #expect(plan.status == 0 && plan.output.contains("W-1") && plan.output.contains("proved best"))
        #expect(plan.output.contains("Its best offer O-1") && plan.output.contains("goes to W-1"))
        #expect(try run("allocate", "--dry-run", language: "zh").output.contains("最优，已证明"))
        #expect(try run("allocate", "verify", "p.json").status == 0)
        #expect(plan.error.contains("Best over all pairs") || plan.output.contains("Best over all pairs"))
        let proof = try String(contentsOf: folder.appending(path: "p.json"), encoding: .utf8)
        try write("q.json", proof.replacingOccurrences(of: "\"settles\":true", with: "\"settles\":false"))
        let altered = try run("allocate", "verify", "q.json")
        #expect(altered.status == 1 && (altered.output + altered.error).contains("its seal is another"))
        let range = try #require(proof.range(of: "\"bound\":"))
        try write("q.json", proof.replacingCharacters(in: range, with: "\"bound\":1"))
        #expect(try run("allocate", "verify", "q.json").status == 1)
    }

    @Test("A plan is applied as it was shown, once, and not after the registry has changed")
    func apply() throws {
        try load()
        #expect(try run("allocate", "--goals", "served,score", "--plan", "p.json").status == 0)
        let plan = try String(contentsOf: folder.appending(path: "p.json"), encoding: .utf8)
        // A claim moved from one wish to the other breaks the proof, another score the look at the registry.
        try write("q.json", plan.replacingOccurrences(of: "almoner-plan-3", with: "almoner-plan-1"))
        #expect(try run("allocate", "--apply", "q.json").status == 3)
        #expect(try run("allocate", "--apply", "none.json").status == 4)
        #expect(try run("allocate", "--apply", "p.json", "--goals", "score").status == 2)
        #expect(try run("claim", "list", "--json").output.isEmpty)

        try write("wishes2.csv", "id,item,count,place,words\nW-3,轮椅,1,虎门,还想要一台轮椅\n")
        #expect(try run("import", "wishes", "wishes2.csv", "--map", "wishes.yaml", "--approved").status == 0)
        let changed = try run("allocate", "--apply", "p.json")
        #expect(changed.status == 3 && changed.error.contains("Nothing was claimed"))
        #expect(try run("claim", "list", "--json").output.isEmpty)

        #expect(try run("allocate", "--plan", "p.json").status == 0)
        let applied = try run("allocate", "--apply", "p.json")
        #expect(applied.status == 0 && applied.output.contains("1 claim was proposed"), "\(applied.error)")
        let claims = try run("claim", "list", "--json").output
        #expect(claims.split(separator: "\n").count == 1 && claims.contains("\"proposed\""))
        #expect(try run("allocate", "--apply", "p.json").status == 3)
    }

    private func document(_ name: String) throws -> PlanDocument {
        try JSONDecoder().decode(PlanDocument.self, from: Data(contentsOf: folder.appending(path: name)))
    }

    private func write(_ document: PlanDocument, sealed: Bool = true) throws {
        var document = document
        if sealed { document.close() }
        try JSONEncoder().encode(document).write(to: folder.appending(path: "q.json"))
    }

    @Test("A plan with its goals, stages and outcomes taken out is neither verified nor applied, sealed again or not")
    func emptied() throws {
        try load()
        #expect(try run("allocate", "--plan", "p.json").status == 0)
        let whole = try document("p.json")
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
                try write(altered, sealed: sealed)
                let verified = try run("allocate", "verify", "q.json")
                #expect(verified.status == (sealed && number == 6 ? 0 : 1), "\(number): \(verified.output)")
                let applied = try run("allocate", "--apply", "q.json")
                #expect(applied.status == 3 && !applied.error.isEmpty, "\(number), sealed \(sealed): \(applied.error)")
            }
        }
        #expect(try run("claim", "list", "--json").output.isEmpty)
        #expect(try run("allocate", "--apply", "p.json").status == 0)
    }

    @Test("Numbers that no plan has are refused with their path, and never end the program")
    func outOfRange() throws {
        try load()
        #expect(try run("allocate", "--plan", "p.json").status == 0)
        let whole = try document("p.json")
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
            try write(altered)
            let applied = try run("allocate", "--apply", "q.json")
            #expect(
                (3...4).contains(applied.status) && (sentence.isEmpty || applied.error.contains(sentence)),
                "\(sentence): \(applied.error)")
        }
        let text = try String(contentsOf: folder.appending(path: "p.json"), encoding: .utf8)
        for number in ["1e30", "1.5", "99999999999999999999", "\"1\"", "null"] {
            let range = try #require(text.range(of: "\"areaShare\":0"))
            try write("q.json", text.replacingCharacters(in: range, with: "\"areaShare\":\(number)"))
            let verified = try run("allocate", "verify", "q.json")
            #expect(verified.status == 3 && verified.error.contains("making.areaShare"), "\(verified.error)")
        }
        #expect(try run("claim", "list", "--json").output.isEmpty)
    }

    @Test("A wish for more than a plan can reckon with is named and left out, and the others are served")
    func tooGreat() throws {
        try write(
            "wishes.csv",
            "id,item,count,place,words\nW-1,轮椅,9000000000000,虎门,想要轮椅\nW-2,轮椅,1,石龙,也想要一台轮椅\n")
        try load()
        let plan = try run("allocate", "--plan", "p.json")
        #expect(plan.status == 0, "\(plan.error)")
        #expect(plan.error.contains("W-1") && plan.error.contains("9,000,000,000,000"), "\(plan.error)")
        let shown = try run("allocate", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        #expect((object?["tooGreat"] as? [Any])?.count == 1 && (object?["claims"] as? [Any])?.count == 1)
        #expect(try run("allocate", "--apply", "p.json").status == 0)
        #expect(try run("claim", "list", "--json").output.contains("proposed"))
    }

    @Test("A plan that was made for less than is guaranteed is not applied; one that keeps what can be kept is")
    func guarantees() throws {
        try load()
        let goals = ["--goals", "score"]
        #expect(try run("allocate", goals[0], goals[1], "--plan", "none.json").status == 0)
        let made = try run("allocate", goals[0], goals[1], "--area-share", "100", "--plan", "p.json")
        // One wheelchair, and a line guaranteed in each of two towns.
        #expect(made.status == 0 && made.error.contains("1 line guaranteed"), "\(made.error)")
        let (free, whole) = (try document("none.json"), try document("p.json"))
        #expect(whole.guarantees.reduce(0, +) == 1 && free.guarantees.reduce(0, +) == 0)
        var lowered = free
        lowered.making?.areaShare = 100
        lowered.registry = whole.registry
        try write(lowered)
        #expect(try run("allocate", "verify", "q.json").status == 0)
        let refused = try run("allocate", "--apply", "q.json")
        #expect(refused.status == 3 && refused.error.contains("less of a guarantee"), "\(refused.error)")
        #expect(try run("claim", "list", "--json").output.isEmpty)
        let applied = try run("allocate", "--apply", "p.json")
        #expect(applied.status == 0 && !applied.error.contains("Not proved"), "\(applied.error)")
    }

    @Test("A plan that its deadline cut is applied with the guarantees that its claims serve, and says which are short")
    func cutGuarantees() throws {
        try write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,3,虎门,折叠轮椅三台\n")
        try write("wishes.csv", "id,item,count,place,words\nW-1,轮椅,3,虎门,要三台轮椅\nW-2,轮椅,3,石龙,也要三台轮椅\n")
        try load()
        let made = try run("allocate", "--goals", "score", "--area-share", "100", "--plan", "p.json")
        #expect(made.status == 0, "\(made.error)")
        // Two towns are guaranteed three of three wheelchairs each. As a run leaves it that held less when its time was
        // over: the claims are the same, and less of a guarantee bounds them less.
        var cut = try document("p.json")
        #expect(cut.guarantees.reduce(0, +) == 3 && cut.stages.count == 1)
        let town = try #require(
            cut.guarantees.indices.filter { cut.guarantees[$0] > 0 }.min {
                cut.guarantees[$0] < cut.guarantees[$1]
            })
        cut.stages[0].bound += cut.stages[0].areas[town] * cut.guarantees[town]
        cut.outcomes[0].bound = cut.stages[0].bound
        cut.outcomes[0].proved = cut.outcomes[0].value == cut.outcomes[0].bound
        cut.stages[0].settles = cut.stages[0].settles && cut.outcomes[0].proved
        cut.guarantees[town] = 0
        try write(cut)
        let refused = try run("allocate", "--apply", "q.json")
        #expect(refused.status == 3 && refused.error.contains("less of a guarantee"), "\(refused.error)")
        cut.cut = true
        try write(cut)
        let verified = try run("allocate", "verify", "q.json")
        #expect(verified.status == 0, "\(verified.error)")
        let applied = try run("allocate", "--apply", "q.json")
        #expect(applied.status == 0 && applied.error.contains("served when time ran out"), "\(applied.error)")
    }

    @Test(
        "A plan with claims taken out says in which goals it is not proved, when it is verified and when it is applied")
    func partial() throws {
        try write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,2,虎门,折叠轮椅两台\n")
        try load()
        #expect(try run("allocate", "--goals", "score", "--plan", "p.json").status == 0)
        var part = try document("p.json")
        let claims = part.pairs.indices.filter { part.pairs[$0][3] > 0 }
        #expect(claims.count == 2)
        part.outcomes[0].value -= part.pairs[claims[0]][2] * 1_000_000
        part.outcomes[0].proved = false
        part.stages[0].settles = false
        part.pairs[claims[0]][3] = 0
        try write(part)
        let verified = try run("allocate", "verify", "q.json")
        #expect(verified.status == 0 && verified.error.contains("Not proved best"), "\(verified.error)")
        let applied = try run("allocate", "--apply", "q.json")
        #expect(applied.status == 0 && applied.error.contains("Not proved best"), "\(applied.error)")
        #expect(applied.error.contains("total score"), "\(applied.error)")
    }

    @Test("A run over all pairs that the deadline cut does not say that it is best over all pairs")
    func cutBeforeComplete() throws {
        try load()
        let cut = try run("allocate", "--complete", "--deadline", "0s")
        let said = cut.output + cut.error
        #expect(
            cut.status == 0 && !said.contains("Best over all pairs") && said.contains("Not over all pairs"), "\(said)")
        for (deadline, isCut) in [("0s", true), ("10m", false)] {
            let json = try run("allocate", "--complete", "--deadline", deadline, "--json")
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["isCut"] as? Bool == isCut && object?["isComplete"] as? Bool == !isCut, "\(json.error)")
        }
    }

    @Test("A plan is applied by its digest, and a digest of another plan is refused")
    func digest() throws {
        try load()
        let shown = try run("allocate", "--goals", "served,score", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        let digest = try #require(object?["digest"] as? String)
        #expect(try run("allocate", "--apply", "0123456789abcdef", "--goals", "served,score").status == 3)
        #expect(try run("allocate", "--apply", digest, "--goals", "score").status == 3)
        let applied = try run("allocate", "--apply", digest, "--goals", "served,score", "--json")
        #expect(applied.status == 0 && applied.output.contains(digest), "\(applied.error)")
        #expect(try run("claim", "list", "--json").output.contains("proposed"))
    }

    @Test("A plan is applied by its digest as of when it was shown, minutes later, and not a day later")
    func digestLater() throws {
        try write(
            "wishes.yaml",
            """
            kind: wishes
            source: sample
            fields: {externalID: id, category: item, quantity: count, area: place, text: words,
              submittedAt: {column: since, date: {formats: [iso8601]}}}
            """)
        let now = Date()
        func moment(_ seconds: Double) -> String { now.addingTimeInterval(seconds).ISO8601Format() }
        try write(
            "wishes.csv",
            "id,item,count,place,words,since\nW-1,轮椅,1,虎门,想要一台轮椅,\(moment(-100_000))\nW-2,轮椅,1,石龙,也想要一台轮椅,\(moment(-50_000))\n"
        )
        try load()
        let shown = try run("allocate", "--as-of", moment(-600), "--json")
        let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        let digest = try #require(object?["digest"] as? String, "\(shown.error)")
        let asOf = try #require(object?["asOf"] as? String)
        #expect(try run("allocate", "--as-of", asOf).error.contains("--as-of \(asOf)"))
        #expect(try run("allocate", "--apply", digest).status == 3)
        for other in [moment(-86_460), moment(600)] {
            let refused = try run("allocate", "--apply", digest, "--as-of", other)
            #expect(refused.status == 3 && refused.error.contains("24 hours"), "\(refused.error)")
            #expect(try run("allocate", "--as-of", other).status == 3)
        }
        #expect(try run("allocate", "--as-of", "soon").status == 2)
        #expect(try run("claim", "list", "--json").output.isEmpty)
        let applied = try run("allocate", "--apply", digest, "--as-of", asOf)
        #expect(applied.status == 0, "\(applied.error)")
        #expect(try run("claim", "list", "--json").output.contains("proposed"))
    }

    @Test("A seed is committed to, drawn with, checked, and serves one plan")
    func seed() throws {
        try load()
        let committed = try run("allocate", "seed", "seed.txt", "--json")
        #expect(committed.status == 0 && committed.output.contains("commitment"), "\(committed.error)")
        #expect(try run("allocate", "seed", "seed.txt").status == 3)
        #expect(try run("allocate", "--seed", "seed.txt", "--plan", "p.json").status == 0)
        #expect(try run("allocate", "verify", "p.json").output.contains("The seed is the one committed to"))
        try write("other.txt", String(repeating: "a", count: 64))
        #expect(try run("allocate", "--seed", "other.txt", "--plan", "q.json").status == 0)
        // Nobody committed to that one.
        #expect(try run("allocate", "--apply", "q.json").status == 3)
        let applied = try run("allocate", "--apply", "p.json")
        #expect(applied.status == 0, "\(applied.error)")
        #expect(try run("audit", "verify").status == 0)
    }

    @Test("A short supply is split as declared, and a party's cap counts what it promised before")
    func splitAndCap() throws {
        try write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,大米,60,虎门,大米六十袋\n")
        try write(
            "wishes.csv", "id,item,count,place,words\nW-1,大米,100,虎门,想要大米\nW-2,大米,50,虎门,想要大米\n")
        try load()
        func units(_ arguments: [String]) throws -> [Int] {
            let outcome = try ProgramTests.run(
                ["allocate", "--json"] + arguments + ["--data", AllocateTests.data, "--lang", "en"], folder: folder)
            let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            let claims = try #require(object?["claims"] as? [[String: Any]], "\(outcome.error)")
            return claims.compactMap { $0["units"] as? Int }.sorted()
        }
        #expect(try units(["--split", "proportional"]) == [20, 40])
        #expect(try units(["--split", "equal"]) == [30, 30])
        #expect(try units(["--split", "proportional", "--reserve", "50"]) == [10, 20])
        #expect(try units(["--party-cap", "piece:45", "--split", "equal"]) == [22, 23])
        #expect(try run("allocate", "--split", "equal", "--reserve", "50", "--plan", "p.json").status == 0)
        let applied = try run("allocate", "--apply", "p.json")
        #expect(applied.status == 0, "\(applied.error)")
        // Thirty are promised: of forty a month ten are left, of thirty none.
        #expect(try units(["--party-cap", "piece:40", "--cap-days", "30", "--split", "equal"]) == [5, 5])
        #expect(try units(["--party-cap", "piece:30", "--cap-days", "30"]).isEmpty)
    }
}

import Foundation
import PlanCheck
import Testing

/// `almoner allocate --apply`: a plan is applied as it was shown, or not at all.
@Suite("Applying a plan at the keyboard", .serialized)
struct AppliedPlanTests {
    private let town: AllocationTown

    init() throws { town = try AllocationTown() }

    @Test("A plan is applied as it was shown, once, and not after the registry has changed")
    func apply() throws {
        try town.load()
        #expect(try town.run("allocate", "--goals", "served,score", "--plan", "p.json").status == 0)
        let plan = try String(contentsOf: town.folder.appending(path: "p.json"), encoding: .utf8)
        // A claim moved from one wish to the other breaks the proof, another score the look at the registry.
        try town.write("q.json", plan.replacingOccurrences(of: "almoner-plan-3", with: "almoner-plan-1"))
        #expect(try town.run("allocate", "--apply", "q.json").status == 3)
        #expect(try town.run("allocate", "--apply", "none.json").status == 4)
        #expect(try town.run("allocate", "--apply", "p.json", "--goals", "score").status == 2)
        #expect(try town.run("claim", "list", "--json").output.isEmpty)

        try town.write("wishes2.csv", "id,item,count,place,words\nW-3,轮椅,1,虎门,还想要一台轮椅\n")
        #expect(try town.run("import", "wishes", "wishes2.csv", "--map", "wishes.yaml", "--approved").status == 0)
        let changed = try town.run("allocate", "--apply", "p.json")
        #expect(changed.status == 3 && changed.error.contains("Nothing was claimed"))
        #expect(try town.run("claim", "list", "--json").output.isEmpty)

        #expect(try town.run("allocate", "--plan", "p.json").status == 0)
        let applied = try town.run("allocate", "--apply", "p.json")
        #expect(applied.status == 0 && applied.output.contains("1 claim was proposed"), "\(applied.error)")
        let claims = try town.run("claim", "list", "--json").output
        #expect(claims.split(separator: "\n").count == 1 && claims.contains("\"proposed\""))
        #expect(try town.run("allocate", "--apply", "p.json").status == 3)
    }

    @Test("A plan made by a revision of the profile that another has followed is applied only where it is named")
    func otherRevision() throws {
        try town.load()
        #expect(try town.run("allocate", "--plan", "p.json").status == 0)
        #expect(try town.run("profile", "set", "Proximity.weight=1").status == 0)
        #expect(try town.run("profile", "publish", "--note", "farther").output.contains("default@2"))
        let refused = try town.run("allocate", "--apply", "p.json")
        #expect(
            refused.status == 3 && refused.error.contains("made by default@1, and the profile is default@2 now"),
            "\(refused.error)")
        #expect(try town.run("claim", "list", "--json").output.isEmpty)
        let named = try town.run("allocate", "--apply", "p.json", "--profile", "default@1")
        #expect(named.status == 0 && named.output.contains("1 claim was proposed"), "\(named.error)")
    }

    @Test("What a plan only suggests, since no quantity is named, is told when it is applied, and not claimed")
    func suggestions() throws {
        try town.write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,,虎门,折叠轮椅若干\n")
        try town.load()
        #expect(try town.run("allocate", "--plan", "p.json").status == 0)
        let bare = try town.run("allocate", "--apply", "p.json")
        #expect(bare.status == 3 && bare.error.contains("no quantity on one side"), "\(bare.error)")
        try town.write("more.csv", "id,party,item,count,place,words\nO-2,示例甲厂,轮椅,1,虎门,折叠轮椅一台\n")
        #expect(try town.run("import", "offers", "more.csv", "--map", "offers.yaml").status == 0)
        #expect(try town.run("allocate", "--goals", "score", "--plan", "p.json").status == 0)
        let applied = try town.run("allocate", "--apply", "p.json")
        #expect(
            applied.status == 0 && applied.output.contains("1 claim was proposed")
                && applied.error.contains("1 more pair of the plan names no quantity"), "\(applied.error)")
    }

    @Test("A plan that was made for less than is guaranteed is not applied; one that keeps what can be kept is")
    func guarantees() throws {
        try town.load()
        let goals = ["--goals", "score"]
        #expect(try town.run("allocate", goals[0], goals[1], "--plan", "none.json").status == 0)
        let made = try town.run("allocate", goals[0], goals[1], "--area-share", "100", "--plan", "p.json")
        // One wheelchair, and a line guaranteed in each of two towns.
        #expect(made.status == 0 && made.error.contains("1 line guaranteed"), "\(made.error)")
        let (free, whole) = (try town.document("none.json"), try town.document("p.json"))
        #expect(whole.guarantees.reduce(0, +) == 1 && free.guarantees.reduce(0, +) == 0)
        var lowered = free
        lowered.making?.areaShare = 100
        lowered.registry = whole.registry
        try town.write(lowered)
        #expect(try town.run("allocate", "verify", "q.json").status == 0)
        let refused = try town.run("allocate", "--apply", "q.json")
        #expect(refused.status == 3 && refused.error.contains("less of a guarantee"), "\(refused.error)")
        #expect(try town.run("claim", "list", "--json").output.isEmpty)
        let applied = try town.run("allocate", "--apply", "p.json")
        #expect(applied.status == 0 && !applied.error.contains("Not proved"), "\(applied.error)")
    }

    @Test("A plan that its deadline cut is applied with the guarantees that its claims serve, and says which are short")
    func cutGuarantees() throws {
        try town.write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,3,虎门,折叠轮椅三台\n")
        try town.write("wishes.csv", "id,item,count,place,words\nW-1,轮椅,3,虎门,要三台轮椅\nW-2,轮椅,3,石龙,也要三台轮椅\n")
        try town.load()
        let made = try town.run("allocate", "--goals", "score", "--area-share", "100", "--plan", "p.json")
        #expect(made.status == 0, "\(made.error)")
        // Two towns are guaranteed three of three wheelchairs each. As a run leaves it that held less when its time was
        // over: the claims are the same, and less of a guarantee bounds them less.
        var cut = try town.document("p.json")
        #expect(cut.guarantees.reduce(0, +) == 3 && cut.stages.count == 1)
        let short = try #require(
            cut.guarantees.indices.filter { cut.guarantees[$0] > 0 }.min {
                cut.guarantees[$0] < cut.guarantees[$1]
            })
        cut.stages[0].bound += cut.stages[0].areas[short] * cut.guarantees[short]
        cut.outcomes[0].bound = cut.stages[0].bound
        cut.outcomes[0].proved = cut.outcomes[0].value == cut.outcomes[0].bound
        cut.stages[0].settles = cut.stages[0].settles && cut.outcomes[0].proved
        cut.guarantees[short] = 0
        try town.write(cut)
        let refused = try town.run("allocate", "--apply", "q.json")
        #expect(refused.status == 3 && refused.error.contains("less of a guarantee"), "\(refused.error)")
        cut.cut = true
        try town.write(cut)
        let verified = try town.run("allocate", "verify", "q.json")
        #expect(verified.status == 0, "\(verified.error)")
        let applied = try town.run("allocate", "--apply", "q.json")
        #expect(applied.status == 0 && applied.error.contains("served when time ran out"), "\(applied.error)")
    }

    @Test(
        "A plan with claims taken out says in which goals it is not proved, when it is verified and when it is applied")
    func partial() throws {
        try town.write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,2,虎门,折叠轮椅两台\n")
        try town.load()
        #expect(try town.run("allocate", "--goals", "score", "--plan", "p.json").status == 0)
        var part = try town.document("p.json")
        let claims = part.pairs.indices.filter { part.pairs[$0][3] > 0 }
        #expect(claims.count == 2)
        part.outcomes[0].value -= part.pairs[claims[0]][2] * 1_000_000
        part.outcomes[0].proved = false
        part.stages[0].settles = false
        part.pairs[claims[0]][3] = 0
        try town.write(part)
        let verified = try town.run("allocate", "verify", "q.json")
        #expect(verified.status == 0 && verified.error.contains("Not proved best"), "\(verified.error)")
        let applied = try town.run("allocate", "--apply", "q.json")
        #expect(applied.status == 0 && applied.error.contains("Not proved best"), "\(applied.error)")
        #expect(applied.error.contains("total score"), "\(applied.error)")
    }

    @Test("A plan is applied by its digest, and a digest of another plan is refused")
    func digest() throws {
        try town.load()
        let shown = try town.run("allocate", "--goals", "served,score", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        let digest = try #require(object?["digest"] as? String)
        #expect(try town.run("allocate", "--apply", "0123456789abcdef", "--goals", "served,score").status == 3)
        #expect(try town.run("allocate", "--apply", digest, "--goals", "score").status == 3)
        let applied = try town.run("allocate", "--apply", digest, "--goals", "served,score", "--json")
        #expect(applied.status == 0 && applied.output.contains(digest), "\(applied.error)")
        #expect(try town.run("claim", "list", "--json").output.contains("proposed"))
    }

    @Test("A plan is applied by its digest as of when it was shown, minutes later, and not a day later")
    func digestLater() throws {
        try town.write(
            "wishes.yaml",
            """
            kind: wishes
            source: sample
            fields: {externalID: id, category: item, quantity: count, area: place, text: words,
              submittedAt: {column: since, date: {formats: [iso8601]}}}
            """)
        let now = Date()
        func moment(_ seconds: Double) -> String { now.addingTimeInterval(seconds).ISO8601Format() }
        try town.write(
            "wishes.csv",
            "id,item,count,place,words,since\nW-1,轮椅,1,虎门,想要一台轮椅,\(moment(-100_000))\nW-2,轮椅,1,石龙,也想要一台轮椅,\(moment(-50_000))\n"
        )
        try town.load()
        let shown = try town.run("allocate", "--as-of", moment(-600), "--json")
        let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        let digest = try #require(object?["digest"] as? String, "\(shown.error)")
        let asOf = try #require(object?["asOf"] as? String)
        #expect(try town.run("allocate", "--as-of", asOf).error.contains("--as-of \(asOf)"))
        #expect(try town.run("allocate", "--apply", digest).status == 3)
        for other in [moment(-86_460), moment(600)] {
            let refused = try town.run("allocate", "--apply", digest, "--as-of", other)
            #expect(refused.status == 3 && refused.error.contains("24 hours"), "\(refused.error)")
            #expect(try town.run("allocate", "--as-of", other).status == 3)
        }
        #expect(try town.run("allocate", "--as-of", "soon").status == 2)
        #expect(try town.run("claim", "list", "--json").output.isEmpty)
        let applied = try town.run("allocate", "--apply", digest, "--as-of", asOf)
        #expect(applied.status == 0, "\(applied.error)")
        #expect(try town.run("claim", "list", "--json").output.contains("proposed"))
    }

    @Test("A seed is committed to, drawn with, checked, and serves one plan")
    func seed() throws {
        try town.load()
        let committed = try town.run("allocate", "seed", "seed.txt", "--json")
        #expect(committed.status == 0 && committed.output.contains("commitment"), "\(committed.error)")
        #expect(try town.run("allocate", "seed", "seed.txt").status == 3)
        #expect(try town.run("allocate", "--seed", "seed.txt", "--plan", "p.json").status == 0)
        #expect(try town.run("allocate", "verify", "p.json").output.contains("The seed is the one committed to"))
        try town.write("other.txt", String(repeating: "a", count: 64))
        #expect(try town.run("allocate", "--seed", "other.txt", "--plan", "q.json").status == 0)
        // Nobody committed to that one.
        #expect(try town.run("allocate", "--apply", "q.json").status == 3)
        let applied = try town.run("allocate", "--apply", "p.json")
        #expect(applied.status == 0, "\(applied.error)")
        #expect(try town.run("audit", "verify").status == 0)
    }
}

import Foundation
import Testing

/// `almoner allocate`, with the built program: what it plans, and what it says of it.
@Suite("Allocating at the keyboard", .serialized)
struct AllocateTests {
    private let town: AllocationTown

    init() throws { town = try AllocationTown() }

    @Test("An instance is solved, and its one object has the promised members", arguments: ["bypass", "max", "fair"])
    func instance(mode: String) throws {
        let outcome = try town.run(
            "allocate", "--instance", "small.txt", "--mode", mode, "--out", "result.txt", "--json")
        #expect(outcome.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(object?["objective"] as? Int == 700 && object?["matched"] as? Int == 1)
        for member in ["load_cpu", "solve_cpu", "proof_cpu", "solve_wall", "rss_mb"] { #expect(object?[member] != nil) }
        let result = try String(contentsOf: town.folder.appending(path: "result.txt"), encoding: .utf8)
        #expect(result.hasPrefix("ALLOCRESULT1 2 1 1 700"))
    }

    /// Prices of what was not reached yet are great, and so are those of an area whose guarantee cannot be kept.
    @Test("A city is planned whenever time runs out, and with shares that cannot be kept")
    func cutAnywhere() throws {
        #expect(try town.run("init", "--quiet").status == 0)
        #expect(try town.run("demo", "--quiet").status == 0)
        for more in [
            ["--deadline", "0s"], ["--deadline", "300ms"], ["--deadline", "2s"],
            ["--area-share", "100", "--goals", "score"],
        ] {
            let outcome = try ProgramTests.run(
                ["allocate", "--dry-run", "--json", "--data", AllocationTown.data, "--lang", "en"] + more,
                environment: ["NO_COLOR": "1"], folder: town.folder)
            #expect(outcome.status == 0, "\(more): \(outcome.error)")
        }
    }

    @Test("What is not understood is refused with advice")
    func usage() throws {
        #expect(try town.run("allocate", "--instance", "small.txt", "--mode", "best").status == 2)
        #expect(try town.run("allocate", "--instance", "none.txt").status == 4)
        #expect(try town.run("allocate", "--instance", "offers.csv").status == 3)
        #expect(try town.run("allocate", "--goals", "served,served").status == 2)
        #expect(try town.run("allocate", "--deadline", "soon").status == 2)
        #expect(try town.run("allocate", "--split", "fairly").status == 2)
        #expect(try town.run("allocate", "--party-cap", "yuan:3").status == 2)
        #expect(try town.run("allocate", "--reserve", "101").status == 2)
        #expect(try town.run("allocate", "--apply", "plan.json", "--dry-run").status == 2)
        #expect(try town.run("allocate", "--seed", "none.txt").status == 4)
        #expect(try town.run("allocate", "verify", "none.json").status == 4)
        #expect(try town.run("allocate", "verify", "offers.csv").status == 3)
    }

    @Test("A run over a file that is cut at once says so, with a bound")
    func cutInstance() throws {
        let outcome = try town.run("allocate", "--instance", "small.txt", "--deadline", "0ms", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(outcome.status == 0 && object?["is_cut"] as? Bool == true)
        #expect(try #require(object?["bound"] as? Int) >= 700)
    }

    @Test(
        "A wish that gets all there is, or that a cap leaves short, is told just that, and what one more unit would do")
    func reasons() throws {
        try town.write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,3,虎门,折叠轮椅三台\n")
        try town.write("wishes.csv", "id,item,count,place,words\nW-1,轮椅,5,虎门,想要五台轮椅\n")
        try town.load()
        func plan(_ more: String...) throws -> (text: String, prices: [[String: Any]]) {
            let plain = ["allocate", "--dry-run", "--goals", "served,score", "--data", AllocationTown.data] + more
            let environment = ["NO_COLOR": "1"]
            let text = try ProgramTests.run(plain + ["--lang", "en"], environment: environment, folder: town.folder)
            let json = try ProgramTests.run(plain + ["--json"], environment: environment, folder: town.folder)
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
        try town.load()
        let plan = try town.run("allocate", "--dry-run", "--goals", "served,score", "--complete", "--proof", "p.json")
        #expect(plan.status == 0 && plan.output.contains("W-1") && plan.output.contains("proved best"))
        #expect(plan.output.contains("Its best offer O-1") && plan.output.contains("goes to W-1"))
        #expect(try town.run("allocate", "--dry-run", language: "zh").output.contains("最优，已证明"))
        #expect(try town.run("allocate", "verify", "p.json").status == 0)
        #expect(plan.error.contains("Best over all pairs") || plan.output.contains("Best over all pairs"))
        let proof = try String(contentsOf: town.folder.appending(path: "p.json"), encoding: .utf8)
        try town.write("q.json", proof.replacingOccurrences(of: "\"settles\":true", with: "\"settles\":false"))
        let altered = try town.run("allocate", "verify", "q.json")
        #expect(altered.status == 1 && (altered.output + altered.error).contains("its seal is another"))
        let range = try #require(proof.range(of: "\"bound\":"))
        try town.write("q.json", proof.replacingCharacters(in: range, with: "\"bound\":1"))
        #expect(try town.run("allocate", "verify", "q.json").status == 1)
    }

    @Test("A wish for more than a plan can reckon with is named and left out, and the others are served")
    func tooGreat() throws {
        try town.write(
            "wishes.csv",
            "id,item,count,place,words\nW-1,轮椅,9000000000000,虎门,想要轮椅\nW-2,轮椅,1,石龙,也想要一台轮椅\n")
        try town.load()
        let plan = try town.run("allocate", "--plan", "p.json")
        #expect(plan.status == 0, "\(plan.error)")
        #expect(plan.error.contains("W-1") && plan.error.contains("9,000,000,000,000"), "\(plan.error)")
        let shown = try town.run("allocate", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
        #expect((object?["tooGreat"] as? [Any])?.count == 1 && (object?["claims"] as? [Any])?.count == 1)
        #expect(try town.run("allocate", "--apply", "p.json").status == 0)
        #expect(try town.run("claim", "list", "--json").output.contains("proposed"))
    }

    @Test("A run over all pairs that the deadline cut does not say that it is best over all pairs")
    func cutBeforeComplete() throws {
        try town.load()
        let cut = try town.run("allocate", "--complete", "--deadline", "0s")
        let said = cut.output + cut.error
        #expect(
            cut.status == 0 && !said.contains("Best over all pairs") && said.contains("Not over all pairs"), "\(said)")
        for (deadline, isCut) in [("0s", true), ("10m", false)] {
            let json = try town.run("allocate", "--complete", "--deadline", deadline, "--json")
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["isCut"] as? Bool == isCut && object?["isComplete"] as? Bool == !isCut, "\(json.error)")
        }
    }

    @Test("A short supply is split as declared, and a party's cap counts what it promised before")
    func splitAndCap() throws {
        try town.write("offers.csv", "id,party,item,count,place,words\nO-1,示例甲厂,大米,60,虎门,大米六十袋\n")
        try town.write(
            "wishes.csv", "id,item,count,place,words\nW-1,大米,100,虎门,想要大米\nW-2,大米,50,虎门,想要大米\n")
        try town.load()
        func units(_ arguments: [String]) throws -> [Int] {
            let outcome = try ProgramTests.run(
                ["allocate", "--json"] + arguments + ["--data", AllocationTown.data, "--lang", "en"],
                folder: town.folder)
            let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            let claims = try #require(object?["claims"] as? [[String: Any]], "\(outcome.error)")
            return claims.compactMap { $0["units"] as? Int }.sorted()
        }
        #expect(try units(["--split", "proportional"]) == [20, 40])
        #expect(try units(["--split", "equal"]) == [30, 30])
        #expect(try units(["--split", "proportional", "--reserve", "50"]) == [10, 20])
        #expect(try units(["--party-cap", "piece:45", "--split", "equal"]) == [22, 23])
        #expect(try town.run("allocate", "--split", "equal", "--reserve", "50", "--plan", "p.json").status == 0)
        let applied = try town.run("allocate", "--apply", "p.json")
        #expect(applied.status == 0, "\(applied.error)")
        // Thirty are promised: of forty a month ten are left, of thirty none.
        #expect(try units(["--party-cap", "piece:40", "--cap-days", "30", "--split", "equal"]) == [5, 5])
        #expect(try units(["--party-cap", "piece:30", "--cap-days", "30"]).isEmpty)
    }
}

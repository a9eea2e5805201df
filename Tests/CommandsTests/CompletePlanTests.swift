import Foundation
import PlanCheck
import Testing

/// `almoner allocate --complete`: few candidates and all pairs come to the same plan.
@Suite("Planning over all pairs at the keyboard", .serialized)
struct CompletePlanTests {
    private let town: AllocationTown

    init() throws { town = try AllocationTown() }

    /// What each wish is given.
    private func given(_ arguments: [String]) throws -> [String: Int] {
        let outcome = try ProgramTests.run(
            ["allocate", "--json", "--dry-run", "--complete"] + arguments
                + ["--data", AllocationTown.data, "--lang", "en"], folder: town.folder)
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(object?["isComplete"] as? Bool == true, "\(outcome.error)")
        let claims = try #require(object?["claims"] as? [[String: Any]], "\(outcome.error)")
        return try claims.reduce(into: [:]) { sums, claim in
            let wish = try #require((claim["wish"] as? [String: Any])?["externalID"] as? String)
            sums[wish, default: 0] += try #require(claim["units"] as? Int)
        }
    }

    @Test(
        "A short supply is split by what all offers have, also where each line has one candidate, and the plan's file is applied",
        arguments: ["proportional", "equal", "need"])
    func split(rule: String) throws {
        // Both wishes are nearest to the offer of two bags; the one of a hundred is no candidate of either.
        try town.write(
            "offers.csv",
            "id,party,item,count,place,words\nO-1,示例甲厂,大米,2,虎门,大米两袋\nO-2,示例乙厂,大米,100,石龙,大米一百袋\n")
        try town.write("wishes.csv", "id,item,count,place,words\nW-1,大米,4,虎门,想要大米\nW-2,大米,8,虎门,想要大米\n")
        try town.load()
        #expect(try given(["--candidates", "1", "--split", rule]) == ["W-1": 4, "W-2": 8])
        let made = try town.run(
            "allocate", "--candidates", "1", "--split", rule, "--complete", "--plan", "p.json")
        #expect(made.status == 0, "\(made.error)")
        // A score that the pair does not have, of a pair that nothing is claimed of.
        var altered = try town.document("p.json")
        let idle = try #require(altered.pairs.firstIndex { $0[3] == 0 && $0[2] > 0 })
        altered.pairs[idle][2] -= 1
        try town.write(altered)
        #expect(try town.run("allocate", "--apply", "q.json").status == 3)
        let applied = try town.run("allocate", "--apply", "p.json")
        #expect(applied.status == 0, "\(applied.error)")
        let claims = try town.run("claim", "list", "--json").output.split(separator: "\n")
        #expect(claims.count == made.output.split(separator: "\n").count { $0.hasPrefix("W-") }, "\(claims)")
    }

    @Test("Guarantees that cannot all be kept are kept as over all pairs, also where each line has one candidate")
    func guarantees() throws {
        // Two offers for three towns. Their own best leave the second town nothing; over all pairs it may have the other.
        try town.write(
            "offers.csv",
            "id,party,item,count,place,words\nO-1,示例甲厂,轮椅,1,虎门,折叠轮椅\nO-2,示例乙厂,轮椅,1,石龙,折叠轮椅\n")
        try town.write(
            "wishes.csv",
            "id,item,count,place,words\nW-1,轮椅,1,虎门,想要轮椅\nW-2,轮椅,1,厚街,想要轮椅\nW-3,轮椅,1,石龙,想要轮椅\n")
        try town.load()
        let terms = ["--goals", "score", "--area-share", "100"]
        let all = try given(terms)
        #expect(all.keys.sorted() == ["W-1", "W-2"])
        #expect(try given(terms + ["--candidates", "1"]) == all)
    }
}

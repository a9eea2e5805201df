import Foundation
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

    @Test("What is not understood is refused with advice")
    func usage() throws {
        #expect(try run("allocate", "--instance", "small.txt", "--mode", "best").status == 2)
        #expect(try run("allocate", "--instance", "none.txt").status == 4)
        #expect(try run("allocate", "--instance", "offers.csv").status == 3)
        #expect(try run("allocate", "--goals", "served,served").status == 2)
        #expect(try run("allocate", "--deadline", "soon").status == 2)
        #expect(try run("allocate", "verify", "none.json").status == 4)
        #expect(try run("allocate", "verify", "offers.csv").status == 3)
    }

    @Test("The nearer wish gets the one wheelchair, the other is told why, and an altered proof is refused")
    func registry() throws {
        #expect(try run("init").status == 0)
        #expect(try run("import", "offers", "offers.csv", "--map", "offers.yaml").status == 0)
        #expect(try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml").status == 0)
        let plan = try run("allocate", "--dry-run", "--goals", "served,score", "--complete", "--proof", "p.json")
        #expect(plan.status == 0 && plan.output.contains("W-1") && plan.output.contains("proved best"))
        #expect(plan.output.contains("Its best offer O-1") && plan.output.contains("goes to W-1"))
        #expect(try run("allocate", "--dry-run", language: "zh").output.contains("最优，已证明"))
        #expect(try run("allocate", "verify", "p.json").status == 0)
        let proof = try String(contentsOf: folder.appending(path: "p.json"), encoding: .utf8)
        try write("q.json", proof.replacingOccurrences(of: "\"settles\":true", with: "\"settles\":false"))
        #expect(try run("allocate", "verify", "q.json").status == 0)
        let range = try #require(proof.range(of: "\"bound\":"))
        try write("q.json", proof.replacingCharacters(in: range, with: "\"bound\":1"))
        #expect(try run("allocate", "verify", "q.json").status == 1)
    }
}

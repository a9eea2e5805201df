import Foundation
import PlanCheck
import Testing

/// A folder with an offer of one wheelchair and two wishes for it, where the built program plans.
struct AllocationTown {
    let folder: URL
    static let data = DataDirectoryTests.root.appending(path: "Data").path

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

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    /// Writes a plan to `q.json`, with a seal that fits what it says unless it is to keep the one it has.
    func write(_ document: PlanDocument, sealed: Bool = true) throws {
        var document = document
        if sealed { document.close() }
        try JSONEncoder().encode(document).write(to: folder.appending(path: "q.json"))
    }

    func run(_ arguments: String..., language: String = "en") throws -> ProgramTests.Outcome {
        try ProgramTests.run(
            arguments + ["--data", AllocationTown.data, "--lang", language], environment: ["NO_COLOR": "1"],
            folder: folder)
    }

    /// Sets a program up with the offer and the wishes.
    func load() throws {
        #expect(try run("init").status == 0)
        #expect(try run("import", "offers", "offers.csv", "--map", "offers.yaml").status == 0)
        #expect(try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--approved").status == 0)
    }

    func document(_ name: String) throws -> PlanDocument {
        try JSONDecoder().decode(PlanDocument.self, from: Data(contentsOf: folder.appending(path: name)))
    }
}

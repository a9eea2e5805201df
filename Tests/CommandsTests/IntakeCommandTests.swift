import Foundation
import MatchCore
import Testing

@testable import Commands

/// What comes in, from the words to a wish, and who may have asked twice: with the built program.
@Suite("Intake at the keyboard")
struct IntakeCommandTests {
    let office: Office

    init() throws { office = try Office("intake") }

    @Test("A proposal says why, and a person's confirmation opens the wish")
    func proposalToWish() throws {
        defer { office.close() }
        let words = "我姓李，电话138 0000-1111。奶奶中风，急需两辆轮椅"
        try office.run("inbox", "take", "hotline12345", words, "--number", "N-1", "--at", "2026-03-02T09:00")
        let record = try office.waitingRecord()
        let text = try office.run("inbox", "propose", record)
        #expect(text.contains("Wheelchair") && text.contains("is the name of"))
        #expect(text.contains("the words say '急需'") && text.contains("2 piece"))
        #expect(try office.run("inbox", "propose", record, language: "zh").contains("“轮椅”是该品类的名称"))
        let json = try office.run("inbox", "propose", record, "--json")
        #expect(json.contains("\"category\":\"mobility.wheelchair\"") && json.contains("\"value\":\"urgent\""))

        // The person takes the item and the urgency as they stand, and knows that one is enough.
        try office.run(
            "inbox", "confirm", record, "--quantity", "1", "--area", "虎门", "--wording", "一辆轮椅", "--at",
            "2026-03-02T09:30")
        let wish = try office.run("wish", "show", "N-1", "--json")
        #expect(wish.contains("\"category\":\"mobility.wheelchair\"") && wish.contains("\"wanted\":1"))
        #expect(wish.contains("\"urgency\":\"urgent\"") && wish.contains("elders"))
        #expect(!wish.contains("138") && !wish.contains("李"))
        // People read what a group is called.
        #expect(text.contains("People over 60"))
        #expect(try office.run("wish", "show", "N-1").contains("People over 60"))
        let story = try office.run("wish", "story", "N-1")
        #expect(
            story.contains("classification confirmed") && story.contains("quantity: 2 → 1")
                && story.contains("words: 2"))
        #expect(story.contains("wish registered") && story.contains("approval begins"))
        let again = try office.refused("inbox", "confirm", record)
        #expect(again.error.contains("already"))
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("A record can still be linked to a wish that is there; wrong choices are named")
    func linking() throws {
        defer { office.close() }
        try office.wishes("W-1,mobility.wheelchair,1,虎门")
        try office.run("inbox", "take", "fair", "一辆轮椅", "--event", "fair-2026-03")
        try office.run("inbox", "take", "fair", "你好", "--event", "fair-2026-03")
        try office.run("inbox", "take", "web", "一张床")
        #expect(try office.run("inbox", "list", "--event", "fair-2026-03", "--json").split(separator: "\n").count == 2)
        let records = try office.records()
        try office.run("inbox", "confirm", records[0], "W-1")
        let nothing = try office.refused("inbox", "confirm", records[1])
        #expect(nothing.status == 4 && nothing.error.contains("category"))
        #expect(
            try office.refused("inbox", "confirm", records[1], "--category", "轮倚子").error.contains(
                "mobility.wheelchair"))
        #expect(try office.refused("inbox", "confirm", records[1], "--urgency", "soon").error.contains("critical"))
        try office.run("inbox", "confirm", records[1], "--category", "食品", "--quantity", "3")
    }

    @Test("A fair's records come in as one batch under its event, word for word and once")
    func batch() throws {
        defer { office.close() }
        try office.write(
            "fair.csv",
            """
            number,channel,event,words,receivedAt,name,phone,idNumber,address,street,birthYear
            F-1,fair,fair-2026-03,想要一张轮椅,2026-03-07 09:10,示例甲,120-0000-0001,,,示例路,
            F-2,fair,fair-2026-03,一张轮椅，给老人,2026-03-07 09:20,,120 0000 0001,,,示例路,
            """)
        let map = Office.data + "/mappings/almoner-inbox.yaml"
        #expect(try office.run("import", "inbox", "fair.csv", "--map", map, "--json").contains("\"created\" : 2"))
        #expect(try office.run("import", "inbox", "fair.csv", "--map", map, "--json").contains("\"unchanged\" : 2"))
        for record in try office.records() { try office.run("inbox", "confirm", record) }
        // Their telephone came along, and was kept nowhere.
        let found = try office.run("duplicate", "list")
        #expect(found.contains("F-1") && found.contains("same phone, same street, both ask for Wheelchair"))
        #expect(try !office.databaseHolds("12000000001") && !office.databaseHolds("0000-0001"))
        #expect(try !office.databaseHolds("示例路"))
    }

    @Test("Duplicates are found, joined and told apart; siblings are not one")
    func duplicates() throws {
        defer { office.close() }
        try office.write(
            "people.yaml",
            """
            kind: wishes
            source: sample
            timeZone: Asia/Shanghai
            fields: {externalID: id, category: item, quantity: count, text: words, beneficiary.phone: phone,
              beneficiary.idNumber: card, beneficiary.street: street, beneficiary.name: name,
              submittedAt: {column: on, date: {formats: [yyyy-MM-dd]}}}
            """)
        try office.write(
            "people.csv",
            """
            id,item,count,words,phone,card,street,name,on
            A,轮椅,1,,+86 120 0000 0001,,示例一路,,2026-03-02
            B,轮椅,1,,120-0000-0001,,示例一路,,2026-03-11
            C,书包,1,,12000000002,441900201201010001,示例二路,示例大宝,2026-03-02
            D,书包,1,,12000000002,441900201401010002,示例二路,示例小宝,2026-03-02
            """.replacingOccurrences(of: "+86", with: "'+86"))
        try office.run("import", "wishes", "people.csv", "--map", "people.yaml")
        let list = try office.run("duplicate", "list")
        #expect(
            list.contains("A, B") && list.contains("same phone, same street, both ask for Wheelchair, within 9 days"))
        #expect(!list.contains("C, D"))
        #expect(try office.run("duplicate", "list", language: "zh").contains("同一电话，同一街道，都申请“轮椅”，相隔 9 天"))
        #expect(try office.run("duplicate", "show", "A", "--json").contains("\"isConfirmed\":false"))
        #expect(try office.refused("duplicate", "join", "A", "B").status == 2)
        try office.run("duplicate", "join", "A", "B", "--reason", "samePerson")
        #expect(try office.run("duplicate", "show", "B", "--json").contains("\"isConfirmed\":true"))
        try office.run("duplicate", "apart", "A", "B", "--reason", "neighbours")
        #expect(try office.run("duplicate", "list", "--json").isEmpty)
        // A warning is never a block.
        #expect(try office.run("case", "list", "--json").split(separator: "\n").count == 4)
        for secret in ["12000000001", "441900201201010001", "示例大宝", "示例一路"] {
            #expect(try !office.databaseHolds(secret), "\(secret)")
        }
    }

    @Test("Without the key file nothing can be read, with advice")
    func noKey() throws {
        defer { office.close() }
        try FileManager.default.removeItem(atPath: office.database + ".key")
        try office.write("p.yaml", "kind: people\nsource: s\nfields: {externalID: id, beneficiary.phone: phone}\n")
        try office.write("p.csv", "id,phone\nA,12000000001\n")
        let refused = try office.refused("import", "people", "p.csv", "--map", "p.yaml")
        #expect(refused.status == 3 && refused.error.contains("--key-file"))
        #expect(try office.refused("party", "list").error.contains("--key-file"))
    }

    @Test("The demo shows clusters, and tells siblings and a village office's phone apart")
    func demo() throws {
        defer { office.close() }
        try office.run("demo", "--quiet")
        let list = try office.run("duplicate", "list", "--json").split(separator: "\n")
        #expect(list.count == 5)
        #expect(
            list.contains { $0.contains("W0091") && $0.contains("same phone, same street, both ask for Wheelchair") })
        #expect(!list.contains { $0.contains("W0406") || $0.contains("W0667") })
    }
}

/// An office with a database of its own, in a folder that goes with it.
struct Office {
    static let data = DataDirectoryTests.root.appending(path: "Data").path
    let folder: URL

    init(_ name: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "almoner-\(name)-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(
            "wishes.yaml",
            "kind: wishes\nsource: sample\nfields: {externalID: id, category: item, quantity: count, area: place}\n")
        try write(
            "offers.yaml",
            """
            kind: offers
            source: sample
            fields: {externalID: id, party.externalID: party, party.name: party, party.kind: {constant: fund},
              kind: kind, category: item, quantity: count, unit: unit, line: line}
            """)
        try run("init")
    }

    var database: String { folder.appending(path: "almoner.db").path }

    func close() { try? FileManager.default.removeItem(at: folder) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    func outcome(_ arguments: [String], language: String = "en", data: String = data) throws -> ProgramTests.Outcome {
        try ProgramTests.run(
            arguments + ["--data", data, "--lang", language], environment: ["NO_COLOR": "1"], folder: folder)
    }

    /// What a command printed; it has to succeed.
    @discardableResult
    func run(
        _ arguments: String..., language: String = "en", data: String = data,
        location: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try outcome(arguments, language: language, data: data)
        #expect(outcome.status == 0, "\(arguments): \(outcome.error)", sourceLocation: location)
        return outcome.output
    }

    /// What became of a command that has to fail.
    func refused(
        _ arguments: String..., data: String = data, location: SourceLocation = #_sourceLocation
    ) throws -> ProgramTests.Outcome {
        let outcome = try outcome(arguments, data: data)
        #expect(outcome.status != 0, "\(arguments) was not refused", sourceLocation: location)
        return outcome
    }

    /// Registers wishes: `id,item,count,place` a row.
    func wishes(_ rows: String..., opening: Bool = true) throws {
        try write("wishes.csv", (["id,item,count,place"] + rows).joined(separator: "\n") + "\n")
        if opening {
            try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--quiet", "--approved")
        } else {
            try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--quiet", "--register-only")
        }
    }

    /// Registers offers: `id,line,party,kind,item,count,unit` a row.
    func offers(_ rows: String...) throws -> String {
        try write("offers.csv", (["id,line,party,kind,item,count,unit"] + rows).joined(separator: "\n") + "\n")
        return try run("import", "offers", "offers.csv", "--map", "offers.yaml", "--json")
    }

    /// The value of a key of an object that was printed.
    static func value(_ key: String, in json: String) -> String? {
        guard let range = json.range(of: "\"\(key)\" : \"") ?? json.range(of: "\"\(key)\":\"") else { return nil }
        return String(json[range.upperBound...].prefix { $0 != "\"" })
    }

    func records() throws -> [String] {
        try run("inbox", "list", "--json").split(separator: "\n").compactMap { Self.value("id", in: String($0)) }
    }

    func waitingRecord() throws -> String { try #require(try records().first) }

    /// Whether the bytes stand anywhere in the files of the database.
    func databaseHolds(_ text: String) throws -> Bool {
        try ["", "-wal"].contains { ending in
            let path = database + ending
            guard FileManager.default.fileExists(atPath: path) else { return false }
            return try Data(contentsOf: URL(filePath: path)).range(of: Data(text.utf8)) != nil
        }
    }
}

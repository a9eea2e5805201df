import Casework
import Foundation
import MatchCore
import Storage
import Testing

@testable import Commands

/// Keys, people's rights and backups, with the built program.
@Suite("Personal fields at the keyboard")
struct SealingCommandTests {
    let office: Office

    init() throws { office = try Office("sealing") }

    private static let canaries = ["canaryWords七号楼", "canaryNote来访", "canaryWording一辆轮椅", "canaryParty示例大宝"]

    private func filesHolding(_ text: String) throws -> [String] {
        let utf8 = Data(text.utf8)
        let forms = [
            utf8, text.data(using: .utf16LittleEndian) ?? utf8,
            Data((utf8.base64EncodedString()).dropLast(4).utf8),
        ]
        return try FileManager.default.contentsOfDirectory(atPath: office.folder.path).filter { name in
            let data = FileManager.default.contents(atPath: office.folder.appending(path: name).path) ?? Data()
            return forms.contains { data.range(of: $0) != nil }
        }
    }

    private func fill() throws -> String {
        try office.run("inbox", "take", "hotline12345", "急需一辆轮椅，\(Self.canaries[0])", "--number", "N-1")
        let record = try office.waitingRecord()
        try office.run(
            "inbox", "confirm", record, "--area", "虎门", "--category", "mobility.wheelchair", "--wording",
            Self.canaries[2])
        try office.run("party", "register", Self.canaries[3], "--kind", "donor")
        return record
    }

    @Test("Who changes the master key on this machine stands in the history, by the name that was given")
    func rotatedBy() throws {
        defer { office.close() }
        try office.run("key-file", "rotate", "--actor", "陈管理员")
        let database = try SQLiteDatabase(path: office.database, access: .readOnly)
        defer { try? database.close() }
        let program = try #require(try Programs(database: database).all().first).code
        let vault = try Vault(
            file: KeyFile(path: "\(office.database).key"), keys: "\(office.database).keys", clock: { 0 })
        defer { vault.close() }
        try SQLCaseStore(database: database, program: program, vault: vault).blockingRead { store in
            let entries = try store.history(of: [CaseActor.system.id]).filter { $0.subjectKind == "masterKey" }
            #expect(entries.map(\.action) == ["masterKey/rotate", "masterKey/rotated"])
            #expect(entries.allSatisfy { $0.actor != CaseActor.system.id })
            let actor = try #require(entries.first?.actor)
            try #expect(store.note(actor)?.words == "陈管理员")
        }
    }

    @Test("doctor opens what is sealed, and names a field that was carried over from another row")
    func swappedRows() throws {
        defer { office.close() }
        _ = try fill()
        try office.run("inbox", "take", "hotline12345", "另一件事", "--number", "N-2")
        #expect(try office.run("doctor").contains("each opens where it stands"))
        let database = try SQLiteDatabase(path: office.database, access: .open)
        let ids: [String] = try database.blockingWrite { connection in
            let rows = try connection.all("SELECT id, words FROM inbox ORDER BY id LIMIT 2", [])
            try #require(rows.count == 2)
            for (row, from) in [(rows[0], rows[1]), (rows[1], rows[0])] {
                let (id, text): (String, String) = (try row[0], try from[1])
                try connection.run("UPDATE inbox SET words = $2 WHERE id = $1", [.text(id), .text(text)])
            }
            return try rows.map { try $0[0] }
        }
        try database.close()
        let found = try office.refused("doctor")
        #expect(found.status == 1)
        let said = found.output + found.error
        #expect(said.contains("2 do not belong where they stand") && said.contains("inbox.words"), "\(said)")
        #expect(ids.contains { said.contains($0) } && !said.contains("另一件事"))
    }

    @Test("Nothing that was typed in stands in any file; export shows it, with who read it; erasing ends it")
    func wholeLife() throws {
        defer { office.close() }
        let record = try fill()
        try office.run("key-file", "rotate")
        #expect(try office.run("key-file", "show", "--json").contains("\"version\" : 2"))
        try office.run("backup", "one.backup")
        try office.run("inbox", "show", record)
        for canary in Self.canaries { #expect(try filesHolding(canary) == [], "\(canary)") }

        let file = try office.run("person", "export", record, "--json")
        #expect(file.contains(Self.canaries[0]) && file.contains(Self.canaries[2]))
        #expect(file.contains("\"field\":\"words\"") && file.contains("\"role\":\"admin\""))
        #expect(try office.run("person", "export", record).contains(Self.canaries[0]))

        let refused = try office.refused("person", "erase", record)
        #expect(refused.status == 2)
        try office.run("person", "erase", record, "--reason", "personAsked")
        #expect(try office.refused("inbox", "show", record).status == 4)
        #expect(try office.run("audit", "verify").contains("The history holds"))

        // The database of before, beside the present key store.
        let target = ["--database", "sqlite:restored.db", "--key-file", "almoner.db.key", "--keys", "almoner.db.keys"]
        func run(_ arguments: String...) throws -> String {
            let outcome = try office.outcome(arguments + target)
            #expect(outcome.status == 0, "\(arguments): \(outcome.error)")
            return outcome.output
        }
        let restored = try run("restore", "one.backup")
        #expect(restored.contains("Repeated 1 erasure that was"))
        #expect(try run("audit", "verify").contains("The history holds"))
        #expect(try !run("wish", "list").contains(Self.canaries[2]))
        #expect(try run("party", "list").contains(Self.canaries[3]))
        #expect(try office.refused("restore", "one.backup").status == 3)
    }

    @Test("A key store of another installation is refused before anything is restored")
    func anotherKeyStore() throws {
        defer { office.close() }
        _ = try fill()
        try office.run("backup", "one.backup")
        // Another installation, whose key store is its own.
        #expect(try office.outcome(["init", "--database", "sqlite:other.db"]).status == 0)
        let folder = office.folder
        func isThere(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appending(path: name).path)
        }
        try #require(isThere("other.db.keys"))
        let refused = try office.outcome([
            "restore", "one.backup", "--database", "sqlite:restored.db", "--key-file", "almoner.db.key", "--keys",
            "other.db.keys",
        ])
        #expect(refused.status == 3 && refused.error.contains("another key file"), "\(refused.error)")
        #expect(!isThere("restored.db"), "a database was made all the same")
        // Nor is a key store left where the backup cannot be restored.
        try Data("no backup".utf8).write(to: folder.appending(path: "bad.backup"))
        let bad = try office.outcome([
            "restore", "bad.backup", "--database", "sqlite:restored.db", "--key-file", "almoner.db.key",
        ])
        #expect(bad.status != 0 && !isThere("restored.db") && !isThere("restored.db.keys"), "\(bad.error)")
    }

    @Test("A wording is mended or let pass, a consent is taken back, and what is kept how long is told")
    func rights() throws {
        defer { office.close() }
        try office.run("inbox", "take", "hotline12345", "急需一辆轮椅", "--number", "N-1")
        let record = try office.waitingRecord()
        try office.run(
            "inbox", "confirm", record, "--area", "虎门", "--category", "mobility.wheelchair", "--wording",
            "急需轮椅，打一三八零零一三八零零零")
        let looked = try office.run("wish", "wording", "N-1")
        #expect(looked.contains("mobile telephone") && looked.contains("急需轮椅，打（号码已隐去）"))
        #expect(try office.run("wish", "wording", "N-1", "--reason", "wordingChecked").contains("let it pass"))
        #expect(try office.run("wish", "wording", "N-1", "--text", "急需轮椅").contains("Nothing was found"))
        try office.run("wish", "wording", "N-1", "--text", "急需轮椅，11010519491231002X")
        let never = try office.refused("wish", "wording", "N-1", "--reason", "wordingChecked")
        #expect(never.status == 3 && never.error.contains("identity number"))

        #expect(try office.run("person", "consent", record).contains("Nothing was said"))
        try office.run("person", "consent", record, "publication", "sharing")
        let taken = try office.run("person", "consent", record, "matching", "--withdraw")
        #expect(taken.contains("matching") && taken.contains("no"))
        #expect(try office.refused("person", "consent", record, "everything").status == 2)
        #expect(try office.refused("person", "consent", record, "matching", "--guardian", "neighbour").status == 3)
        #expect(try office.run("person", "export", record, "--json").contains("\"scope\":\"matching\""))
        let kept = try office.run("person", "retention", "--json")
        #expect(kept.contains("\"closedFiles\"") && kept.contains("3650") && kept.contains("\"answers\""))

        let asked = try office.run("opening", "request", record, "words", "--reason", "checked", "--json")
        let id = try #require(asked.split(separator: "\"id\":\"").dropFirst().first?.prefix(36))
        #expect(try office.refused("opening", "approve", String(id)).status == 3)
        try office.run("opening", "approve", String(id), "--actor", "李四", "--as", "coordinator")
        #expect(try office.run("opening", "list").contains(id))
        #expect(try office.run("opening", "show", String(id), "--json").contains("approvedBy"))
    }

    @Test("An import is looked over with the names that it tells, and with those of the household")
    func namesInImports() throws {
        defer { office.close() }
        let name = "陈小明"
        try office.write(
            "named.yaml",
            """
            kind: wishes
            source: sample
            fields: {externalID: id, category: item, quantity: count, area: place, text: text, beneficiary.name: name}
            """)
        func imported(_ rows: String...) throws -> String {
            try office.write("named.csv", (["id,item,count,place,text,name"] + rows).joined(separator: "\n") + "\n")
            return try office.run("import", "wishes", "named.csv", "--map", "named.yaml", "--approved", "--json")
        }
        func isPublished(_ wish: String) throws -> Bool {
            try office.run("wish", "wording", wish, "--json").contains("\"isPublished\":true")
        }
        let report = try imported("W-1,轮椅,1,虎门,\(name)想要一台轮椅,\(name)", "W-2,轮椅,1,虎门,王梅想要一台轮椅,李大山")
        #expect(report.contains("\"warnings\" : 1") && report.contains("name at 1–3") && report.contains("Row 2"))
        #expect(!report.contains(name) && report.contains("\"created\" : 2"))
        #expect(try !isPublished("W-1") && isPublished("W-2"))
        #expect(try !office.databaseHolds(name))
        // Nobody keeps the name, so a person looks.
        #expect(try office.run("wish", "wording", "W-1").contains("kept nowhere"))
        try office.run("wish", "wording", "W-1", "--reason", "wordingChecked")
        #expect(try isPublished("W-1"))
        #expect(try imported("W-1,轮椅,1,虎门,\(name)想要一台轮椅,\(name)").contains("\"warnings\" : 0"))

        // Filed under a household, it is looked over with who lives there.
        let household = try #require(Office.value("id", in: try office.run("household", "open", "虎门", "--json")))
        let person = "00000000-0000-7000-8000-000000000021"
        try office.run("household", "note", household, "came", person, "--name", "王梅")
        try office.run("household", "file", household, "W-2")
        #expect(try !isPublished("W-2"))
        #expect(try imported("W-2,轮椅,1,虎门,想要一台轮椅,李大山").contains("\"warnings\" : 0"))
        #expect(try isPublished("W-2"))
        #expect(try imported("W-2,轮椅,1,虎门,王 梅想要两台轮椅,李大山").contains("name at 1–3"))
        #expect(try !isPublished("W-2"))

        // A file of people tells a name of a wish that is there already.
        _ = try imported("W-3,轮椅,1,虎门,欧阳晓想要一台轮椅,")
        #expect(try isPublished("W-3"))
        try office.write("who.yaml", "kind: people\nsource: sample\nfields: {externalID: id, beneficiary.name: name}\n")
        try office.write("who.csv", "id,name\nW-3,欧阳晓\n")
        #expect(try office.run("import", "people", "who.csv", "--map", "who.yaml", "--json").contains("name at 1–3"))
        #expect(try !isPublished("W-3"))
    }

    /// As one is that was made of a server while nodes were at work.
    @Test("A backup with history that waits for its numbers is restored with all of it in the chain")
    func waitingHistory() throws {
        defer { office.close() }
        _ = try office.offers("O,1,P,goods,轮椅,5,piece")
        let database = try SQLiteDatabase(path: office.folder.appending(path: "almoner.db").path, access: .open)
        let store = SQLCaseStore(
            database: database, program: "dongguan", vault: try Vault(inMemory: ()), sealing: .apart)
        let before = try store.blockingRead { try $0.chainHead().number }
        for number in 1...3 {
            try store.blockingWrite {
                try $0.append(
                    HistoryEntry(
                        program: "dongguan", at: Moment(milliseconds: 1_767_576_600_000), by: .system,
                        subjectKind: "runner", subject: RecordID(high: 9, low: UInt64(number)),
                        action: "runner/acceptJump"))
            }
        }
        try database.close()
        try office.run("backup", "one.backup")
        let target = ["--database", "sqlite:restored.db", "--key-file", "almoner.db.key", "--keys", "almoner.db.keys"]
        let restored = try office.outcome(["restore", "one.backup"] + target)
        #expect(restored.status == 0, "\(restored.error)")
        let verified = try office.outcome(["audit", "verify"] + target)
        #expect(verified.status == 0 && !verified.output.contains("not sealed"), "\(verified.output)")
        #expect(verified.output.contains("\(before + 3) entries"), "\(verified.output)")
        // So is a file that was restored with some waiting, with the next command that writes there.
        #expect(try office.refused("audit", "verify").status == 1)
        try office.run("key", "create", "auditor", "--label", "x")
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("What was erased since a backup holds nothing in the restored database")
    func balancesOfARestoredBackup() throws {
        defer { office.close() }
        _ = try office.offers("O,1,P,goods,轮椅,5,piece")
        try office.wishes("W,轮椅,3,虎门")
        try office.run("claim", "propose", "O", "W", "3")
        try office.run("backup", "one.backup")
        let wish = try #require(Office.value("id", in: try office.run("wish", "show", "W", "--json")))
        try office.run("person", "erase", wish, "--reason", "personAsked")
        let erased = try office.run("offer", "show", "O", "--json")
        #expect(erased.contains("\"available\":5"))
        let target = ["--database", "sqlite:restored.db", "--key-file", "almoner.db.key", "--keys", "almoner.db.keys"]
        let restored = try office.outcome(["restore", "one.backup"] + target)
        #expect(restored.output.contains("Repeated 1 erasure that was"), "\(restored.error)")
        let shown = try office.outcome(["offer", "show", "O", "--json"] + target)
        #expect(shown.output == erased, "\(shown.output)\(shown.error)")
        let verified = try office.outcome(["audit", "verify"] + target)
        #expect(verified.output.contains("The history holds"), "\(verified.output)")
    }

    @Test("A town is found by its telephone, without the telephone being kept")
    func finding() throws {
        defer { office.close() }
        try office.run("inbox", "take", "phone", "想要一张床", "--phone", "138 0000 1111")
        let found = try office.run("person", "find", "--phone", "+86 13800001111")
        #expect(try found.contains(office.waitingRecord()))
        #expect(try filesHolding("13800001111") == [])
    }
}

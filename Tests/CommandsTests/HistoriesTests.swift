import Foundation
import Testing

@testable import Commands

/// What happened before Almoner came, brought in with the built program.
@Suite("Histories", .serialized)
struct HistoriesTests: SampleSession {
    let folder: URL

    init() throws {
        folder = try Self.newFolder()
        try fill()
    }

    @Test("Past events happen at their own times, and the figures tell of them")
    func figures() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        #expect(try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--register-only").status == 0)
        try write(
            "h.csv",
            """
            wish,event,at,value
            W-1,opened,2025-03-02T09:00,hotline12345
            W-1,answered,2025-03-02T15:00,
            W-2,opened,2025-03-03T09:00,fair
            W-1,closed,2025-03-09T09:00,
            W-1,rated,2025-03-10T09:00,5

            """)
        let outcome = try run("import", "histories", "h.csv", "--json")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output.contains("\"events\" : 5") && outcome.output.contains("\"wishes\" : 2"))
        let story = try run("wish", "story", "W-1")
        #expect(story.output.contains("2025-03-09 09:00"))
        let later = try run("figures", "--at", "2025-04-20T00:00", "--json").output
        #expect(later.contains("\"wishes\":2") && later.contains("\"medianDays\":7"), "\(later)")
        let early = try run("figures", "--at", "2025-03-02T12:00", "--json").output
        #expect(early.contains("\"wishes\":1"), "\(early)")
        #expect(try run("audit", "verify").status == 0)
    }

    @Test("A time with its offset is the same instant, and a bare number is no time")
    func offsets() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--register-only")
        let file = """
            wish,event,at,value
            W-1,opened,2025-03-02T01:00:00Z,web
            W-1,answered,2025-03-02T15:00:00+08:00,

            """
        try write("h.csv", file + "W-2,opened,20250303,fair\n")
        let refused = try run("import", "histories", "h.csv")
        #expect(refused.status == 3)
        #expect((refused.output + refused.error).contains("2026-03-02T09:00:00+08:00"), "\(refused.error)")
        try write("h.csv", file)
        #expect(try run("import", "histories", "h.csv").status == 0)
        let story = try run("wish", "story", "W-1").output
        #expect(story.contains("2025-03-02 09:00") && story.contains("2025-03-02 15:00"), "\(story)")
        #expect(!(try run("case", "list").output).contains("1970"))
        let early = try run("figures", "--at", "2025-03-02T07:30:00Z", "--json")
        #expect(early.output.contains("\"replied\":{\"part\":1,\"whole\":1}"), "\(early.output)\(early.error)")
        #expect(try run("figures", "--at", "2026").status == 2)
    }

    @Test("What was fulfilled has been received: from whom the file names, or else from nobody by name")
    func deliveries() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--register-only")
        try write(
            "p.yaml", "kind: parties\nsource: s\nfields: {externalID: id, name: name, kind: kind}\n")
        try write("p.csv", "id,name,kind\nROTARY,扶轮社,socialOrganisation\n")
        let parties = try run("import", "parties", "p.csv", "--map", "p.yaml")
        #expect(parties.status == 0, "\(parties.error)")
        let file = """
            wish,event,at,value,party,quantity,line
            W-1,opened,2025-03-02T09:00,web,,,
            W-1,delivered,2025-03-08T09:00,,ROTARY,1,
            W-1,closed,2025-03-09T09:00,,,,
            W-2,opened,2025-03-03T09:00,fair,,,
            W-2,closed,2025-03-05T09:00,,,,

            """
        try write("h.csv", file)
        let outcome = try run("import", "histories", "h.csv", "--json")
        #expect(outcome.status == 0, "\(outcome.error)")
        for wish in ["W-1", "W-2"] {
            let shown = try run("wish", "show", wish, "--json").output
            #expect(shown.contains("\"received\"") && !shown.contains("\"received\":0"), "\(shown)")
        }
        let figures = try run("figures", "--by", "party", "--json").output
        #expect(figures.contains("\"served\":{\"part\":1,\"whole\":1}"), "\(figures)")
        let audit = try run("audit", "verify")
        #expect(audit.status == 0, "\(audit.output)")
        // The same file again adds nothing.
        let again = try run("import", "histories", "h.csv", "--json")
        #expect(again.status == 0 && again.output.contains("\"added\" : 0"), "\(again.output)\(again.error)")
    }

    @Test("A closing that the ledger does not bear out is known again, also after a change by hand")
    func notBorneOut() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--register-only")
        try write(
            "h.csv",
            """
            wish,event,at,value,quantity
            W-1,opened,2025-03-02T09:00,web,
            W-1,delivered,2025-03-08T09:00,,1
            W-1,closed,2025-03-09T09:00,unfulfilled,

            """)
        let outcome = try run("import", "histories", "h.csv")
        #expect(outcome.status == 0, "\(outcome.error)")
        func again() throws {
            let again = try run("import", "histories", "h.csv", "--json")
            #expect(again.status == 0 && again.output.contains("\"added\" : 0"), "\(again.output)\(again.error)")
        }
        #expect(try run("case", "list", "--json").output.contains("\"outcome\":\"partly\""))
        try again()
        #expect(try run("case", "rate", "W-1", "1", "--as", "intake").status == 0)
        try again()
        #expect(try run("audit", "verify").status == 0)
    }

    @Test("What was fulfilled in part says what arrived")
    func partly() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--register-only")
        try write("h.csv", "wish,event,at,value\nW-1,opened,2025-03-02T09:00,web\nW-1,closed,2025-03-09T09:00,partly\n")
        let outcome = try run("import", "histories", "h.csv")
        #expect(outcome.status == 3 && outcome.error.contains("delivered"), "\(outcome.error)")
    }

    @Test("A row at fault is named, and nothing of the file is stored")
    func refused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try run("init")
        try run("import", "wishes", "wishes.csv", "--map", "wishes.yaml", "--register-only")
        for bad in ["W-2,closed,2025-03-02T09:00,", "W-1,sang,2025-03-02T09:00,", "W-1,answered,sometime,"] {
            try write("h.csv", "wish,event,at,value\nW-1,opened,2025-03-02T09:00,web\n\(bad)\n")
            let outcome = try run("import", "histories", "h.csv")
            #expect(outcome.status == 3 && outcome.error.contains("h.csv:3"), "\(bad): \(outcome.error)")
        }
        try write("h.csv", "wish,happened,at,value\n")
        #expect(try run("import", "histories", "h.csv").status == 3)
        #expect(try run("case", "list", "--json").output.isEmpty)
    }
}

import Foundation
import MatchCore
import Testing

@testable import Commands

/// Who did what, and who is meant: with the built program.
@Suite("People at the keyboard")
struct WhoCommandTests {
    let office: Office

    init() throws { office = try Office("who") }

    @Test("A step in a role is the step of whoever runs the command, and names are told beside it")
    func makers() throws {
        defer { office.close() }
        let words = "想要一台轮椅，电话 12000000001"
        try office.run(
            "inbox", "take", "hotline12345", words, "--as", "intake", "--actor", "王梅", "--at", "2026-03-02T09:00")
        let record = try office.waitingRecord()
        #expect(try office.run("inbox", "show", record).contains("intake worker 王梅"))
        try office.run(
            "inbox", "confirm", record, "--area", "虎门", "--wording", "一台轮椅", "--as", "coordinator", "--at",
            "2026-03-02T10:00")
        let shown = try office.run("inbox", "show", record)
        let account = NSUserName()
        #expect(shown.contains("intake worker 王梅") && shown.contains("coordinator \(account)"), "\(shown)")
        let json = try office.run("inbox", "show", record, "--json")
        let wish = try #require(Office.value("wish", in: json))
        #expect(json.contains("\"takenBy\":{\"person\"") && json.contains("\"confirmedBy\":{\"person\""))
        let story = try office.run("wish", "story", wish)
        #expect(story.contains("intake worker 王梅") && story.contains("coordinator \(account)"), "\(story)")
        // What the program does by itself is told apart from what somebody did in a role.
        #expect(story.contains("the program"))
        // The history itself holds ids alone.
        let entries = try office.run("wish", "story", wish, "--json").split(separator: "\n")
        let taken = try #require(entries.first { $0.contains("inbox/take") })
        let (actor, name) = (Office.value("actor", in: String(taken)), Office.value("name", in: String(taken)))
        #expect(actor != nil && actor != "00000000-0000-0000-0000-000000000000" && name == "王梅")
        // The same name is the same person, another name another.
        try office.run("inbox", "take", "web", "书包", "--as", "intake", "--actor", "王 梅", "--at", "2026-03-02T11:00")
        let second = try office.run("inbox", "show", try office.waitingRecord(), "--json")
        #expect(second.contains("\"takenBy\":{\"person\":\"\(actor ?? "")\""))
        #expect(try !office.databaseHolds("王梅"), "the name is sealed")
        #expect(try office.refused("inbox", "take", "web", "x", "--actor", "。。").error.contains("is no name"))
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("Nobody is their own second person, by whatever role")
    func secondPerson() throws {
        defer { office.close() }
        try office.wishes("W,轮椅,1,虎门", opening: false)
        try office.run("case", "open", "W", "--at", "2026-03-02T09:00")
        let lines = try office.run("clock", "list", "W", "--json").split(separator: "\n").map(String.init)
        let clock = try #require(lines.first { $0.contains("\"answer\"") }.flatMap { Office.value("id", in: $0) })
        try office.run(
            "clock", "step", "extend", clock, "--more", "2", "--reason", "flood", "--as", "intake", "--at",
            "2026-03-02T10:00")
        let own = try office.refused(
            "clock", "step", "grant", clock, "--as", "approver:town:1", "--at", "2026-03-02T11:00")
        #expect(own.error.contains("Ask another"))
        try office.run(
            "clock", "step", "grant", clock, "--as", "approver:town:1", "--actor", "李强", "--at", "2026-03-02T11:00")
        #expect(try office.run("wish", "story", "W").contains("approver 李强"))
    }

    @Test("A member is taken in by name and found again by household, wish or telephone")
    func members() throws {
        defer { office.close() }
        try office.run("inbox", "take", "phone", "轮椅", "--phone", "13800138000", "--at", "2026-03-02T09:00")
        try office.run(
            "inbox", "confirm", try office.waitingRecord(), "--area", "虎门", "--at", "2026-03-02T09:30", "--json")
        let wish = try #require(Office.value("wish", in: try office.run("case", "list", "--json")))
        let household = try #require(
            Office.value("id", in: try office.run("household", "open", "虎门", "--json", "--at", "2026-03-02T09:00")))
        try office.run("household", "file", household, wish, "--at", "2026-03-02T10:00")
        try office.run(
            "household", "note", household, "came", "--name", "陈大文", "--born", "1940", "--at", "2026-03-02T10:00")
        #expect(try office.run("household", "show", household).contains("陈大文"))
        #expect(try !office.databaseHolds("陈大文"), "the name is sealed")
        let lists = [
            try office.run("person", "list", "--household", household),
            try office.run("person", "list", "--wish", wish),
            try office.run("person", "find", "--phone", "138 0013 8000"),
        ]
        for list in lists { #expect(list.contains("陈大文") && list.contains("1940"), "\(list)") }
        let json = try office.run("person", "list", "--household", household, "--json")
        let person = try #require(Office.value("person", in: json))
        try office.run("household", "note", household, "left", person, "--at", "2026-03-03T10:00")
        #expect(try office.run("person", "list", "--household", household).contains("2026-03-03"))
        for bare in [["person", "list"], ["person", "find"]] { #expect(try office.outcome(bare).status == 2) }
        #expect(try office.run("person", "find", "--phone", "13900139000").contains("Nobody was found"))
        // Whoever asks for it gets everything, the name too; and with the person it is gone.
        #expect(try office.run("person", "export", person).contains("陈大文"))
        try office.run("person", "erase", person, "--reason", "personAsked")
        #expect(try !office.run("person", "list", "--household", household).contains("陈大文"))
        #expect(try office.run("audit", "verify").contains("The history holds"), "what was erased is missed by nobody")
    }

    @Test("Who worked for the program has their name erased as well; their steps stay, and the history holds")
    func staff() throws {
        defer { office.close() }
        try office.run(
            "inbox", "take", "web", "轮椅", "--as", "intake", "--actor", "王梅", "--at", "2026-03-02T09:00")
        let record = try office.waitingRecord()
        let json = try office.run("inbox", "show", record, "--json")
        let maker = try #require(json.components(separatedBy: "\"takenBy\":").last)
        let person = try #require(Office.value("person", in: maker))
        #expect(try office.run("inbox", "show", record).contains("王梅"))
        #expect(try office.run("person", "export", person).contains("王梅"))
        try office.run("person", "erase", person, "--reason", "personAsked")
        let shown = try office.run("inbox", "show", record)
        #expect(!shown.contains("王梅") && shown.contains("intake"), "\(shown)")
        #expect(try office.run("audit", "verify").contains("The history holds"))
        // Whoever comes back works on, without a name.
        try office.run(
            "inbox", "take", "web", "书包", "--as", "intake", "--actor", "王梅", "--at", "2026-03-03T09:00")
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("What waits for approval is found by its words")
    func words() throws {
        defer { office.close() }
        try office.run("inbox", "take", "web", "轮椅", "--at", "2026-03-02T09:00")
        try office.run(
            "inbox", "confirm", try office.waitingRecord(), "--area", "虎门", "--wording", "折叠式助行椅一台", "--at",
            "2026-03-02T10:00")
        for search in [["助行椅"], ["--text", "助行椅"]] {
            #expect(try office.run2(["wish", "list"] + search + ["--json"]).contains("折叠式助行椅一台"))
        }
        #expect(try office.run("wish", "list", "--text", "电冰箱", "--json").isEmpty)
        #expect(try office.run("wish", "story", "折叠式助行椅一台").contains("case opened"))
    }

    @Test("What will be due is shown before it is, and done when it is")
    func dryRun() throws {
        defer { office.close() }
        try office.wishes("W,轮椅,1,虎门", opening: false)
        try office.run("case", "open", "W")
        let story = try office.run("wish", "story", "W", "--json")
        let year = try #require(Int(story.components(separatedBy: "\"at\":\"").dropFirst().first?.prefix(4) ?? ""))
        let until = "\(year + 1)-12-31T09:00"
        let shown = try office.run("clock", "run", "--until", until, "--dry-run")
        for told in ["overdue", "raised a level (city)", "listed publicly", "warning (24 h)"] {
            #expect(shown.contains(told), "\(told): \(shown)")
        }
        let json = try office.run("clock", "run", "--until", until, "--dry-run", "--json")
        #expect(json.contains("\"tasks\":[]") && json.contains("\"task\":\"lapse\""))
        #expect(try office.run("wish", "story", "W", "--json") == story, "looking changed nothing")
        #expect(try office.run("clock", "run", "--dry-run").contains("Nothing is due"))
        #expect(try office.refused("clock", "run", "--until", until).error.contains("later than now"))
        #expect(try office.run("wish", "story", "W", "--json") == story)
    }
}

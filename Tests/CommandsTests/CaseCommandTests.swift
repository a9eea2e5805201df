import Foundation
import MatchCore
import Testing

@testable import Commands

/// The rules that keep requests from being forgotten, each from the command line: with the built program.
@Suite("Cases at the keyboard")
struct CaseCommandTests {
    let office: Office

    init() throws { office = try Office("case") }

    private static let one = "00000000-0000-7000-8000-000000000011"
    private static let two = "00000000-0000-7000-8000-000000000012"

    private func open(_ wish: String, price: Int? = nil) throws {
        try office.write(
            "w.yaml",
            "kind: wishes\nsource: s\nfields: {externalID: id, category: item, quantity: n, estimatedPriceFen: price}\n"
        )
        try office.write("w.csv", "id,item,n,price\n\(wish),轮椅,1,\(price ?? 10_000)\n")
        try office.run("import", "wishes", "w.csv", "--map", "w.yaml", "--register-only")
        try office.run("case", "open", wish, "--at", "2026-03-02T09:00")
    }

    @Test(
        "A missed clock goes up a level the day after, another the day after that, and is listed 5 working days later")
    func escalation() throws {
        defer { office.close() }
        try open("W")
        let done = try office.run("clock", "run", "--until", "2026-03-20T09:00", "--json")
        let answer = try #require(
            try office.run("clock", "list", "W", "--json").split(separator: "\n").first { $0.contains("\"answer\"") })
        let clock = try #require(Office.value("id", in: String(answer)))
        for task in ["warn-24", "lapse", "raise-town", "raise-city", "list"] {
            #expect(done.contains("clock/\(clock)/\(task)/"), "\(task)")
        }
        #expect(
            try office.run("clock", "run", "--until", "2026-03-20T10:00", "--json").contains("\"tasks\":[]"))
        #expect(try office.run("clock", "overdue", "--at", "2026-03-06T09:00").contains("answer"))
        #expect(try !office.run("clock", "overdue", "--at", "2026-03-05T09:00").contains("answer"))
        let story = try office.run("wish", "story", "W")
        #expect(story.contains("raised a level") && story.contains("listed publicly"))
        // Everybody sees that it was listed, and nothing of whose it is.
        let listed = try office.run("clock", "listed", "--json")
        #expect(listed.contains("\"kind\":\"answer\"") && listed.contains("\"due\":\"2026-03-"))
        #expect(!listed.contains(clock) && !listed.contains("\"wish\""))
        #expect(try office.run("clock", "listed", language: "zh").contains("轮椅"))
        // What is done is listed no more.
        try office.run("case", "answer", "W", "--at", "2026-03-20T11:00")
        #expect(try !office.run("clock", "listed", "--json").contains("\"kind\":\"answer\""))
    }

    @Test("What everybody may read of missed clocks leaves out whoever does not agree to be published")
    func listedByConsent() throws {
        defer { office.close() }
        for wish in ["V", "W"] { try open(wish) }
        try office.run("clock", "run", "--until", "2026-03-20T09:00")
        func listed() throws -> Int {
            try office.run("clock", "listed", "--json").components(separatedBy: "\"kind\":\"answer\"").count - 1
        }
        #expect(try listed() == 2)
        let id = try #require(Office.value("id", in: try office.run("wish", "show", "V", "--json")))
        try office.run("person", "consent", id, "publication", "--withdraw")
        #expect(try listed() == 1)
        try office.run("person", "consent", id, "publication")
        #expect(try listed() == 2)
    }

    @Test("More time is asked for before the due time, and another person grants it; a pause needs a reason")
    func extensions() throws {
        defer { office.close() }
        try open("W")
        let lines = try office.run("clock", "list", "W", "--json").split(separator: "\n").map(String.init)
        let answer = try #require(lines.first { $0.contains("\"answer\"") })
        let clock = try #require(Office.value("id", in: answer))
        #expect(
            try office.refused("clock", "step", "pause", clock, "--at", "2026-03-02T10:00").error.contains("reason"))
        try office.run("clock", "step", "pause", clock, "--reason", "awaitsPapers", "--at", "2026-03-02T10:00")
        // It reminds nobody, and is in a list of its own.
        #expect(try !office.run("clock", "list", "--json").contains(clock))
        let standing = try office.run("clock", "list", "--paused", "--json")
        #expect(standing.split(separator: "\n").count == 1 && standing.contains(clock))
        try office.run("clock", "step", "resume", clock, "--at", "2026-03-02T11:00")
        #expect(try office.run("clock", "list", "--paused", "--json").isEmpty)
        try office.run(
            "clock", "step", "extend", clock, "--more", "2", "--reason", "flood", "--as", "intake", "--actor", Self.one,
            "--at", "2026-03-03T09:00")
        let same = try office.refused(
            "clock", "step", "grant", clock, "--as", "approver:town:1", "--actor", Self.one, "--at", "2026-03-03T10:00")
        #expect(same.error.contains("Ask another"))
        try office.run(
            "clock", "step", "grant", clock, "--as", "approver:town:1", "--actor", Self.two, "--at", "2026-03-03T10:00")
        #expect(try office.run("clock", "list", "W").contains("2026-03-10 00:00"))
        let decision = try #require(lines.first { $0.contains("\"decision\"") })
        let late = try office.refused(
            "clock", "step", "extend", try #require(Office.value("id", in: decision)), "--more", "2", "--reason",
            "late", "--at", "2026-03-20T09:00")
        #expect(late.error.contains("due before now"))
    }

    @Test("After closing the person is called back; who is not satisfied has the wish opened again")
    func callBack() throws {
        defer { office.close() }
        try open("W")
        let household = try self.household()
        try office.run("household", "file", household, "W", "--at", "2026-03-02T10:00")
        try office.run("case", "answer", "W", "--at", "2026-03-03T09:00")
        try office.run(
            "case", "close", "W", "--outcome", "unfulfilled", "--reason", "notDeliverable", "--note", "已告知", "--at",
            "2026-03-04T09:00")
        let clocks = try office.run("clock", "list", "W").split(separator: "\n").map(String.init)
        #expect(try #require(clocks.first { $0.contains("call back") }).contains("running"))
        #expect(try #require(clocks.first { $0.contains("answer") }).contains("met"))
        try office.run("case", "rate", "W", "2", "--note", "轮椅坏了", "--at", "2026-03-05T09:00")
        let shown = try office.run("case", "list", "--state", "open", "--json")
        #expect(shown.contains("\"round\":2"))
        #expect(try office.run("wish", "story", "W").contains("opened again"))
        try office.run(
            "case", "close", "W", "--outcome", "unfulfilled", "--reason", "helpedElsewhere", "--note", "亲友已送来", "--at",
            "2026-03-06T09:00")
        try office.run("case", "rate", "W", "5", "--at", "2026-03-07T09:00")
        #expect(try office.run("case", "list", "--state", "open", "--json").isEmpty)
    }

    @Test("A refusal says why and what else may help; above an amount two people approve")
    func approvals() throws {
        defer { office.close() }
        try open("W")
        try office.run("approval", "act", "pass", "W", "--as", "intake", "--at", "2026-03-02T10:00")
        let bare = try office.refused(
            "approval", "act", "refuse", "W", "--reason", "notInHardship", "--as", "coordinator", "--at",
            "2026-03-02T11:00")
        #expect(bare.error.contains("what else may help") && bare.error.contains("temporaryRelief"))
        let unknown = try office.refused(
            "approval", "act", "refuse", "W", "--reason", "phone", "--alternative", "temporaryRelief", "--as",
            "coordinator", "--at", "2026-03-02T11:00")
        #expect(unknown.error.contains("notInHardship"), "the reasons that there are")
        try office.run(
            "approval", "act", "refuse", "W", "--reason", "notInHardship", "--alternative", "temporaryRelief", "--as",
            "coordinator", "--at", "2026-03-02T11:00")
        #expect(try office.run("approval", "show", "W").contains("Temporary relief can be applied for"))
        #expect(try office.run("approval", "show", "W", "--json", language: "zh").contains("可申请临时救助"))

        try open("DEAR", price: 600_000)
        try office.run("approval", "act", "pass", "DEAR", "--as", "intake", "--at", "2026-03-02T10:00")
        try office.run("approval", "act", "pass", "DEAR", "--note", "ok", "--as", "intake", "--at", "2026-03-02T11:00")
        let said = ["--note", "同意资助", "--because", "家庭确无力承担"]
        func with(_ people: String...) -> [String] { people.flatMap { ["--participant", $0] } + said }
        func refusal(_ arguments: [String]) throws -> ProgramTests.Outcome {
            try office.outcome(
                ["approval", "act", "confer", "DEAR"] + arguments + ["--as", "coordinator", "--at", "2026-03-02T12:00"])
        }
        // Nobody is made up: without people, finding or reasons there is no conference.
        let three = ["3:0:0", "--participant", "甲", "--participant", "乙", "--participant", "丙"]
        for arguments in [["3:0:0"] + said, three + ["--note", "同意资助"], three + ["--because", "家庭确无力承担"]] {
            let bare = try refusal(arguments)
            #expect(bare.status == 2 && bare.error.contains("--participant NAME=for"), "\(arguments): \(bare.error)")
        }
        let wrong: [(arguments: [String], problem: String)] = [
            (["2:0:0"] + with("甲", "乙"), "at least 3"),
            (["3:0:3"] + with("甲", "乙", "丙"), "are not the votes of 3"),
            (with("甲=赞成", "乙=赞成", "丙"), "how each of them voted"),
            (with("甲=赞成", "甲=反对", "丙=赞成"), "named twice"),
            (["1:2:0"] + with("甲=赞成", "乙=赞成", "丙=反对"), "2 for, 1 against"),
            (with("甲", "乙", "丙"), "how many voted"),
        ]
        for (arguments, problem) in wrong {
            let refused = try refusal(arguments)
            #expect(refused.status != 0 && refused.error.contains(problem), "\(arguments): \(refused.error)")
        }
        #expect(try !office.run("approval", "show", "DEAR").contains("took part"))
        let held = try office.outcome(
            ["approval", "act", "confer", "DEAR"] + with("陈某（居民代表）=赞成", "李某（村委会）=for", Self.one + "=反对")
                + ["--as", "coordinator", "--actor", "王某", "--at", "2026-03-02T12:00"])
        #expect(held.status == 0, "\(held.error)")
        for page in [try office.run("approval", "show", "DEAR"), try office.run("wish", "story", "DEAR")] {
            for told in ["陈某（居民代表）", "李某（村委会）", "同意资助", "家庭确无力承担", "coordinator 王某"] {
                #expect(page.contains(told), "\(told) is missing")
            }
        }
        let shown = try office.run("approval", "show", "DEAR", "--json")
        #expect(shown.contains("\"votesFor\":2,\"votesAgainst\":1,\"abstentions\":0,\"isCarried\":true"))
        #expect(try office.run("approval", "show", "DEAR", language: "zh").contains("赞成 2，反对 1，弃权 0"))
        func approve(_ actor: String) throws -> ProgramTests.Outcome {
            try office.outcome([
                "approval", "act", "approve", "DEAR", "--as", "approver:town:1000000", "--actor", actor, "--at",
                "2026-03-03T09:00", "--json",
            ])
        }
        #expect(try approve(Self.one).output.contains("\"path\":\"microWish\",\"step\":\"approval\""))
        #expect(try approve(Self.one).error.contains("two people"))
        #expect(try approve(Self.two).output.contains("\"path\":\"microWish\",\"step\":\"publicNotice\""))
    }

    private func household() throws -> String {
        try #require(
            Office.value(
                "id", in: try office.run("household", "open", "441900121", "--json", "--at", "2026-03-02T08:00"))
        )
    }

    @Test("The watch is graded anew on every event, and the next visit is due by the grade")
    func watch() throws {
        defer { office.close() }
        let household = try self.household()
        func note(_ event: String..., at time: String) throws -> String {
            try office.run2(["household", "note", household] + event + ["--at", time, "--json"])
        }
        let person = "00000000-0000-7000-8000-000000000021"
        let orange = try note("came", person, "--born", "1940", at: "2026-03-02T09:00")
        #expect(orange.contains("\"orange\"") && orange.contains("eldersAlone"))
        let red = try note("unanswered", "2", at: "2026-03-03T09:00")
        #expect(red.contains("\"red\"") && red.contains("silentElders"))
        let due = try #require(Office.value("visitDue", in: red))
        #expect(due < "2026-03-11", "within 5 working days")
        // Something else happens, and still nobody answered.
        #expect(try note("benefit", "minimumLiving", at: "2026-03-03T10:00").contains("\"red\""))
        #expect(try note("visited", at: "2026-03-04T10:00").contains("\"orange\""))

        // A request that is overdue puts its household on the watch, as soon as the runner notes it.
        let calm = try self.household()
        try open("W")
        try office.run("household", "file", calm, "W", "--at", "2026-03-02T10:00")
        #expect(try office.run("household", "show", calm, "--json").contains("\"green\""))
        try office.run("clock", "run", "--until", "2026-03-06T09:00")
        let shown = try office.run("household", "show", calm, "--json")
        #expect(shown.contains("\"orange\"") && shown.contains("forgotten"))
    }

    @Test("Where the program says so, a household has one open wish in a round")
    func rounds() throws {
        defer { office.close() }
        let data = office.folder.appending(path: "Data")
        try FileManager.default.copyItem(atPath: Office.data, toPath: data.path)
        try Data("oneOpenWish: [dongguan]\n".utf8).write(to: data.appending(path: "households/rounds.yaml"))
        let household = try self.household()
        try open("A")
        try open("B")
        try office.run("household", "file", household, "A", data: data.path)
        let second = try office.refused("household", "file", household, "B", data: data.path)
        #expect(second.error.contains("the open wish A in round 1"), "by the number that people know")
        try office.run("household", "file", household, "B", "--round", "2", data: data.path)
    }
}

/// Files that say again what they said, less of it, or something wrong in one row.
@Suite("Files that come again")
struct RepeatedFileTests {
    let office: Office

    init() throws { office = try Office("again") }

    @Test("A line that a file leaves out is withdrawn, and comes back when it is listed again")
    func relisted() throws {
        defer { office.close() }
        let (one, two) = ("O,1,P,goods,轮椅,5,piece", "O,2,P,goods,书包,3,piece")
        _ = try office.offers(one, two)
        #expect(try office.offers(one).contains("\"changed\" : 1"))
        #expect(try office.offers(one).contains("\"unchanged\" : 1"), "and the same again changes nothing")
        func available() throws -> [String] {
            try office.run("offer", "show", "O", "--json").components(separatedBy: "\"available\":").dropFirst().map {
                String($0.prefix { $0.isNumber })
            }
        }
        #expect(try available() == ["5", "0"])
        #expect(try office.offers(one, two).contains("\"changed\" : 1"))
        #expect(try available() == ["5", "3"])
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("A site that changes or is emptied is a change; a mapping without sites leaves it")
    func sites() throws {
        defer { office.close() }
        try office.write(
            "s.yaml",
            "kind: wishes\nsource: sample\nfields: {externalID: id, category: item, quantity: n, site: place}\n")
        try office.write(
            "t.yaml", "kind: wishes\nsource: sample\nfields: {externalID: id, category: item, quantity: n}\n")
        func load(_ site: String, map: String = "s.yaml") throws -> String {
            try office.write("s.csv", "id,item,n,place\nW,轮椅,1,\(site)\n")
            return try office.run("import", "wishes", "s.csv", "--map", map, "--json")
        }
        #expect(try load("hall").contains("\"created\" : 1"))
        #expect(try load("hall").contains("\"unchanged\" : 1"))
        #expect(try load("school").contains("\"changed\" : 1"))
        #expect(try load("", map: "t.yaml").contains("\"unchanged\" : 1"))
        #expect(try load("").contains("\"changed\" : 1"))
        #expect(try load("").contains("\"unchanged\" : 1"))
    }

    @Test("With --rejects, a row that the mapping cannot read takes its whole record along", arguments: [0, 1, 2])
    func wholeRecords(_ bad: Int) throws {
        defer { office.close() }
        try office.write(
            "w.yaml", "kind: wishes\nsource: s\nfields: {externalID: id, line: line, category: item, quantity: n}\n")
        let rows = (0..<3).map { "A,\($0 + 1),轮椅,\($0 == bad ? "many" : "1")" }
        try office.write("w.csv", "id,line,item,n\n" + rows.joined(separator: "\n") + "\nB,1,轮椅,1\nB,2,书包,1\n")
        let report = try office.outcome([
            "import", "wishes", "w.csv", "--map", "w.yaml", "--rejects", "bad.csv", "--json",
        ])
        #expect(
            report.output.contains("\"created\" : 1") && report.output.contains("\"faulty\" : 3"), "\(report.output)")
        #expect(try office.run("wish", "list", "--json").split(separator: "\n").count == 1)
        let rejects = try String(contentsOf: office.folder.appending(path: "bad.csv"), encoding: .utf8)
        #expect(rejects.split(separator: "\r\n").count == 4)
    }
}

extension Office {
    func run2(_ arguments: [String]) throws -> String {
        let outcome = try outcome(arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.error)")
        return outcome.output
    }
}

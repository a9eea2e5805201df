import Foundation
import MatchCore
import Testing

@testable import Casework
@testable import Commands

/// The life of a wish as a coordinator meets it at the keyboard: with the built program.
@Suite("The life of a wish at the keyboard")
struct LifeCommandTests {
    let office: Office

    init() throws { office = try Office("life") }

    private static let when = "2026-03-02T09:00"

    private func open(_ wish: String, item: String = "轮椅", count: Int = 1) throws {
        try office.write(
            "w.yaml",
            "kind: wishes\nsource: s\nfields: {externalID: id, category: item, quantity: n, estimatedPriceFen: p}\n")
        // Little enough that no notice has to stand before anything is promised.
        try office.write("w.csv", "id,item,n,p\n\(wish),\(item),\(count),20000\n")
        try office.run("import", "wishes", "w.csv", "--map", "w.yaml", "--register-only")
        try office.run("case", "open", wish, "--at", Self.when)
    }

    private func approve(_ wish: String) throws {
        for act in [
            ["pass", wish, "--as", "intake"], ["pass", wish, "--note", "ok", "--as", "intake"],
            ["approve", wish, "--as", "approver:town:1000000"],
        ] {
            let made = try office.outcome(["approval", "act"] + act + ["--at", "2026-03-02T10:00"])
            #expect(made.status == 0, "\(made.error)")
        }
    }

    @Test("A wish for which nothing came is closed with a reason and a reply, and counts as answered and not as served")
    func closing() throws {
        defer { office.close() }
        try open("W")
        let bare = try office.refused("case", "close", "W", "--at", "2026-03-03T09:00")
        #expect(bare.error.contains("Nothing of this wish has arrived") && bare.error.contains("unfulfilled"))
        let wordless = try office.refused(
            "case", "close", "W", "--outcome", "unfulfilled", "--reason", "notDeliverable", "--at", "2026-03-03T09:00")
        #expect(wordless.error.contains("note"))
        let phone = try office.refused(
            "case", "close", "W", "--outcome", "unfulfilled", "--reason", "13800138000", "--note", "x", "--at",
            "2026-03-03T09:00")
        #expect(phone.error.contains("is not a reason"))
        let typo = try office.refused(
            "case", "close", "W", "--outcome", "unfulfilled", "--reason", "notDeliverabel", "--note", "x")
        #expect(typo.error.contains("Did you mean notDeliverable"))
        let made = try office.run(
            "case", "close", "W", "--outcome", "unfulfilled", "--reason", "notDeliverable", "--note", "已电话告知",
            "--at", "2026-03-03T09:00", language: "zh")
        #expect(made.contains("已办结：未实现") && made.contains("微心愿") && made.contains("轮椅"))
        #expect(try office.run("approval", "list", "--json").isEmpty)
        let figures = try office.run("figures", "--json")
        #expect(figures.contains("\"replied\":{\"part\":1,\"whole\":1}"), "\(figures)")
        #expect(figures.contains("\"served\":{\"part\":0,\"whole\":1}"), "\(figures)")
        let story = try office.run("wish", "story", "W")
        #expect(story.contains("Nothing on offer can fulfil it") && story.contains("person answered"))
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("A file that is imported again goes around no approval, and says where it tried to")
    func importedAgain() throws {
        defer { office.close() }
        try open("W")
        try approve("W")
        let command = ["import", "wishes", "w.csv", "--map", "w.yaml", "--register-only"]
        #expect(try office.run2(command).contains("1 unchanged"))
        try office.write("w.csv", "id,item,n,p\nW,轮椅,40,20000\n")
        let refused = try office.outcome(command)
        let said = refused.output + refused.error
        #expect(
            refused.status == 3 && said.contains("Row 2, column 3 'n'") && said.contains("cannot ask for more"),
            "\(said)")
        #expect(try office.run("wish", "show", "W", "--json").contains("\"wanted\":1"))
    }

    @Test("A file with a row for each line is refused at the row and the column that say too much")
    func linesImportedAgain() throws {
        defer { office.close() }
        try office.write(
            "w.yaml",
            "kind: wishes\nsource: s\nfields: {externalID: id, line: line, category: item, quantity: n, estimatedPriceFen: p}\n"
        )
        let command = ["import", "wishes", "w.csv", "--map", "w.yaml"]
        func imported(_ second: String, _ options: [String] = []) throws -> String {
            try office.write("w.csv", "id,line,item,n,p\nW,1,轮椅,1,20000\n\(second)\n")
            let outcome = try office.outcome(command + options)
            return outcome.output + outcome.error
        }
        #expect(try imported("W,2,轮椅,2,20000", ["--approved"]).contains("1 created"))
        let more = try imported("W,2,轮椅,40,20000")
        #expect(more.contains("Row 3, column 4 'n': The wish was approved elsewhere"), "\(more)")
        let blank = try imported("W,2,轮椅,,20000")
        #expect(blank.contains("Row 3, column 4 'n': Line 2 says no quantity, and it asks for 2"), "\(blank)")
        let other = try imported("W,2,mobility.walker,2,20000")
        #expect(other.contains("Row 3, column 3 'item': Line 2 was approved as what it is"), "\(other)")
        let large = try imported("W,2,轮椅,9007199254740993,20000")
        #expect(large.contains("Row 3, column 4 'n'"), "\(large)")
    }

    @Test("A reason that there is not is answered with those there are, each once")
    func reasonsAreListedOnce() throws {
        defer { office.close() }
        try open("W")
        try open("V")
        let refused = try office.refused("duplicate", "join", "W", "V", "--reason", "zzzzzzzz").error
        let listed = try #require(refused.components(separatedBy: "There are: ").last)
        let codes = listed.split { !($0.isLetter || $0.isNumber) }
        #expect(codes.count > 50 && Set(codes).count == codes.count, "\(refused)")
        #expect(codes.contains("notDeliverable") && codes.contains("notFeasible"))
    }

    @Test("A micro project comes again from a file that does not name the lane")
    func laneOfAFile() throws {
        defer { office.close() }
        try office.write(
            "w.yaml", "kind: wishes\nsource: s\nfields: {externalID: id, lane: lane, category: item, quantity: n}\n")
        try office.write("w.csv", "id,lane,item,n\nW,microProject,轮椅,2\n")
        let command = ["import", "wishes", "w.csv", "--map", "w.yaml"]
        _ = try office.run2(command)
        try office.write("w.csv", "id,lane,item,n\nW,,轮椅,3\n")
        #expect(try office.run2(command).contains("1 changed"))
        try office.write("w.yaml", "kind: wishes\nsource: s\nfields: {externalID: id, category: item, quantity: n}\n")
        try office.write("w.csv", "id,item,n\nW,轮椅,4\n")
        #expect(try office.run2(command).contains("1 changed"))
        #expect(try office.run("wish", "show", "W", "--json").contains("\"lane\":\"microProject\""))
        let story = try office.run("wish", "story", "W", language: "zh")
        #expect(story.contains("2 → 3") && story.contains("3 → 4"), "\(story)")
    }

    @Test("A story names the family's file and which clock a notice is of; an offer names its party")
    func storyOfAFamily() throws {
        defer { office.close() }
        try open("W")
        let family = try office.run("household", "open", "441900121", "--json", "--at", Self.when)
        let id = try #require(family.components(separatedBy: "\"id\":\"").dropFirst().first?.prefix { $0 != "\"" })
        try office.run(
            "household", "note", String(id), "came", "--name", "陈某", "--born", "1940", "--at", "2026-03-02T09:10")
        try office.run("household", "file", String(id), "W", "--at", "2026-03-02T09:20")
        try office.run("case", "answer", "W", "--at", "2026-03-02T10:00")
        let story = try office.run("wish", "story", "W")
        #expect(story.contains("\(id)  陈某"), "\(story)")
        #expect(story.contains("wish filed") && story.contains("clock met (answer)"), "\(story)")
        for list in [["figures"], ["clock", "overdue"]] {
            let ahead = try office.outcome(list + ["--at", "2099-01-01T00:00"])
            #expect(ahead.status != 0 && ahead.error.contains("later than now"), "\(list)")
        }
        try office.write(
            "o.yaml",
            "kind: offers\nsource: s\nfields: {externalID: id, party.externalID: p, party.name: m, category: c, quantity: n}\n"
        )
        try office.write("o.csv", "id,p,m,c,n\nO,P-7,青溪志愿队,轮椅,2\n")
        try office.run("import", "offers", "o.csv", "--map", "o.yaml")
        #expect(try office.run("offer", "show", "O").contains("青溪志愿队  P-7"))
    }

    @Test("No step is made later than now, or before what comes first")
    func times() throws {
        defer { office.close() }
        try open("W")
        for step in [
            ["case", "answer", "W"], ["approval", "act", "pass", "W", "--as", "intake"],
            ["household", "open", "虎门"], ["inbox", "take", "web", "轮椅"],
        ] {
            let ahead = try office.outcome(step + ["--at", "2099-01-01T09:00"])
            #expect(ahead.status != 0 && ahead.error.contains("later than now"), "\(step): \(ahead.error)")
        }
        #expect(
            try office.refused("case", "answer", "W", "--at", "2026-03-01T09:00").error.contains(
                "before what comes first")
        )
        #expect(try office.refused("household", "open", "虎门", "--at", "1999-01-01").error.contains("days ago"))
        let before = try office.run("wish", "story", "W", "--json")
        for options in [[], ["--accept-jump", "--reason", "hostWasOff"]] {
            let run = try office.outcome(["clock", "run", "--until", "2099-01-01T09:00"] + options)
            #expect(run.status != 0 && run.error.contains("later than now") && run.error.contains("--dry-run"))
        }
        #expect(try office.run("wish", "story", "W", "--json") == before)
    }

    @Test("Household files take what is declared, and years in which people can have been born")
    func households() throws {
        defer { office.close() }
        let id = try #require(Office.value("id", in: try office.run("household", "open", "虎门", "--json")))
        #expect(try office.run("household", "show", id, "--json").contains("\"area\":\"441900121\""))
        let typo = try office.refused("household", "note", id, "hardship", "ilness")
        #expect(typo.error.contains("Did you mean illness"))
        #expect(try office.refused("household", "note", id, "benefit", "13800138000").error.contains("There are:"))
        let person = "00000000-0000-7000-8000-000000000021"
        for year in ["1850", "2199"] {
            let born = try office.refused("household", "note", id, "came", person, "--born", year)
            #expect(born.error.contains("1900"), "\(born.error)")
        }
        try office.run("household", "note", id, "came", person, "--born", "1940")
        let shown = try office.run("household", "note", id, "hardship", "重病", language: "zh")
        #expect(shown.contains("橙") && shown.contains("重病") && shown.contains("独居高龄老人"), "\(shown)")
        let inbox = try office.refused("inbox", "take", "web", "轮椅", "--born", "1850")
        #expect(inbox.error.contains("1900"))
        #expect(try office.run("household", "list", "--area", "虎门", language: "zh").contains("橙"))
        #expect(try office.refused("household", "list", "--area", "nowhere at all").error.contains("area"))
    }

    @Test("A family is named by any wish in its file")
    func householdByWish() throws {
        defer { office.close() }
        try open("W")
        try open("V")
        let id = try #require(
            Office.value("id", in: try office.run("household", "open", "441900121", "--json", "--at", Self.when)))
        #expect(try office.refused("household", "show", "W").error.contains("no household's file"))
        try office.run("household", "file", id, "W", "--at", "2026-03-02T09:20")
        try office.run("household", "file", "W", "V", "--at", "2026-03-02T09:30")
        #expect(try office.run("household", "show", "V", "--json").contains("\"id\":\"\(id)\""))
        try office.run("household", "note", "W", "came", "--name", "陈某", "--born", "1940", "--at", "2026-03-02T09:40")
        #expect(try office.run("person", "list", "--household", "V").contains("陈某"))
        let list = try office.run("household", "list")
        #expect(list.contains("V") && list.contains("W") && list.contains(id), "\(list)")
        #expect(try office.refused("household", "show", "Nobody").error.contains("Nobody"))
    }

    @Test("Refusals call roles, steps and states by words")
    func wordsForRoles() throws {
        defer { office.close() }
        _ = try office.offers("O,1,P,goods,轮椅,5,piece")
        try open("W", count: 3)
        try approve("W")
        let proposed = try office.run("claim", "propose", "O", "W", "1", "--at", "2026-03-03T09:00", "--json")
        let claim = try #require(Office.value("id", in: proposed))
        let role = try office.refused("claim", "accept", claim, "--as", "intake", "--reason", "phone").error
        #expect(role.contains("An intake worker cannot"), "\(role)")
        let state = try office.refused("claim", "return", claim, "--as", "coordinator", "--reason", "damaged").error
        #expect(state.contains("give back") && !state.contains("giveBack"), "\(state)")
    }

    @Test("An offer of one thing for a wish for another warns, and blocks nothing")
    func warnings() throws {
        defer { office.close() }
        _ = try office.offers("O,1,P,goods,school.bag,5,piece", "R,1,P,goods,轮椅,5,piece")
        try open("W", count: 3)
        try approve("W")
        let odd = try office.outcome(["claim", "propose", "O", "W", "1", "--at", "2026-03-03T09:00", "--json"])
        #expect(odd.status == 0 && odd.output.contains("\"otherKind\""), "\(odd.error)")
        let claim = try #require(Office.value("id", in: odd.output))
        let accepted = try office.outcome([
            "claim", "accept", claim, "--reason", "byTelephone", "--at", "2026-03-03T10:00",
        ])
        #expect(accepted.status == 0 && accepted.error.contains("nothing to do with each other"))
        let fit = try office.run("claim", "propose", "R", "W", "1", "--at", "2026-03-03T09:00", "--json")
        #expect(fit.contains("\"warnings\":[]"))
        #expect(
            try office.refused("claim", "queue", "R", "W", "500", "--at", "2026-03-03T09:00").error.contains("wants"))
    }

    @Test("What does not go with an act is refused, and an amount that is approved is the case's")
    func acts() throws {
        defer { office.close() }
        try open("W")
        let waiting = try office.run("approval", "list").split(separator: "\n").dropFirst(2)
        #expect(waiting.count == 1 && waiting.allSatisfy { $0.contains(" W ") }, "\(waiting)")
        #expect(try office.refused("approval", "act", "pass", "W", "500", "--as", "intake").error.contains("AMOUNT"))
        #expect(
            try office.refused("approval", "act", "pass", "W", "--to", "screening", "--as", "intake").error.contains(
                "--to"))
        let other = try office.refused(
            "approval", "act", "approve", "W", "1", "--as", "approver:town:1000000", "--at", "2026-03-02T10:00")
        #expect(other.error.contains("fen, not 1"))
        let authority = try office.refused("approval", "act", "approve", "W", "--as", "approver:town")
        #expect(authority.error.contains("approver:town:LIMIT"))
    }

    @Test("Words say what was wrong: choices, days, heads; and a person is named as people name them")
    func wording() throws {
        defer { office.close() }
        try open("W")
        for wrong in [
            ["inbox", "take", "purple", "x"], ["case", "list", "--state", "purple"],
            ["household", "list", "purple"], ["claim", "list", "--state", "purple"],
        ] {
            let outcome = try office.outcome(wrong)
            #expect(outcome.status == 2 && outcome.error.contains("is not one of"), "\(wrong): \(outcome.error)")
        }
        #expect(try office.refused("simulate", "--days", "0").error.contains("1 to 3,660 days"))
        try office.write("head.json", "{\"number\":1")
        let head = try office.refused("audit", "verify", "--head", "head.json")
        #expect(head.error.contains("is not a head") && !head.error.contains("does not hold"))
        try office.run("case", "answer", "W", "--at", "2026-03-02T11:00")
        // The wish is named by its external id, and one that is not there is said to be so.
        let rated = try office.refused(
            "case", "rate", "W", "5", "--as", "recipient:W", "--at", "2026-03-02T12:00")
        #expect(rated.error.contains("Only a closed wish"))
        #expect(
            try office.refused("case", "rate", "W", "5", "--as", "recipient:NOBODY").error.contains("no wish 'NOBODY'"))
        let story = try office.run("wish", "story", "W", language: "zh")
        #expect(story.contains("立案") && story.contains("系统") && !story.contains("wish/open"), "\(story)")
        let clocks = try office.run("clock", "list", "W", language: "zh")
        #expect(clocks.contains("送达") && clocks.contains("区划未知"))
        let list = try office.run("case", "list", language: "zh")
        #expect(!list.contains("通道") && list.contains("办理中"))
    }

    @Test("Nobody is left without an area unsaid, and columns that a file need not have may be missing")
    func inbox() throws {
        defer { office.close() }
        try office.write("in.csv", "number,channel,words\n7,fair,想要一张轮椅\n")
        let map = DataDirectoryTests.root.appending(path: "Data/mappings/almoner-inbox.yaml").path
        #expect(try office.run("import", "inbox", "in.csv", "--map", map).contains("1 created"))
        let confirmed = try office.outcome(["inbox", "confirm", try office.waitingRecord()])
        #expect(confirmed.status == 0 && confirmed.error.contains("No area was given"), "\(confirmed.error)")
        let wish = try #require(Office.value("wish", in: try office.run("case", "list", "--json")))
        #expect(try office.run("case", "list", "--area", "虎门", "--json").isEmpty)
        let moved = try office.run("case", "move", wish, "虎门", "--json")
        #expect(moved.contains("\"area\":\"441900121\""))
        #expect(try office.run("case", "list", "--area", "虎门", "--json").contains(wish))
        #expect(try office.refused("case", "move", wish, "虎门").error.contains("already"))
        #expect(try office.run("wish", "story", wish).contains("moved to another area"))
        #expect(try office.run("audit", "verify").contains("The history holds"))
        try office.write("old.csv", "number,channel,words,birthYear\n8,fair,想要一张轮椅,1850\n")
        #expect(try office.refused("import", "inbox", "old.csv", "--map", map).output.contains("1900"))
    }

    @Test("A file of histories adds nothing the second time; all its faults are named; the future is refused")
    func histories() throws {
        defer { office.close() }
        try office.wishes("A,轮椅,1,虎门", "B,轮椅,1,虎门", opening: false)
        let rows = """
            wish,event,at,value
            A,opened,2025-03-02T09:00,web
            B,opened,2025-03-02T10:00,fair
            A,answered,2025-03-03T09:00,
            A,closed,2025-03-09T09:00,
            A,rated,2025-03-10T09:00,5
            B,answered,2025-03-03T09:00,
            B,closed,2025-03-04T09:00,unfulfilled

            """
        try office.write("h.csv", rows)
        #expect(try office.run("import", "histories", "h.csv").contains("7 events added"))
        let length = try office.run("wish", "story", "A", "--json").split(separator: "\n").count
        let again = try office.run("import", "histories", "h.csv", "--json")
        #expect(again.contains("\"added\" : 0") && again.contains("\"events\" : 7"))
        #expect(try office.run("wish", "story", "A", "--json").split(separator: "\n").count == length)
        // What is new is added to what is known.
        try office.write("h.csv", rows + "B,rated,2025-03-06T09:00,4\n")
        #expect(try office.run("import", "histories", "h.csv", "--json").contains("\"added\" : 1"))
        let figures = try office.run("figures", "--json")
        #expect(figures.contains("\"served\":{\"part\":1,\"whole\":2}"), "\(figures)")

        try office.wishes("C,轮椅,1,虎门", "D,轮椅,1,虎门", "E,轮椅,1,虎门", opening: false)
        try office.write(
            "bad.csv",
            """
            wish,event,at,value
            C,opened,2099-03-02T09:00,web
            D,opened,2025-03-02T09:00,web
            D,answered,2025-03-01T09:00,
            NOBODY,opened,2025-03-02T09:00,web
            E,sang,2025-03-02T09:00,

            """)
        let bad = try office.refused("import", "histories", "bad.csv")
        #expect(bad.status == 3)
        for row in ["Row 2", "Row 4", "Row 5", "Row 6"] { #expect(bad.error.contains(row), "\(row): \(bad.error)") }
        #expect(bad.output.contains("4 rows are at fault"))
        #expect(try office.outcome(["clock", "list", "D"]).output.contains("2025") == false)
    }

    @Test("Every value that people read has words in both languages")
    func words() {
        func check<Value: RawRepresentable<String> & CaseIterable>(_ kind: CodeWords.Kind, _ type: Value.Type) {
            for value in type.allCases {
                #expect(CodeWords.text(kind, value.rawValue) != nil, "\(kind): \(value.rawValue)")
            }
        }
        check(.caseState, WishCase.State.self)
        check(.outcome, WishOutcome.self)
        check(.claimState, ClaimState.self)
        check(.urgency, Urgency.self)
        check(.grade, WatchGrade.self)
        check(.clock, ClockKind.self)
        check(.level, AreaLevel.self)
        check(.role, Role.self)
        check(.approval, ApprovalQuery.Status.self)
        check(.step, ApprovalPath.Step.Kind.self)
        check(.leg, Leg.Kind.self)
        check(.condition, ClaimStep.Condition.self)
        check(.vote, Conference.Vote.self)
        check(.holder, PersonFile.Holder.Kind.self)
        for lane in Lane.allCases { #expect(CodeWords.text(.lane, lane.code) != nil) }
        for grade in UrgencyGrade.allCases { #expect(CodeWords.text(.urgency, grade.code) != nil) }
        for kind in PartyKind.allCases { #expect(CodeWords.text(.partyKind, kind.code) != nil) }
        for kind in OfferKind.allCases { #expect(CodeWords.text(.offerKind, kind.code) != nil) }
        for step in ClaimStep.Kind.allCases {
            #expect(HistoryWords.action("claim/\(step.rawValue)") != nil, "\(step)")
        }
        for kind in CodeWords.Kind.allCases {
            for (code, text) in CodeWords.table(kind) {
                #expect(!text.zhHans.isEmpty && !text.en.isEmpty && text.zhHans != text.en, "\(kind): \(code)")
            }
        }
    }

    @Test(
        "A planted fault shows in a run of any length that has something to spoil, and a shorter one says how long it takes"
    )
    func plantedFaults() throws {
        defer { office.close() }
        func violations(_ output: String) -> Int? {
            guard let name = output.range(of: "\"violations\"") else { return nil }
            return Int(output[name.upperBound...].drop { !$0.isNumber }.prefix { $0.isNumber })
        }
        for fault in ["ledger", "clock", "history"] {
            let made = try office.outcome(["simulate", "--days", "5", "--seed", "1", "--break", fault, "--json"])
            let count = violations(made.output) ?? 0
            #expect(count > 0, "\(fault): \(made.output)")
        }
        // Nobody asks for anything on the first day of this town.
        let short = try office.refused("simulate", "--days", "1", "--seed", "38", "--break", "clock").error
        let words = short.split { !$0.isNumber }
        let least = try #require(words.last.flatMap { Int($0) }, "\(short)")
        #expect(least > 1 && short.contains("--days \(least)"))
        let longer = try office.outcome([
            "simulate", "--days", "\(least)", "--seed", "38", "--break", "clock", "--json",
        ])
        #expect(violations(longer.output) ?? 0 > 0)
    }
}

import Foundation
import MatchCore
import Testing

@testable import Commands

/// Funds, the calendar, offers that are taken back, and what a party is given in writing: with the built program.
@Suite("Offers and funds at the keyboard")
struct OfficeCommandTests {
    let office: Office

    init() throws { office = try Office("office") }

    @Test("A fund's line has a period; two that share a day are refused, and outside of it nothing is claimed")
    func budgets() throws {
        defer { office.close() }
        _ = try office.offers(
            "F,1,FED,money,cost.treatment,100000,fen", "F,2,FED,money,cost.treatment,200000,fen",
            "G,1,FED,goods,轮椅,2,piece")
        try office.run("fund", "budget", "set", "F", "2026-01-01", "2026-06-30")
        let shared = try office.refused("fund", "budget", "set", "F/2", "2026-06-30", "2026-12-31")
        #expect(shared.status == 3 && shared.error.contains("2026-06-30"))
        try office.run("fund", "budget", "set", "F/2", "2026-07-01", "2026-12-31")
        #expect(try office.refused("fund", "budget", "set", "G", "2026-01-01", "2026-12-31").error.contains("money"))
        #expect(try office.refused("fund", "budget", "set", "F", "2026-12-31", "2026-01-01").status == 2)
        let list = try office.run("fund", "budget", "list", "F", "--json").split(separator: "\n")
        #expect(list.count == 2 && list[0].contains("\"until\":\"2026-06-30\"") && list[1].contains("\"line\":2"))
        #expect(try office.run("fund", "budget", "list", language: "zh").contains("2026-01-01 至 2026-06-30"))

        try office.write(
            "w.yaml",
            """
            kind: wishes
            source: s
            fields: {externalID: id, category: item, quantity: n, unit: u,
              submittedAt: {column: at, date: {formats: [iso8601]}}}
            """)
        try office.write("w.csv", "id,item,n,u,at\nW,cost.treatment,1000,fen,2026-07-31T09:00:00+08:00\n")
        try office.run("import", "wishes", "w.csv", "--map", "w.yaml", "--approved")
        #expect(
            try office.refused("claim", "propose", "F", "W", "500", "--at", "2026-08-01T09:00").error.contains("budget")
        )
        try office.run("claim", "propose", "F/2", "W", "500", "--at", "2026-08-01T09:00")
        // The story names the lines as people do.
        let story = try office.run("wish", "story", "W")
        #expect(story.contains("offer line: F/2") && story.contains("wish line: W/1"), "\(story)")
        let promised = try office.run("fund", "budget", "list", "F", "--json").split(separator: "\n")
        #expect(promised[1].contains("\"budget\":200000") && promised[1].contains("\"reserved\":500"))
        #expect(promised[1].contains("\"available\":199500") && promised[1].contains("\"received\":0"))
        // After its last day, what nobody claimed is withdrawn.
        #expect(try office.run("clock", "run", "--until", "2026-08-01T10:00").contains("budgets closed 1"))
        // The budget is still what it was, and says what became of it.
        let ended = try office.run("fund", "budget", "list", "F", "--json").split(separator: "\n")
        #expect(ended[0].contains("\"budget\":100000") && ended[0].contains("\"lapsed\":100000"), "\(ended)")
        let table = try office.run("fund", "budget", "list", "F")
        for title in ["budget (CNY)", "promised", "handed over", "left", "lapsed", "2,000.00", "5.00", "1,995.00"] {
            #expect(table.contains(title), "\(title): \(table)")
        }
        #expect(try office.run("offer", "show", "F", "--json").contains("\"available\":0"))
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("A notice that is loaded moves due times, and says so in the history")
    func calendar() throws {
        defer { office.close() }
        try office.wishes("W-1,轮椅,1,虎门", opening: false)
        try office.run("case", "open", "W-1", "--at", "2024-04-09T09:00")
        let before = try office.run("clock", "list", "W-1")
        try office.write(
            "notice.csv", "date,kind,nameZh,nameEn\n2024-04-10,holiday,试,test\n2024-04-11,holiday,试,test\n")
        let loaded = try office.run("calendar", "load", "notice.csv", "--json", "--at", "2024-04-09T10:00")
        #expect(loaded.contains("\"date\":\"2024-04-11\"") && !loaded.contains("\"moved\":0"))
        #expect(try office.run("clock", "list", "W-1") != before)
        #expect(try office.run("wish", "story", "W-1").contains("due time moved"))
        let shown = try office.run("calendar", "show", "--year", "2024", "--json")
        #expect(shown.contains("2024-04-10") && shown.contains("2024-04-11"))
        // The notices that came with the program stand beside it.
        #expect(try office.run("calendar", "show", "--year", "2026", "--json").contains("2026-10-01"))
        try office.write("bad.csv", "date,kind\n2027-13-01,holiday\n")
        #expect(try office.refused("calendar", "load", "bad.csv").error.contains("bad.csv:2"))
        #expect(try office.refused("calendar", "load", "none.csv").status == 4)
    }

    @Test("An offer is paused, resumed and withdrawn, and no file undoes it")
    func offers() throws {
        defer { office.close() }
        let rows = ["O,1,P,goods,轮椅,5,piece", "O,2,P,goods,书包,3,piece"]
        _ = try office.offers(rows[0], rows[1])
        try office.wishes("W-1,轮椅,2,虎门")
        try office.run("offer", "pause", "O", "--reason", "stocktaking")
        #expect(try office.refused("claim", "propose", "O", "W-1", "2").error.contains("paused"))
        #expect(try office.offers(rows[0], rows[1]).contains("\"unchanged\" : 1"))
        #expect(try office.run("offer", "show", "O", "--json").contains("\"state\":\"paused\""))
        try office.run("offer", "resume", "O")
        try office.run("claim", "propose", "O", "W-1", "2")
        #expect(try office.refused("offer", "withdraw", "O/2", "1").status == 2, "a reason is needed")
        #expect(try office.refused("offer", "withdraw", "O/2", "9", "--reason", "sold").status == 3)
        #expect(try office.run("offer", "withdraw", "O/2", "1", "--reason", "sold").contains("line 2: 1 withdrawn"))
        #expect(try office.offers(rows[0], rows[1]).contains("\"unchanged\" : 1"), "the file does not bring it back")
        let json = try office.run("offer", "withdraw", "O", "--reason", "closed", "--json")
        #expect(json.contains("\"state\":\"withdrawn\"") && json.contains("\"withdrawn\":3"))
        #expect(try office.refused("offer", "resume", "O").status == 3)
        // The promise that was made stands.
        #expect(try office.run("claim", "list", "--json").contains("\"state\":\"proposed\""))
    }

    @Test("What is open of a wish's line is cancelled, and not what is reserved")
    func cancelling() throws {
        defer { office.close() }
        _ = try office.offers("O,1,P,goods,轮椅,5,piece")
        try office.wishes("W-1,轮椅,5,虎门")
        try office.run("claim", "propose", "O", "W-1", "2")
        #expect(try office.refused("wish", "cancel", "W-1", "4", "--reason", "died").status == 3)
        #expect(try office.run("wish", "cancel", "W-1", "--reason", "served").contains("line 1: 3 cancelled"))
        #expect(try office.refused("wish", "cancel", "W-1", "--reason", "served").error.contains("nothing left"))
        #expect(try office.run("wish", "story", "W-1").contains("quantity cancelled"))
    }

    @Test("A certificate counts what was confirmed in its period, and nothing else")
    func certificate() throws {
        defer { office.close() }
        _ = try office.offers("T,1,VOL,service,care.homecare,600,minute", "O,1,VOL,goods,轮椅,5,piece")
        try office.write(
            "w.yaml",
            "kind: wishes\nsource: s\nfields: {externalID: id, category: item, quantity: n, unit: u, estimatedPriceFen: p}\n"
        )
        try office.write(
            "w.csv", "id,item,n,u,p\nA,care.homecare,150,minute,70\nB,轮椅,2,piece,20000\nC,轮椅,1,piece,20000\n")
        try office.run("import", "wishes", "w.csv", "--map", "w.yaml", "--register-only")
        for (name, day) in [("A", "02"), ("B", "02"), ("C", "20")] {
            try office.run("case", "open", name, "--at", "2026-03-\(day)T08:00")
        }
        func deliver(_ offer: String, _ wish: String, _ quantity: String, _ day: String, confirmed: Bool) throws {
            let made = try office.outcome(
                ["claim", "propose", offer, wish, quantity, "--at", "2026-03-\(day)T09:00", "--json"])
            let approval = try office.outcome(["approval", "show", wish, "--json"])
            #expect(made.status == 0 || approval.status == 0, "\(made.error)")
            let claim = try #require(Office.value("id", in: made.output), "\(made.error)")
            for (step, hour) in [("accept", "10"), ("dispatch", "11"), ("receive", "12")]
                + (confirmed ? [("confirm", "13")] : [])
            {
                try office.run("claim", step, claim, "--reason", "byTelephone", "--at", "2026-03-\(day)T\(hour):00")
            }
        }
        for wish in ["A", "B", "C"] { try approve(wish) }
        try deliver("T", "A", "150", "21", confirmed: true)
        try deliver("O", "B", "2", "22", confirmed: true)
        try deliver("O", "C", "1", "23", confirmed: false)
        let json = try office.run("party", "certificate", "VOL", "--json")
        #expect(
            json.contains("\"minutes\":150") && json.contains("\"pieces\":2") && json.contains("\"claims\":2"))
        #expect(json.contains("\"wishes\":2") && json.contains("\"fen\":0") && json.contains("historyHash"))
        let early = try office.run("party", "certificate", "VOL", "--until", "2026-03-21", "--json")
        #expect(early.contains("\"minutes\":150") && early.contains("\"pieces\":0"))
        let page = try office.run("party", "certificate", "VOL")
        #expect(page.contains("Certificate") && page.contains("2 h 30 min") && page.contains("no donation receipt"))
        #expect(try office.run("party", "certificate", "VOL", language: "zh").contains("2 小时 30 分钟"))
        let thanks = try office.run("party", "acknowledgement", "VOL", language: "zh")
        #expect(thanks.contains("感谢") && thanks.contains("惠及 2 个心愿"))
        // Nobody is thanked for nothing.
        let nothing = try office.refused("party", "certificate", "VOL", "--from", "2026-04-01")
        #expect(nothing.error.contains("nothing to certify") && nothing.output.isEmpty)
    }

    private func approve(_ wish: String) throws {
        let options = ["--at", "2026-03-20T09:00"]
        for act in [
            ["pass", wish, "--as", "intake"], ["pass", wish, "--note", "ok", "--as", "intake"],
            ["approve", wish, "--as", "approver:town:1000000"],
        ] {
            let made = try office.outcome(["approval", "act"] + act + options)
            #expect(made.status == 0, "\(made.error)")
        }
    }
}

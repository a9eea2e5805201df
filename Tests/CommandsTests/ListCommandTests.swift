import Foundation
import MatchCore
import Testing

@testable import Commands

/// Lists at the keyboard: how many there are, how they go on, and names beside ids; with the built program.
@Suite("Lists at the keyboard")
struct ListCommandTests {
    let office: Office

    init() throws { office = try Office("lists") }

    private static let map = """
        kind: wishes
        source: s
        fields: {externalID: id, category: item, quantity: n, estimatedPriceFen: p, text: words, area: place,
          submittedAt: {column: at, date: {formats: [iso8601]}}}
        """

    private func wishes(_ rows: String...) throws {
        try office.write("w.yaml", Self.map)
        try office.write("w.csv", "id,item,n,p,words,place,at\n" + rows.joined(separator: "\n") + "\n")
        try office.run("import", "wishes", "w.csv", "--map", "w.yaml", "--approved")
    }

    private static let rows = [
        "A,轮椅,3,20000,想要一台轮椅,虎门,2026-03-02T09:00:00+08:00",
        "B,书包,1,20000,书包一个,石龙,2026-03-02T10:00:00+08:00",
        "C,轮椅,1,20000,也想要轮椅,虎门,2026-03-02T11:00:00+08:00",
    ]

    private func load() throws {
        try wishes(Self.rows[0], Self.rows[1], Self.rows[2])
        _ = try office.offers("O,1,示例公益基金,goods,轮椅,9,piece", "Q,1,乙店,goods,书包,9,piece")
    }

    /// Every list says truthfully how many there are, or that there are more and how to see them, to people and scripts.
    @Test("A list that goes on says so, and goes on where it ended")
    func continuations() throws {
        defer { office.close() }
        try load()
        for wish in ["A", "B", "C"] {
            try office.run("claim", "propose", wish == "B" ? "Q" : "O", wish, "1", "--at", "2026-03-03T09:00")
            try office.run("household", "open", "虎门")
            try office.run("inbox", "take", "web", "想要\(wish)")
        }
        let lists: [(command: [String], count: Int)] = [
            (["case", "list"], 3), (["claim", "list"], 3), (["household", "list"], 3), (["inbox", "list"], 3),
            (["clock", "list"], 6), (["clock", "list", "A"], 3),
            (["clock", "overdue", "--at", "2026-03-20T09:00"], 3), (["wish", "list"], 3), (["offer", "list"], 2),
            (["party", "list"], 2),
        ]
        for (command, least) in lists { try expectContinuation(of: command, least: least) }
        #expect(try office.refused("case", "list", "--limit", "-1").error.contains("--limit"))
        #expect(try office.refused("case", "list", "--after", "nonsense").status != 0)
    }

    private func lines(_ command: [String], _ more: String...) throws -> [String] {
        let outcome = try office.outcome(command + more + ["--json"])
        #expect(outcome.status == 0, "\(command): \(outcome.error)")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    private func note(_ command: [String], _ more: String...) throws -> String {
        try office.outcome(command + more).error
    }

    private func expectContinuation(of command: [String], least: Int) throws {
        let all = try lines(command, "--limit", "0")
        let count = all.count
        #expect(count >= least, "\(command): \(all)")
        #expect(!all.contains { $0.contains("\"more\"") }, "\(command): it ends there")
        let whole = try note(command)
        let total = whole.contains("found: \(count)") || whole.contains("records: \(count)")
        #expect(total, "\(command): \(whole)")
        // One less than there are.
        let fewer = count - 1
        let first = try note(command, "--limit", "\(fewer)")
        #expect(first.contains("first \(fewer)"), "\(command): \(first)")
        #expect(first.contains("--after"), "\(command): \(first)")
        #expect(!first.contains("found: "), "\(command): \(first)")
        let json = try lines(command, "--limit", "\(fewer)")
        let end = try #require(json.last)
        #expect(json.count == count, "\(command): \(json)")
        #expect(end.contains("\"more\":true"), "\(command): \(end)")
        #expect(end.contains("\"shown\":\(fewer)"), "\(command): \(end)")
        let cursor = try #require(Office.value("after", in: end), "\(command): \(end)")
        let rest = try lines(command, "--after", cursor)
        #expect(rest.count == 1, "\(command): \(rest)")
        let joined: [String] = Array(json.dropLast()) + rest
        #expect(joined == all, "\(command)")
        let last = try note(command, "--after", cursor)
        #expect(last.contains("behind that place"), "\(command): \(last)")
    }

    @Test("Names stand beside ids, in columns that align whatever the script, and times in the program's zone")
    func names() throws {
        defer { office.close() }
        try load()
        try office.run("claim", "propose", "O", "A", "1", "--at", "2026-03-03T09:00")
        let claim = try #require(Office.value("id", in: try office.run("claim", "list", "--json")))
        try office.run("claim", "accept", claim, "--reason", "byTelephone", "--at", "2026-03-03T10:00")
        let claims = try office.run("claim", "list", language: "zh")
        for name in ["A/1  想要一台轮椅", "O/1", "示例公益基金", claim] { #expect(claims.contains(name), "\(name): \(claims)") }
        let json = try office.run("claim", "list", "--json")
        for member in [
            "\"wishHandle\":\"A\"", "\"wishTitle\":\"想要一台轮椅\"", "\"offerHandle\":\"O\"", "\"partyName\":\"示例公益基金\"",
        ] {
            #expect(json.contains(member), "\(member): \(json)")
        }
        let overdue = try office.run("clock", "overdue", "--at", "2026-03-20T09:00", language: "zh")
        #expect(overdue.contains("书包一个") && overdue.contains("石龙"), "\(overdue)")
        let clocks = try office.run("clock", "list", "A", language: "zh")
        #expect(clocks.contains("想要一台轮椅"))
        #expect(try office.run("clock", "list", "A", "--json").contains("\"handle\":\"A\""))
        let figures = try office.run("figures", "--by", "party", language: "zh")
        let party = try #require(Office.value("party", in: json))
        #expect(figures.contains("示例公益基金") && figures.contains(party), "\(figures)")
        #expect(try office.run("figures", "--by", "party", "--json").contains("\"name\":\"示例公益基金\""))
        for table in [claims, overdue, clocks, figures] { expectAligned(table) }
        let wish = try office.run("wish", "show", "A", language: "zh")
        #expect(wish.contains("2026-03-02 09:00") && !wish.contains("T01:00"), "\(wish)")
    }

    /// Before each column stands a gap in every row.
    private func expectAligned(_ table: String) {
        let lines = table.split(separator: "\n").map(String.init)
        guard let rule = lines.firstIndex(where: { $0.hasPrefix("─") }) else {
            Issue.record("no table: \(table)")
            return
        }
        var (starts, column): ([Int], Int) = ([], 0)
        for part in lines[rule].components(separatedBy: "  ") {
            starts.append(column)
            column += part.count + 2
        }
        for line in lines[(rule + 1)...] {
            var columns: [Character] = []
            for character in line { columns += Array(repeating: character, count: DisplayWidth.of(character)) }
            for start in starts.dropFirst() where start < columns.count {
                #expect(columns[start - 1] == " " && columns[start - 2] == " ", "column \(start) of: \(line)")
            }
        }
    }

    @Test("A notice says its town by name")
    func notices() throws {
        defer { office.close() }
        try office.write("w.yaml", Self.map)
        try office.write(
            "w.csv", "id,item,n,p,words,place,at\nN,轮椅,1,200000,一台轮椅,虎门,2026-03-02T09:00:00+08:00\n")
        try office.run("import", "wishes", "w.csv", "--map", "w.yaml", "--register-only")
        try office.run("case", "open", "N", "--at", "2026-03-02T09:00")
        for act in [
            ["pass", "N", "--as", "intake"], ["pass", "N", "--note", "ok", "--as", "intake"],
            ["approve", "N", "--as", "approver:city:100000000", "--actor", "一"],
            ["approve", "N", "--as", "approver:city:100000000", "--actor", "二"], ["putUpNotice", "N"],
        ] {
            _ = try office.outcome(["approval", "act"] + act + ["--at", "2026-03-03T10:00"])
        }
        let shown = try office.run("approval", "notices", language: "zh")
        #expect(shown.contains("虎门") && shown.contains("441900121"), "\(shown)")
        #expect(try office.run("approval", "notices", "--json").contains("\"townName\""))
        expectAligned(shown)
    }

    @Test("An answer that was given before the closing is entered after it, by its own time and with a reason")
    func lateAnswers() throws {
        defer { office.close() }
        try load()
        try office.run(
            "case", "close", "A", "--outcome", "unfulfilled", "--reason", "notDeliverable", "--note", "已告知", "--at",
            "2026-03-20T09:00")
        let given = ["case", "answer", "A", "--given", "2026-03-02T15:00"]
        #expect(try office.outcome(given).error.contains("needs a reason"))
        let plain = try office.refused("case", "answer", "A", "--at", "2026-03-21T09:00")
        #expect(plain.error.contains("--given TIME"), "\(plain.error)")
        let made = try office.outcome(given + ["--note", "纸质登记，迟录"])
        #expect(made.status == 0, "\(made.error)")
        let story = try office.run("wish", "story", "A", language: "zh")
        #expect(story.contains("2026-03-02 15:00") && story.contains("录入时间") && story.contains("纸质登记，迟录"), "\(story)")
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("A wish that was filed with the wrong household is moved, with a reason, and back")
    func refiling() throws {
        defer { office.close() }
        try load()
        let files = try (0..<2).map { _ in
            try #require(Office.value("id", in: try office.run("household", "open", "虎门", "--json")))
        }
        try office.run("household", "file", files[0], "A")
        #expect(try office.refused("household", "move", files[1], "A").error.contains("reason"))
        #expect(try office.refused("household", "move", files[1], "B", "--note", "x").error.contains("household file"))
        let moved = try office.run("household", "move", files[1], "A", "--note", "同名不同户", "--json")
        #expect(moved.contains("\"handle\":\"A\""))
        #expect(try !office.run("household", "show", files[0], "--json").contains("\"handle\":\"A\""))
        try office.run("household", "move", files[0], "A", "--note", "查实无误")
        #expect(try office.run("household", "show", files[0], "--json").contains("\"handle\":\"A\""))
        #expect(try office.run("audit", "verify").contains("The history holds"))
    }

    @Test("What came back is not certified, a part that stayed is, and nobody is thanked for nothing")
    func deeds() throws {
        defer { office.close() }
        try load()
        let fund = "示例公益基金"
        #expect(try office.refused("party", "certificate", fund).error.contains("nothing to certify"))
        func claim(_ quantity: Int) throws -> String {
            let made = try office.run(
                "claim", "propose", "O", "A", "\(quantity)", "--at", "2026-03-03T09:00", "--json")
            return try #require(Office.value("id", in: made))
        }
        let id = try claim(2)
        for (step, hour) in [("accept", "10"), ("dispatch", "11"), ("receive", "12"), ("confirm", "13")] {
            try office.run("claim", step, id, "--reason", "byTelephone", "--at", "2026-03-03T\(hour):00")
        }
        #expect(try office.run("party", "certificate", fund, "--json").contains("\"pieces\":2"))
        // One of the two is split off after it was confirmed, and both stay: it is still two.
        let split = try office.run(
            "claim", "split", id, "1", "--reason", "damaged", "--at", "2026-03-04T09:00", "--json")
        let part = try #require(
            split.split(separator: "\n").compactMap { Office.value("id", in: String($0)) }.first { $0 != id })
        let before = try office.run("party", "certificate", fund, "--json")
        #expect(before.contains("\"pieces\":2"), "\(before)")
        try office.run(
            "claim", "return", part, "--condition", "unfit", "--reason", "damaged", "--at", "2026-03-04T10:00")
        let after = try office.run("party", "certificate", fund, "--json")
        #expect(after.contains("\"pieces\":1") && after.contains("\"claims\":1"), "\(after)")
        try office.run(
            "claim", "return", id, "--condition", "lost", "--reason", "lost", "--at", "2026-03-04T11:00")
        for page in ["certificate", "acknowledgement"] {
            for more in [[], ["--json"]] {
                let refused = try office.outcome(["party", page, fund] + more)
                #expect(refused.status == 3 && refused.output.isEmpty, "\(page): \(refused.output)")
                #expect(refused.error.contains(fund) && refused.error.contains("claim confirm"), "\(refused.error)")
            }
        }
    }
}

import Casework
import Foundation
import MatchCore
import Operations
import ScorerCatalog
import Testing

@testable import Commands

/// Tuning at the keyboard, with the built program.
@Suite("Tuning", .serialized)
struct TuningTests {
    private static let data = DataDirectoryTests.root.appending(path: "Data").path

    private func inFolder(_ body: (URL, ([String]) throws -> ProgramTests.Outcome) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-tuning-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder) { arguments in
            try ProgramTests.run(
                arguments + (arguments.contains("--data") ? [] : ["--data", Self.data])
                    + (arguments.contains("--lang") ? [] : ["--lang", "en"]),
                environment: ["NO_COLOR": "1"], folder: folder)
        }
    }

    @Test("From a made-up history to a draft that a back-test reads, and never a publication")
    func learn() throws {
        try inFolder { folder, run in
            #expect(try run(["demo", "generate", "--history", "--decisions", "300", "--out", "h"]).status == 0)
            let learned = try run([
                "tune", "learn", "--decisions", "h/decisions.ndjson", "--profile", "h/today.yaml", "--position-bias",
                "0.7", "--folds", "2", "--draws", "200", "--out", "draft.yaml", "--json",
            ])
            #expect(learned.status == 0 && learned.output.contains("\"verdict\":\"better\""), "\(learned.output)")
            let draft = try String(contentsOf: folder.appending(path: "draft.yaml"), encoding: .utf8)
            #expect(draft.contains("ndcg: +") && draft.contains("- scorer: Proximity"))
            let test = try run([
                "tune", "backtest", "--decisions", "h/decisions.ndjson", "--profile", "draft.yaml", "--against",
                "h/today.yaml", "--draws", "200",
            ])
            #expect(test.status == 0 && test.output.contains("NDCG@10") && test.output.contains("only noise"))
            // Lists of ten say nothing of the first ten; of the first five they do.
            #expect(
                test.output.contains("recall@5") && test.output.contains("Most lists are not longer than 10"),
                "\(test.output)")
            let first = try run([
                "tune", "backtest", "--decisions", "h/decisions.ndjson", "--profile", "draft.yaml", "--against",
                "h/today.yaml", "--draws", "200", "--k", "3",
            ])
            #expect(first.output.contains("recall@3 rests on"), "\(first.output)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "almoner.db").path))

            let few = try run([
                "tune", "learn", "--decisions", "h/decisions.ndjson", "--profile", "h/today.yaml", "--least", "1000",
                "--out", "none.yaml",
            ])
            #expect(
                few.status == 0 && few.output.contains("Cannot tell") && few.output.contains(" of 300 decisions chose"))
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "none.yaml").path))
            let split = try run([
                "tune", "shadow", "draft.yaml", "--profile", "h/today.yaml", "--decisions", "h/decisions.ndjson",
                "--share", "50",
            ])
            #expect(split.status == 0 && split.output.contains("another first"))
        }
    }

    @Test("A histories' fault names its row, a wrong bound says how bounds are written")
    func faults() throws {
        try inFolder { folder, run in
            try Data(
                """
                decision,time,offer,fate,Proximity
                W1,1000,O1,delivered,900000
                W1,1000,O2,,
                W2,2000,O1,lost,1
                """.utf8
            ).write(to: folder.appending(path: "bad.csv"))
            let refused = try run(["tune", "backtest", "--decisions", "bad.csv"])
            #expect(refused.status == 3 && refused.error.contains("bad.csv:4") && refused.error.contains("'lost'"))
            try Data("{\"decision\":\"a\",\"time\":1}\n".utf8).write(to: folder.appending(path: "bad.ndjson"))
            let line = try run(["tune", "backtest", "--decisions", "bad.ndjson"])
            #expect(line.status == 3 && line.error.contains("candidates"))
            for (rows, says) in [
                ("W1,1000,O1,delivered,-5\n", "0…1,000,000"),
                ("W1,1000,O1,delivered,1\nW2,1000,O1,,1\nW1,1000,O2,,2\n", "'W1' stands twice"),
            ] {
                try Data(("decision,time,offer,fate,Proximity\n" + rows).utf8).write(
                    to: folder.appending(path: "odd.csv"))
                let odd = try run(["tune", "backtest", "--decisions", "odd.csv"])
                #expect(odd.status == 3 && odd.error.contains(says), "\(odd.error)")
            }
            let bound = try run(["tune", "learn", "--decisions", "bad.csv", "--bound", "Proximity=5"])
            #expect(bound.status == 2 && bound.error.contains("SCORER=LOW...HIGH"))
            for text in ["Proximity=1...20000", "Proximity=9...3", "Proximity=a...b"] {
                let refused = try run(["tune", "learn", "--decisions", "bad.csv", "--bound", text])
                #expect(refused.status == 2 && refused.error.contains("0…10,000"), "\(text): \(refused.error)")
            }
        }
    }

    @Test("A delivered choice is graded by the program's own rule of what is satisfied")
    func satisfaction() throws {
        try inFolder { folder, run in
            // Both were delivered: the near one is rated with four stars, the trusted one with three.
            let rows = (1...3).flatMap { number in
                [
                    "W\(number),\(number)000,O1,delivered,4,900000,100000",
                    "W\(number),\(number)000,O2,delivered,3,100000,900000",
                ]
            }
            try Data((["decision,time,offer,fate,rating,Proximity,Trust"] + rows).joined(separator: "\n").utf8).write(
                to: folder.appending(path: "h.csv"))
            for scorer in ["Proximity", "Trust"] {
                let yaml = "name: x\ntitle: {zh-Hans: 甲, en: x}\nscorers:\n  - {scorer: \(scorer), weight: 1}\n"
                try Data(yaml.utf8).write(to: folder.appending(path: "\(scorer).yaml"))
            }
            let asked = [
                "tune", "backtest", "--decisions", "h.csv", "--against", "Proximity.yaml", "--profile", "Trust.yaml",
                "--position-bias", "none", "--draws", "100",
            ]
            // 2 before 3: (2 + 3 ÷ log2 3) ÷ (3 + 2 ÷ log2 3).
            #expect(try run(asked).output.contains("0.913 (0.913…0.913)"))
            // Where three stars are not satisfied the wish is opened again, and nothing was won: 1 ÷ log2 3.
            let strict = try AlteredData.satisfied(from: 5, unsatisfiedUpTo: 3, in: folder)
            let graded = try run(asked + ["--data", strict])
            #expect(graded.output.contains("0.631 (0.631…0.631)"), "\(graded.output)\(graded.error)")
        }
    }

    @Test("A number out of its range is refused with the range, before anything is read")
    func bounds() throws {
        try inFolder { _, run in
            for (arguments, range) in [
                (["tune", "learn", "--folds", "100000"], "--folds must be 2…20"),
                (["tune", "learn", "--folds", "1"], "--folds must be 2…20"),
                (["tune", "learn", "--least", "49"], "--least must be 50…1,000,000"),
                (["tune", "learn", "--draws", "9999999"], "--draws must be 100…5,000"),
                (["tune", "backtest", "--k", "100000"], "--k must be 1…100"),
                (["tune", "backtest", "--seed", "18446744073709551615"], "--seed must be 0…9,223,372,036,854,775,807"),
                (["tune", "shadow", "default", "--share", "101"], "--share must be 1…99"),
                (["tune", "shadow", "default", "--share", "20", "--horizon", "3"], "--horizon must be 4…1,000,000"),
                (["tune", "split", "default", "--share", "101"], "--share must be 1…99"),
                (
                    ["tune", "voices", "--voice", "a=default", "--voice", "b=default", "--top", "101"],
                    "--top must be 1…100"
                ),
                (["tune", "outcomes", "x.csv", "--draws", "1"], "--draws must be 100…5,000"),
                (["profile", "preview", "--top", "51"], "--top must be 1…50"),
                (["bench", "tune", "--seeds", "1000000"], "--seeds must be 1…100"),
                (
                    ["demo", "generate", "--history", "--decisions", "0", "--out", "h"],
                    "--decisions must be 1…1,000,000"
                ),
            ] {
                let refused = try run(arguments)
                #expect(refused.status == 2 && refused.error.contains(range), "\(arguments): \(refused.error)")
            }
        }
    }

    @Test("Of a side without an end nothing is said, in either language; nor of recall where every list is short")
    func notKnown() throws {
        try inFolder { folder, run in
            try Data(
                """
                decision,time,offer,fate,area,Proximity,Trust
                W1,1000,O1,,441900119,900000,100000
                W1,1000,O2,,441900119,100000,900000
                """.utf8
            ).write(to: folder.appending(path: "h.csv"))
            for scorer in ["Proximity", "Trust"] {
                let yaml = "name: x\ntitle: {zh-Hans: 甲, en: x}\nscorers:\n  - {scorer: \(scorer), weight: 1}\n"
                try Data(yaml.utf8).write(to: folder.appending(path: "\(scorer).yaml"))
            }
            let asked = [
                "tune", "shadow", "Trust.yaml", "--profile", "Proximity.yaml", "--decisions", "h.csv", "--share", "50",
            ]
            let english = try run(asked).output
            #expect(english.contains("The split: not known delivered on the draft's side"), "\(english)")
            #expect(english.contains("Difference in the share delivered not known"), "\(english)")
            #expect(english.contains("1 list that was shown (0 of them chosen from)"), "\(english)")
            #expect(!english.contains("0/0") && !english.contains("nan"))
            let chinese = try run(asked + ["--lang", "zh-Hans"]).output
            #expect(chinese.contains("送达率之差 不知") && chinese.contains("草案一侧送达 不知"), "\(chinese)")
            let replayed = try run([
                "tune", "backtest", "--profile", "Trust.yaml", "--against", "Proximity.yaml", "--decisions", "h.csv",
                "--draws", "100",
            ]).output
            #expect(replayed.contains("Recall is not known") && replayed.contains("1 decision replayed"), "\(replayed)")
        }
    }

    @Test("A history made up at random has no true weights, and learning finds no evidence in it")
    func random() throws {
        try inFolder { folder, run in
            let made = try run(["demo", "generate", "--history", "--random", "--decisions", "400", "--out", "h"])
            #expect(made.status == 0 && made.output.contains("at random"), "\(made.output)\(made.error)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "h/truth.yaml").path))
            let learned = try run([
                "tune", "learn", "--decisions", "h/decisions.ndjson", "--profile", "h/today.yaml", "--folds", "2",
                "--draws", "200", "--out", "d.yaml",
            ])
            #expect(learned.output.contains("No evidence"), "\(learned.output)\(learned.error)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "d.yaml").path))
            let alone = try run(["demo", "generate", "--random", "--out", "c"])
            #expect(alone.status == 2 && alone.error.contains("--history"), "\(alone.error)")
        }
    }

    @Test("A file that is checked without a program says that its voices were not looked up")
    func unchecked() throws {
        try inFolder { folder, run in
            let yaml = """
                name: x
                title: {zh-Hans: 甲, en: x}
                scorers:
                  - {scorer: Proximity, weight: 1}
                vote:
                  top: 5
                  voices:
                    - {name: staff, profile: nosuch@7}
                    - {name: donors, profile: default@1}
                """
            try Data(yaml.utf8).write(to: folder.appending(path: "v.yaml"))
            let checked = try run(["profile", "validate", "--file", "v.yaml"])
            #expect(
                checked.status == 0 && checked.error.contains("staff (nosuch@7)"), "\(checked.output)\(checked.error)")
            let told = try run(["profile", "validate", "--file", "v.yaml", "--json"])
            #expect(told.status == 0 && told.output.contains("staff (nosuch@7)"), "\(told.output)\(told.error)")
            try Data(yaml.prefix { $0 != "v" }.utf8).write(to: folder.appending(path: "n.yaml"))
            let plain = try run(["profile", "validate", "--file", "n.yaml"])
            #expect(plain.status == 0 && !plain.error.contains("voices"), "\(plain.error)")
            let silent = try run(["profile", "validate", "--file", "n.yaml", "--json"])
            #expect(silent.output.contains("\"warnings\":[]"), "\(silent.output)")
        }
    }

    @Test("A page that does not list every change says how many it leaves out, however much is asked for")
    func pageOfMany() throws {
        // The sample tells of one change of 120, and of one list of 300.
        for (showsAll, language) in [(false, Language.en), (true, .en), (true, .zhHans)] {
            let html = PreviewPage(report: .sample, language: language, showsAll: showsAll).html
            #expect(html.contains(language == .en ? "119 more changes are not listed" : "另有 119 处改变未列"))
            #expect(html.contains(language == .en ? "299 more changes are not listed" : "另有 299 处改变未列"))
        }
    }

    @Test("What learning knows of refusals can be given, and what can be given as one is known to it or says nothing")
    func refusals() throws {
        let rules = try DataDirectoryTests.shipped.caseRules(nil, program: nil)
        let book = try #require(rules.reasons)
        let codes = Set((book.refusals?.codes ?? []).map(\.text))
        #expect(codes == Set(RefusalReasons.standard.keys).union(RefusalReasons.neutral))
        #expect(RefusalReasons.neutral.isDisjoint(with: RefusalReasons.standard.keys))
        for code in book.codes {
            let text = try #require(book.text(of: code))
            #expect(!text.zhHans.isEmpty && !text.en.isEmpty, "\(code)")
        }
        let scorers = Set(ScorerCatalog.all.map { $0.descriptor.id })
        for (code, blamed) in RefusalReasons.standard {
            #expect(!blamed.isEmpty && scorers.isSuperset(of: blamed), "\(code) blames what there is not: \(blamed)")
        }
    }

    @Test("A draft of another name is set by the profile's, a published revision never")
    func setOfProfile() throws {
        try inFolder { folder, run in
            #expect(try run(["init"]).status == 0)
            for (profile, more, says) in [
                ("default@1", [], "never changes"), ("nosuch", [], "There are: default"),
                ("default:mine", ["--draft", "other"], "two drafts"), ("a:b:!", [], "NAME:DRAFT"),
            ] {
                let refused = try run(["profile", "set", "Trust.weight=9", "--profile", profile] + more)
                #expect(refused.status != 0 && refused.error.contains(says), "\(profile): \(refused.error)")
            }
            #expect(try run(["profile", "draft", "--draft", "mine"]).status == 0)
            let set = try run(["profile", "set", "Trust.weight=9", "--profile", "default:mine"])
            #expect(set.status == 0 && set.output.contains("mine"), "\(set.output)\(set.error)")
        }
    }

    @Test("An option that would change nothing is refused with what would give it effect")
    func withoutEffect() throws {
        try inFolder { folder, run in
            #expect(try run(["demo", "generate", "--history", "--decisions", "60", "--out", "h"]).status == 0)
            let history = ["--decisions", "h/decisions.ndjson", "--profile", "h/today.yaml"]
            for (arguments, says) in [
                (["tune", "learn", "--reason", "tooFar=Nope"] + history, "no scorer 'Nope'"),
                (["tune", "learn", "--reason", "tooFar=Proximty"] + history, "did you mean 'Proximity'"),
                (["tune", "learn", "--reason", "tooFr=Proximity"] + history, "did you mean 'tooFar'"),
                (["tune", "learn", "--bound", "Nope=1...2"] + history, "no scorer 'Nope'"),
                (["tune", "shadow", "default", "--horizon", "50"], "--share"),
                (["tune", "shadow", "default", "--seed", "5"], "--share"),
                (["profile", "preview", "--wish", "W0001", "--html", "x.html"], "--wish tells of one wish"),
                (["profile", "draft", "--discard", "--from", "default@1"], "--discard"),
                (["profile", "draft", "--file", "x.yaml", "--from", "default@1"], "--file"),
                (["profile", "validate", "default", "--file", "x.yaml"], "--file"),
                (["profile", "resolve", "--wish", "W0001", "--area", "441900121"], "A wish says itself"),
                (["profile", "people", "--reason", "x"], "give 1 or 2"),
                (["tune", "voices", "--voice", "a=default", "--voice", "a=default"], "stands twice"),
            ] {
                let refused = try run(arguments)
                #expect(refused.status != 0 && refused.error.contains(says), "\(arguments): \(refused.error)")
            }
            #expect(!(try run(["tune", "voices", "--help"]).output.contains("--all")))
            let learned = try run(["tune", "learn", "--out", "d.yaml"] + history)
            #expect(learned.output.contains("d.yaml was not written"), "\(learned.output)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "d.yaml").path))
        }
    }

    @Test("A preview says how many rows it leaves out and what shows them, in words of either language")
    func preview() throws {
        try inFolder { folder, almoner in
            let data = try AlteredData.smallCity(in: folder)
            func run(_ arguments: [String]) throws -> ProgramTests.Outcome {
                try almoner(arguments + ["--data", data])
            }
            #expect(try run(["demo"]).status == 0)
            #expect(
                try run(["profile", "set", "Proximity.weight=9000", "Urgency.weight=1", "Trust.weight=1"]).status == 0)
            let short = try run(["profile", "preview"])
            #expect(short.status == 0 && short.output.contains("more rows; --all shows them"), "\(short.output)")
            #expect(short.output.contains("came in") && short.output.contains("Wishes whose first 5 change most"))
            let all = try run(["profile", "preview", "--all"])
            #expect(!all.output.contains("more rows") && all.output.count > short.output.count)
            #expect(try run(["profile", "preview", "--html", "p.html"]).status == 0)
            let page = try String(contentsOf: folder.appending(path: "p.html"), encoding: .utf8)
            #expect(page.contains("came in") && page.contains("more rows; --all shows them"))
            let chinese = try run(["profile", "preview", "--lang", "zh-Hans", "--html", "zh.html", "--all"])
            let zh = try String(contentsOf: folder.appending(path: "zh.html"), encoding: .utf8)
            for text in [chinese.output, zh] {
                #expect(text.contains("微心愿") && text.contains("老年人") && text.contains("进入"), "\(text.prefix(4_000))")
                #expect(!text.contains("microWish") && !text.contains("livingAlone"))
            }
            let json = try run(["profile", "preview", "--json"])
            #expect(json.output.contains("\"lists\":[{\"wish\"") && json.output.contains("\"cameIn\":["))
            // One wish: both lists whole, and what changed in them explained under both.
            let wish = try run(["profile", "preview", "--wish", "W0003"])
            #expect(wish.status == 0 && wish.output.contains("place now"), "\(wish.output)\(wish.error)")
            #expect(wish.output.contains("draft of default (from revision 1)"))
            #expect(!wish.output.contains("default@0"))
            let zhWish = try run(["profile", "preview", "--wish", "W0003", "--lang", "zh-Hans"])
            #expect(zhWish.output.contains("default 的草案（始于第 1 版）"), "\(zhWish.output)")
        }
    }

    /// A registry with so many open lines.
    private static func open(_ count: Int, _ builder: RegistryBuilder) -> Registry {
        var builder = builder
        for number in 1...count {
            builder.add(
                Wish(
                    key: RecordKey(source: "t", externalID: "W\(number)", id: RecordID(high: 3, low: UInt64(number))),
                    lines: [WishLine(category: nil, quantity: 1)]))
        }
        return builder.build()
    }

    private static let party = (RecordID(high: 1, low: 1), RecordID(high: 1, low: 2))

    @Test("A preview's page loads nothing, runs nothing, and lets no wording become markup")
    func page() {
        var preview = RankingPreview(top: 5)
        preview.add(
            before: [0], after: [1],
            belonging: .init(area: "-", groups: ["<script>alert(1)</script>"], lane: "microWish"),
            change: nil, party: { ($0 == 0 ? Self.party.0 : Self.party.1).description })
        let report = PreviewView(
            preview, published: "default@1", draft: "default:draft",
            registry: RegistryBuilder(areas: .empty, categories: .empty).build(),
            parties: [Self.party.0.description: "<b>示例</b>", Self.party.1.description: "\"x\""], mostChanges: 10,
            language: .en)
        // What time left out, and who is left with nothing, stands on the page as on the screen.
        var short = RankingPreview(top: 5)
        let lines = RegistryBuilder(areas: .empty, categories: .empty)
        short.add(
            before: [0], after: [], belonging: .init(area: "-", groups: [], lane: "microWish"), change: nil,
            party: { _ in nil })
        let partial = PreviewView(
            short, published: "default@1", draft: "default:draft", registry: Self.open(3, lines), parties: [:],
            mostChanges: 10, language: .en)
        let page = PreviewPage(report: partial, language: .en).html
        #expect(page.contains("1 wish line has an offer now, and would have none"))
        #expect(page.contains("Time ran out: 1 of 3 lines"))
        let html = PreviewPage(report: report, language: .zhHans).html
        #expect(!html.contains("class=\"warning\""))
        #expect(html.contains("default-src 'none'") && html.contains("<svg"))
        #expect(!html.contains("<script") && !html.contains("<b>示例") && !html.contains("://"))
        #expect(html.contains("&lt;b&gt;示例"))
    }
}

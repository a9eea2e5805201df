import Foundation
import MatchCore
import Operations
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
                arguments + ["--data", Self.data, "--lang", "en"], environment: ["NO_COLOR": "1"], folder: folder)
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
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "almoner.db").path))

            let few = try run([
                "tune", "learn", "--decisions", "h/decisions.ndjson", "--profile", "h/today.yaml", "--least", "1000",
                "--out", "none.yaml",
            ])
            #expect(few.status == 0 && few.output.contains("Cannot tell"))
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
            let bound = try run(["tune", "learn", "--decisions", "bad.csv", "--bound", "Proximity=5"])
            #expect(bound.status == 2 && bound.error.contains("SCORER=LOW...HIGH"))
        }
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
        let html = PreviewPage(report: report, language: .zhHans).html
        #expect(html.contains("default-src 'none'") && html.contains("<svg"))
        #expect(!html.contains("<script") && !html.contains("<b>示例") && !html.contains("://"))
        #expect(html.contains("&lt;b&gt;示例"))
    }
}

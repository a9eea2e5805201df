import AlmonerTesting
import Foundation
import MatchCore
import Testing

@testable import Commands
@testable import Storage

/// Stored explanations are evidence: whatever is changed in the file shows.
@Suite("Alterations of the file")
struct AlterationTests {
    private enum Part: CaseIterable { case value, weight, total, input }

    /// A row as it stands in the file.
    private struct Row {
        var key: [SQLValue]
        var explanation: Explanation
        var rank: Int
    }

    @Test("All of 1,000 explanations altered in the file are found, and no other")
    func thousand() throws {
        try withDemoMatches { folder, run in
            let database = folder.appending(path: "almoner.db").path
            var random = SeededRandom(seed: 20_261_122)
            let altered = try alter(1_000, in: database, hiding: false, using: &random)
            let found = try run(["recompute", "--deep", "--json"])
            #expect(found.status == 1)
            #expect(found.output.contains("\"differing\" : \(altered)"), "\(found.output.prefix(300))")
        }
    }

    @Test("Values, weights and totals are found even where the digest was made to fit")
    func hidden() throws {
        try withDemoMatches { folder, run in
            let database = folder.appending(path: "almoner.db").path
            var random = SeededRandom(seed: 7)
            let altered = try alter(300, in: database, hiding: true, using: &random)
            let found = try run(["recompute", "--deep", "--json"])
            #expect(found.status == 1)
            #expect(found.output.contains("\"differing\" : \(altered)"), "\(found.output.prefix(300))")
        }
    }

    private func withDemoMatches(
        _ body: (_ folder: URL, _ run: ([String]) throws -> ProgramTests.Outcome) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "almoner-altered-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = DataDirectoryTests.root.appending(path: "Data").path
        let run = { (arguments: [String]) in
            try ProgramTests.run(arguments + ["--data", data, "--lang", "en"], environment: [:], folder: folder)
        }
        for arguments in [["init"], ["demo"], ["match", "--all"]] { #expect(try run(arguments).status == 0) }
        try body(folder, run)
    }

    /// Alters one part of so many rows, each row once; with `hiding` the digest is made to fit the altered row.
    private func alter(_ count: Int, in path: String, hiding: Bool, using random: inout SeededRandom) throws -> Int {
        let database = try SQLiteDatabase(path: path, access: .open)
        defer { try? database.close() }
        var rows: [Row] = []
        try database.blockingRead { connection in
            try connection.forEach(
                """
                SELECT wish_id, wish_line, place, offer_id, offer_line, profile, as_of, total, entries FROM suggestion
                ORDER BY wish_id, wish_line, place
                """
            ) { row in
                let key = RecordKey(source: "", externalID: nil, id: try row["wish_id"])
                let offer = RecordKey(source: "", externalID: nil, id: try row["offer_id"])
                let explanation = Explanation(
                    wish: key, wishLine: try row["wish_line"], offer: offer, offerLine: try row["offer_line"],
                    profile: try row["profile"], asOf: try row["as_of"], total: try row["total"],
                    entries: try ExplanationText.decode(try row["entries"]).entries)
                rows.append(Row(key: Array(row.values[0..<3]), explanation: explanation, rank: try row["place"]))
            }
        }
        try #require(rows.count >= count)
        rows.shuffle(using: &random)
        for (number, row) in rows.prefix(count).enumerated() {
            var explanation = row.explanation
            let parts: [Part] = hiding ? [.value, .weight, .total] : Part.allCases
            alter(parts[number % parts.count], of: &explanation, using: &random)
            let entries = ExplanationText.encode(explanation)
            try database.blockingWrite { connection in
                try connection.run(
                    """
                    UPDATE suggestion SET total = $4, entries = $5 WHERE wish_id = $1 AND wish_line = $2 AND place = $3
                    """, row.key + [SQLValue(explanation.total), .text(entries)])
                if hiding {
                    let digest = ExplanationText.digest(of: explanation, rank: row.rank, entries: entries)
                    try connection.run(
                        "UPDATE suggestion SET digest = $4 WHERE wish_id = $1 AND wish_line = $2 AND place = $3",
                        row.key + [.text(digest)])
                }
            }
        }
        return count
    }

    private func alter(_ part: Part, of explanation: inout Explanation, using random: inout SeededRandom) {
        let counting = explanation.entries.indices.filter { explanation.entries[$0].outcome == .value }
        let index = counting[Int(random.next() % UInt64(counting.count))]
        switch part {
        case .value: explanation.entries[index].value ^= 1
        case .weight: explanation.entries[index].weight ^= 1
        case .total: explanation.total = (explanation.total ?? 0) ^ 1
        case .input:
            let told = explanation.entries.indices.filter { !explanation.entries[$0].inputs.entries.isEmpty }
            let place = told[Int(random.next() % UInt64(told.count))]
            var inputs = explanation.entries[place].inputs.entries
            let input = Int(random.next() % UInt64(inputs.count))
            inputs[input].value =
                switch inputs[input].value {
                case .integer(let number): .integer(number ^ 1)
                case .flag(let flag): .flag(!flag)
                case .text(let text): .text(text + "x")
                case .integers(let numbers): .integers(numbers + [1])
                case .texts(let texts): .texts(texts + ["x"])
                case .missing: .integer(1)
                }
            explanation.entries[place].inputs = ScoreInputs(entries: inputs)
        }
    }
}

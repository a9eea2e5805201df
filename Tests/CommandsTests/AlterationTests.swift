import AlmonerTesting
import Casework
import Foundation
import MatchCore
import Testing

@testable import Commands
@testable import Storage

/// Stored explanations are evidence: whatever is changed in the file shows.
@Suite("Alterations of the file")
struct AlterationTests {
    private enum Part: CaseIterable { case value, weight, total, input }

    /// What one who has the keys does with the digest of a row that they alter.
    private enum Digest { case left, made }

    @Test("All of 1,000 explanations altered in the file are found, and no other")
    func thousand() throws {
        try withDemoMatches { folder, run in
            let altered = try blindlyAlter(1_000, in: folder)
            let found = try run(["recompute", "--json"])
            #expect(found.status == 1)
            #expect(found.output.contains("\"differing\" : \(altered)"), "\(found.output.prefix(300))")
        }
    }

    @Test("Those that were sealed anew are found by their digest")
    func sealedAnew() throws {
        try withDemoMatches { folder, run in
            var random = SeededRandom(seed: 20_261_122)
            let altered = try alter(300, in: folder, digest: .left, using: &random)
            let found = try run(["recompute", "--deep", "--json"])
            #expect(found.status == 1)
            #expect(found.output.contains("\"differing\" : \(altered)"), "\(found.output.prefix(300))")
        }
    }

    @Test("Values, weights and totals are found even where the digest was made to fit")
    func hidden() throws {
        try withDemoMatches { folder, run in
            var random = SeededRandom(seed: 7)
            let altered = try alter(300, in: folder, digest: .made, using: &random)
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

    private func withStore<Result>(
        in folder: URL, _ body: (SQLCaseTransaction, [SQLRow]) throws -> Result
    ) throws -> Result {
        let path = folder.appending(path: "almoner.db").path
        let database = try SQLiteDatabase(path: path, access: .open)
        defer { try? database.close() }
        let program = try #require(try Programs(database: database).all().first).code
        let vault = try Vault(file: KeyFile(path: "\(path).key"), keys: "\(path).keys", clock: { 0 })
        defer { vault.close() }
        return try SQLCaseStore(database: database, program: program, vault: vault).blockingWrite { transaction in
            let transaction = try #require(transaction as? SQLCaseTransaction)
            return try body(
                transaction,
                try transaction.connection.all(
                    """
                    SELECT wish_id, wish_line, place, as_of, offer_id, offer_line, profile, entries FROM suggestion
                    ORDER BY wish_id, wish_line, place
                    """))
        }
    }

    /// Alters so many rows without a key, each row once.
    private func blindlyAlter(_ count: Int, in folder: URL) throws -> Int {
        try withStore(in: folder) { transaction, rows in
            try #require(rows.count >= count)
            let changes = [
                "entries = substr(entries, 1, 200) || 'AAAA' || substr(entries, 205)", "total = 1",
                "offer_line = offer_line + 1", "profile = profile || '1'", "digest = 'ff'",
            ]
            for (number, row) in rows.prefix(count).enumerated() {
                try transaction.connection.run(
                    """
                    UPDATE suggestion SET \(changes[number % changes.count])
                    WHERE wish_id = $1 AND wish_line = $2 AND place = $3
                    """, Array(row.values.prefix(3)))
            }
            return count
        }
    }

    /// Alters one part of so many rows as somebody who has the keys, each row once.
    private func alter(_ count: Int, in folder: URL, digest: Digest, using random: inout SeededRandom) throws -> Int {
        try withStore(in: folder) { transaction, rows in
            try #require(rows.count >= count)
            for (number, row) in rows.shuffled(using: &random).prefix(count).enumerated() {
                let (wish, line): (RecordID, Int) = (try row[0], try row[1])
                let (rank, asOf): (Int, Timestamp) = (try row[2], try row[3])
                let place = SuggestionText.place(wish: wish, line: line, at: asOf, rank: rank)
                var text = try #require(SuggestionText(try transaction.vault.open(try row[7], at: place) ?? ""))
                var explanation = Explanation(
                    wish: RecordKey(source: "", externalID: nil, id: wish), wishLine: line,
                    offer: RecordKey(source: "", externalID: nil, id: try row[4]), offerLine: try row[5],
                    profile: try row[6], asOf: asOf, total: text.total,
                    entries: try ExplanationText.decode(text.entries).entries)
                let parts: [Part] = digest == .made ? [.value, .weight, .total] : Part.allCases
                alter(parts[number % parts.count], of: &explanation, using: &random)
                let made = SuggestionText(explanation, rank: rank)
                text = SuggestionText(
                    total: made.total, digest: digest == .made ? made.digest : text.digest, entries: made.entries)
                try transaction.connection.run(
                    "UPDATE suggestion SET entries = $4 WHERE wish_id = $1 AND wish_line = $2 AND place = $3",
                    Array(row.values.prefix(3)) + [try transaction.vault.seal(text.text, for: place, of: wish)])
            }
            return count
        }
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

import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Testing

@testable import Storage

@Suite struct SuggestionStoreTests {
    private static let explanation = Explanation(
        wish: Fixture.wish(3).key, wishLine: 1, offer: Fixture.offer(2, of: Fixture.party(1)).key, offerLine: 1,
        profile: "default@1", asOf: Timestamp(milliseconds: 1_700_000_000_000), total: 650_000,
        entries: [
            .init(
                scorer: "Test", version: 1, outcome: .value, value: 800_000, weight: 100, contribution: 80_000_000,
                reason: "near",
                inputs: [
                    "a": 5, "b": "轮椅 \"双\"\n\\", "c": true, "d": .missing, "e": .integers([1, -2]),
                    "f": .texts(["x", "y"]),
                    "g": .texts([]), "h": .integers([]),
                ]),
            .init(
                scorer: "Other", version: 3, outcome: .notKnown, value: 500_000, weight: 100, contribution: 50_000_000,
                reason: "noPlace", inputs: [:]),
            .init(
                scorer: "Silent", version: 1, outcome: .notApplicable, value: 0, weight: 100, contribution: 0,
                reason: "none", inputs: [:]),
        ])

    private func filled() throws -> Fixture {
        let store = try Fixture()
        try store.write { transaction in
            _ = try transaction.save(Fixture.party(1))
            _ = try transaction.save(Fixture.offer(2, of: Fixture.party(1)))
            _ = try transaction.save(Fixture.wish(3))
            try transaction.replaceMatches(
                wish: RecordID(3), line: 1, with: [MatchRecord(rank: 1, explanation: Self.explanation)])
        }
        return store
    }

    private func stored(in store: Fixture) throws -> [Explanation] {
        var explanations: [Explanation] = []
        try store.read { transaction in
            try RegistryReader(transaction).forEachStored(
                wish: RecordID(3), damaged: { place, fault in Issue.record("\(place): \(fault)") },
                { _, explanation in explanations.append(explanation) })
        }
        return explanations
    }

    @Test func anExplanationComesBackAsItWasStored() throws {
        #expect(try stored(in: filled()) == [Self.explanation])
        #expect(Self.explanation.arithmeticFaults().isEmpty)
    }

    @Test func theAccountOfAVoteComesBackAndShowsWhereItWasAltered() throws {
        var voted = Self.explanation
        voted.vote = VoteAccount(
            candidate: 1, place: 1, halfPoints: 4,
            voices: [
                .init(
                    name: "协调员 \"甲\"", votes: 1, profile: "staff@3+lane:microWish", place: 1, halfPoints: 2,
                    totals: [100, 650_000], entries: Self.explanation.entries),
                .init(
                    name: "donors", votes: 2, profile: "donors@1", place: 1, halfPoints: 2, totals: [650_000, 650_000],
                    entries: Self.explanation.entries),
            ])
        #expect(voted.arithmeticFaults().isEmpty, "\(voted.arithmeticFaults())")
        let store = try filled()
        try store.write { transaction in
            try transaction.replaceMatches(
                wish: RecordID(3), line: 1, with: [MatchRecord(rank: 1, explanation: voted)])
        }
        #expect(try stored(in: store) == [voted])
        try store.rewrite { $0.entries = $0.entries.replacing("\"votes\":2", with: "\"votes\":3") }
        var recomputation = Recomputation()
        try store.read { try recomputation.run(over: $0, plan: nil) }
        #expect(recomputation.checked == 1 && recomputation.differences.count == 1)
    }

    /// By somebody who has the keys, too.
    @Test(
        arguments: [
            { $0.total = 650_001 }, { $0.total = nil }, { $0.entries = "nothing" }, { $0.digest = "ff" },
            { $0.entries = $0.entries.replacing("\"n\":800000", with: "\"n\":800001") },
            { $0.entries = $0.entries.replacing("\"w\":100", with: "\"w\":99") },
            { $0.entries = $0.entries.replacing("[\"a\",5]", with: "[\"a\",6]") },
        ] as [@Sendable (inout SuggestionText) -> Void])
    func aRowThatWasSealedAnewIsFound(_ change: @Sendable (inout SuggestionText) -> Void) throws {
        let store = try filled()
        try store.rewrite(change)
        var recomputation = Recomputation()
        try store.read { try recomputation.run(over: $0, plan: nil) }
        #expect(recomputation.checked == 1)
        #expect(recomputation.differences.count == 1)
    }

    @Test func whatIsSealedOpensInItsOwnRowAlone() throws {
        let store = try filled()
        try store.write { transaction in
            _ = try transaction.save(Fixture.wish(4))
            var other = Self.explanation
            other.wish = Fixture.wish(4).key
            try transaction.replaceMatches(
                wish: RecordID(4), line: 1, with: [MatchRecord(rank: 1, explanation: other)])
        }
        try store.database.blockingWrite { connection in
            let rows = try connection.all("SELECT wish_id, entries FROM suggestion ORDER BY wish_id")
            #expect(rows.count == 2)
            for (row, other) in zip(rows, rows.reversed()) {
                try connection.run(
                    "UPDATE suggestion SET entries = $2 WHERE wish_id = $1", [row.values[0], other.values[1]])
            }
        }
        var recomputation = Recomputation()
        try store.read { try recomputation.run(over: $0, plan: nil) }
        #expect(recomputation.checked == 2 && recomputation.differences.count == 2)
    }

    @Test(arguments: [
        "UPDATE suggestion SET total = 650000",
        "UPDATE suggestion SET place = 2",
        "UPDATE suggestion SET profile = 'default@2'",
        "UPDATE suggestion SET as_of = as_of + 1",
        "UPDATE suggestion SET entries = substr(entries, 1, 200) || 'AAAA' || substr(entries, 205)",
        "UPDATE suggestion SET entries = substr(entries, 1, 200)",
        "UPDATE suggestion SET entries = 'nothing'",
        "UPDATE suggestion SET digest = 'ff'",
        "UPDATE suggestion SET total = 1e30",
        "UPDATE suggestion SET wish_line = 1.5",
        "UPDATE suggestion SET offer_line = 'x'",
        "UPDATE suggestion SET as_of = x'00'",
    ])
    func anAlteredRowIsFound(_ statement: String) throws {
        let store = try filled()
        do {
            try #expect(store.database.blockingWrite { try $0.run(statement) } == 1)
        } catch let error as DatabaseError where TestDatabase.server != nil {
            // A server does not even take a value of another type.
            #expect([.wrongType, .invalidSQL].contains(error.code))
            return
        }
        var recomputation = Recomputation()
        try store.read { try recomputation.run(over: $0, plan: nil) }
        #expect(recomputation.checked == 1)
        #expect(recomputation.differences.count == 1)
    }

    @Test(arguments: [
        "UPDATE suggestion SET offer_id = '01a20122-0000-7000-8000-000000000000'",
        "UPDATE suggestion SET wish_id = '01a20122-0000-7000-8000-000000000000'",
        "UPDATE suggestion SET program = 'x'",
        "DELETE FROM offer_line; DELETE FROM offer", "DELETE FROM wish_line; DELETE FROM wish",
    ])
    func aRowWhoseOtherEndIsGoneIsFound(_ statement: String) throws {
        let store = try filled()
        try store.database.blockingWrite { connection in
            // A copy has no constraints, as for a program that does not switch them on.
            try connection.run("CREATE TABLE free_suggestion AS SELECT * FROM suggestion")
            try connection.run("DROP TABLE suggestion")
            try connection.run("ALTER TABLE free_suggestion RENAME TO suggestion")
            for step in statement.split(separator: ";") { try connection.run(String(step)) }
        }
        var recomputation = Recomputation()
        try store.read { try recomputation.run(over: $0, plan: nil) }
        #expect(recomputation.differences.count == 1)
    }

    @Test func aDamagedProfileIsAFindingByName() throws {
        let store = try filled()
        try store.write {
            try $0.publish(
                ScoringProfile(name: "default", revision: 1, title: LocalizedText(zhHans: "甲", en: "a"), entries: []),
                at: Timestamp(milliseconds: 0), reason: "test")
        }
        try store.database.blockingWrite { try $0.run("UPDATE profile_revision SET body = '{'") }
        let error = #expect(throws: DatabaseError.self) {
            try store.read { _ = try $0.profile("default", revision: 1) }
        }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("default@1") == true)
    }

    @Test func aSecondRunReplacesTheFirst() throws {
        let store = try filled()
        try store.write { try $0.replaceMatches(wish: RecordID(3), line: 1, with: []) }
        #expect(try stored(in: store) == [])
    }
}

extension Fixture {
    /// Seals what stands in the one row anew, changed.
    fileprivate func rewrite(_ change: (inout SuggestionText) -> Void) throws {
        try write { transaction in
            let transaction = try #require(transaction as? SQLCaseTransaction)
            let row = try transaction.connection.require(
                "SELECT wish_id, wish_line, as_of, place, entries FROM suggestion")
            let wish: RecordID = try row[0]
            let place = SuggestionText.place(wish: wish, line: try row[1], at: try row[2], rank: try row[3])
            var text = try #require(SuggestionText(try transaction.vault.open(try row[4], at: place) ?? ""))
            change(&text)
            try transaction.connection.run(
                "UPDATE suggestion SET entries = $1", [try transaction.vault.seal(text.text, for: place, of: wish)])
        }
    }
}

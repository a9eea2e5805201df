internal import CaseRecords
internal import Casework
internal import MatchCore
internal import Sealing

/// Stored suggestions. What a row says beyond which pair it is of is sealed under the wish's key.
extension SQLCaseTransaction {
    func replaceMatches(wish: RecordID, line: Int, with matches: [MatchRecord]) throws {
        try note(.matches, wish, .changed)
        // A list that somebody has chosen from is what tuning learns from: it is kept.
        try connection.run(
            """
            INSERT INTO past_suggestion (program, wish_id, wish_line, as_of, place, offer_id, offer_line, profile, total,
                entries, digest)
            SELECT s.program, s.wish_id, s.wish_line, s.as_of, s.place, s.offer_id, s.offer_line, s.profile, s.total,
                s.entries, s.digest
            FROM suggestion s
            WHERE s.program = $1 AND s.wish_id = $2 AND s.wish_line = $3 AND EXISTS (
                SELECT 1 FROM claim c
                WHERE c.program = s.program AND c.wish_id = s.wish_id AND c.wish_line = s.wish_line
                    AND c.made_at >= s.as_of)
            ON CONFLICT DO NOTHING
            """,
            [.text(program), SQLValue(wish), SQLValue(line)])
        try connection.run(
            "DELETE FROM suggestion WHERE program = $1 AND wish_id = $2 AND wish_line = $3",
            [.text(program), SQLValue(wish), SQLValue(line)])
        for match in matches {
            let explanation = match.explanation
            let place = SuggestionText.place(wish: wish, line: line, at: explanation.asOf, rank: match.rank)
            let sealed: SQLValue
            do {
                sealed = try vault.seal(SuggestionText(explanation, rank: match.rank).text, for: place, of: wish)
            } catch let error as SealError where error.code == .erased {
                // Erased since the run read it: there is nothing more to suggest.
                return
            }
            try connection.run(
                """
                INSERT INTO suggestion (program, wish_id, wish_line, place, offer_id, offer_line, profile, as_of,
                    entries, digest)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')
                """,
                [
                    .text(program), SQLValue(wish), SQLValue(line), SQLValue(match.rank),
                    SQLValue(explanation.offer.id),
                    SQLValue(explanation.offerLine), .text(explanation.profile), SQLValue(explanation.asOf), sealed,
                ])
        }
    }

    func forEachMatch(wish: RecordID?, _ body: (StoredMatch) throws -> Void) throws {
        try forEachRow(of: "suggestion", wish: wish, body)
    }

    func forEachPastMatch(_ body: (StoredMatch) throws -> Void) throws {
        try forEachRow(of: "past_suggestion", wish: nil, body)
    }

    private func forEachRow(of table: String, wish: RecordID?, _ body: (StoredMatch) throws -> Void) throws {
        // Outer joins, and rows of programs that there are not: a row whose other end is gone must be found, not hidden.
        // Those of one wish are found by the key.
        let condition =
            wish == nil
            ? "(s.program = $1 OR NOT EXISTS (SELECT 1 FROM program p WHERE p.program = s.program))"
            : "s.program = $1 AND s.wish_id = $2"
        // Everything is read as text, because the driver refuses a fraction before a single row could be blamed for it.
        let texts = Column.allCases.map { "CAST(\($0.sql) AS TEXT)" }.joined(separator: ", ")
        try connection.forEach(
            """
            SELECT \(texts)
            FROM \(table) s
            LEFT JOIN wish w ON w.program = s.program AND w.id = s.wish_id
            LEFT JOIN offer o ON o.program = s.program AND o.id = s.offer_id
            WHERE \(condition)
            ORDER BY s.wish_id, s.wish_line, s.as_of, s.place
            """, [.text(program)] + (wish.map { [SQLValue($0)] } ?? [])
        ) { row in
            if let match = try read(row) { try body(match) }
        }
    }

    private enum Column: Int, CaseIterable {
        case program, wish, wishSource, wishName, wishFound, wishLine, offer, offerSource, offerName, offerFound,
            offerLine, place, profile, asOf, total, entries, digest

        var sql: String {
            switch self {
            case .program: "s.program"
            case .wish: "s.wish_id"
            case .wishSource: "w.source"
            case .wishName: "w.external_id"
            case .wishFound: "w.id"
            case .wishLine: "s.wish_line"
            case .offer: "s.offer_id"
            case .offerSource: "o.source"
            case .offerName: "o.external_id"
            case .offerFound: "o.id"
            case .offerLine: "s.offer_line"
            case .place: "s.place"
            case .profile: "s.profile"
            case .asOf: "s.as_of"
            case .total: "s.total"
            case .entries: "s.entries"
            case .digest: "s.digest"
            }
        }
    }

    /// Never throws for a damaged row: what cannot be read is a finding, not the end of the reading. Nil for a row that
    /// went with its wish: in an older copy of a database it stands until the erasure is repeated, and opens no more.
    private func read(_ row: SQLRow) throws -> StoredMatch? {
        func text(_ column: Column) -> String? { String(sqlValue: row.values[column.rawValue]) }
        func need<Value>(_ column: Column, _ value: (String) -> Value?) throws -> Value {
            guard let found = text(column).flatMap(value) else {
                throw DatabaseError(.wrongType, message: "Its \(column) is not of the kind that was stored.")
            }
            return found
        }
        let wishName = text(.wishName) ?? text(.wish) ?? "?"
        let offerName = text(.offerName) ?? text(.offer) ?? "?"
        let place = "wish \(wishName)/\(text(.wishLine) ?? "?") #\(text(.place) ?? "?"), offer \(offerName)"
        func faulty(_ fault: String) -> StoredMatch { .faulty(place: place, fault: fault) }

        guard text(.program) == program else {
            return faulty("the row belongs to the program '\(text(.program) ?? "")', which there is not")
        }
        guard text(.wishFound) != nil else { return faulty("its wish is not in the registry") }
        guard text(.offerFound) != nil else { return faulty("its offer is not in the registry") }
        do {
            let wish = try need(.wish) { RecordID($0) }
            let line = try need(.wishLine) { Int($0) }
            let asOf = try need(.asOf) { Int64($0).map { Timestamp(milliseconds: $0) } }
            let rank = try need(.place) { Int($0) }
            let said: SuggestionText
            let entries = try need(.entries) { $0 }
            if SealedText.isSealed(entries) {
                guard text(.total) == nil, text(.digest) == "" else {
                    return faulty("something stands in the open beside what is sealed")
                }
                let place = SuggestionText.place(wish: wish, line: line, at: asOf, rank: rank)
                guard let opened = SuggestionText(try vault.open(entries, at: place) ?? "") else {
                    return faulty("the row cannot be read: its entries are not what was stored")
                }
                said = opened
            } else {
                // Of before there was sealing; see ``OldRows``.
                said = SuggestionText(
                    total: text(.total) == nil ? nil : try need(.total) { Int32($0) },
                    digest: try need(.digest) { $0 }, entries: entries)
            }
            let content = try ExplanationText.decode(said.entries)
            var explanation = Explanation(
                wish: RecordKey(source: try need(.wishSource) { $0 }, externalID: text(.wishName), id: wish),
                wishLine: line,
                offer: RecordKey(
                    source: try need(.offerSource) { $0 }, externalID: text(.offerName),
                    id: try need(.offer) { RecordID($0) }),
                offerLine: try need(.offerLine) { Int($0) }, profile: try need(.profile) { $0 }, asOf: asOf,
                total: said.total, entries: content.entries)
            explanation.vote = content.vote
            guard said.digest == ExplanationText.digest(of: explanation, rank: rank, entries: said.entries) else {
                return faulty("the row is not the one that was stored: its digest differs")
            }
            return .intact(MatchRecord(rank: rank, explanation: explanation))
        } catch let error as SealError {
            switch error.code {
            case .erased: return nil
            case .altered, .plain: return faulty("the row cannot be read: \(error.text.en)")
            default: throw error
            }
        } catch let error as VaultSession.NotInMemory {
            throw error
        } catch let error as DatabaseError {
            return faulty("the row cannot be read: \(error.message)")
        } catch {
            return faulty("the row cannot be read: its entries are not what was stored")
        }
    }
}

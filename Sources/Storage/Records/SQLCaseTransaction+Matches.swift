internal import CaseRecords
internal import Casework
internal import MatchCore

/// Stored suggestions.
extension SQLCaseTransaction {
    func replaceMatches(wish: RecordID, line: Int, with matches: [MatchRecord]) throws {
        try connection.run(
            "DELETE FROM suggestion WHERE program = $1 AND wish_id = $2 AND wish_line = $3",
            [.text(program), SQLValue(wish), SQLValue(line)])
        for match in matches {
            let explanation = match.explanation
            let entries = ExplanationText.encode(explanation.entries)
            try connection.run(
                """
                INSERT INTO suggestion (program, wish_id, wish_line, place, offer_id, offer_line, profile, as_of, total,
                    entries, digest)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """,
                [
                    .text(program), SQLValue(wish), SQLValue(line), SQLValue(match.rank),
                    SQLValue(explanation.offer.id),
                    SQLValue(explanation.offerLine), .text(explanation.profile), SQLValue(explanation.asOf),
                    SQLValue(explanation.total), .text(entries),
                    .text(ExplanationText.digest(of: explanation, rank: match.rank, entries: entries)),
                ])
        }
    }

    func forEachMatch(wish: RecordID?, _ body: (StoredMatch) throws -> Void) throws {
        let condition = wish == nil ? "" : "AND s.wish_id = $2"
        try connection.forEach(
            """
            SELECT w.id, w.source, w.external_id, s.wish_line, o.id, o.source, o.external_id, s.offer_line, s.place,
                s.profile, s.as_of, s.total, s.entries, s.digest
            FROM suggestion s
            JOIN wish w ON w.program = s.program AND w.id = s.wish_id
            JOIN offer o ON o.program = s.program AND o.id = s.offer_id
            WHERE s.program = $1 \(condition)
            ORDER BY s.wish_id, s.wish_line, s.place
            """, [.text(program)] + (wish.map { [SQLValue($0)] } ?? [])
        ) { try body(read($0)) }
    }

    /// Never throws for a damaged row: what cannot be read is a finding, not the end of the reading.
    private func read(_ row: SQLRow) -> StoredMatch {
        var place = "a row"
        do {
            let wish = try row.key(id: 0, source: 1, externalID: 2)
            let offer = try row.key(id: 4, source: 5, externalID: 6)
            place = "wish \(wish.handle), offer \(offer.handle)"
            let entries: String = try row[12]
            let explanation = Explanation(
                wish: wish, wishLine: try row[3], offer: offer, offerLine: try row[7], profile: try row[9],
                asOf: try row[10], total: try row[11], entries: try ExplanationText.decode(entries))
            let rank: Int = try row[8]
            let digest: String = try row[13]
            guard digest == ExplanationText.digest(of: explanation, rank: rank, entries: entries) else {
                return .faulty(place: place, fault: "the row is not the one that was stored: its digest differs")
            }
            return .intact(MatchRecord(rank: rank, explanation: explanation))
        } catch {
            return .faulty(place: place, fault: "the row cannot be read: \(error)")
        }
    }
}

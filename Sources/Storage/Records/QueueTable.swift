internal import Casework
internal import MatchCore

/// Reads and writes the places of those who wait for an offer line.
struct QueueTable {
    let connection: any Connection
    let program: String

    func insert(_ kept: QueuePlace) throws -> Bool {
        try connection.run(
            """
            INSERT INTO claim_queue (program, id, offer_id, offer_line, wish_id, wish_line, quantity, least, since_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
            """,
            [
                .text(program), SQLValue(kept.place.id), SQLValue(kept.offer.record), SQLValue(kept.offer.number),
                SQLValue(kept.wish.record), SQLValue(kept.wish.number), SQLValue(kept.place.quantity),
                SQLValue(kept.place.least), SQLValue(kept.place.since),
            ]) == 1
    }

    /// Writes what a place is for; since when it is there stays.
    func update(_ kept: QueuePlace) throws {
        try connection.run(
            "UPDATE claim_queue SET quantity = $3, least = $4 WHERE program = $1 AND id = $2",
            [
                .text(program), SQLValue(kept.place.id), SQLValue(kept.place.quantity), SQLValue(kept.place.least),
            ])
    }

    func delete(_ id: RecordID) throws {
        try connection.run("DELETE FROM claim_queue WHERE program = $1 AND id = $2", [.text(program), SQLValue(id)])
    }

    /// The places of a wish, whatever it waits for.
    func all(of wish: RecordID) throws -> [QueuePlace] {
        try connection.all(
            """
            SELECT id, offer_id, offer_line, wish_line, quantity, least, since_at FROM claim_queue
            WHERE program = $1 AND wish_id = $2 ORDER BY since_at, id
            """, [.text(program), SQLValue(wish)]
        ).map { row in
            let line = LineReference(wish, try row[3])
            return QueuePlace(
                place: try ClaimQueue.Place(
                    id: try row[0], wishLine: line.id, quantity: try row[4], least: try row[5], since: try row[6]),
                offer: LineReference(try row[1], try row[2]), wish: line)
        }
    }

    /// What is available of each is looked up by its key: a join would read, and on PostgreSQL lock, lines of everybody.
    func linesWaitedFor(behind line: LineReference?, limit: Int) throws -> [LineReference] {
        let behind = line == nil ? "" : "AND (offer_id > $3 OR offer_id = $3 AND offer_line > $4)"
        return try connection.all(
            """
            SELECT DISTINCT offer_id, offer_line FROM claim_queue WHERE program = $1 \(behind)
            ORDER BY offer_id, offer_line LIMIT $2
            """,
            [.text(program), SQLValue(limit)] + (line.map { [SQLValue($0.record), SQLValue($0.number)] } ?? [])
        ).map { LineReference(try $0[0], try $0[1]) }
    }

    func all(for offer: LineReference) throws -> [QueuePlace] {
        try connection.all(
            """
            SELECT id, wish_id, wish_line, quantity, least, since_at FROM claim_queue
            WHERE program = $1 AND offer_id = $2 AND offer_line = $3 ORDER BY since_at, id
            """, [.text(program), SQLValue(offer.record), SQLValue(offer.number)]
        ).map { row in
            let wish = LineReference(try row[1], try row[2])
            return QueuePlace(
                place: try ClaimQueue.Place(
                    id: try row[0], wishLine: wish.id, quantity: try row[3], least: try row[4], since: try row[5]),
                offer: offer, wish: wish)
        }
    }
}

internal import Casework
internal import MatchCore

/// Reads and writes the feed of changes.
struct ChangeTable {
    let connection: any Connection
    let program: String

    private var timelines: ChangeTimelines { ChangeTimelines(connection: connection, program: program) }

    func insert(_ changes: some Collection<Change>, transaction: Int64, from position: Int64, at moment: Moment) throws
    {
        var position = position
        try connection.prepare(
            """
            INSERT INTO change_entry (program, transaction_number, position, kind, subject, what, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """
        ).runAll(
            changes.lazy.map { change in
                defer { position += 1 }
                return [
                    .text(program), SQLValue(transaction), SQLValue(position), .text(change.kind.rawValue),
                    .text(change.subject), .text(change.what.rawValue), SQLValue(moment),
                ]
            })
    }

    func all(behind place: ChangePlace, limit: Int) throws -> [KeptChange] {
        let timeline = try timelines.newest()
        return try connection.all(
            """
            SELECT transaction_number, position, kind, subject, what, at FROM change_entry
            WHERE program = $1 AND (transaction_number, position) > ($2, $3) AND transaction_number < $4
            ORDER BY transaction_number, position LIMIT $5
            """,
            [
                .text(program), SQLValue(place.transaction), SQLValue(place.position),
                SQLValue(try connection.settledTransactions()), SQLValue(limit),
            ]
        ).map { row in
            let (kind, what): (String, String) = (try row[2], try row[4])
            guard let kind = Change.Kind(rawValue: kind), let what = Change.What(rawValue: what) else {
                throw DatabaseError(.wrongType, message: "An entry of the feed of changes is of no known kind.")
            }
            return KeptChange(
                Change(kind, try row[3], what),
                place: ChangePlace(transaction: try row[0], position: try row[1], timeline: timeline),
                at: try row[5])
        }
    }

    func forgotten() throws -> ChangePlace {
        let timeline = try timelines.newest()
        return try connection.first(
            "SELECT forgotten_transaction, forgotten_position FROM change_feed WHERE program = $1", [.text(program)]
        ).map { ChangePlace(transaction: try $0[0], position: try $0[1], timeline: timeline) }
            ?? ChangePlace(transaction: 0, position: 0, timeline: timeline)
    }

    func last() throws -> ChangePlace {
        let last = try connection.first(
            """
            SELECT transaction_number, position FROM change_entry WHERE program = $1 AND transaction_number < $2
            ORDER BY transaction_number DESC, position DESC LIMIT 1
            """, [.text(program), SQLValue(try connection.settledTransactions())]
        )
        let forgotten = try forgotten()
        guard let last else { return forgotten }
        return max(
            ChangePlace(transaction: try last[0], position: try last[1], timeline: forgotten.timeline), forgotten)
    }

    /// Looks at the oldest entries alone, so that a round costs little where nothing is old enough.
    func forget(before moment: Moment, limit: Int) throws -> Int {
        var count = 0
        var end: ChangePlace?
        let cursor = try connection.prepare(
            """
            SELECT transaction_number, position, at FROM change_entry WHERE program = $1 AND transaction_number < $2
            ORDER BY transaction_number, position LIMIT $3
            """
        ).rows([.text(program), SQLValue(try connection.settledTransactions()), SQLValue(limit)])
        while let row = try cursor.next() {
            let at: Moment = try row[2]
            guard at < moment else { break }
            end = ChangePlace(transaction: try row[0], position: try row[1])
            count += 1
        }
        cursor.close()
        guard let end else { return 0 }
        let place: [SQLValue] = [.text(program), SQLValue(end.transaction), SQLValue(end.position)]
        try connection.run(
            "DELETE FROM change_entry WHERE program = $1 AND (transaction_number, position) <= ($2, $3)", place)
        try connection.run(
            """
            INSERT INTO change_feed (program, counter, forgotten_transaction, forgotten_position)
            VALUES ($1, 0, $2, $3)
            ON CONFLICT (program) DO UPDATE SET forgotten_transaction = excluded.forgotten_transaction,
                forgotten_position = excluded.forgotten_position
            """, place)
        return count
    }
}

internal import Casework
internal import MatchCore

/// Reads and writes where each wish stands.
struct WishCaseTable {
    let connection: any Connection
    let program: String

    private static let columns = """
        wish_id, area, level, lane, channel, category, urgency, household_id, state, round, received_at, changed_at,
        outcome
        """

    func save(_ wishCase: WishCase) throws {
        try connection.run(
            """
            INSERT INTO wish_case (program, \(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (program, wish_id) DO UPDATE SET area = excluded.area, category = excluded.category,
                urgency = excluded.urgency, household_id = excluded.household_id, state = excluded.state,
                outcome = excluded.outcome, round = excluded.round, changed_at = excluded.changed_at
            """,
            [
                .text(program), SQLValue(wishCase.wish), SQLValue(wishCase.area), SQLValue(wishCase.level),
                SQLValue(wishCase.lane), SQLValue(wishCase.channel), SQLValue(wishCase.category),
                SQLValue(wishCase.urgency), SQLValue(wishCase.household), SQLValue(wishCase.state),
                SQLValue(wishCase.round), SQLValue(wishCase.receivedAt), SQLValue(wishCase.changedAt),
                SQLValue(wishCase.outcome),
            ])
        // The matcher looks at the wish itself.
        try connection.run(
            "UPDATE wish SET state = $3 WHERE program = $1 AND id = $2 AND state <> $3",
            [.text(program), SQLValue(wishCase.wish), .text(wishCase.state == .open ? "open" : "closed")])
    }

    func first(_ wish: RecordID) throws -> WishCase? {
        try connection.first(
            "SELECT \(Self.columns) FROM wish_case WHERE program = $1 AND wish_id = $2",
            [.text(program), SQLValue(wish)]
        ).map(decode)
    }

    func all(_ filter: WishCaseFilter, limit: Int) throws -> [WishCase] {
        var conditions = Conditions(program: program)
        conditions.add("state =", filter.state)
        conditions.add("area =", filter.area)
        conditions.add("area", in: filter.areas)
        conditions.add("lane =", filter.lane)
        conditions.add("channel =", filter.channel)
        conditions.add("household_id =", filter.household)
        if let behind = filter.behind { conditions.add(behind: ("received_at", "wish_id"), behind.time, behind.id) }
        let limit = conditions.place(SQLValue(limit))
        return try connection.all(
            """
            SELECT \(Self.columns) FROM wish_case WHERE program = $1\(conditions.text)
            ORDER BY received_at, wish_id LIMIT \(limit)
            """, conditions.parameters
        ).map(decode)
    }

    private func decode(_ row: SQLRow) throws -> WishCase {
        WishCase(
            wish: try row[0], area: try row[1], level: try row[2], lane: try row[3], channel: try row[4],
            category: try row[5], urgency: try row[6], household: try row[7], state: try row[8], outcome: try row[12],
            round: try row[9], receivedAt: try row[10], changedAt: try row[11])
    }
}

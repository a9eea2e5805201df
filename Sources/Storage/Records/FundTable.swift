internal import Casework
internal import MatchCore

/// Reads and writes the periods of funds.
struct FundTable {
    let connection: any Connection
    let program: String

    func save(_ budget: FundBudget) throws {
        try connection.run(
            """
            INSERT INTO fund_budget (program, offer_id, line, party_id, first_day, last_day)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (program, offer_id, line) DO UPDATE SET first_day = excluded.first_day,
                last_day = excluded.last_day
            """,
            [
                .text(program), SQLValue(budget.line.record), SQLValue(budget.line.number), SQLValue(budget.party),
                SQLValue(budget.days.lowerBound.dayNumber), SQLValue(budget.days.upperBound.dayNumber),
            ])
    }

    func budget(of line: LineReference) throws -> FundBudget? {
        try connection.first(
            "\(Self.all) WHERE b.program = $1 AND b.offer_id = $2 AND b.line = $3",
            [.text(program), SQLValue(line.record), SQLValue(line.number)]
        ).map(decode)
    }

    /// The numbers of an offer's lines that have a budget.
    func lines(of offer: RecordID) throws -> Set<Int> {
        Set(
            try connection.all(
                "SELECT line FROM fund_budget WHERE program = $1 AND offer_id = $2", [.text(program), SQLValue(offer)]
            ).map { try $0[0] as Int })
    }

    func budgets(ofOffer offer: RecordID?, behind: FundBudget.Place?, limit: Int) throws -> [FundBudget] {
        var conditions = Conditions(program: program)
        conditions.add("b.offer_id =", offer)
        if let behind {
            let day = conditions.place(SQLValue(behind.first.dayNumber))
            let record = conditions.place(SQLValue(behind.line.record))
            let number = conditions.place(SQLValue(behind.line.number))
            conditions.add("(b.first_day, b.offer_id, b.line) > (\(day), \(record), \(number))")
        }
        let limit = conditions.place(SQLValue(limit))
        return try connection.all(
            """
            \(Self.all) WHERE b.program = $1\(conditions.text) ORDER BY b.first_day, b.offer_id, b.line
            LIMIT \(limit)
            """, conditions.parameters
        ).map(decode)
    }

    func budgets(endedBefore day: CivilDate) throws -> [FundBudget] {
        try connection.all(
            """
            \(Self.all) JOIN offer_line l ON l.program = b.program AND l.offer_id = b.offer_id AND l.line = b.line
            WHERE b.program = $1 AND b.last_day < $2 AND l.available > 0 ORDER BY b.last_day, b.offer_id, b.line
            """, [.text(program), SQLValue(day.dayNumber)]
        ).map(decode)
    }

    private static let all = "SELECT b.offer_id, b.line, b.party_id, b.first_day, b.last_day FROM fund_budget b"

    private func decode(_ row: SQLRow) throws -> FundBudget {
        let first = CivilDate(dayNumber: try row[3])
        return FundBudget(
            party: try row[2], line: LineReference(try row[0], try row[1]),
            days: first...max(first, CivilDate(dayNumber: try row[4])))
    }
}

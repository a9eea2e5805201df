internal import Casework
internal import MatchCore

/// Reads and writes household files with their watch.
struct HouseholdTable {
    let connection: any Connection
    let program: String

    func save(_ household: Household, watch: HouseholdWatch) throws {
        let key: [SQLValue] = [.text(program), SQLValue(household.id)]
        try connection.run(
            """
            INSERT INTO household (program, id, area, last_visit, grade, grade_since, because, visit_due)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (program, id) DO UPDATE SET last_visit = excluded.last_visit, grade = excluded.grade,
                grade_since = excluded.grade_since, because = excluded.because, visit_due = excluded.visit_due
            """,
            key + [
                SQLValue(household.area), SQLValue(household.lastVisit), SQLValue(watch.grade), SQLValue(watch.since),
                ListColumn.encode(watch.because.map(\.text)), SQLValue(watch.visitDue),
            ])
        for member in household.members {
            try connection.run(
                """
                INSERT INTO household_member (program, household_id, person_id, birth_year, from_at, to_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (program, household_id, person_id, from_at) DO UPDATE SET to_at = excluded.to_at
                """,
                key + [
                    SQLValue(member.person), SQLValue(member.birthYear), SQLValue(member.from), SQLValue(member.to),
                ])
        }
        for (kind, list) in [("hardship", household.hardships), ("benefit", household.benefits)] {
            for circumstance in list {
                try connection.run(
                    """
                    INSERT INTO household_circumstance (program, household_id, kind, code, from_at, to_at)
                    VALUES ($1, $2, $3, $4, $5, $6)
                    ON CONFLICT (program, household_id, kind, code, from_at) DO UPDATE SET to_at = excluded.to_at
                    """,
                    key + [
                        .text(kind), SQLValue(circumstance.code), SQLValue(circumstance.from),
                        SQLValue(circumstance.to),
                    ])
            }
        }
        for wish in household.wishes {
            try connection.run(
                """
                INSERT INTO household_wish (program, household_id, wish_id, round, opened_at, closed_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (program, household_id, wish_id) DO UPDATE SET closed_at = excluded.closed_at
                """,
                key + [SQLValue(wish.wish), SQLValue(wish.round), SQLValue(wish.openedAt), SQLValue(wish.closedAt)])
        }
    }

    func first(_ id: RecordID) throws -> (household: Household, watch: HouseholdWatch)? {
        let key: [SQLValue] = [.text(program), SQLValue(id)]
        guard
            let row = try connection.first(
                """
                SELECT area, last_visit, grade, grade_since, because, visit_due FROM household
                WHERE program = $1 AND id = $2
                """, key)
        else { return nil }
        let members = try connection.all(
            """
            SELECT person_id, birth_year, from_at, to_at FROM household_member
            WHERE program = $1 AND household_id = $2 ORDER BY from_at, person_id
            """, key
        ).map { Household.Member(person: try $0[0], birthYear: try $0[1], from: try $0[2], to: try $0[3]) }
        func circumstances(_ kind: String) throws -> [Household.Circumstance] {
            try connection.all(
                """
                SELECT code, from_at, to_at FROM household_circumstance
                WHERE program = $1 AND household_id = $2 AND kind = $3 ORDER BY from_at, code
                """, key + [.text(kind)]
            ).map { Household.Circumstance(code: try $0[0], from: try $0[1], to: try $0[2]) }
        }
        let wishes = try connection.all(
            """
            SELECT wish_id, round, opened_at, closed_at FROM household_wish
            WHERE program = $1 AND household_id = $2 ORDER BY opened_at, wish_id
            """, key
        ).map {
            Household.FiledWish(wish: try $0[0], round: try $0[1], openedAt: try $0[2], closedAt: try $0[3])
        }
        let household = Household(
            id: id, area: try row[0], members: members, hardships: try circumstances("hardship"),
            benefits: try circumstances("benefit"), wishes: wishes, lastVisit: try row[1])
        return (
            household,
            HouseholdWatch(
                household: id, grade: try row[2], because: try codes(row[4]), since: try row[3], visitDue: try row[5])
        )
    }

    func ofWish(_ wish: RecordID) throws -> RecordID? {
        try connection.first(
            "SELECT household_id FROM household_wish WHERE program = $1 AND wish_id = $2",
            [.text(program), SQLValue(wish)]
        ).map { try $0[0] }
    }

    func watches(_ grade: WatchGrade?, limit: Int) throws -> [HouseholdWatch] {
        let condition = grade == nil ? "" : "AND grade = $3"
        return try connection.all(
            """
            SELECT id, grade, because, grade_since, visit_due FROM household WHERE program = $1 \(condition)
            ORDER BY visit_due NULLS LAST, id LIMIT $2
            """, [.text(program), SQLValue(limit)] + (grade.map { [SQLValue($0)] } ?? [])
        ).map { row in
            HouseholdWatch(
                household: try row[0], grade: try row[1], because: try codes(row[2]), since: try row[3],
                visitDue: try row[4])
        }
    }

    func all(_ query: HouseholdQuery, limit: Int) throws -> [(household: Household, watch: HouseholdWatch)] {
        let due = "COALESCE(visit_due, \(Int64.max))"
        var conditions = Conditions(program: program)
        conditions.add("grade =", query.grade)
        conditions.add("area", in: query.areas)
        if let behind = query.behind { conditions.add(behind: (due, "id"), behind.time, behind.id) }
        let limit = conditions.place(SQLValue(limit))
        return try connection.all(
            """
            SELECT id FROM household WHERE program = $1\(conditions.text) ORDER BY \(due), id LIMIT \(limit)
            """, conditions.parameters
        ).compactMap { try first($0[0]) }
    }

    private func codes(_ text: String) throws -> [Casework.Code] {
        ListColumn.decode(text).compactMap { Casework.Code($0) }
    }
}

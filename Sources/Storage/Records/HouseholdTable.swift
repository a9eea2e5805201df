internal import Casework
internal import MatchCore
internal import Sealing

/// Reads and writes household files with their watch.
struct HouseholdTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    private static func because(_ household: RecordID) -> SealedPlace {
        SealedPlace("household", "because", row: household.description)
    }

    static func member(_ household: RecordID, _ person: RecordID, _ from: Moment) -> SealedPlace {
        SealedPlace("household_member", "sealed", row: "\(household)/\(person)/\(from.milliseconds)")
    }

    static func circumstance(_ household: RecordID, _ kind: String, _ code: String, _ from: Moment) -> SealedPlace {
        SealedPlace("household_circumstance", "sealed", row: "\(household)/\(kind)/\(code)/\(from.milliseconds)")
    }

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
                try vault.seal(
                    watch.because.map(\.text).joined(separator: "|"), for: Self.because(household.id), of: household.id),
                SQLValue(watch.visitDue),
            ])
        for member in household.members {
            let updated = try connection.run(
                """
                UPDATE household_member SET to_at = $5
                WHERE program = $1 AND household_id = $2 AND person_id = $3 AND from_at = $4
                """, key + [SQLValue(member.person), SQLValue(member.from), SQLValue(member.to)])
            guard updated == 0 else { continue }
            try connection.run(
                """
                INSERT INTO household_member (program, household_id, person_id, sealed, from_at, to_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                key + [
                    SQLValue(member.person),
                    try vault.seal(
                        member.birthYear.map { "\($0)" },
                        for: Self.member(household.id, member.person, member.from), of: member.person),
                    SQLValue(member.from), SQLValue(member.to),
                ])
        }
        if try !vault.isEverythingSealed {
            // Rows of before there was sealing; all of them are written anew.
            try connection.run(
                "DELETE FROM household_circumstance WHERE program = $1 AND household_id = $2 AND sealed IS NULL", key)
        }
        for (kind, list) in [("hardship", household.hardships), ("benefit", household.benefits)] {
            for circumstance in list {
                let code = try vault.code(for: "\(kind)/\(circumstance.code)", of: household.id)
                let values = [.text(kind), .text(code), SQLValue(circumstance.from), SQLValue(circumstance.to)]
                let updated = try connection.run(
                    """
                    UPDATE household_circumstance SET to_at = $6
                    WHERE program = $1 AND household_id = $2 AND kind = $3 AND code = $4 AND from_at = $5
                    """, key + values)
                guard updated == 0 else { continue }
                try connection.run(
                    """
                    INSERT INTO household_circumstance (program, household_id, kind, code, from_at, to_at, sealed)
                    VALUES ($1, $2, $3, $4, $5, $6, $7)
                    """,
                    key + values + [
                        try vault.seal(
                            circumstance.code.text,
                            for: Self.circumstance(household.id, kind, code, circumstance.from), of: household.id)
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
            SELECT person_id, birth_year, from_at, to_at, sealed FROM household_member
            WHERE program = $1 AND household_id = $2 ORDER BY from_at, person_id
            """, key
        ).map { row in
            let (person, from): (RecordID, Moment) = (try row[0], try row[2])
            let year = try vault.open(try row[4], at: Self.member(id, person, from))
            return Household.Member(
                person: person, birthYear: try year.flatMap { Int($0) } ?? row[1], from: from, to: try row[3])
        }
        func circumstances(_ kind: String) throws -> [Household.Circumstance] {
            try connection.all(
                """
                SELECT code, from_at, to_at, sealed FROM household_circumstance
                WHERE program = $1 AND household_id = $2 AND kind = $3
                """, key + [.text(kind)]
            ).map { row in
                let (code, from): (String, Moment) = (try row[0], try row[1])
                let sealed: String? = try row[3]
                let word = try vault.open(sealed ?? code, at: Self.circumstance(id, kind, code, from)) ?? code
                guard let word = Casework.Code(word) else {
                    throw DatabaseError(
                        .wrongType, message: "A circumstance of a household cannot be read. Restore the row.")
                }
                return Household.Circumstance(code: word, from: from, to: try row[2])
            }.sorted { ($0.from, $0.code.text) < ($1.from, $1.code.text) }
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
                household: id, grade: try row[2], because: try codes(row[4], of: id), since: try row[3],
                visitDue: try row[5])
        )
    }

    /// Puts a wish from one file into another.
    func move(_ wish: RecordID, from household: RecordID, to other: RecordID, round: Int) throws {
        try connection.run(
            """
            UPDATE household_wish SET household_id = $4, round = $5
            WHERE program = $1 AND household_id = $2 AND wish_id = $3
            """,
            [.text(program), SQLValue(household), SQLValue(wish), SQLValue(other), SQLValue(round)])
    }

    func ofWish(_ wish: RecordID) throws -> RecordID? {
        try connection.first(
            "SELECT household_id FROM household_wish WHERE program = $1 AND wish_id = $2",
            [.text(program), SQLValue(wish)]
        ).map { try $0[0] }
    }

    func ofMember(_ person: RecordID) throws -> [RecordID] {
        try connection.all(
            """
            SELECT DISTINCT household_id FROM household_member WHERE program = $1 AND person_id = $2
            ORDER BY household_id
            """, [.text(program), SQLValue(person)]
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
                household: try row[0], grade: try row[1], because: try codes(row[2], of: try row[0]),
                since: try row[3], visitDue: try row[4])
        }
    }

    func forEachVisitPlan(_ body: (VisitPlan) throws -> Void) throws {
        try connection.forEach(
            "SELECT id, grade, grade_since, last_visit, visit_due FROM household WHERE program = $1 ORDER BY id",
            [.text(program)]
        ) { row in
            try body(
                VisitPlan(
                    household: try row[0], grade: try row[1], since: try row[2], lastVisit: try row[3], due: try row[4])
            )
        }
    }

    func all(_ query: HouseholdQuery, limit: Int) throws -> [(household: Household, watch: HouseholdWatch)] {
        let due = "COALESCE(visit_due, \(Int64.max))"
        var conditions = Conditions(program: program)
        conditions.add("grade =", query.grade)
        conditions.add("area", in: query.areas)
        let order: String
        switch query.order {
        case .visitDue:
            order = "\(due), id"
            if let behind = query.behind { conditions.add(behind: (due, "id"), behind.time, behind.id) }
        case .id:
            order = "id"
            conditions.add("id >", query.behindID)
        }
        let limit = conditions.place(SQLValue(limit))
        return try connection.all(
            """
            SELECT id FROM household WHERE program = $1\(conditions.text) ORDER BY \(order) LIMIT \(limit)
            """, conditions.parameters
        ).compactMap { try first($0[0]) }
    }

    private func codes(_ text: String, of household: RecordID) throws -> [Casework.Code] {
        ListColumn.decode(try vault.open(text, at: Self.because(household)) ?? "").compactMap { Casework.Code($0) }
    }
}

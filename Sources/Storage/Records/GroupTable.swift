internal import Casework
internal import MatchCore
internal import Sealing

/// Reads and writes the groups that follow from household files.
struct GroupTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    private static func place(_ household: RecordID) -> SealedPlace {
        SealedPlace("household", "groups_sealed", row: household.description)
    }

    func save(_ groups: DerivedGroups, of household: RecordID) throws {
        try connection.run(
            "UPDATE household SET groups_sealed = $3, groups_by = $4, groups_due = $5 WHERE program = $1 AND id = $2",
            [
                .text(program), SQLValue(household), try sealed(groups.codes, of: household), .text(groups.fingerprint),
                SQLValue(groups.until),
            ])
    }

    private func sealed(_ codes: [Casework.Code], of household: RecordID) throws -> SQLValue {
        guard !codes.isEmpty else { return .null }
        do {
            return try vault.seal(codes.map(\.text).joined(separator: "|"), for: Self.place(household), of: household)
        } catch let error as SealError where error.code == .erased {
            // How many live there may still be known; of who was erased nothing new is kept.
            return .null
        }
    }

    func first(_ household: RecordID) throws -> DerivedGroups? {
        guard
            let row = try connection.first(
                "SELECT groups_sealed, groups_by, groups_due FROM household WHERE program = $1 AND id = $2",
                [.text(program), SQLValue(household)])
        else { return nil }
        let fingerprint: String = try row[1]
        guard !fingerprint.isEmpty else { return nil }
        return DerivedGroups(try codes(row[0], of: household), by: fingerprint, until: try row[2])
    }

    func hasAny(_ household: RecordID) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM household WHERE program = $1 AND id = $2 AND groups_sealed IS NOT NULL",
            [.text(program), SQLValue(household)]) != nil
    }

    /// By wish; the condition may name the columns of `w`, the wishes of the files, from `$2` on.
    func all(where condition: String = "", _ parameters: [SQLValue] = []) throws -> [RecordID: [Casework.Code]] {
        var (found, opened): ([RecordID: [Casework.Code]], [RecordID: [Casework.Code]]) = ([:], [:])
        try connection.forEach(
            """
            SELECT w.wish_id, h.id, h.groups_sealed FROM household h
            JOIN household_wish w ON w.program = h.program AND w.household_id = h.id
            WHERE h.program = $1 AND h.groups_sealed IS NOT NULL \(condition)
            """, [.text(program)] + parameters
        ) { row in
            let household: RecordID = try row[1]
            let codes = try opened[household] ?? codes(row[2], of: household)
            opened[household] = codes
            found[try row[0]] = codes
        }
        return found
    }

    func wishes(of household: RecordID) throws -> [RecordID] {
        try connection.all(
            "SELECT wish_id FROM household_wish WHERE program = $1 AND household_id = $2 ORDER BY wish_id",
            [.text(program), SQLValue(household)]
        ).map { try $0[0] }
    }

    /// The files that speak of a holder: its own, and those it lives, or lived, in.
    func households(with holder: RecordID) throws -> [RecordID] {
        try connection.all(
            """
            SELECT id FROM household WHERE program = $1 AND id = $2
            UNION SELECT household_id FROM household_member WHERE program = $1 AND person_id = $2
            """, [.text(program), SQLValue(holder)]
        ).map { try $0[0] }
    }

    /// As before anything was derived.
    func forget(_ household: RecordID) throws {
        try connection.run(
            """
            UPDATE household SET groups_sealed = NULL, groups_by = '', groups_due = NULL WHERE program = $1 AND id = $2
            """, [.text(program), SQLValue(household)])
    }

    /// Those of another list on either side of this one's name, and those of this list that are over: three short looks into
    /// one index, since `<>` reads all of it.
    func due(by fingerprint: String, at moment: Moment, limit: Int) throws -> [RecordID] {
        var found: [RecordID] = []
        for (condition, values) in [
            ("groups_by < $2", []), ("groups_by > $2", []), ("groups_by = $2 AND groups_due <= $3", [SQLValue(moment)]),
        ] where found.count < limit {
            let rows = try connection.all(
                "SELECT id FROM household WHERE program = $1 AND \(condition) ORDER BY groups_by, groups_due, id "
                    + "LIMIT $\(values.count + 3)",
                [.text(program), .text(fingerprint)] + values + [SQLValue(limit - found.count)])
            found += try rows.map { try $0[0] }
        }
        return found
    }

    private func codes(_ column: String?, of household: RecordID) throws -> [Casework.Code] {
        ListColumn.decode(try vault.open(column, at: Self.place(household)) ?? "").compactMap { Casework.Code($0) }
    }
}

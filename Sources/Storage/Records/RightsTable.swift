internal import Casework
internal import MatchCore

/// What people agreed to, what is held back for it, and what was taken away in time.
extension SQLCaseTransaction {
    // MARK: Consents

    func insert(_ consent: Consent) throws {
        try connection.run(
            """
            INSERT INTO consent (program, id, subject, scope, text_version, giver, relation, said_at, recorded_by,
                is_given) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .text(program), SQLValue(consent.id), SQLValue(consent.subject), .text(consent.scope.rawValue),
                .text(consent.version.text), .text(consent.giver.rawValue),
                consent.relation.map { .text($0.text) } ?? .null, SQLValue(consent.saidAt),
                SQLValue(consent.recordedBy), .integer(consent.isGiven ? 1 : 0),
            ])
    }

    func consents(of subjects: [RecordID]) throws -> [Consent] {
        try subjects.flatMap { subject in
            try connection.all(
                """
                SELECT id, scope, text_version, giver, relation, said_at, recorded_by, is_given FROM consent
                WHERE program = $1 AND subject = $2
                """, [.text(program), SQLValue(subject)]
            ).map { try Self.consent($0, of: subject) }
        }.sorted { ($0.saidAt, $0.id) < ($1.saidAt, $1.id) }
    }

    private static func consent(_ row: SQLRow, of subject: RecordID) throws -> Consent {
        let (scope, version, giver): (String, String, String) = (try row[1], try row[2], try row[3])
        let relation: String? = try row[4]
        let isGiven: Int = try row[7]
        guard let scope = Consent.Scope(rawValue: scope), let version = Casework.Code(version),
            let giver = Consent.Giver(rawValue: giver)
        else {
            throw DatabaseError(
                .wrongType, message: "A consent has a scope that this version does not know. Use the newer version.")
        }
        return Consent(
            id: try row[0], subject: subject, scope: scope, version: version, giver: giver,
            relation: relation.flatMap { Casework.Code($0) }, saidAt: try row[5], recordedBy: try row[6],
            isGiven: isGiven != 0)
    }

    // MARK: Holds

    func holds(of wish: RecordID) throws -> Set<WishHold> {
        Set(
            try connection.all(
                "SELECT hold FROM wish_hold WHERE program = $1 AND wish_id = $2", [.text(program), SQLValue(wish)]
            ).compactMap { WishHold(rawValue: try $0[0]) })
    }

    func setHolds(_ holds: Set<WishHold>, of wish: RecordID, at moment: Moment) throws {
        let standing = try self.holds(of: wish)
        guard holds != standing else { return }
        for hold in standing.subtracting(holds) {
            try connection.run(
                "DELETE FROM wish_hold WHERE program = $1 AND wish_id = $2 AND hold = $3",
                [.text(program), SQLValue(wish), .text(hold.rawValue)])
        }
        for hold in holds.subtracting(standing) {
            try connection.run(
                "INSERT INTO wish_hold (program, wish_id, hold, since) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                [.text(program), SQLValue(wish), .text(hold.rawValue), SQLValue(moment)])
        }
        marks.mark(.wish, wish)
        try note(.wish, wish, .changed)
    }

    func heldWishes(by holds: Set<WishHold>, among ids: [RecordID]?) throws -> Set<RecordID> {
        guard let ids else {
            var found: Set<RecordID> = []
            try connection.forEach("SELECT wish_id, hold FROM wish_hold WHERE program = $1", [.text(program)]) { row in
                if let hold = WishHold(rawValue: try row[1]), holds.contains(hold) { found.insert(try row[0]) }
            }
            return found
        }
        return try Set(ids.filter { try !self.holds(of: $0).isDisjoint(with: holds) })
    }

    func removeSuggestions(of wish: RecordID) throws {
        for table in ["suggestion", "past_suggestion"] {
            try connection.run(
                "DELETE FROM \(table) WHERE program = $1 AND wish_id = $2", [.text(program), SQLValue(wish)])
        }
    }

    func staffNames(limit: Int) throws -> [String] {
        try connection.all(
            "SELECT id FROM note WHERE program = $1 AND kind = $2 ORDER BY id LIMIT $3",
            [.text(program), .text(CaseDesk.staffNameKind.text), SQLValue(limit)]
        ).compactMap { try self.note(try $0[0] as RecordID)?.words }
    }

    func birthYear(ofMember person: RecordID) throws -> Int? {
        for household in try households(ofMember: person) {
            for member in try self.household(household)?.household.members ?? [] where member.person == person {
                if let year = member.birthYear { return year }
            }
        }
        return nil
    }

    // MARK: Retention

    func closedCases(before moment: Moment, limit: Int) throws -> [RecordID] {
        try connection.all(
            """
            SELECT c.wish_id FROM wish_case c WHERE c.program = $1 AND c.state <> 'open' AND c.changed_at < $2
                AND NOT EXISTS (SELECT 1 FROM erasure_done e WHERE e.program = $1 AND e.holder = c.wish_id)
            ORDER BY c.changed_at, c.wish_id LIMIT $3
            """, [.text(program), SQLValue(moment), SQLValue(limit)]
        ).map { try $0[0] }
    }

    func restingHouseholds(before moment: Moment, limit: Int) throws -> [RecordID] {
        // An id begins with the moment at which it was given, so younger files are not looked at.
        let first = RecordID(high: UInt64(clamping: max(0, moment.milliseconds)) << 16, low: 0)
        return try connection.all(
            """
            SELECT h.id FROM household h
            WHERE h.program = $1 AND h.id < $3 AND COALESCE(h.last_visit, 0) < $2
                AND NOT EXISTS (SELECT 1 FROM household_wish w WHERE w.program = $1 AND w.household_id = h.id
                    AND (w.closed_at IS NULL OR w.closed_at >= $2))
                AND NOT EXISTS (SELECT 1 FROM household_member m WHERE m.program = $1 AND m.household_id = h.id
                    AND (m.from_at >= $2 OR m.to_at >= $2))
                AND NOT EXISTS (SELECT 1 FROM household_circumstance c WHERE c.program = $1 AND c.household_id = h.id
                    AND (c.from_at >= $2 OR c.to_at >= $2))
                AND NOT EXISTS (SELECT 1 FROM erasure_done e WHERE e.program = $1 AND e.holder = h.id)
            ORDER BY h.id LIMIT $4
            """, [.text(program), SQLValue(moment), SQLValue(first), SQLValue(limit)]
        ).map { try $0[0] }
    }

    func note(_ run: RetentionRun) throws {
        try connection.run(
            """
            INSERT INTO retention_run (program, kind, at, removed) VALUES ($1, $2, $3, $4)
            ON CONFLICT (program, kind, at) DO UPDATE SET removed = retention_run.removed + excluded.removed
            """, [.text(program), .text(run.kind.rawValue), SQLValue(run.at), SQLValue(run.count)])
    }

    func retentionTotals() throws -> [RetentionTotal] {
        try connection.all(
            """
            SELECT kind, CAST(SUM(removed) AS BIGINT), MAX(at) FROM retention_run WHERE program = $1 GROUP BY kind
            """, [.text(program)]
        ).compactMap { row in
            guard let kind = RetentionKind(rawValue: try row[0]) else { return nil }
            return RetentionTotal(kind: kind, count: try row[1], lastAt: try row[2])
        }
    }

    func kept(_ kind: RetentionKind) throws -> (count: Int, oldest: Moment?) {
        let sql =
            switch kind {
            case .inbox: "SELECT COUNT(*), MIN(received_at) FROM inbox WHERE program = $1 AND wish_id IS NULL"
            case .closedFiles:
                """
                SELECT COUNT(*), MIN(c.changed_at) FROM wish_case c WHERE c.program = $1 AND c.state <> 'open'
                    AND NOT EXISTS (SELECT 1 FROM erasure_done e WHERE e.program = $1 AND e.holder = c.wish_id)
                """
            case .households:
                """
                SELECT COUNT(*), MIN(r.at) FROM (
                    SELECT COALESCE((SELECT MAX(w.closed_at) FROM household_wish w
                        WHERE w.program = $1 AND w.household_id = h.id), h.last_visit) AS at
                    FROM household h WHERE h.program = $1
                        AND NOT EXISTS (SELECT 1 FROM household_wish w
                            WHERE w.program = $1 AND w.household_id = h.id AND w.closed_at IS NULL)
                        AND NOT EXISTS (SELECT 1 FROM erasure_done e WHERE e.program = $1 AND e.holder = h.id)
                ) r
                """
            case .answers: "SELECT COUNT(*), MIN(expires_at) - 86400000 FROM key_use WHERE program = $1"
            }
        let row = try connection.require(sql, [.text(program)])
        return (try row[0], try row[1])
    }
}

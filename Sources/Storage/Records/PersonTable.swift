internal import Casework
internal import MatchCore
internal import Sealing

/// Finds what is kept of a person, and takes it away.
struct PersonTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    // MARK: Whose records these are

    /// The holders that an id stands for; nil where it is no wish, household, member, party, inbound record or somebody who
    /// works for the program.
    func holders(_ id: RecordID) throws -> [PersonFile.Holder]? {
        if try exists("wish", "id", id) { return [.init(.wish, id)] }
        if try exists("household", "id", id) { return try holders(ofHousehold: id) }
        if try exists("party", "id", id) { return [.init(.party, id)] }
        if let row = try connection.first(
            "SELECT wish_id FROM inbox WHERE program = $1 AND id = $2", [.text(program), SQLValue(id)])
        {
            let wish: RecordID? = try row[0]
            return wish.map { [.init(.wish, $0)] } ?? [.init(.inbox, id)]
        }
        let households: [RecordID] = try column(
            "SELECT DISTINCT household_id FROM household_member WHERE program = $1 AND person_id = $2", id)
        guard !households.isEmpty else {
            let isStaff = try isNamedStaff(id) || exists("access_key", "holder", id)
            return isStaff ? [.init(.staff, id)] : nil
        }
        var found: [PersonFile.Holder] = [.init(.member, id)]
        for household in households where try members(of: household) == [id] {
            // Nobody else ever lived there: the file is this person's.
            found += try holders(ofHousehold: household).filter { $0.kind != .member }
        }
        return found
    }

    /// What a holder is, as it was when it was erased; nil for one that this database does not know.
    func kind(of id: RecordID) throws -> PersonFile.Holder.Kind? {
        for (kind, table, key) in [
            (PersonFile.Holder.Kind.wish, "wish", "id"), (.household, "household", "id"), (.party, "party", "id"),
            (.inbox, "inbox", "id"), (.member, "household_member", "person_id"), (.staff, "account", "id"),
            (.staff, "access_key", "holder"),
        ] where try exists(table, key, id) { return kind }
        return try isNamedStaff(id) ? .staff : nil
    }

    private func isNamedStaff(_ id: RecordID) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM note WHERE program = $1 AND id = $2 AND kind = $3",
            [.text(program), SQLValue(id), SQLValue(CaseDesk.staffNameKind)]) != nil
    }

    private func holders(ofHousehold id: RecordID) throws -> [PersonFile.Holder] {
        let wishes: [RecordID] = try column(
            "SELECT wish_id FROM household_wish WHERE program = $1 AND household_id = $2 ORDER BY wish_id", id)
        return [.init(.household, id)] + (try members(of: id)).map { .init(.member, $0) }
            + wishes.map { .init(.wish, $0) }
    }

    private func members(of household: RecordID) throws -> [RecordID] {
        try column(
            """
            SELECT DISTINCT person_id FROM household_member WHERE program = $1 AND household_id = $2 ORDER BY person_id
            """, household)
    }

    private func exists(_ table: String, _ key: String, _ id: RecordID) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM \(table) WHERE program = $1 AND \(key) = $2 LIMIT 1", [.text(program), SQLValue(id)]) != nil
    }

    private func column<Value: SQLConvertible>(_ sql: String, _ id: RecordID) throws -> [Value] {
        try connection.all(sql, [.text(program), SQLValue(id)]).map { try $0[0] }
    }

    // MARK: What notes may be about

    /// The holder and the records that stand for it in notes.
    func subjects(of id: RecordID) throws -> [RecordID] {
        var subjects = [id]
        for (table, key) in [
            ("claim", "wish_id"), ("approval_case", "wish_id"), ("clock", "subject"), ("inbox", "wish_id"),
            ("offer", "party_id"),
        ] {
            let found: [RecordID] = try column(
                "SELECT id FROM \(table) WHERE program = $1 AND \(key) = $2 ORDER BY id", id)
            subjects += found
            // An inbound record has a clock of its own.
            for record in found where table == "inbox" {
                subjects += try column("SELECT id FROM clock WHERE program = $1 AND subject = $2 ORDER BY id", record)
            }
        }
        return subjects
    }

    func notes(about subject: RecordID) throws -> [RecordID] {
        try column("SELECT id FROM note WHERE program = $1 AND subject = $2 ORDER BY id", subject)
    }

    // MARK: The end

    /// Takes away all that is kept of a holder, of whatever kind it is.
    func wipe(_ id: RecordID, at moment: Moment) throws {
        let key: [SQLValue] = [.text(program), SQLValue(id)]
        for subject in try subjects(of: id) {
            try connection.run(
                "UPDATE note SET words = NULL WHERE program = $1 AND subject = $2", [.text(program), SQLValue(subject)])
        }
        let inbound: [RecordID] = try column("SELECT id FROM inbox WHERE program = $1 AND wish_id = $2", id)
        let inbox = InboxTable(connection: connection, program: program, vault: vault)
        for record in inbound + [id] { try inbox.remove(record) }
        for statement in Self.statements { try connection.run(statement, key) }
        try connection.run(
            "INSERT INTO erasure_done (program, holder, done_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            key + [SQLValue(moment)])
    }

    private static let statements = [
        """
        UPDATE wish SET wording = '', latitude_e7 = NULL, longitude_e7 = NULL, hardship = NULL, sealed = NULL, groups_of = '',
            languages = '', hours = NULL
        WHERE program = $1 AND id = $2
        """,
        "DELETE FROM site WHERE program = $1 AND record_id = $2",
        "DELETE FROM suggestion WHERE program = $1 AND wish_id = $2",
        "DELETE FROM past_suggestion WHERE program = $1 AND wish_id = $2",
        "UPDATE key_use SET answer = digest, bound_to = NULL WHERE program = $1 AND bound_to LIKE '%' || $2 || '%'",
        "DELETE FROM spoken_code WHERE program = $1 AND subject = $2",
        "UPDATE household SET because = '' WHERE program = $1 AND id = $2",
        "DELETE FROM household_circumstance WHERE program = $1 AND household_id = $2",
        "UPDATE household_member SET birth_year = NULL, sealed = NULL WHERE program = $1 AND person_id = $2",
        "UPDATE party SET name = '' WHERE program = $1 AND id = $2",
        """
        UPDATE offer SET wording = '', latitude_e7 = NULL, longitude_e7 = NULL, sealed = NULL
        WHERE program = $1 AND party_id = $2
        """,
        "UPDATE access_key SET label = '-' WHERE program = $1 AND party_id = $2",
        "UPDATE access_key SET label = '-' WHERE program = $1 AND holder = $2",
        "UPDATE account SET name = '', name_key = id, state = 'left' WHERE program = $1 AND id = $2",
        "DELETE FROM account_password WHERE program = $1 AND account_id = $2",
        "DELETE FROM account_factor WHERE program = $1 AND account_id = $2",
        "DELETE FROM account_recovery WHERE program = $1 AND account_id = $2",
        "DELETE FROM account_identity WHERE program = $1 AND account_id = $2",
        "DELETE FROM staff_session WHERE program = $1 AND account_id = $2",
    ]

    /// Whether this database has carried the erasure of a holder out.
    func isDone(_ id: RecordID) throws -> Bool { try exists("erasure_done", "holder", id) }

    /// Which of these this database has carried out.
    func done() throws -> Set<RecordID> {
        Set(
            try connection.all("SELECT holder FROM erasure_done WHERE program = $1", [.text(program)]).map { try $0[0] }
        )
    }
}

/// Who was shown a sealed field.
struct ReadTable {
    let connection: any Connection
    let program: String

    func insert(_ reads: some Sequence<SealedRead>) throws {
        let statement = try connection.prepare(
            """
            INSERT INTO sealed_read (program, holder, at, actor, role, field) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING
            """)
        for read in reads {
            try statement.run([
                .text(program), SQLValue(read.holder), SQLValue(read.at), SQLValue(read.actor),
                .text(read.role.rawValue), .text(read.field.rawValue),
            ])
        }
    }

    func all(of holder: RecordID, limit: Int) throws -> [SealedRead] {
        try connection.all(
            """
            SELECT at, actor, role, field FROM sealed_read WHERE program = $1 AND holder = $2 ORDER BY at DESC LIMIT $3
            """, [.text(program), SQLValue(holder), SQLValue(limit)]
        ).compactMap { row in
            guard let role = Role(rawValue: try row[2]), let field = SealedField(rawValue: try row[3]) else {
                return nil
            }
            return SealedRead(at: try row[0], actor: try row[1], role: role, holder: holder, field: field)
        }
    }
}

internal import Casework
internal import MatchCore

/// Reads and writes what accounts may do, where they are signed in, and how often that was tried.
struct SessionTable {
    let connection: any Connection
    let program: String

    private func key(_ id: RecordID) -> [SQLValue] { [.text(program), SQLValue(id)] }

    // MARK: Grants

    private static let grantColumns = """
        id, account_id, role, approval_level, approval_limit, areas, purpose, granted_by, granted_at, starts_at,
        expires_at, revoked_at
        """

    func insert(_ grant: AccountGrant) throws {
        try connection.run(
            """
            INSERT INTO account_grant (program, \(Self.grantColumns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .text(program), SQLValue(grant.id), SQLValue(grant.account), .text(grant.role.rawValue),
                SQLValue(grant.authority?.level), SQLValue(grant.authority?.limit),
                ListColumn.encode(grant.areas.map(\.text)), .text(grant.purpose.rawValue), SQLValue(grant.grantedBy),
                SQLValue(grant.grantedAt), SQLValue(grant.startsAt), SQLValue(grant.expiresAt),
                SQLValue(grant.revokedAt),
            ])
    }

    func grants(_ condition: String, _ id: RecordID) throws -> [AccountGrant] {
        try connection.all(
            "SELECT \(Self.grantColumns) FROM account_grant WHERE program = $1 AND \(condition) ORDER BY id", key(id)
        ).map { try Self.grant($0, from: 0) }
    }

    func revokeGrant(_ id: RecordID, at moment: Moment) throws {
        try connection.run(
            "UPDATE account_grant SET revoked_at = $3 WHERE program = $1 AND id = $2 AND revoked_at IS NULL",
            key(id) + [SQLValue(moment)])
    }

    private static func grant(_ row: SQLRow, from first: Int) throws -> AccountGrant {
        let (role, purpose): (String, String) = (try row[first + 2], try row[first + 6])
        guard let role = Role(rawValue: role), let purpose = AccessPurpose(rawValue: purpose) else {
            throw DatabaseError(
                .wrongType,
                message:
                    "A stored grant has a role or a purpose that this version does not know. Use the newer version.")
        }
        let level: AreaLevel? = try row[first + 3]
        let limit: Int64? = try row[first + 4]
        var authority: ApprovalAuthority?
        if let level, let limit { authority = ApprovalAuthority(level: level, limit: limit) }
        return AccountGrant(
            id: try row[first], account: try row[first + 1], role: role, authority: authority,
            areas: try row.list(first + 5).compactMap { Casework.Code($0) }, purpose: purpose,
            grantedBy: try row[first + 7], grantedAt: try row[first + 8], startsAt: try row[first + 9],
            expiresAt: try row[first + 10], revokedAt: try row[first + 11])
    }

    // MARK: Sessions

    private static let columns = """
        id, token_hash, account_id, grant_id, way, began_at, seen_at, idle_ms, ends_at, revoked_at
        """

    func insert(_ session: StaffSession) throws {
        try connection.run(
            "INSERT INTO staff_session (program, \(Self.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            [
                .text(program), SQLValue(session.id), .blob(session.hash), SQLValue(session.account),
                SQLValue(session.grant), .text(session.way.rawValue), SQLValue(session.beganAt),
                SQLValue(session.seenAt), SQLValue(session.idle), SQLValue(session.endsAt), SQLValue(session.revokedAt),
            ])
    }

    func session(_ id: RecordID) throws -> StaffSession? {
        try connection.first(
            "SELECT \(Self.columns) FROM staff_session WHERE program = $1 AND id = $2", key(id)
        ).map(Self.session)
    }

    func sessions(of account: RecordID, at moment: Moment) throws -> [StaffSession] {
        try connection.all(
            """
            SELECT \(Self.columns) FROM staff_session
            WHERE program = $1 AND account_id = $2 AND revoked_at IS NULL AND ends_at > $3 ORDER BY id DESC
            """, key(account) + [SQLValue(moment)]
        ).map(Self.session).filter { $0.isValid(at: moment) }
    }

    func signedIn(hash: [UInt8]) throws -> SignedIn? {
        let session = Self.columns.split(separator: ",").map { "s.\($0.drop { $0 == " " || $0 == "\n" })" }
        let grant = Self.grantColumns.split(separator: ",").map { "g.\($0.drop { $0 == " " || $0 == "\n" })" }
        return try connection.first(
            """
            SELECT \((session + grant).joined(separator: ", ")), a.state FROM staff_session s
            JOIN account a ON a.program = s.program AND a.id = s.account_id
            JOIN account_grant g ON g.program = s.program AND g.id = s.grant_id
            WHERE s.program = $1 AND s.token_hash = $2
            """, [.text(program), .blob(hash)]
        ).map { row in
            let state: String = try row[session.count + grant.count]
            return SignedIn(
                session: try Self.session(row), state: Account.State(rawValue: state) ?? .locked,
                grant: try Self.grant(row, from: session.count))
        }
    }

    func touch(_ id: RecordID, at moment: Moment) throws {
        try connection.run(
            "UPDATE staff_session SET seen_at = $3 WHERE program = $1 AND id = $2 AND seen_at < $3",
            key(id) + [SQLValue(moment)])
    }

    func setGrant(_ grant: RecordID, of id: RecordID) throws {
        try connection.run(
            "UPDATE staff_session SET grant_id = $3 WHERE program = $1 AND id = $2", key(id) + [SQLValue(grant)])
    }

    func end(_ id: RecordID, at moment: Moment) throws {
        try connection.run(
            "UPDATE staff_session SET revoked_at = $3 WHERE program = $1 AND id = $2 AND revoked_at IS NULL",
            key(id) + [SQLValue(moment)])
    }

    func endAll(of account: RecordID, besides id: RecordID?, at moment: Moment) throws -> Int {
        try connection.run(
            """
            UPDATE staff_session SET revoked_at = $3
            WHERE program = $1 AND account_id = $2 AND revoked_at IS NULL AND id <> $4
            """, key(account) + [SQLValue(moment), .text(id?.description ?? "")])
    }

    private static func session(_ row: SQLRow) throws -> StaffSession {
        let way: String = try row[4]
        return StaffSession(
            id: try row[0], hash: try row[1], account: try row[2], grant: try row[3],
            way: StaffSession.Way(rawValue: way) ?? .password, beganAt: try row[5], seenAt: try row[6],
            idle: try row[7], endsAt: try row[8], revokedAt: try row[9])
    }

    // MARK: Attempts

    func count(_ kind: SignInCount.Kind, _ id: RecordID) throws -> SignInCount? {
        try connection.first(
            """
            SELECT failures, last_at, opens_at FROM sign_in_count
            WHERE program = $1 AND kind = $2 AND count_key = $3
            """, [.text(program), .text(kind.rawValue), SQLValue(id)]
        ).map { SignInCount(kind, id, failures: try $0[0], lastAt: try $0[1], opensAt: try $0[2]) }
    }

    func save(_ count: SignInCount) throws {
        try connection.run(
            """
            INSERT INTO sign_in_count (program, kind, count_key, failures, last_at, opens_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (program, kind, count_key) DO UPDATE SET failures = excluded.failures,
                last_at = excluded.last_at, opens_at = excluded.opens_at
            """,
            [
                .text(program), .text(count.kind.rawValue), SQLValue(count.key), .integer(count.failures),
                SQLValue(count.lastAt), SQLValue(count.opensAt),
            ])
    }

    func removeCount(_ kind: SignInCount.Kind, _ id: RecordID) throws {
        try connection.run(
            "DELETE FROM sign_in_count WHERE program = $1 AND kind = $2 AND count_key = $3",
            [.text(program), .text(kind.rawValue), SQLValue(id)])
    }

    // MARK: The directory

    func insertAttempt(_ hash: [UInt8], until moment: Moment) throws {
        try connection.run(
            "INSERT INTO directory_attempt (program, handle_hash, expires_at) VALUES ($1, $2, $3)",
            [.text(program), .blob(hash), SQLValue(moment)])
    }

    func takeAttempt(_ hash: [UInt8], at moment: Moment) throws -> Bool {
        try connection.run(
            "DELETE FROM directory_attempt WHERE program = $1 AND handle_hash = $2 AND expires_at > $3",
            [.text(program), .blob(hash), SQLValue(moment)]) == 1
    }

    // MARK: What is over

    /// Sessions go a month after they ended, counts of failures after two days, known addresses after 60.
    func sweep(by now: Moment, limit: Int) throws -> Int {
        func days(_ count: Int64) -> SQLValue { SQLValue(now.adding(milliseconds: -count * Moment.day)) }
        var swept = try connection.run(
            """
            DELETE FROM staff_session WHERE program = $1 AND id IN (SELECT id FROM staff_session
                WHERE program = $1 AND ends_at < $2 ORDER BY ends_at LIMIT $3)
            """, [.text(program), days(30), SQLValue(limit)])
        for kind in SignInCount.Kind.allCases {
            swept += try connection.run(
                """
                DELETE FROM sign_in_count WHERE program = $1 AND kind = $2 AND count_key IN (
                    SELECT count_key FROM sign_in_count WHERE program = $1 AND kind = $2 AND last_at < $3
                    ORDER BY last_at LIMIT $4)
                """, [.text(program), .text(kind.rawValue), days(kind == .known ? 60 : 2), SQLValue(limit)])
        }
        return swept
            + (try connection.run(
                "DELETE FROM directory_attempt WHERE program = $1 AND expires_at < $2", [.text(program), SQLValue(now)]))
    }
}

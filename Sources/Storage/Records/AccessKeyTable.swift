internal import Casework
internal import MatchCore

/// Reads and writes keys.
struct AccessKeyTable {
    let connection: any Connection
    let program: String

    private static let columns = """
        id, token_hash, label, role, holder, party_id, approval_level, approval_limit, areas, created_at, expires_at,
        revoked_at, purpose, granted_by, starts_at
        """

    func insert(_ key: AccessKey) throws {
        try connection.run(
            """
            INSERT INTO access_key (program, \(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            [
                .text(program), SQLValue(key.id), .blob(key.hash), .text(key.label), .text(key.role.rawValue),
                SQLValue(key.holder), SQLValue(key.party), SQLValue(key.authority?.level),
                SQLValue(key.authority?.limit), ListColumn.encode(key.areas.map(\.text)), SQLValue(key.createdAt),
                SQLValue(key.expiresAt), SQLValue(key.revokedAt), .text(key.purpose.rawValue),
                SQLValue(key.grantedBy), SQLValue(key.startsAt),
            ])
    }

    func first(_ condition: String, _ value: SQLValue) throws -> AccessKey? {
        try all("AND \(condition)", [value]).first
    }

    func all(_ condition: String, _ parameters: [SQLValue]) throws -> [AccessKey] {
        try connection.all(
            "SELECT \(Self.columns) FROM access_key WHERE program = $1 \(condition)", [.text(program)] + parameters
        ).map(Self.key)
    }

    func revoke(_ id: RecordID, at moment: Moment) throws {
        try connection.run(
            "UPDATE access_key SET revoked_at = $3 WHERE program = $1 AND id = $2 AND revoked_at IS NULL",
            [.text(program), SQLValue(id), SQLValue(moment)])
    }

    private static func key(_ row: SQLRow) throws -> AccessKey {
        let role: String = try row[3]
        guard let role = Role(rawValue: role) else {
            throw DatabaseError(
                .wrongType, message: "A stored key has a role that this version does not know. Use the newer version.")
        }
        let purpose: String = try row[12]
        guard let purpose = AccessPurpose(rawValue: purpose) else {
            throw DatabaseError(
                .wrongType,
                message: "A stored key has a purpose that this version does not know. Use the newer version.")
        }
        let level: AreaLevel? = try row[6]
        let limit: Int64? = try row[7]
        var authority: ApprovalAuthority?
        if let level, let limit { authority = ApprovalAuthority(level: level, limit: limit) }
        return AccessKey(
            id: try row[0], hash: try row[1], label: try row[2], role: role, holder: try row[4], party: try row[5],
            authority: authority, areas: try row.list(8).compactMap { Casework.Code($0) }, purpose: purpose,
            grantedBy: try row[13], createdAt: try row[9], startsAt: try row[14],
            expiresAt: try row[10], revokedAt: try row[11])
    }
}

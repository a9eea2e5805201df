internal import Casework
internal import MatchCore

/// Reads and writes the hashes of spoken codes.
struct SpokenCodeTable {
    let connection: any Connection
    let program: String

    func save(_ code: KeptCode) throws {
        try connection.run(
            """
            INSERT INTO spoken_code (program, kind, subject, code_hash, issued_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (program, kind, subject) DO UPDATE SET code_hash = excluded.code_hash,
                issued_at = excluded.issued_at, expires_at = excluded.expires_at
            """,
            [
                .text(program), .text(code.kind.rawValue), SQLValue(code.subject), .blob(code.hash),
                SQLValue(code.issuedAt), SQLValue(code.expiresAt),
            ])
    }

    func first(_ kind: KeptCode.Kind, _ condition: String, _ value: SQLValue) throws -> KeptCode? {
        try connection.first(
            """
            SELECT subject, code_hash, issued_at, expires_at FROM spoken_code
            WHERE program = $1 AND kind = $2 AND \(condition)
            """, [.text(program), .text(kind.rawValue), value]
        ).map { row in
            KeptCode(
                kind: kind, subject: try row[0], hash: try row[1], issuedAt: try row[2], expiresAt: try row[3])
        }
    }

    func remove(_ kind: KeptCode.Kind, of subject: RecordID) throws {
        try connection.run(
            "DELETE FROM spoken_code WHERE program = $1 AND kind = $2 AND subject = $3",
            [.text(program), .text(kind.rawValue), SQLValue(subject)])
    }
}

extension SQLCaseTransaction {
    private var codes: SpokenCodeTable { SpokenCodeTable(connection: connection, program: program) }

    func save(_ code: KeptCode) throws { try codes.save(code) }

    func code(_ kind: KeptCode.Kind, of subject: RecordID) throws -> KeptCode? {
        try codes.first(kind, "subject = $3", SQLValue(subject))
    }

    func code(_ kind: KeptCode.Kind, hash: [UInt8]) throws -> KeptCode? {
        try codes.first(kind, "code_hash = $3", .blob(hash))
    }

    func removeCode(_ kind: KeptCode.Kind, of subject: RecordID) throws { try codes.remove(kind, of: subject) }
}

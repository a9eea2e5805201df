internal import Casework
internal import MatchCore

/// Reads and writes uses of `Idempotency-Key`.
struct KeyUseTable {
    let connection: any Connection
    let program: String

    /// - Parameter open: opens an answer that is bound to people; nil where any of them is gone.
    func first(_ digest: [UInt8], opening open: ([UInt8], String) throws -> [UInt8]?) throws -> KeyUse? {
        try connection.first(
            """
            SELECT fingerprint, holder, held_until, answer, expires_at, bound_to FROM key_use
            WHERE program = $1 AND digest = $2
            """, [.text(program), .blob(digest)]
        ).map { row in
            let (kept, people): ([UInt8]?, String?) = (try row[3], try row[5])
            var answer: [UInt8]?
            if let kept, let people { answer = try open(kept, people) }
            return KeyUse(
                digest: digest, fingerprint: try row[0], holder: try row[1], heldUntil: try row[2], answer: answer,
                isForgotten: kept != nil && answer == nil, expiresAt: try row[4])
        }
    }

    func hold(_ use: KeyUse, at now: Moment) throws -> Bool {
        try connection.run(
            """
            INSERT INTO key_use (program, digest, fingerprint, holder, held_until, answer, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (program, digest) DO UPDATE SET fingerprint = excluded.fingerprint, holder = excluded.holder,
                held_until = excluded.held_until, answer = excluded.answer, bound_to = NULL,
                expires_at = excluded.expires_at
            WHERE key_use.held_until <= $8 OR key_use.expires_at <= $8
            """,
            [
                .text(program), .blob(use.digest), .blob(use.fingerprint), SQLValue(use.holder),
                SQLValue(use.heldUntil), SQLValue(use.answer), SQLValue(use.expiresAt), SQLValue(now),
            ]) == 1
    }

    func renew(_ digest: [UInt8], holder: Int64, until: Moment) throws -> Bool {
        try connection.run(
            """
            UPDATE key_use SET held_until = $4
            WHERE program = $1 AND digest = $2 AND holder = $3 AND held_until IS NOT NULL
            """, [.text(program), .blob(digest), SQLValue(holder), SQLValue(until)]) == 1
    }

    func keep(_ bound: AnswerBinding.Bound, _ digest: [UInt8], holder: Int64, until: Moment) throws -> Bool {
        try connection.run(
            """
            UPDATE key_use SET held_until = NULL, answer = $4, expires_at = $5, bound_to = $6
            WHERE program = $1 AND digest = $2 AND holder = $3 AND held_until IS NOT NULL
            """,
            [
                .text(program), .blob(digest), SQLValue(holder), .blob(bound.answer), SQLValue(until),
                .text(bound.people.map(\.description).joined(separator: " ")),
            ]) == 1
    }

    func release(_ digest: [UInt8], holder: Int64) throws {
        try connection.run(
            "DELETE FROM key_use WHERE program = $1 AND digest = $2 AND holder = $3 AND held_until IS NOT NULL",
            [.text(program), .blob(digest), SQLValue(holder)])
    }

    func sweep(by now: Moment, limit: Int) throws -> Int {
        try connection.run(
            """
            DELETE FROM key_use WHERE program = $1 AND digest IN (SELECT digest FROM key_use
                WHERE program = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT $3)
            """, [.text(program), SQLValue(now), SQLValue(limit)])
    }
}

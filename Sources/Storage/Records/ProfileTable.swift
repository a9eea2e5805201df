internal import Casework
internal import Crypto
internal import MatchCore

/// Reads and adds published revisions of scoring profiles.
struct ProfileTable {
    let connection: any Connection
    let program: String

    func names() throws -> [String] {
        try connection.all(
            """
            SELECT name FROM profile_revision WHERE program = $1 UNION SELECT name FROM profile_draft WHERE program = $1
            ORDER BY name
            """, [.text(program)]
        ).map { try $0[0] }
    }

    func newest(_ name: String) throws -> ScoringProfile? {
        try connection.first(
            """
            SELECT revision, body, digest FROM profile_revision WHERE program = $1 AND name = $2
            ORDER BY revision DESC LIMIT 1
            """, [.text(program), .text(name)]
        ).map { try decode($0, name) }
    }

    func first(_ name: String, _ revision: Int) throws -> ScoringProfile? {
        try connection.first(
            """
            SELECT revision, body, digest FROM profile_revision WHERE program = $1 AND name = $2 AND revision = $3
            """, [.text(program), .text(name), SQLValue(revision)]
        ).map { try decode($0, name) }
    }

    func revisions(of name: String) throws -> [ProfileRevision] {
        try connection.all(
            """
            SELECT revision, published_at, author, confirmed_by, reason, note, restores FROM profile_revision
            WHERE program = $1 AND name = $2 ORDER BY revision DESC
            """, [.text(program), .text(name)]
        ).map { row in
            ProfileRevision(
                name: name, number: try row[0], at: try row[1], author: try row[2], confirmedBy: try row[3],
                reason: try row[4], note: try row[5], restores: try row[6])
        }
    }

    func insert(_ revision: ProfileRevision, _ profile: ScoringProfile) throws {
        let body = try ProfileText.encode(profile)
        try connection.run(
            """
            INSERT INTO profile_revision (program, name, revision, body, reason, published_at, author, confirmed_by,
                note, restores, digest)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                .text(program), .text(revision.name), SQLValue(revision.number), .text(body), .text(revision.reason),
                SQLValue(revision.at), SQLValue(revision.author), SQLValue(revision.confirmedBy),
                SQLValue(revision.note), SQLValue(revision.restores), .text(Self.digest(body)),
            ])
    }

    /// A revision is for ever: one whose text is not what was published is damaged, even where it can be read.
    private func decode(_ row: SQLRow, _ name: String) throws -> ScoringProfile {
        let (revision, body): (Int, String) = (try row[0], try row[1])
        if let digest: String = try row[2], digest != Self.digest(body) {
            throw DatabaseError(
                .corrupt,
                message: "The published scoring profile \(name)@\(revision) was altered in the database. "
                    + "Restore a backup.")
        }
        return try ProfileText.decode(body, name: name, revision: revision)
    }

    private static func digest(_ body: String) -> String {
        SHA256.hash(data: Array(body.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Reads and writes drafts of scoring profiles.
struct DraftTable {
    let connection: any Connection
    let program: String

    func all(_ condition: String = "", _ values: [SQLValue] = []) throws -> [ProfileDraft] {
        try connection.all(
            """
            SELECT name, draft, version, body, based_on, changed_at, changed_by, proposed_by, proposed_at,
                proposed_reason, proposed_note
            FROM profile_draft WHERE program = $1 \(condition) ORDER BY name, draft
            """, [.text(program)] + values
        ).map { row in
            let name: String = try row[0]
            var proposal: ProfileDraft.Proposal?
            if let by: RecordID = try row[7], let at: Moment = try row[8], let code: Casework.Code = try row[9] {
                proposal = .init(by: by, at: at, reason: Reason(code, note: try row[10]))
            }
            var profile = try ProfileText.decode(try row[3], name: name, revision: 0)
            profile.basedOn = try row[4]
            return ProfileDraft(
                key: DraftKey(name, try row[1]), version: try row[2], profile: profile, basedOn: profile.basedOn,
                changedAt: try row[5], changedBy: try row[6], proposal: proposal)
        }
    }

    func first(_ key: DraftKey) throws -> ProfileDraft? {
        try all("AND name = $2 AND draft = $3", [.text(key.profile), SQLValue(key.draft)]).first
    }

    func insert(_ draft: ProfileDraft) throws {
        try connection.run(
            """
            INSERT INTO profile_draft (program, name, draft, version, body, based_on, changed_at, changed_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .text(program), .text(draft.key.profile), SQLValue(draft.key.draft), SQLValue(draft.version),
                .text(try ProfileText.encode(draft.profile)), SQLValue(draft.basedOn), SQLValue(draft.changedAt),
                SQLValue(draft.changedBy),
            ])
    }

    func update(_ draft: ProfileDraft, from version: Int) throws -> Bool {
        try connection.run(
            """
            UPDATE profile_draft SET version = $5, body = $6, changed_at = $7, changed_by = $8, proposed_by = $9,
                proposed_at = $10, proposed_reason = $11, proposed_note = $12
            WHERE program = $1 AND name = $2 AND draft = $3 AND version = $4
            """,
            [
                .text(program), .text(draft.key.profile), SQLValue(draft.key.draft), SQLValue(version),
                SQLValue(draft.version), .text(try ProfileText.encode(draft.profile)), SQLValue(draft.changedAt),
                SQLValue(draft.changedBy), SQLValue(draft.proposal?.by), SQLValue(draft.proposal?.at),
                SQLValue(draft.proposal?.reason.code), SQLValue(draft.proposal?.reason.note),
            ]) == 1
    }

    func delete(_ key: DraftKey, version: Int) throws -> Bool {
        try connection.run(
            "DELETE FROM profile_draft WHERE program = $1 AND name = $2 AND draft = $3 AND version = $4",
            [.text(program), .text(key.profile), SQLValue(key.draft), SQLValue(version)]) == 1
    }
}

internal import Casework
internal import MatchCore

/// Scoring profiles and the program's settings.
extension SQLCaseTransaction {
    private var revisionRows: ProfileTable { ProfileTable(connection: connection, program: program) }
    private var draftRows: DraftTable { DraftTable(connection: connection, program: program) }

    func profileNames() throws -> [String] { try revisionRows.names() }
    func profile(_ name: String) throws -> ScoringProfile? { try revisionRows.newest(name) }
    func profile(_ name: String, revision: Int) throws -> ScoringProfile? { try revisionRows.first(name, revision) }
    func revisions(of name: String) throws -> [ProfileRevision] { try revisionRows.revisions(of: name) }

    func insert(_ revision: ProfileRevision, _ profile: ScoringProfile) throws {
        marks.markProfiles()
        try revisionRows.insert(revision, profile)
        try note(Change(.profile, revision.name, revision.number == 1 ? .created : .changed))
    }

    func draft(_ key: DraftKey) throws -> ProfileDraft? { try draftRows.first(key) }
    func drafts() throws -> [ProfileDraft] { try draftRows.all() }
    func insert(_ draft: ProfileDraft) throws { try draftRows.insert(draft) }
    func update(_ draft: ProfileDraft, from version: Int) throws -> Bool { try draftRows.update(draft, from: version) }
    func deleteDraft(_ key: DraftKey, version: Int) throws -> Bool { try draftRows.delete(key, version: version) }

    func setting(_ name: Casework.Code) throws -> String? {
        try connection.first(
            "SELECT value FROM program_setting WHERE program = $1 AND name = $2", [.text(program), SQLValue(name)]
        ).map { try $0[0] }
    }

    func set(_ name: Casework.Code, to value: String, at moment: Moment, by actor: RecordID) throws {
        try connection.run(
            """
            INSERT INTO program_setting (program, name, value, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (program, name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            """, [.text(program), SQLValue(name), .text(value), SQLValue(moment), SQLValue(actor)])
    }
}

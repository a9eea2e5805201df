/// Drafts of scoring profiles, what is known of each revision, and the program's own settings.
extension Schema {
    static let profileLife = Migration(
        number: 6, name: "profile life",
        statements: [
            "ALTER TABLE profile_revision ADD COLUMN author TEXT",
            "ALTER TABLE profile_revision ADD COLUMN confirmed_by TEXT",
            "ALTER TABLE profile_revision ADD COLUMN note TEXT",
            "ALTER TABLE profile_revision ADD COLUMN restores BIGINT",
            // SHA-256 of the body; NULL for revisions from before there was one.
            "ALTER TABLE profile_revision ADD COLUMN digest TEXT",
            """
            CREATE TABLE profile_draft (
                program TEXT NOT NULL REFERENCES program (program),
                name TEXT NOT NULL,
                draft TEXT NOT NULL,
                version BIGINT NOT NULL,
                body TEXT NOT NULL,
                based_on BIGINT,
                changed_at BIGINT NOT NULL,
                changed_by TEXT NOT NULL,
                proposed_by TEXT,
                proposed_at BIGINT,
                proposed_reason TEXT,
                proposed_note TEXT,
                CONSTRAINT profile_draft_key PRIMARY KEY (program, name, draft),
                CONSTRAINT profile_draft_version CHECK (version >= 1),
                CONSTRAINT profile_draft_proposal CHECK (
                    (proposed_by IS NULL) = (proposed_at IS NULL) AND (proposed_by IS NULL) = (proposed_reason IS NULL))
            )
            """,
            """
            CREATE TABLE program_setting (
                program TEXT NOT NULL REFERENCES program (program),
                name TEXT NOT NULL,
                value TEXT NOT NULL,
                changed_at BIGINT NOT NULL,
                changed_by TEXT NOT NULL,
                CONSTRAINT program_setting_key PRIMARY KEY (program, name)
            )
            """,
        ])
}

/// What people agreed to, what is held back for want of it or for its wording, and what was taken away in time.
extension Schema {
    // Tolerated by no older program: one that does not know of holds would show what is held back.
    static let rights = Migration(
        number: 17, name: "rights",
        statements: [
            """
            CREATE TABLE consent (
                program TEXT NOT NULL REFERENCES program (program),
                id TEXT NOT NULL,
                subject TEXT NOT NULL,
                scope TEXT NOT NULL,
                text_version TEXT NOT NULL,
                giver TEXT NOT NULL,
                relation TEXT,
                said_at BIGINT NOT NULL,
                recorded_by TEXT NOT NULL,
                is_given BIGINT NOT NULL CHECK (is_given IN (0, 1)),
                CONSTRAINT consent_key PRIMARY KEY (program, id)
            )
            """,
            "CREATE INDEX consent_subject ON consent (program, subject)",
            """
            CREATE TABLE wish_hold (
                program TEXT NOT NULL REFERENCES program (program),
                wish_id TEXT NOT NULL,
                hold TEXT NOT NULL,
                since BIGINT NOT NULL,
                CONSTRAINT wish_hold_key PRIMARY KEY (program, wish_id, hold)
            )
            """,
            """
            CREATE TABLE retention_run (
                program TEXT NOT NULL REFERENCES program (program),
                kind TEXT NOT NULL,
                at BIGINT NOT NULL,
                removed BIGINT NOT NULL CHECK (removed > 0),
                CONSTRAINT retention_run_key PRIMARY KEY (program, kind, at)
            )
            """,
        ])
}

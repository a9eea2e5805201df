/// What keys were given for, by whom, and from when on; and openings of sealed fields.
extension Schema {
    static let authority = Migration(
        number: 15, name: "authority",
        statements: [
            "ALTER TABLE access_key ADD COLUMN purpose TEXT NOT NULL DEFAULT 'casework'",
            "ALTER TABLE access_key ADD COLUMN granted_by TEXT",
            "ALTER TABLE access_key ADD COLUMN starts_at BIGINT",
            """
            CREATE TABLE seal_opening (
                program TEXT NOT NULL REFERENCES program (program),
                id TEXT NOT NULL,
                holder TEXT NOT NULL,
                field TEXT NOT NULL,
                reason TEXT NOT NULL,
                asked_by TEXT NOT NULL,
                asked_at BIGINT NOT NULL,
                minutes BIGINT NOT NULL,
                approved_by TEXT,
                approved_at BIGINT,
                ends_at BIGINT,
                CONSTRAINT seal_opening_key PRIMARY KEY (program, id),
                CONSTRAINT seal_opening_two CHECK (approved_by IS NULL OR approved_by <> asked_by),
                CONSTRAINT seal_opening_state CHECK (
                    (approved_by IS NULL) = (approved_at IS NULL) AND (approved_at IS NULL) = (ends_at IS NULL))
            )
            """,
            "CREATE INDEX seal_opening_holder ON seal_opening (program, holder, field)",
        ])
}

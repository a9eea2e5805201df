/// Where sealed values stand beside what they replace, who was shown them, and which erasures this database has carried out.
extension Schema {
    static let sealing = Migration(
        number: 10, name: "sealing",
        statements: [
            // Coordinates and wording of a wish; coordinates of an offer; a year of birth; a circumstance's code.
            "ALTER TABLE wish ADD COLUMN sealed TEXT",
            "ALTER TABLE offer ADD COLUMN sealed TEXT",
            "ALTER TABLE household_member ADD COLUMN sealed TEXT",
            "ALTER TABLE household_circumstance ADD COLUMN sealed TEXT",
            "ALTER TABLE intake_trait ADD COLUMN sealed TEXT",
            "CREATE INDEX household_member_person ON household_member (program, person_id)",
            "CREATE INDEX note_of_subject ON note (program, subject)",
            """
            CREATE TABLE sealed_read (
                program TEXT NOT NULL REFERENCES program (program),
                holder TEXT NOT NULL,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                role TEXT NOT NULL,
                field TEXT NOT NULL,
                CONSTRAINT sealed_read_key PRIMARY KEY (program, holder, at, actor, role, field)
            )
            """,
            """
            CREATE TABLE erasure_done (
                program TEXT NOT NULL REFERENCES program (program),
                holder TEXT NOT NULL,
                done_at BIGINT NOT NULL,
                CONSTRAINT erasure_done_key PRIMARY KEY (program, holder)
            )
            """,
        ])
}

/// The feed of changes, and how far it has been forgotten.
extension Schema {
    static let changes = Migration(
        number: 13, name: "changes",
        statements: [
            """
            CREATE TABLE change_feed (
                program TEXT NOT NULL REFERENCES program (program),
                counter BIGINT NOT NULL,
                forgotten_transaction BIGINT NOT NULL,
                forgotten_position BIGINT NOT NULL,
                CONSTRAINT change_feed_key PRIMARY KEY (program)
            )
            """,
            """
            CREATE TABLE change_entry (
                program TEXT NOT NULL REFERENCES program (program),
                transaction_number BIGINT NOT NULL,
                position BIGINT NOT NULL,
                kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                what TEXT NOT NULL,
                at BIGINT NOT NULL,
                CONSTRAINT change_entry_key PRIMARY KEY (program, transaction_number, position)
            )
            """,
        ])
}

/// How rare each word is among the texts of a program, where that was counted for all nodes.
extension Schema {
    static let words = Migration(
        number: 25, name: "words",
        statements: [
            """
            CREATE TABLE word_table (
                program TEXT NOT NULL REFERENCES program (program),
                revision BIGINT NOT NULL,
                counted_at BIGINT NOT NULL,
                texts BIGINT NOT NULL,
                records BIGINT NOT NULL,
                body TEXT NOT NULL,
                digest TEXT NOT NULL,
                CONSTRAINT word_table_key PRIMARY KEY (program),
                CONSTRAINT word_table_counts CHECK (revision >= 1 AND texts >= 0 AND records >= 0)
            )
            """
        ], oldest: 21)
}

/// Codes that people are told: by what they open, and never the code itself.
extension Schema {
    static let codes = Migration(
        number: 8, name: "codes",
        statements: [
            """
            CREATE TABLE spoken_code (
                program TEXT NOT NULL REFERENCES program (program),
                kind TEXT NOT NULL,
                subject TEXT NOT NULL,
                code_hash BYTEA NOT NULL,
                issued_at BIGINT NOT NULL,
                expires_at BIGINT,
                CONSTRAINT spoken_code_key PRIMARY KEY (program, kind, subject),
                CONSTRAINT spoken_code_hash UNIQUE (program, kind, code_hash)
            )
            """
        ])
}

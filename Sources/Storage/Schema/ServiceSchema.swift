/// The tables of the service: keys, and what was answered under each `Idempotency-Key`.
extension Schema {
    static let keys = Migration(
        number: 4, name: "keys",
        statements: [
            """
            CREATE TABLE access_key (
                program TEXT NOT NULL REFERENCES program (program),
                id TEXT NOT NULL,
                token_hash BYTEA NOT NULL,
                label TEXT NOT NULL,
                role TEXT NOT NULL,
                holder TEXT NOT NULL,
                party_id TEXT,
                approval_level TEXT,
                approval_limit BIGINT,
                areas TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT,
                revoked_at BIGINT,
                CONSTRAINT access_key_key PRIMARY KEY (program, id),
                CONSTRAINT access_key_hash UNIQUE (program, token_hash),
                CONSTRAINT access_key_authority CHECK ((approval_level IS NULL) = (approval_limit IS NULL)),
                CONSTRAINT access_key_party FOREIGN KEY (program, party_id) REFERENCES party (program, id)
            )
            """
        ])

    static let keyUses = Migration(
        number: 5, name: "idempotency",
        statements: [
            """
            CREATE TABLE key_use (
                program TEXT NOT NULL,
                digest BYTEA NOT NULL,
                fingerprint BYTEA NOT NULL,
                holder BIGINT NOT NULL,
                held_until BIGINT,
                answer BYTEA,
                expires_at BIGINT NOT NULL,
                CONSTRAINT key_use_key PRIMARY KEY (program, digest),
                CONSTRAINT key_use_state CHECK ((held_until IS NULL) = (answer IS NOT NULL))
            )
            """,
            "CREATE INDEX key_use_expiry ON key_use (program, expires_at)",
        ])
}

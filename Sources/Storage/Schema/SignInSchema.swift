/// Accounts of staff: what they sign in with, what they may do, and where they are signed in.
extension Schema {
    // Tolerated by no older program: one that does not know of sessions would refuse everybody who signed in elsewhere.
    static let signIn = Migration(
        number: 18, name: "signIn",
        statements: [
            """
            CREATE TABLE account (
                program TEXT NOT NULL REFERENCES program (program),
                id TEXT NOT NULL,
                name TEXT NOT NULL,
                name_key TEXT NOT NULL,
                state TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                created_by TEXT NOT NULL,
                CONSTRAINT account_key PRIMARY KEY (program, id),
                CONSTRAINT account_name UNIQUE (program, name_key)
            )
            """,
            """
            CREATE TABLE account_password (
                program TEXT NOT NULL,
                account_id TEXT NOT NULL,
                hash TEXT NOT NULL,
                is_one_time BIGINT NOT NULL,
                set_at BIGINT NOT NULL,
                expires_at BIGINT,
                CONSTRAINT account_password_key PRIMARY KEY (program, account_id),
                CONSTRAINT account_password_account FOREIGN KEY (program, account_id) REFERENCES account (program, id)
            )
            """,
            """
            CREATE TABLE account_factor (
                program TEXT NOT NULL,
                account_id TEXT NOT NULL,
                secret TEXT,
                pending TEXT,
                confirmed_at BIGINT,
                last_step BIGINT NOT NULL,
                CONSTRAINT account_factor_state CHECK ((secret IS NULL) = (confirmed_at IS NULL)),
                CONSTRAINT account_factor_key PRIMARY KEY (program, account_id),
                CONSTRAINT account_factor_account FOREIGN KEY (program, account_id) REFERENCES account (program, id)
            )
            """,
            """
            CREATE TABLE account_recovery (
                program TEXT NOT NULL,
                account_id TEXT NOT NULL,
                code_hash BYTEA NOT NULL,
                CONSTRAINT account_recovery_key PRIMARY KEY (program, account_id, code_hash),
                CONSTRAINT account_recovery_account FOREIGN KEY (program, account_id) REFERENCES account (program, id)
            )
            """,
            """
            CREATE TABLE account_grant (
                program TEXT NOT NULL,
                id TEXT NOT NULL,
                account_id TEXT NOT NULL,
                role TEXT NOT NULL,
                approval_level TEXT,
                approval_limit BIGINT,
                areas TEXT NOT NULL,
                purpose TEXT NOT NULL,
                granted_by TEXT NOT NULL,
                granted_at BIGINT NOT NULL,
                starts_at BIGINT,
                expires_at BIGINT,
                revoked_at BIGINT,
                CONSTRAINT account_grant_key PRIMARY KEY (program, id),
                CONSTRAINT account_grant_authority CHECK ((approval_level IS NULL) = (approval_limit IS NULL)),
                CONSTRAINT account_grant_account FOREIGN KEY (program, account_id) REFERENCES account (program, id)
            )
            """,
            "CREATE INDEX account_grant_of ON account_grant (program, account_id)",
            """
            CREATE TABLE staff_session (
                program TEXT NOT NULL,
                id TEXT NOT NULL,
                token_hash BYTEA NOT NULL,
                account_id TEXT NOT NULL,
                grant_id TEXT NOT NULL,
                way TEXT NOT NULL,
                began_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                idle_ms BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                revoked_at BIGINT,
                CONSTRAINT staff_session_key PRIMARY KEY (program, id),
                CONSTRAINT staff_session_hash UNIQUE (program, token_hash),
                CONSTRAINT staff_session_account FOREIGN KEY (program, account_id) REFERENCES account (program, id),
                CONSTRAINT staff_session_grant FOREIGN KEY (program, grant_id) REFERENCES account_grant (program, id)
            )
            """,
            "CREATE INDEX staff_session_of ON staff_session (program, account_id)",
            "CREATE INDEX staff_session_end ON staff_session (program, ends_at)",
            """
            CREATE TABLE sign_in_count (
                program TEXT NOT NULL,
                kind TEXT NOT NULL,
                count_key TEXT NOT NULL,
                failures BIGINT NOT NULL,
                last_at BIGINT NOT NULL,
                opens_at BIGINT NOT NULL,
                CONSTRAINT sign_in_count_key PRIMARY KEY (program, kind, count_key)
            )
            """,
            "CREATE INDEX sign_in_count_last ON sign_in_count (program, kind, last_at)",
            """
            CREATE TABLE account_identity (
                program TEXT NOT NULL,
                id TEXT NOT NULL,
                issuer TEXT NOT NULL,
                subject_key TEXT NOT NULL,
                account_id TEXT,
                asked_at BIGINT NOT NULL,
                approved_by TEXT,
                approved_at BIGINT,
                CONSTRAINT account_identity_key PRIMARY KEY (program, id),
                CONSTRAINT account_identity_subject UNIQUE (program, issuer, subject_key),
                CONSTRAINT account_identity_state CHECK ((account_id IS NULL) = (approved_at IS NULL)),
                CONSTRAINT account_identity_account FOREIGN KEY (program, account_id) REFERENCES account (program, id)
            )
            """,
            """
            CREATE TABLE directory_attempt (
                program TEXT NOT NULL,
                handle_hash BYTEA NOT NULL,
                expires_at BIGINT NOT NULL,
                CONSTRAINT directory_attempt_key PRIMARY KEY (program, handle_hash)
            )
            """,
        ])
}

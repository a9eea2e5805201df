/// What each engine is told in its own words: to refuse, itself, that what stands in the history is changed or deleted, and
/// on PostgreSQL the sequence behind `Connection.turn`.
///
/// A trigger cannot be written once for both engines: SQLite's holds its statements, PostgreSQL's names a function in
/// another language. So it is no migration; each driver's schema adds its own, and the chain of hashes shows what
/// someone changes who takes the trigger away.
public enum HistoryGuard {
    static func install(in database: any Database) throws {
        try database.blockingWrite { connection in
            for statement in database is PostgreSQLDatabase ? postgreSQL : sqlite { try connection.run(statement) }
        }
    }

    /// Takes the guards away: for rehearsals and tests, which spoil a history on purpose.
    public static func remove(from connection: any Connection) throws {
        let table = connection is PostgreSQLConnection ? " ON history" : ""
        for change in ["update", "delete"] {
            try connection.run("DROP TRIGGER IF EXISTS history_keeps_\(change)\(table)")
        }
    }

    private static let refusal = "The history is only ever added to."

    private static let sqlite = ["UPDATE", "DELETE"].map { change in
        """
        CREATE TRIGGER IF NOT EXISTS history_keeps_\(change.lowercased()) BEFORE \(change) ON history
        BEGIN SELECT RAISE(ABORT, '\(refusal)'); END
        """
    }

    // SQLite counts a trigger's refusal among the violated references, and so does SQLSTATE 23001.
    private static let postgreSQL =
        [
            "CREATE SEQUENCE IF NOT EXISTS turn",
            """
            CREATE OR REPLACE FUNCTION history_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '\(refusal)' USING ERRCODE = '23001'; END $$
            """,
        ]
        + ["UPDATE", "DELETE", "TRUNCATE"].map { change in
            """
            CREATE OR REPLACE TRIGGER history_keeps_\(change.lowercased()) BEFORE \(change) ON history
            FOR EACH STATEMENT EXECUTE FUNCTION history_keeps()
            """
        }
}

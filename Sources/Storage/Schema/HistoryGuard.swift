/// Has SQLite itself refuse to change or delete what stands in the history.
///
/// A trigger cannot be written once for both engines: SQLite's holds its statements, PostgreSQL's names a function in
/// another language. So it is no migration; each driver's schema adds its own, and the chain of hashes shows what
/// someone changes who takes the trigger away.
enum HistoryGuard {
    static func install(in database: any Database) throws {
        guard database is SQLiteDatabase else { return }
        try database.blockingWrite { connection in
            for change in ["UPDATE", "DELETE"] {
                try connection.run(
                    """
                    CREATE TRIGGER IF NOT EXISTS history_keeps_\(change.lowercased()) BEFORE \(change) ON history
                    BEGIN SELECT RAISE(ABORT, 'The history is only ever added to.'); END
                    """)
            }
        }
    }
}

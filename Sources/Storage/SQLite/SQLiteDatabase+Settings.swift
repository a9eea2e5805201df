import GRDB

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension SQLiteDatabase {
    static func configuration(_ options: Options) -> Configuration {
        var configuration = Configuration()
        configuration.label = "almoner"
        configuration.maximumReaderCount = max(1, options.readers)
        configuration.busyMode = .timeout(options.patience)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            // What is deleted is overwritten, a schema made by others may run nothing, and a fault of the disk is an
            // error rather than a signal that ends the process.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA mmap_size = 0")
            // LIKE tells capital letters from small ones in PostgreSQL, so it does here.
            try database.execute(sql: "PRAGMA case_sensitive_like = ON")
            try database.execute(sql: "PRAGMA cache_size = -\(options.cacheSize)")
        }
        return configuration
    }

    /// Has each commit on the disk before it returns.
    ///
    /// GRDB sets `synchronous = NORMAL` on a pool after `prepareDatabase`, so this comes after the pool is open, and is
    /// looked at again: with NORMAL a power cut loses acknowledged writes.
    static func makeDurable(_ writer: GRDB.Database) throws {
        try writer.execute(sql: "PRAGMA synchronous = FULL")
        // After a bulk import the log shrinks again to 64 MiB, rather than staying as long as it ever was.
        try writer.execute(sql: "PRAGMA journal_size_limit = 67108864")
        let wanted: [(pragma: String, value: String)] = [
            ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("secure_delete", "1"),
            ("trusted_schema", "0"), ("mmap_size", "0"),
        ]
        for (pragma, value) in wanted {
            let found = try String.fetchOne(writer, sql: "PRAGMA \(pragma)")
            guard found == value else {
                throw DatabaseError(
                    .misconfigured,
                    message: "SQLite has \(pragma) = \(found ?? "nothing") where \(value) is needed to keep data safe. "
                        + "Put the file on a local disk, and use the system's SQLite 3.40 or newer.")
            }
        }
    }
}

func fileExists(_ path: String) -> Bool {
    access(path, F_OK) == 0
}

/// Whether there is a file that is not empty.
func fileHasContent(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size > 0
}

/// The path with its links followed; a path that does not exist yet stays as it is.
func resolvedPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
}

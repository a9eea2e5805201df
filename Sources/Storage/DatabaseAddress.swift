/// Where a database is, as `--database` and ALMONER_DATABASE name it: `sqlite:FILE`.
public struct DatabaseAddress: Hashable, Sendable, CustomStringConvertible {
    /// The file, relative to the working directory unless it begins with a slash.
    public let path: String

    /// Throws `cannotOpen` where the text names no kind of database that is built in.
    public init(_ text: String) throws {
        let prefix = "sqlite:"
        guard text.hasPrefix(prefix), text.count > prefix.count, !text.utf8.contains(0) else {
            let suggestion = text.isEmpty || text.contains(":") ? "almoner.db" : text
            throw DatabaseError(
                .cannotOpen,
                message: "'\(text)' is no database address. Write sqlite:FILE, such as sqlite:\(suggestion).")
        }
        path = String(text.dropFirst(prefix.count))
    }

    public var description: String { "sqlite:\(path)" }

    /// Opens the database. Throws as `SQLiteDatabase.init` does.
    public func open(
        _ access: SQLiteDatabase.Access, options: SQLiteDatabase.Options = SQLiteDatabase.Options()
    ) throws -> any Database {
        try SQLiteDatabase(path: path, access: access, options: options)
    }

    /// The tables of a file that another program made; empty for one of this program, and where there is no file or
    /// nothing in it. Nothing is written.
    public func foreignTables() throws -> [String] {
        guard fileHasContent(path) else { return [] }
        let database = try open(.readOnly)
        defer { try? database.close() }
        let tables = try database.blockingRead { connection in
            try connection.all(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"
            ).map { try $0[0] as String }
        }
        return tables.contains("schema_migration") ? [] : tables
    }
}

/// Where a database is, as `--database` and ALMONER_DATABASE name it: `sqlite:FILE` or `postgres://…`.
public enum DatabaseAddress: Hashable, Sendable, CustomStringConvertible {
    /// A file, relative to the working directory unless it begins with a slash.
    case sqlite(path: String)
    case postgreSQL(PostgreSQLAddress)

    /// How a database is opened, whatever its kind.
    public struct Options: Sendable {
        public var sqlite = SQLiteDatabase.Options()
        public var postgreSQL = PostgreSQLDatabase.Options()

        public init() {}

        /// For the command line: statements read millions of rows as slowly as they are worked on.
        public static var unhurried: Options {
            var options = Options()
            options.postgreSQL.statementSeconds = 0
            options.postgreSQL.idleSeconds = 0
            options.postgreSQL.writeIdleSeconds = 0
            return options
        }
    }

    /// Throws `cannotOpen` where the text names no kind of database that is built in. A message never repeats an address
    /// that may hold a password.
    public init(_ text: String) throws {
        if PostgreSQLAddress.isAddress(text) {
            self = .postgreSQL(try PostgreSQLAddress(text))
            return
        }
        let prefix = "sqlite:"
        guard text.hasPrefix(prefix), text.count > prefix.count, !text.utf8.contains(0) else {
            let suggestion = text.isEmpty || text.contains(":") ? "almoner.db" : text
            let shown = text.contains("@") ? "What was given" : "'\(text)'"
            throw DatabaseError(
                .cannotOpen,
                message: "\(shown) is no database address. Write sqlite:FILE, such as sqlite:\(suggestion), or "
                    + "postgres://USER@HOST/DATABASE.")
        }
        self = .sqlite(path: String(text.dropFirst(prefix.count)))
    }

    /// The address with nothing secret in it.
    public var description: String {
        switch self {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgreSQL(let address): address.description
        }
    }

    /// The files that hold the database: the one that is named, and those that SQLite keeps beside it. None on a server.
    public var files: [String] {
        switch self {
        case .sqlite(let path): ["", "-wal", "-shm", "-journal", "-lock"].map { path + $0 }
        case .postgreSQL: []
        }
    }

    /// What files of the operator's own that belong to the database are named after: its file, or `almoner-` and the name
    /// that it has on the server, in the working directory.
    public var stem: String {
        switch self {
        case .sqlite(let path): path
        case .postgreSQL(let address):
            "almoner-" + (address.database ?? "postgres").map { $0 == "/" ? "_" : String($0) }.joined()
        }
    }

    /// Opens the database. Throws as the drivers' `init` do. A database on a server is made by its administrator.
    public func open(_ access: SQLiteDatabase.Access, options: Options = Options()) throws -> any Database {
        switch self {
        case .sqlite(let path): try SQLiteDatabase(path: path, access: access, options: options.sqlite)
        case .postgreSQL(let address): try PostgreSQLDatabase(address, options: options.postgreSQL)
        }
    }

    /// The tables of a database that another program made; empty for one of this program, and where there is none or
    /// nothing in it. Nothing is written.
    public func foreignTables() throws -> [String] {
        let query: String
        switch self {
        case .sqlite(let path):
            guard fileHasContent(path) else { return [] }
            query = """
                SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name
                """
        case .postgreSQL:
            query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        }
        let database = try open(.readOnly)
        defer { try? database.close() }
        let tables = try database.blockingRead { connection in try connection.all(query).map { try $0[0] as String } }
        return tables.contains("schema_migration") ? [] : tables
    }
}

import GRDB
import GRDBSQLite

extension DatabaseError {
    init(sqlite error: GRDB.DatabaseError) {
        self.init(sqliteCode: error.extendedResultCode.rawValue, text: error.message ?? "", cause: error)
    }

    /// Names an SQLite failure. `uniqueIndex` finds the name of a unique index by its table and columns, which is all
    /// that SQLite reports.
    init(
        sqliteCode extended: CInt, text: String, cause: (any Error)? = nil,
        uniqueIndex: (_ table: String, _ columns: [String]) -> String? = { _, _ in nil }
    ) {
        let cause = cause ?? SQLiteFailure(code: extended, text: text)
        let subject = text.split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init)
        let code = Code(sqliteCode: extended)
        var constraint: String?
        let advice: String
        switch code {
        case .uniqueViolation:
            constraint = subject.flatMap { Self.uniqueName(in: $0, uniqueIndex: uniqueIndex) }
            advice =
                "A row with the same key exists already (\(constraint ?? subject ?? "unique")). Change the other row."
        case .checkViolation:
            constraint = subject
            advice = "The rule \(subject ?? "of the table") does not hold for this row. Nothing was changed."
        case .foreignKeyViolation:
            advice =
                "The row points to one that is not there, or another still points to it. Store or remove that first."
        case .notNullViolation:
            constraint = subject
            advice = "The column \(subject ?? "") must have a value. Give one."
        case .busy:
            advice = "The database stayed in use for longer than the time allowed. Try again."
        case .storageFull:
            advice = "There is no room left for the database. Nothing was changed; free some space and try again."
        case .corrupt:
            advice = "The database file is damaged (\(text)). Stop, keep a copy of it, and restore a backup."
        case .notADatabase:
            advice = "The file is no SQLite database. Name another file."
        case .cannotOpen:
            advice = "The database file cannot be opened (\(text)). See that its folder exists and may be written to."
        case .inputOutput:
            advice = "The system could not read or write the database (\(text)). See to the disk, then try again."
        case .readOnly:
            advice = "A change was tried where only reading is allowed. Use a write, and a file that may be written to."
        case .tooLarge:
            advice = "A value or statement is larger than the database takes (\(text)). Split it."
        case .invalidSQL:
            advice = "The statement is not valid: \(text)."
        default:
            advice = "The database refused: \(text)."
        }
        self.init(code, message: advice, constraint: constraint, cause: cause)
    }

    /// Turns "wish.program, wish.id" or "index 'name'" into a constraint's name.
    private static func uniqueName(in subject: String, uniqueIndex: (String, [String]) -> String?) -> String {
        if subject.hasPrefix("index '") { return String(subject.dropFirst(7).dropLast()) }
        let places = subject.split(separator: ",").map { place in
            place.drop { $0 == " " }.split(separator: ".", maxSplits: 1).map(String.init)
        }
        guard let table = places.first?.first else { return subject }
        return uniqueIndex(table, places.compactMap { $0.count == 2 ? $0[1] : nil }) ?? subject
    }
}

extension DatabaseError.Code {
    init(sqliteCode extended: CInt) {
        switch extended {
        case 2067, 1555, 2579: self = .uniqueViolation  // …_UNIQUE, …_PRIMARYKEY, …_ROWID
        case 275: self = .checkViolation
        case 787, 1811: self = .foreignKeyViolation  // …_FOREIGNKEY, …_TRIGGER (RESTRICT)
        case 1299: self = .notNullViolation
        case 4874: self = .storageFull  // the shared-memory file could not grow
        default:
            switch extended & 0xff {
            case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
            case SQLITE_FULL: self = .storageFull
            case SQLITE_CORRUPT: self = .corrupt
            case SQLITE_NOTADB: self = .notADatabase
            case SQLITE_CANTOPEN, SQLITE_PERM: self = .cannotOpen
            case SQLITE_IOERR: self = .inputOutput
            case SQLITE_READONLY: self = .readOnly
            case SQLITE_TOOBIG: self = .tooLarge
            case SQLITE_ERROR, SQLITE_MISUSE, SQLITE_RANGE: self = .invalidSQL
            case SQLITE_MISMATCH: self = .wrongType
            default: self = .other
            }
        }
    }
}

/// What SQLite itself said, as the cause of a `DatabaseError`.
struct SQLiteFailure: Error, CustomStringConvertible {
    let code: CInt
    let text: String

    var description: String { "SQLite \(code): \(text)" }
}

extension SQLiteConnection {
    /// Finds the name that a unique index over these columns has in the schema. A constraint without a name of its own
    /// gets the one PostgreSQL would give it, so that callers can compare names whatever the engine.
    func uniqueIndexName(table: String, columns: [String]) -> String? {
        // Straight on the connection: the transaction is aborted, and this only looks at the schema.
        let indexes =
            (try? Row.fetchAll(
                database, sql: "SELECT name, origin FROM pragma_index_list(?) WHERE \"unique\"", arguments: [table]))
            ?? []
        for index in indexes {
            guard let name = index["name"] as String?, let origin = index["origin"] as String? else { continue }
            let indexed = try? String?.fetchAll(
                database, sql: "SELECT name FROM pragma_index_info(?) ORDER BY seqno", arguments: [name])
            guard indexed?.compactMap({ $0 }) == columns else { continue }
            switch origin {
            case "c": return name
            case "pk": return "\(table)_pkey"
            default: return "\(table)_\(columns.joined(separator: "_"))_key"
            }
        }
        // A whole-number primary key is the table itself in SQLite, and has no index.
        return columns.count == 1 ? "\(table)_pkey" : nil
    }
}

internal import CLibPQ

extension DatabaseError {
    /// Names a failure that the server reported.
    ///
    /// The server's sentence is passed on only where it speaks of the statement: those on values repeat them.
    init(postgreSQL failure: PostgreSQLFailure) {
        let code = Code(sqlState: failure.sqlState)
        var constraint = failure.constraint
        let advice: String
        switch code {
        case .uniqueViolation:
            advice = "A row with the same key exists already (\(constraint ?? "unique")). Change the other row."
        case .checkViolation:
            advice = "The rule \(constraint ?? "of the table") does not hold for this row. Nothing was changed."
        case .foreignKeyViolation:
            advice =
                "The row points to one that is not there, or another still points to it. Store or remove that first."
        case .notNullViolation:
            constraint = failure.table.flatMap { table in failure.column.map { "\(table).\($0)" } }
            advice = "The column \(constraint ?? "") must have a value. Give one."
        case .busy:
            advice = "The database stayed in use for longer than the time allowed. Try again."
        case .conflict:
            advice = "Other transactions changed the same rows again and again. Try again."
        case .storageFull:
            advice = "There is no room left for the database. Nothing was changed; free some space and try again."
        case .corrupt:
            advice = "The database is damaged (\(failure.sqlState)). Stop, keep a copy of it, and restore a backup."
        case .connectionLost:
            advice = "The connection to the database was lost. Try again; see that the server runs and is reached."
        case .readOnly:
            advice = "A change was tried where only reading is allowed. Use a write, and a server that takes changes."
        case .transactionAborted:
            advice = "An earlier statement of this transaction failed, so it can only be given up."
        case .tooLarge:
            advice = "A value or statement is larger than the database takes. Split it."
        case .invalidText:
            advice = "The text holds what the database cannot store. Remove U+0000 and broken characters."
        case .invalidSQL:
            advice = "The statement is not valid: \(failure.text)."
        case .cannotOpen:
            advice = "The database cannot be opened: \(failure.text)."
        default:
            advice = "The database refused (\(failure.sqlState))."
        }
        self.init(code, message: advice, constraint: constraint, cause: failure)
    }
}

extension DatabaseError.Code {
    /// What a SQLSTATE means here; see PostgreSQL's appendix A.
    init(sqlState: String) {
        switch sqlState {
        case "23505", "23P01": self = .uniqueViolation
        case "23514": self = .checkViolation
        case "23503", "23001": self = .foreignKeyViolation
        case "23502": self = .notNullViolation
        // A plan or statement that another node's migration made invalid is made anew with the next attempt.
        case "40001", "40P01", "0A000", "26000": self = .conflict
        case "55P03", "57014", "55006", "53300": self = .busy
        case "53100", "53400": self = .storageFull
        case "25P02": self = .transactionAborted
        case "25006": self = .readOnly
        case "25P03", "57P01", "57P02", "57P03", "57P05": self = .connectionLost
        case "22021", "22P05": self = .invalidText
        case "58030": self = .inputOutput
        case "42501", "3D000", "3F000": self = .cannotOpen
        default:
            switch sqlState.prefix(2) {
            case "08": self = .connectionLost
            case "28": self = .cannotOpen
            case "42": self = .invalidSQL
            case "22": self = .wrongType
            case "54": self = .tooLarge
            case "XX" where sqlState != "XX000": self = .corrupt
            default: self = .other
            }
        }
    }
}

/// What the server itself said, as the cause of a `DatabaseError`; without the values, which stand in its details.
public struct PostgreSQLFailure: Error, Sendable, CustomStringConvertible {
    /// Five letters and digits; "08006" where the connection broke before the server said anything.
    public let sqlState: String
    public let constraint: String?
    public let table: String?
    public let column: String?
    /// The server's sentence; empty where it may repeat a value.
    let text: String

    public var description: String { "PostgreSQL \(sqlState)" + (text.isEmpty ? "" : ": \(text)") }

    init(sqlState: String, text: String, constraint: String? = nil, table: String? = nil, column: String? = nil) {
        self.sqlState = sqlState
        self.constraint = constraint
        self.table = table
        self.column = column
        // Only of these is it known that the sentence names tables, columns and settings and nothing that was sent.
        self.text = ["08", "28", "3D", "3F", "42", "57"].contains(sqlState.prefix(2)) ? text : ""
    }

    /// What a result of the server says.
    init(result: OpaquePointer?) {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result, CInt(code.asciiValue ?? 0)).map { String(cString: $0) }
        }
        self.init(
            sqlState: field("C") ?? "08006", text: field("M") ?? "", constraint: field("n"), table: field("t"),
            column: field("c"))
    }
}

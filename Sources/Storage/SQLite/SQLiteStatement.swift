import GRDB
import GRDBSQLite

/// A compiled statement, whose parameters are bound by their number.
final class SQLiteStatement: Statement {
    private let compiled: GRDB.Statement
    private let connection: SQLiteConnection
    /// For each of SQLite's slots, in its own order, the index of the parameter that belongs there.
    private let slots: [Int]
    private let parameterCount: Int

    init(_ compiled: GRDB.Statement, on connection: SQLiteConnection) throws {
        self.compiled = compiled
        self.connection = connection
        let handle = compiled.sqliteStatement
        slots = try (0..<Int(sqlite3_bind_parameter_count(handle))).map { slot in
            guard let number = Self.number(sqlite3_bind_parameter_name(handle, CInt(slot + 1))) else {
                throw DatabaseError(
                    .invalidSQL,
                    message:
                        "Parameters are written $1, $2, …, and types as CAST($1 AS BIGINT), never ?, :name or ::type.")
            }
            return number - 1
        }
        parameterCount = (slots.max() ?? -1) + 1
        // SQLite would bind NULL to a number left out, and PostgreSQL would refuse the statement.
        guard slots.count == parameterCount else {
            throw DatabaseError(
                .invalidSQL,
                message:
                    "The statement's parameters go up to $\(parameterCount), but only \(slots.count) of them stand "
                    + "in it. Number them without gaps.")
        }
    }

    /// The number in a name such as `$12`; nil for a name of any other form. Read from the bytes, since every use of a
    /// statement comes by here.
    private static func number(_ name: UnsafePointer<CChar>?) -> Int? {
        guard let name, name[0] == CChar(UInt8(ascii: "$")), name[1] != CChar(UInt8(ascii: "0")) else { return nil }
        var number = 0
        var place = 1
        while name[place] != 0 {
            let digit = Int(name[place]) - Int(UInt8(ascii: "0"))
            guard (0...9).contains(digit), place <= 9 else { return nil }
            number = number * 10 + digit
            place += 1
        }
        return number >= 1 ? number : nil
    }

    func run(_ parameters: [SQLValue]) throws -> Int {
        try start(parameters)
        defer { sqlite3_reset(handle) }
        let before = sqlite3_total_changes64(connection.handle)
        var code = sqlite3_step(handle)
        while code == SQLITE_ROW { code = sqlite3_step(handle) }
        guard code == SQLITE_DONE else { throw connection.lastError(code) }
        // `changes` keeps the figure of an earlier statement when this one is none that changes rows.
        return sqlite3_total_changes64(connection.handle) == before ? 0 : Int(sqlite3_changes64(connection.handle))
    }

    func runAll(_ next: () throws -> [SQLValue]?) throws -> Int {
        var changed = 0
        while let parameters = try next() {
            changed += try run(parameters)
        }
        return changed
    }

    func rows(_ parameters: [SQLValue]) throws -> any SQLCursor {
        try start(parameters)
        return SQLiteCursor(compiled, on: connection)
    }

    private var handle: OpaquePointer { compiled.sqliteStatement }

    private func start(_ parameters: [SQLValue]) throws {
        try connection.checkUsable()
        guard sqlite3_stmt_busy(handle) == 0 else {
            throw DatabaseError(
                .invalidSQL, message: "The statement still feeds an open cursor. Close that, or prepare it once more.")
        }
        guard parameters.count == parameterCount else {
            throw DatabaseError(
                .parameterMismatch,
                message: "The statement takes \(parameterCount) parameters and was given \(parameters.count).")
        }
        for (slot, parameter) in slots.enumerated() {
            let code = try bind(parameters[parameter], number: parameter + 1, at: CInt(slot + 1))
            guard code == SQLITE_OK else { throw connection.lastError(code) }
        }
    }

    private func bind(_ value: SQLValue, number: Int, at slot: CInt) throws -> CInt {
        switch value {
        case .null:
            return sqlite3_bind_null(handle, slot)
        case .integer(let integer):
            return sqlite3_bind_int64(handle, slot, integer)
        case .text(var text):
            let code: CInt? = text.withUTF8 { bytes in
                guard !bytes.contains(0) else { return nil }
                // An empty buffer may have no address, and SQLite takes no address for NULL.
                guard let start = bytes.baseAddress else { return sqlite3_bind_text(handle, slot, "", 0, transient) }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text64(handle, slot, $0, UInt64(bytes.count), transient, UInt8(SQLITE_UTF8))
                }
            }
            guard let code else {
                throw DatabaseError(
                    .invalidText,
                    message: "The text of parameter $\(number) holds the character U+0000, which cannot be stored. "
                        + "Remove it.")
            }
            return code
        case .blob(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, slot, 0) }
            return sqlite3_bind_blob64(handle, slot, bytes, UInt64(bytes.count), transient)
        }
    }

    /// Tells SQLite to copy what is bound, since the buffers live only as long as the call (its `SQLITE_TRANSIENT`).
    private var transient: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}

/// The rows of a running statement. It keeps the statement busy, so that a second use of the same text is compiled
/// apart.
final class SQLiteCursor: SQLCursor {
    let columns: SQLColumns
    private let compiled: GRDB.Statement
    private let connection: SQLiteConnection
    private var hasEnded = false

    init(_ compiled: GRDB.Statement, on connection: SQLiteConnection) {
        self.compiled = compiled
        self.connection = connection
        columns = SQLColumns(compiled.columnNames)
    }

    deinit { close() }

    func close() {
        if !hasEnded {
            hasEnded = true
            // After the transaction the statement may already serve another.
            if connection.isOpen { sqlite3_reset(compiled.sqliteStatement) }
        }
    }

    func next() throws -> SQLRow? {
        guard !hasEnded else { return nil }
        try connection.checkUsable()
        let handle = compiled.sqliteStatement
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW:
            return SQLRow(columns: columns, values: try (0..<columns.names.count).map { try value(handle, at: $0) })
        case SQLITE_DONE:
            close()
            return nil
        default:
            let error = connection.lastError(code)
            close()
            throw error
        }
    }

    private func value(_ handle: OpaquePointer, at index: Int) throws -> SQLValue {
        let column = CInt(index)
        switch sqlite3_column_type(handle, column) {
        case SQLITE_NULL:
            return .null
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(handle, column)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, column)
            return .blob(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))))
        default:
            throw DatabaseError(
                .wrongType,
                message:
                    "Column '\(columns.names[index])' is a fraction. Only whole numbers are exact in every engine: "
                    + "write CAST(… AS BIGINT) in the query.")
        }
    }
}

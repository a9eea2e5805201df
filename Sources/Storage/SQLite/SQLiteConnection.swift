import GRDB
import GRDBSQLite

/// A GRDB connection for the length of one transaction.
///
/// Statements are compiled and kept by GRDB, and bound and stepped with SQLite's own functions: GRDB binds positional
/// arguments in the order in which parameters first appear, and cuts text at U+0000.
final class SQLiteConnection: Connection {
    let database: GRDB.Database
    /// Set when a statement failed: until a savepoint is undone, nothing may run and nothing is committed.
    private(set) var isAborted = false
    private(set) var isOpen = true
    private var savepointDepth = 0
    private let cancellation: CancellationFlag?
    private let isReadOnly: Bool

    /// - Parameter isReadOnly: whether statements that change anything are refused.
    init(_ database: GRDB.Database, isReadOnly: Bool = false, cancellation: CancellationFlag? = nil) {
        self.database = database
        self.isReadOnly = isReadOnly
        self.cancellation = cancellation
    }

    func prepare(_ sql: String) throws -> any Statement {
        try checkUsable()
        guard !sql.utf8.contains(0) else {
            throw DatabaseError(.invalidSQL, message: "The statement holds U+0000. Pass values as parameters.")
        }
        do {
            // GRDB keeps what it compiled for good; a long text is most likely a list that never comes again.
            var compiled =
                sql.utf8.count > 4_096
                ? try database.makeStatement(sql: sql) : try database.cachedStatement(sql: sql)
            if sqlite3_stmt_busy(compiled.sqliteStatement) != 0 {
                // The cached one feeds an open cursor; stepping it here would pull the rows from under that cursor.
                compiled = try database.makeStatement(sql: sql)
            }
            guard !isReadOnly || sqlite3_stmt_readonly(compiled.sqliteStatement) != 0 else {
                throw failed(
                    DatabaseError(.readOnly, message: "A read cannot change anything. Make the change in a write."))
            }
            return try SQLiteStatement(compiled, on: self)
        } catch let error as GRDB.DatabaseError {
            throw failed(DatabaseError(sqlite: error))
        }
    }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        savepointDepth += 1
        defer { savepointDepth -= 1 }
        let name = "almoner_\(savepointDepth)"
        try prepare("SAVEPOINT \(name)").run([])
        do {
            let result = try body()
            try prepare("RELEASE \(name)").run([])
            return result
        } catch {
            try undo(to: name)
            throw error
        }
    }

    private func undo(to name: String) throws {
        guard isInTransaction else {
            // A full disk can make SQLite give up the whole transaction, savepoints and all.
            isAborted = true
            return
        }
        isAborted = false
        try prepare("ROLLBACK TO \(name)").run([])
        try prepare("RELEASE \(name)").run([])
    }

    var isInTransaction: Bool {
        sqlite3_get_autocommit(handle) == 0
    }

    var handle: OpaquePointer? {
        database.sqliteConnection
    }

    /// Ends the use of this connection: whatever leaked from the body is refused from now on, and no open cursor keeps
    /// the snapshot alive.
    func invalidate() {
        isOpen = false
        var statement = sqlite3_next_stmt(handle, nil)
        while let current = statement {
            if sqlite3_stmt_busy(current) != 0 { sqlite3_reset(current) }
            statement = sqlite3_next_stmt(handle, current)
        }
    }

    func checkUsable() throws {
        guard isOpen else {
            throw DatabaseError(
                .closed, message: "The connection was used after its transaction ended. Keep it inside the body.")
        }
        guard !isAborted else { throw abortedError }
        try checkCancellation()
    }

    var abortedError: DatabaseError {
        DatabaseError(
            .transactionAborted,
            message: "An earlier statement of this transaction failed, so it can only be given up. "
                + "Let the error leave the body, or run what may fail inside a savepoint.")
    }

    func checkCancellation() throws {
        if let cancellation, cancellation.isCancelled { throw CancellationError() }
    }

    /// Notes that a statement failed, and returns the error to throw.
    func failed(_ error: DatabaseError) -> DatabaseError {
        isAborted = true
        return error
    }

    /// The error that SQLite has just reported on this connection.
    func lastError(_ code: CInt) -> any Error {
        isAborted = true
        if code & 0xff == SQLITE_INTERRUPT { return CancellationError() }
        return DatabaseError(
            sqliteCode: sqlite3_extended_errcode(handle), text: String(cString: sqlite3_errmsg(handle)),
            uniqueIndex: uniqueIndexName)
    }
}

/// A connection to the server for the length of one transaction.
final class PostgreSQLConnection: SharedConnection {
    let link: PostgreSQLLink
    /// Set when a statement failed: until a savepoint is undone, nothing may run and nothing is committed.
    private(set) var isAborted = false
    /// Set when the transaction collided with another: whatever the body makes of it, it is undone and run again.
    private(set) var collision: DatabaseError?
    private(set) var isOpen = true
    private var savepointDepth = 0
    private let cancellation: CancellationFlag?

    init(_ link: PostgreSQLLink, cancellation: CancellationFlag?) {
        self.link = link
        self.cancellation = cancellation
    }

    func prepare(_ sql: String) throws -> any Statement {
        try checkUsable()
        // Both would be understood here, and by SQLite otherwise or not at all.
        guard !sql.utf8.contains(0), !sql.contains("::") else {
            throw failed(
                DatabaseError(
                    .invalidSQL,
                    message:
                        "The statement holds U+0000 or ::. Pass values as parameters, and write CAST($1 AS BIGINT)."
                ))
        }
        let places = sql.utf8.reduce(0) { $1 == UInt8(ascii: "$") ? $0 + 1 : $0 }
        if places > PostgreSQLLink.greatestDescription { return PostgreSQLListStatement(sql, on: self) }
        return try naming { PostgreSQLStatement(try link.prepare(sql), on: self) }
    }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        try checkUsable()
        savepointDepth += 1
        defer { savepointDepth -= 1 }
        let name = "almoner_\(savepointDepth)"
        try naming { try link.execute("SAVEPOINT \(name)") }
        do {
            let result = try body()
            try checkUsable()
            try naming { try link.execute("RELEASE \(name)") }
            return result
        } catch {
            // After a collision the whole transaction runs again, and a broken link has no transaction.
            if isOpen, collision == nil, !link.isBroken {
                isAborted = false
                try naming { try link.execute("ROLLBACK TO \(name); RELEASE \(name)") }
            }
            throw error
        }
    }

    /// From a sequence, which knows no transactions: nobody waits for anybody, and no reading collides with it.
    func turn() throws -> Int64? { try require("SELECT nextval('turn')")[0] }

    /// PostgreSQL numbers transactions itself, those above 2^32 too.
    func transactionNumber(in program: String) throws -> Int64 { try require("SELECT pg_current_xact_id()")[0] }

    var timeline: Int { link.timeline }

    func settledTransactions() throws -> Int64 { try require("SELECT pg_snapshot_xmin(pg_current_snapshot())")[0] }

    /// Ends the use of this connection: whatever leaked from the body is refused from now on.
    func invalidate() {
        isOpen = false
    }

    func checkUsable() throws {
        guard isOpen else {
            throw DatabaseError(
                .closed, message: "The connection was used after its transaction ended. Keep it inside the body.")
        }
        if let collision { throw collision }
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
    func failed(_ error: DatabaseError) -> any Error {
        isAborted = true
        if error.code == .conflict { collision = error }
        // The server stopped the statement because it was asked to.
        if let cancellation, cancellation.isCancelled, (error.cause as? PostgreSQLFailure)?.sqlState == "57014" {
            return CancellationError()
        }
        return error
    }

    func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as DatabaseError { throw failed(error) }
    }
}

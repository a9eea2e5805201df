/// A connection inside a transaction.
///
/// Parameters are written `$1`, `$2`, … and bound by their number, in whatever order they stand in the SQL. When a
/// statement fails, the transaction can only be given up, unless the statement ran inside a `savepoint` that has been
/// undone: PostgreSQL has it so, and every driver behaves alike.
public protocol Connection: AnyObject {
    /// Prepares one statement; the same text is compiled once for each connection.
    func prepare(_ sql: String) throws -> any Statement

    /// Runs the body so that it can fail alone: where it throws, what it did is undone, and the error is passed on.
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result

    /// Where transactions run beside each other, a number that nobody else gets, and that is above the numbers of all whose
    /// changes this transaction sees; nil where they run one after another.
    func turn() throws -> Int64?

    /// The number of this transaction in the feed of a program's changes: whoever sees a transaction has seen, or will
    /// never see, every one with a smaller number that is below ``settledTransactions()``.
    func transactionNumber(in program: String) throws -> Int64

    /// Transactions with smaller numbers have ended: none of them will show anything that it does not show now.
    func settledTransactions() throws -> Int64
}

extension Connection {
    /// Counts in a row that the transaction keeps until its end, so that numbers are in the order of commits. A driver
    /// whose engine numbers transactions itself says so instead, and lets its writers work side by side.
    public func transactionNumber(in program: String) throws -> Int64 {
        try require(
            """
            INSERT INTO change_feed (program, counter, forgotten_transaction, forgotten_position) VALUES ($1, 1, 0, 0)
            ON CONFLICT (program) DO UPDATE SET counter = change_feed.counter + 1 RETURNING counter
            """, [.text(program)], named: "feed of changes")[0]
    }

    public func settledTransactions() throws -> Int64 { .max }
}

extension Connection {
    public func turn() throws -> Int64? { nil }

    /// Runs a statement and returns how many rows it inserted, updated or deleted.
    @discardableResult
    public func run(_ sql: String, _ parameters: [SQLValue] = []) throws -> Int {
        try prepare(sql).run(parameters)
    }

    /// Returns every row, in memory at once: for results known to be small.
    public func all(_ sql: String, _ parameters: [SQLValue] = []) throws -> [SQLRow] {
        let cursor = try prepare(sql).rows(parameters)
        var rows: [SQLRow] = []
        while let row = try cursor.next() {
            rows.append(row)
        }
        return rows
    }

    /// Returns the first row, or nil where there is none.
    public func first(_ sql: String, _ parameters: [SQLValue] = []) throws -> SQLRow? {
        let cursor = try prepare(sql).rows(parameters)
        defer { cursor.close() }
        return try cursor.next()
    }

    /// Returns the first row, or throws `rowNotFound` naming what was looked for.
    public func require(_ sql: String, _ parameters: [SQLValue] = [], named what: String = "row") throws -> SQLRow {
        guard let row = try first(sql, parameters) else {
            throw DatabaseError(.rowNotFound, message: "There is no such \(what).")
        }
        return row
    }

    /// Calls the body with each row in turn; memory does not grow with the result.
    public func forEach(
        _ sql: String, _ parameters: [SQLValue] = [], _ body: (SQLRow) throws -> Void
    ) throws {
        let cursor = try prepare(sql).rows(parameters)
        defer { cursor.close() }
        while let row = try cursor.next() {
            try body(row)
        }
    }
}

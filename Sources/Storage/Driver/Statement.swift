/// A prepared statement of one connection, to be run any number of times until the transaction ends.
public protocol Statement: AnyObject {
    /// Runs the statement to its end and returns how many rows it inserted, updated or deleted.
    @discardableResult
    func run(_ parameters: [SQLValue]) throws -> Int

    /// Runs the statement once for each set of parameters until `next` returns nil, and returns the rows changed in
    /// all. For bulk work: a driver over a network sends many sets at once.
    @discardableResult
    func runAll(_ next: () throws -> [SQLValue]?) throws -> Int

    /// Starts the statement and returns its rows one by one. A statement with `RETURNING` has made all its changes
    /// before the first row is returned.
    func rows(_ parameters: [SQLValue]) throws -> any SQLCursor
}

extension Statement {
    /// Runs the statement once for each set of parameters.
    @discardableResult
    public func runAll(_ parameterSets: some Sequence<[SQLValue]>) throws -> Int {
        var iterator = parameterSets.makeIterator()
        return try runAll { iterator.next() }
    }
}

/// The rows of a running statement, read one by one in bounded memory.
///
/// It ends when `next` returns nil, when it is closed, or when it is let go. Other statements may run meanwhile, the
/// same text included.
public protocol SQLCursor: AnyObject {
    var columns: SQLColumns { get }

    /// The next row, or nil at the end, and from then on.
    func next() throws -> SQLRow?

    /// Ends the statement early. Harmless when it has ended.
    func close()
}

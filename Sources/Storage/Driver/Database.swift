/// A store of tables, reached by the SQL that SQLite ≥ 3.40 and PostgreSQL ≥ 15 share.
///
/// A body runs synchronously on a thread of the driver, with a connection that is valid until the body returns and
/// must not leave it. It may run more than once (a collision is tried again), so it changes nothing but the database.
/// A body that throws undoes everything it did. Bodies do not nest: calling the database from inside one is an error of
/// the program.
public protocol Database: Sendable {
    /// Reads one consistent snapshot of the database. A cancelled task throws `CancellationError`.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result

    /// Runs one transaction; when this returns, it is durable.
    ///
    /// A driver may join several waiting transactions into one commit; a body that throws does not harm the others.
    /// Cancelling the task before its turn throws `CancellationError`; once begun, the transaction runs to its end.
    @discardableResult
    func write<Result: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result

    /// `read` for the command line: blocks the calling thread. Never call it from asynchronous code.
    func blockingRead<Result>(_ body: (any Connection) throws -> Result) throws -> Result

    /// `write` for the command line and for bulk work: blocks the calling thread. Never call it from asynchronous code.
    @discardableResult
    func blockingWrite<Result>(_ body: (any Connection) throws -> Result) throws -> Result

    /// Ends every connection and gives the database free for others. What is called later throws `closed`.
    func close() throws
}

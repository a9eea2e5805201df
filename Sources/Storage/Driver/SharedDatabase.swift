/// A database that several processes may have open for writing at once.
public protocol SharedDatabase: Database {
    /// Runs the body while no other process migrates the schema; waits for its turn. Statements may take as long as they
    /// need meanwhile.
    func migrating<Result>(_ body: () throws -> Result) throws -> Result

    /// Runs the body while no other process is at the same work with the database; throws `busy` at once where one is.
    ///
    /// - Parameter work: a word of letters, the same for all who must not work at once.
    func alone<Result>(at work: String, _ body: () throws -> Result) throws -> Result

    /// The database's own time, in UTC milliseconds: the one that all its nodes go by.
    func milliseconds() async throws -> Int64

    /// `milliseconds` for the command line: blocks the calling thread.
    func blockingMilliseconds() throws -> Int64

    /// Looks which server takes changes now. Where another has taken the place of the one in use, no connection to the old
    /// one is used from then on. Nothing where there is but one.
    func lookForSuccessor() async throws

    /// Calls the body from now on when another process may have committed something. It must not wait. A notice may be
    /// lost, so whoever hears looks now and then all the same.
    func onChange(_ hearer: @escaping @Sendable () -> Void)

    /// Tells the other processes that something was committed; returns at once.
    func tellOfChange()
}

/// What went wrong in the store, and what to do about it.
///
/// No message holds a stored or bound value: those may be personal.
public struct DatabaseError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        /// A row with the same key exists; `constraint` names the unique index or constraint.
        case uniqueViolation
        /// A rule of the table does not hold; `constraint` names it.
        case checkViolation
        /// A row points to one that is not there, or is still pointed to. SQLite does not tell which constraint.
        case foreignKeyViolation
        /// A required column is NULL; `constraint` is `table.column`.
        case notNullViolation
        /// Somebody else holds what is needed for longer than the time allowed; try again.
        case busy
        /// Two transactions collided; run it again. Drivers do so themselves a few times first.
        case conflict
        /// Another process owns the database file.
        case lockedByAnotherProcess
        /// The disk, or the room set aside, is full. Reads go on; writes succeed again when there is room.
        case storageFull
        /// The file is damaged.
        case corrupt
        /// The file is no database.
        case notADatabase
        /// The file or its folder cannot be opened.
        case cannotOpen
        /// The operating system failed to read or write.
        case inputOutput
        /// A write was tried where only reading is allowed.
        case readOnly
        /// The database was made by a newer version of the program.
        case schemaNewer
        /// The database does not have the tables this version needs; it must be migrated.
        case schemaOlder
        /// The recorded migrations are not those of the program: one was changed, or is missing.
        case schemaMismatch
        /// A row was required and there is none.
        case rowNotFound
        /// A column was asked for that the result does not have.
        case columnNotFound
        /// A value is not of the kind asked for.
        case wrongType
        /// A text holds U+0000, which no engine keeps.
        case invalidText
        /// The parameters given are not those the statement has.
        case parameterMismatch
        /// A value or a statement is larger than the engine takes.
        case tooLarge
        /// The statement is not valid, or not in the shared dialect.
        case invalidSQL
        /// An earlier statement of the transaction failed, so the transaction can only be given up.
        case transactionAborted
        /// The connection to the database was lost.
        case connectionLost
        /// The database, or the transaction that a statement belongs to, is closed.
        case closed
        /// A setting that data depends on could not be made.
        case misconfigured
        /// Anything else; the message and the cause say more.
        case other
    }

    public let code: Code
    /// What was wrong, and what to do.
    public let message: String
    /// The name of the constraint that was violated, where the engine tells.
    public let constraint: String?
    public let cause: (any Error)?
    /// Where the server that owns the database is reached, where it is one that does.
    public let server: String?

    public init(
        _ code: Code, message: String, constraint: String? = nil, cause: (any Error)? = nil, server: String? = nil
    ) {
        self.server = server
        self.code = code
        self.message = message
        self.constraint = constraint
        self.cause = cause
    }

    public var description: String {
        "\(message) (\(code.rawValue))"
    }
}

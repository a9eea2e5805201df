/// Hashes passwords, slowly on purpose: away from the threads that serve, a few at once, within a bounded queue.
public protocol PasswordHashing: Sendable {
    /// The PHC string of a password with a new salt. Throws where too many wait.
    func hash(_ password: String) async throws -> String

    /// Whether a password belongs to a PHC string. With nil it takes the same time and is wrong: nobody learns from the
    /// time that there is no such account.
    func check(_ password: String, against hash: String?) async throws -> PasswordFinding
}

/// What came of checking a password.
public enum PasswordFinding: Sendable, Hashable {
    case wrong
    /// - Parameter renewed: the password's hash by what is declared now, where it was hashed with less.
    case right(renewed: String?)
}

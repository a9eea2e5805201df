/// Why an allocation could not be read or made.
public struct AllocationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure a caller can act on.
    public enum Code: String, Sendable {
        /// The text is not in the ALLOC1 format.
        case malformed
        /// A number is outside the documented limits.
        case outOfRange
        /// Candidates name an offer that does not exist, or one offer twice.
        case badCandidate
        /// The numbers that the head announces do not fit what follows.
        case wrongCount
        /// The solver does not take instances of this kind.
        case unsupported
        /// The solver's own proof did not hold: a fault in the solver, and no result.
        case proofFailed
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong, where, and what to do.
    public let message: String
    /// The line of the text (1 is the first), where a text was read.
    public let line: Int?

    /// Makes an error.
    public init(_ code: Code, message: String, line: Int? = nil) {
        self.code = code
        self.message = message
        self.line = line
    }

    public var description: String {
        line.map { "Line \($0): \(message)" } ?? message
    }
}

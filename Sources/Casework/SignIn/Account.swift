public import MatchCore

/// Somebody who works for the program and signs in by name: the person, whatever they are allowed.
public struct Account: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case active
        /// Nobody signs in until it is unlocked.
        case locked
        /// The person works here no more: password, second factor and sessions are gone.
        case left
    }

    /// Stands in the history for whoever acts.
    public let id: RecordID
    public let name: SignInName
    public var state: State
    public let createdAt: Moment
    public let createdBy: RecordID

    public init(id: RecordID, name: SignInName, state: State = .active, createdAt: Moment, createdBy: RecordID) {
        self.id = id
        self.name = name
        self.state = state
        self.createdAt = createdAt
        self.createdBy = createdBy
    }
}

/// By which somebody signs in: the same in capitals or not.
public struct SignInName: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// How long one is, in Unicode scalars.
    public static let lengths = 2...64

    /// Reads what somebody typed; nil for what is no name: 2 to 64 letters of any script, digits, `.`, `-`, `_` and `@`.
    public init?(_ text: String) {
        let scalars = text.unicodeScalars
        guard Self.lengths.contains(scalars.count), scalars.allSatisfy(Self.allows) else { return nil }
        self.text = text.lowercased()
    }

    public var description: String { text }

    /// What stands in the place of a name that was erased; nobody can type it.
    public static let erased = SignInName(erased: ())

    private init(erased: Void) { text = "–" }

    private static func allows(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
            || [".", "-", "_", "@"].contains(scalar)
    }
}

/// What an account signs in with, as it is kept.
public struct AccountPassword: Sendable, Hashable {
    /// A PHC string: function, parameters, salt and hash.
    public let hash: String
    /// Whether it opens nothing but the way to a password of one's own.
    public let isOneTime: Bool
    public let setAt: Moment
    /// Until when a one-time password is taken.
    public let expiresAt: Moment?

    public init(hash: String, isOneTime: Bool, setAt: Moment, expiresAt: Moment? = nil) {
        self.hash = hash
        self.isOneTime = isOneTime
        self.setAt = setAt
        self.expiresAt = expiresAt
    }
}

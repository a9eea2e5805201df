internal import Crypto

/// The town's directory, as signing in reaches it.
public protocol DirectorySigning: Sendable {
    /// Where to send a person, to be asked there who they are.
    func address(for attempt: DirectoryAttempt) async throws -> String

    /// Who it was that the directory gave a code to. Throws where the code opens nothing, or what it opened proves nothing.
    func person(for code: String, of attempt: DirectoryAttempt, at moment: Moment) async throws -> DirectoryPerson
}

/// Somebody as the directory speaks of them.
public struct DirectoryPerson: Sendable, Hashable {
    public let issuer: String
    /// What the directory calls the person, for ever.
    public let subject: String
    /// The value of the claim that names accounts; nil where none is declared or stated.
    public let name: String?
    /// Whether the directory says that it asked for a second factor, and is trusted in that.
    public let hasSecondFactor: Bool

    public init(issuer: String, subject: String, name: String?, hasSecondFactor: Bool) {
        self.issuer = issuer
        self.subject = subject
        self.name = name
        self.hasSecondFactor = hasSecondFactor
    }
}

/// One way to the directory and back, known by a handle that never leaves the client.
///
/// State, nonce and code verifier are made from the handle, so that nothing secret has to be kept of it; the directory, and
/// whoever reads the address that it sends people back to, learns the state alone, which leads to none of the others.
public struct DirectoryAttempt: Sendable, Hashable {
    public let handle: AccessToken

    /// For how long somebody may be away, in milliseconds.
    public static let longest: Int64 = 10 * 60_000

    public init(handle: AccessToken) {
        self.handle = handle
    }

    /// What comes back with the code, and shows that it is an answer to this attempt.
    public var state: String { derived("state") }
    /// What the directory puts into its token.
    public var nonce: String { derived("nonce") }
    /// What is shown to redeem the code (PKCE, RFC 7636).
    public var verifier: String { derived("verifier") }
    /// The verifier's SHA-256, which goes with the question.
    public var challenge: String { AccessToken.letters(of: Array(SHA256.hash(data: Array(verifier.utf8)))) }

    public func isState(_ text: String) -> Bool { TimeCode.areSame(Array(state.utf8), Array(text.utf8)) }

    private func derived(_ use: String) -> String {
        AccessToken.letters(
            of: Array(
                HMAC<SHA256>.authenticationCode(
                    for: Array("almoner directory \(use)".utf8),
                    using: SymmetricKey(data: Array(handle.text.utf8)))))
    }
}

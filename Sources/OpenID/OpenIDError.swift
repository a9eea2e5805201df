internal import MatchCore
public import Wire

/// Why the town's directory could not say who somebody is.
public struct OpenIDError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Nobody answers, or not in time.
        case unreachable
        /// What it publishes of itself contradicts what is declared, or cannot be read.
        case configuration
        /// It does not take the code.
        case code
        /// The token is no token, or of a kind that is not taken.
        case malformed
        /// It is signed with an algorithm that is not taken: none, or one with a shared secret.
        case algorithm
        /// No key of the directory's has signed it.
        case signature
        /// Another directory has issued it.
        case issuer
        /// It is for somebody else.
        case audience
        /// It has expired, or has not begun, or tells no time.
        case time
        /// It answers another attempt.
        case nonce
    }

    public let code: Code

    init(_ code: Code) { self.code = code }

    public var description: String { "openID \(code.rawValue)" }
}

extension OpenIDError: ProblemSource {
    public var problem: Problem {
        switch code {
        case .unreachable, .configuration:
            Problem(
                .unavailable,
                "The directory cannot be asked now (\(code.rawValue)). Try again, or sign in with a password.",
                zhHans: "暂时无法向统一身份认证查询（\(code.rawValue)）。请重试，或使用密码登录。", retryAfterSeconds: 10)
        default:
            Problem(
                .unauthenticated,
                "The directory's answer does not show who you are (\(code.rawValue)). Begin again.",
                zhHans: "统一身份认证的答复无法证明您的身份（\(code.rawValue)）。请重新登录。")
        }
    }
}

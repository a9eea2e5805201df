public import MatchCore

/// Why a server could not be asked, or what it refused.
public struct ClientError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The address is not one a server can have, or would send people's data in the clear.
        case address
        /// Nobody answers there, or the name is not known.
        case unreachable
        /// The certificate is not trusted.
        case untrusted
        /// The answer did not come in time.
        case timeout
        /// The connection broke before the answer was whole.
        case broken
        /// What answered is not an Almoner server, or one of another version.
        case answer
        /// The server refused; ``ClientError/problem`` says why.
        case refused
        /// A local file could not be read.
        case file
    }

    public let code: Code
    public let message: LocalizedText
    /// What the server said, where it answered.
    public let problem: ServerProblem?

    public init(_ code: Code, _ message: LocalizedText, problem: ServerProblem? = nil) {
        self.code = code
        self.message = message
        self.problem = problem
    }

    public var description: String { "\(code.rawValue): \(message.en)" }

    enum AddressFault { case scheme, form, clear, socketPath }

    static func address(_ text: String, why: AddressFault) -> ClientError {
        let (zhHans, en) =
            switch why {
            case .scheme:
                (
                    "服务器地址须以 https://、http://（仅限本机）或 unix: 开头：\(text)",
                    "A server's address begins with https://, http:// (this machine only) or unix: — not \(text)"
                )
            case .form:
                (
                    "无法识别服务器地址 \(text)；请写成 https://主机:端口。",
                    "The server's address \(text) is not understood. Write https://host:port."
                )
            case .clear:
                (
                    "\(text) 不加密，令牌与个人信息会被他人看到。请改用 https://。",
                    "\(text) is not encrypted: the token and people's data could be read on the way. Use https://."
                )
            case .socketPath:
                (
                    "unix: 之后须为绝对路径，至多 107 字节：\(text)",
                    "After unix: comes an absolute path of at most 107 bytes: \(text)"
                )
            }
        return ClientError(.address, LocalizedText(zhHans: zhHans, en: en))
    }
}

/// Problem details (RFC 9457) as a server sent them, in the language that was asked for.
public struct ServerProblem: Sendable, Hashable, Codable {
    public var type: String
    public var title: String
    public var status: Int
    public var detail: String?
    public var errors: [Field]?

    public struct Field: Sendable, Hashable, Codable {
        public var pointer: String
        public var detail: String
    }
}

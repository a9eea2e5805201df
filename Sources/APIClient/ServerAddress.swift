import MatchCore

/// Where a server is reached: `https://host:port`, `http://` to this machine only, or `unix:/path/of.sock`.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// What requests are sent to, without a slash at the end.
    public let base: String
    /// The socket that the requests go through; nil for TCP.
    public let socket: String?

    public var description: String { socket.map { "unix:" + $0 } ?? base }

    /// Throws ``ClientError`` `address` for anything else, and for `http://` to another machine: the token and people's
    /// data would travel in the clear.
    public init(_ text: String) throws {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/"), path.utf8.count <= 107 else {
                throw ClientError.address(text, why: .socketPath)
            }
            base = "http://localhost"
            socket = path
            return
        }
        let isEncrypted = text.hasPrefix("https://")
        guard isEncrypted || text.hasPrefix("http://") else { throw ClientError.address(text, why: .scheme) }
        let rest = text.dropFirst(isEncrypted ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.isEmpty, !rest.contains(where: { "?#@ \\".contains($0) }),
            text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 32 })
        else { throw ClientError.address(text, why: .form) }
        guard isEncrypted || Self.isLoopback(authority) else { throw ClientError.address(text, why: .clear) }
        base = text.hasSuffix("/") ? String(text.dropLast()) : text
        socket = nil
    }

    private static func isLoopback(_ authority: Substring) -> Bool {
        let host: Substring
        if authority.hasPrefix("[") {
            host = authority.prefix { $0 != "]" }.dropFirst()
        } else {
            host = authority.prefix { $0 != ":" }
        }
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

internal import Crypto

/// Digests of requests, keyed with something that is not in the database: whoever has that alone can compare them, and not
/// try what somebody may have sent.
public struct RequestDigest: Sendable {
    private let key: SymmetricKey

    /// - Parameter salt: the same on every node of an installation.
    public init(salt: [UInt8]) { key = SymmetricKey(data: salt) }

    /// 32 bytes.
    public func keyed(_ digest: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: digest, using: key))
    }
}

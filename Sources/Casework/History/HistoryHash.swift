import Crypto

/// A SHA-256 hash, 32 bytes.
public struct HistoryHash: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// Returns nil unless there are 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    init(of content: CanonicalBytes) {
        var hash = SHA256()
        content.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes = Array(hash.finalize())
    }

    /// 64 hexadecimal digits.
    public var description: String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

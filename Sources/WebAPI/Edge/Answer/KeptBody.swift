internal import NIOCore
internal import Synchronization

/// The body of an answer that is given more than once: every connection sends the same memory, and it is compressed once.
public final class KeptBody: Sendable {
    let plain: ByteBuffer
    private let compressed = Mutex<ByteBuffer?>(nil)

    public init(_ bytes: [UInt8]) {
        plain = ByteBuffer(bytes: bytes)
    }

    /// Bytes of the plain form.
    public var count: Int { plain.readableBytes }

    /// The bytes of the plain form.
    public var bytes: [UInt8] { Array(plain.readableBytesView) }

    /// Whether the compressed form is there already.
    var isCompressed: Bool { compressed.withLock { $0 != nil } }

    /// The compressed form; nil where there is no memory for it. Two who ask for it at once both make it, and one of the
    /// two is kept.
    func compressedForm() -> ByteBuffer? {
        if let made = compressed.withLock({ $0 }) { return made }
        let made = GzipEncoder()?.encode(bytes[...], isLast: true)
        compressed.withLock { $0 = made }
        return made
    }
}

import Crypto

/// The installation's key for signing heads (Ed25519). It is kept outside the database.
public struct HistoryKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameter seed: 32 random bytes, kept secret. Throws `malformed` for any other number.
    public init(seed: [UInt8]) throws {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw CaseworkError(
                .malformed, "The history key is not 32 bytes. Restore the key file that was made at initialisation.",
                zhHans: "历史签名密钥不是 32 字节。请恢复初始化时生成的密钥文件。")
        }
        self.key = key
    }

    /// The 32 bytes with which anyone can check a signature.
    public var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

    /// Signs a head at a moment.
    public func sign(_ head: ChainHead, at moment: Moment) throws -> SignedHead {
        let signature = try key.signature(for: SignedHead.content(head, moment))
        return SignedHead(head: head, at: moment, signature: Array(signature))
    }
}

/// A head to keep elsewhere: against it, a tail that was cut or a chain that was written anew shows.
public struct SignedHead: Hashable, Sendable {
    public let head: ChainHead
    public let at: Moment
    /// 64 bytes.
    public let signature: [UInt8]

    public init(head: ChainHead, at: Moment, signature: [UInt8]) {
        self.head = head
        self.at = at
        self.signature = signature
    }

    /// Says whether the key's owner signed just this.
    public func isSigned(by publicKey: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Self.content(head, at))
    }

    static func content(_ head: ChainHead, _ moment: Moment) -> [UInt8] {
        var content = CanonicalBytes()
        content.append("almoner.head.1")
        content.append(head.program.text)
        content.append(head.number)
        content.append(raw: head.hash.bytes)
        content.append(moment.milliseconds)
        return content.bytes
    }
}

internal import Crypto
internal import CryptoExtras
internal import Wire

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The keys with which a directory signs (RFC 7517), as far as they can sign what is taken here.
struct KeySet: Sendable {
    enum Algorithm: String, Sendable {
        case rs256 = "RS256"
        case es256 = "ES256"
    }

    enum Key: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)

        var algorithm: Algorithm {
            switch self {
            case .rsa: .rs256
            case .p256: .es256
            }
        }
    }

    private let keys: [(id: String?, key: Key)]

    /// Keys of other kinds and for other uses are left out. Throws `configuration` for what is no set of keys.
    init(_ json: JSONValue) throws {
        guard case .list(let list)? = json["keys"], list.count <= 100 else { throw OpenIDError(.configuration) }
        keys = list.compactMap { item in
            guard let key = Self.key(item) else { return nil }
            return (id: item["kid"].text, key: key)
        }
    }

    /// The key of an id and algorithm; without an id the only one of the algorithm. Nil where there is none.
    func key(_ id: String?, _ algorithm: Algorithm) -> Key? {
        let fitting = keys.filter { $0.key.algorithm == algorithm }
        guard let id else { return fitting.count == 1 ? fitting[0].key : nil }
        return fitting.first { $0.id == id }?.key
    }

    private static func key(_ item: JSONValue) -> Key? {
        if let use = item["use"].text, use != "sig" { return nil }
        let algorithm = item["alg"].text
        func bytes(_ name: String) -> Data? { item[name].text.flatMap { Base64URL.bytes($0) }.map { Data($0) } }
        switch item["kty"].text {
        case "RSA":
            guard algorithm == nil || algorithm == "RS256", let n = bytes("n"), let e = bytes("e"),
                (256...1_024).contains(n.count), e.count <= 8,
                let key = try? _RSA.Signing.PublicKey(n: n, e: e)
            else { return nil }
            return .rsa(key)
        case "EC":
            guard algorithm == nil || algorithm == "ES256", item["crv"].text == "P-256", let x = bytes("x"),
                let y = bytes("y"), x.count == 32, y.count == 32,
                let key = try? P256.Signing.PublicKey(rawRepresentation: x + y)
            else { return nil }
            return .p256(key)
        default: return nil
        }
    }
}

extension KeySet.Key {
    /// Whether the signature is this key's over the bytes.
    func hasSigned(_ bytes: [UInt8], _ signature: [UInt8]) -> Bool {
        switch self {
        case .rsa(let key):
            key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: Data(signature)), for: SHA256.hash(data: bytes),
                padding: .insecurePKCS1v1_5)
        case .p256(let key):
            // Two numbers of 32 bytes, one behind the other (RFC 7518, 3.4).
            (try? P256.Signing.ECDSASignature(rawRepresentation: signature)).map {
                key.isValidSignature($0, for: SHA256.hash(data: bytes))
            } ?? false
        }
    }
}

extension JSONValue? {
    var text: String? { if case .text(let text)? = self { text } else { nil } }
}

/// Base 64 for addresses, without padding (RFC 4648, 5).
enum Base64URL {
    /// Nil for a letter that is none, for padding, and for bits left over that are not zero.
    static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for letter in text.utf8 {
            let value: UInt8
            switch letter {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = letter - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = letter - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = letter - UInt8(ascii: "0") + 52
            case UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "_"): value = 63
            default: return nil
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                bits &= (1 << UInt32(count)) - 1
            }
        }
        return bits == 0 && count < 6 ? bytes : nil
    }
}

internal import Crypto

/// What a person or a program sends to show who they are: 256 random bits, shown once and never kept.
public struct AccessToken: Sendable, Hashable {
    /// `alm_` and 43 letters, digits, `-` or `_`.
    public let text: String

    /// Makes a token of 32 bytes of chance, which comes in from outside.
    public init(random: inout some RandomNumberGenerator) {
        let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
        text = Self.mark + Self.letters(of: bytes)
    }

    /// Reads what a client sent; nil for anything that cannot be a token.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count == Self.mark.utf8.count + 43, bytes.starts(with: Self.mark.utf8),
            bytes.dropFirst(Self.mark.utf8.count).allSatisfy(Self.isLetter)
        else { return nil }
        self.text = text
    }

    /// By which the token is found: SHA-256 of its text. With 256 bits of chance in it, nothing slower is needed.
    public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// Lets a token that leaked be recognised by whoever finds it.
    private static let mark = "alm_"
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Base 64 for addresses, without padding.
    static func letters(of bytes: [UInt8]) -> String {
        var letters: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                letters.append(alphabet[Int(bits >> UInt32(count)) & 63])
            }
        }
        if count > 0 { letters.append(alphabet[Int(bits << UInt32(6 - count)) & 63]) }
        return String(decoding: letters, as: UTF8.self)
    }
}

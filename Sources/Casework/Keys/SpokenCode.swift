internal import Crypto

/// A code that a person can be told over the telephone: digits and letters of which none is taken for another.
public struct SpokenCode: Sendable, Hashable {
    /// How long a code is, by what it opens; each symbol holds five bits.
    public enum Length: Int, Sendable, Hashable {
        /// 80 bits: used once, within days.
        case confirmation = 16
        /// 140 bits: opens a wish for as long as it stands.
        case lookUp = 28
    }

    private let symbols: [UInt8]

    /// Makes a code of chance, which comes in from outside.
    public init(_ length: Length, random: inout some RandomNumberGenerator) {
        symbols = (0..<length.rawValue).map { _ in Self.alphabet[Int(random.next() >> 59)] }
    }

    /// Reads what a person said or typed: in capitals or not, with blanks and hyphens or not, O for 0 and I or L for 1.
    /// Nil for anything that cannot be a code of this length.
    public init?(_ text: String, _ length: Length) {
        var read: [UInt8] = []
        for byte in text.utf8 where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") {
            let capital = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
            let symbol =
                switch capital {
                case UInt8(ascii: "O"): UInt8(ascii: "0")
                case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
                default: capital
                }
            guard Self.alphabet.contains(symbol), read.count < length.rawValue else { return nil }
            read.append(symbol)
        }
        guard read.count == length.rawValue else { return nil }
        symbols = read
    }

    /// In groups of four, parted by hyphens.
    public var text: String {
        stride(from: 0, to: symbols.count, by: 4)
            .map { String(decoding: symbols[$0..<min($0 + 4, symbols.count)], as: UTF8.self) }
            .joined(separator: "-")
    }

    /// By which the code is found: SHA-256 of its symbols. With so much chance in it, nothing slower is needed.
    public var hash: [UInt8] { Array(SHA256.hash(data: symbols)) }

    /// Without I, L, O and U: 32 symbols.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

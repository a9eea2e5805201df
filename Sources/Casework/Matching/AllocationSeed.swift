internal import Crypto

/// A seed that decides between plans that are equally good, by a draw that nobody could steer.
///
/// First its ``commitment`` is published, then the plan is made and the seed shown with it: whoever has both can repeat
/// the draw. `Docs/allocation.md` says how a lot is drawn; the verifier of plans has code of its own for it.
public struct AllocationSeed: Sendable, Hashable {
    private let bytes: [UInt8]

    /// Draws a new seed.
    public init(using random: inout some RandomNumberGenerator) {
        bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// Reads 64 hexadecimal digits, small letters; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8.map { byte -> UInt8? in
            switch byte {
            case 48...57: byte - 48
            case 97...102: byte - 87
            default: nil
            }
        }
        guard digits.count == 64, digits.allSatisfy({ $0 != nil }) else { return nil }
        bytes = (0..<32).map { (digits[$0 * 2] ?? 0) << 4 | (digits[$0 * 2 + 1] ?? 0) }
    }

    /// 64 hexadecimal digits.
    public var text: String { Hexadecimal.text(bytes) }

    /// The SHA-256 of the seed, 64 hexadecimal digits.
    public var commitment: String { Hexadecimal.text(Crypto.SHA256.hash(data: bytes)) }

    /// What the draw gives a pair, 0 ..< 10¹².
    public func lot(line: String, offer: String) -> Int64 {
        var hash = Crypto.SHA256()
        hash.update(data: bytes)
        hash.update(data: Array(line.utf8))
        hash.update(data: [0])
        hash.update(data: Array(offer.utf8))
        let first = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(first % 1_000_000_000_000)
    }
}

/// Bytes as text.
enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

/// The identity of a record (a UUIDv7 in the store), printed in the usual 8-4-4-4-12 form.
public struct RecordID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let value: UInt128

    public init(_ value: UInt128) {
        self.value = value
    }

    /// Reads 32 hexadecimal digits, with or without hyphens; nil for anything else.
    public init?(_ text: String) {
        var value: UInt128 = 0
        var digits = 0
        for byte in text.utf8 where byte != UInt8(ascii: "-") {
            guard digits < 32, let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt128(digit)
            digits += 1
        }
        guard digits == 32 else { return nil }
        self.value = value
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = RecordID(text) else {
            throw CaseworkError(
                .malformed, "'\(text.prefix(40))' is not a record id; write 32 hexadecimal digits.",
                zhHans: "“\(text.prefix(40))”不是有效的记录编号；应为 32 位十六进制数字。")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public static func < (left: RecordID, right: RecordID) -> Bool {
        left.value < right.value
    }

    public var description: String {
        let digits = String(value, radix: 16)
        let padded = Array(String(repeating: "0", count: 32 - digits.count) + digits)
        return [padded[0..<8], padded[8..<12], padded[12..<16], padded[16..<20], padded[20..<32]]
            .map { String($0) }.joined(separator: "-")
    }
}

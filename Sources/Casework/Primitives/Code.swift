/// A word of the program's own vocabulary: an area, a lane, a category, a reason, an action.
///
/// 1 to 64 of ASCII letters, digits, `.`, `-`, `_`, `/`. So it can never carry personal text.
public struct Code: Hashable, Comparable, Sendable, Codable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let text: String

    /// Returns nil when the text is empty, too long or holds another character.
    public init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.allows) else { return nil }
        self.text = text
    }

    /// Writes a code in source; a literal that is not a code ends the program, as any wrong literal does.
    public init(stringLiteral text: StaticString) {
        let text = "\(text)"
        precondition(Code(text) != nil, "not a code: \(text)")
        self.text = text
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let code = Code(text) else {
            throw CaseworkError(
                .malformed, "'\(text.prefix(40))' is not a code; use 1 to 64 ASCII letters, digits or . - _ /.",
                zhHans: "“\(text.prefix(40))”不是有效代码；请用 1 至 64 个英文字母、数字或 . - _ /。")
        }
        self = code
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public static func < (left: Code, right: Code) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    public var description: String { text }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}

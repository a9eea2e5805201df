internal import MatchCore
internal import Wire

/// A place in a list, opaque to whoever holds it: hexadecimal digits over its parts.
public struct Cursor: Sendable, Hashable {
    static let longest = 400

    let parts: [String]

    public init(_ parts: [String]) {
        self.parts = parts
    }

    /// Throws `invalidInput` for what no list ever gave out.
    init(text: String, at place: String = "?cursor") throws {
        var bytes: [UInt8] = []
        var high: UInt8?
        for byte in text.utf8 {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Self.unreadable(at: place) }
            if let first = high {
                bytes.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        guard high == nil, let joined = String(validating: bytes, as: UTF8.self) else {
            throw Self.unreadable(at: place)
        }
        parts = joined.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }

    public var text: String {
        parts.joined(separator: "|").utf8.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    static var unreadable: Problem { unreadable(at: "?cursor") }

    private static func unreadable(at place: String) -> Problem {
        Problem(
            .invalidInput, at: place,
            LocalizedText(zhHans: "此游标无效；请使用上一页给出的 next。", en: "No list gave out this cursor; use 'next' of a page."))
    }

    /// The cursor of a list in the order of ids.
    init(_ id: RecordID) { self.init([id.description]) }

    var recordID: RecordID {
        get throws {
            guard parts.count == 1, let id = RecordID(parts[0]) else { throw Self.unreadable }
            return id
        }
    }
}

internal import Crypto
internal import Foundation
public import MatchCore

/// The key of one holder, opened: seals texts for their places and opens them again.
public struct PersonKey: Sendable {
    public let holder: KeyHolder
    /// 1 for the first; a holder whose key was replaced has a later one.
    public let version: UInt32
    let key: SymmetricKey

    /// A new key from the system's random source.
    public init(new holder: KeyHolder, version: UInt32 = 1) {
        self.init(holder: holder, version: version, key: SymmetricKey(size: .bits256))
    }

    init(holder: KeyHolder, version: UInt32, key: SymmetricKey) {
        self.holder = holder
        self.version = version
        self.key = key
    }

    /// Seals a text for its place: AES-GCM with a fresh nonce; table, column, row, holder and version are authenticated.
    public func seal(_ text: String, for place: SealedPlace) throws -> SealedText {
        let box = try AES.GCM.seal(
            Array(text.utf8), using: key, authenticating: place.bytes(of: holder, version: version))
        guard let combined = box.combined else {
            throw SealError(.altered, "A text could not be sealed.", zhHans: "内容无法加密。")
        }
        return SealedText(holder: holder.id, version: version, box: [UInt8](combined))
    }

    /// Opens what was sealed for this place. Throws `altered` for anything else.
    public func open(_ sealed: SealedText, at place: SealedPlace) throws -> String {
        guard sealed.version == version, sealed.holder == holder.id,
            let box = try? AES.GCM.SealedBox(combined: sealed.box),
            let bytes = try? AES.GCM.open(
                box, using: key, authenticating: place.bytes(of: holder, version: version)),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            throw SealError(
                .altered,
                "A sealed field of \(place.table).\(place.column) was altered, or moved from another row. "
                    + "Restore the row from a backup.",
                zhHans: "\(place.table).\(place.column) 的加密字段被改动或移自其他行。请从备份恢复该行。")
        }
        return text
    }

    /// A code that stands for a word in a key column: the same word gives the same code under this key only.
    public func code(for word: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data("almoner.code.1/\(word)".utf8), using: key).prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

/// A sealed text on its way into or out of a column of texts.
public struct SealedText: Hashable, Sendable {
    public let holder: RecordID
    public let version: UInt32
    let box: [UInt8]

    /// No text that anybody sends begins so: U+0001 is refused at the edge.
    private static let mark = "\u{1}A"

    /// Whether a column's text is sealed.
    public static func isSealed(_ column: String) -> Bool { column.utf8.first == 1 }

    /// The beginning of every sealed text, for conditions in SQL.
    public static let prefix = mark

    init(holder: RecordID, version: UInt32, box: [UInt8]) {
        self.holder = holder
        self.version = version
        self.box = box
    }

    /// Reads a column; nil for what is no sealed text.
    public init?(column: String) {
        guard column.hasPrefix(Self.mark),
            let data = Data(base64Encoded: String(column.dropFirst(Self.mark.count)))
        else { return nil }
        var rest = [UInt8](data)[...]
        guard let version = rest.takeNumber(UInt32.self), let high = rest.takeNumber(UInt64.self),
            let low = rest.takeNumber(UInt64.self), rest.count >= 28
        else { return nil }
        self.init(holder: RecordID(high: high, low: low), version: version, box: Array(rest))
    }

    public var column: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20 + box.count)
        bytes.append(bigEndian: version)
        bytes.append(bigEndian: holder.high)
        bytes.append(bigEndian: holder.low)
        bytes += box
        return Self.mark + Data(bytes).base64EncodedString()
    }
}

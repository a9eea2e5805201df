public import Casework
internal import Foundation

/// How values of casework stand in columns.
extension Moment: SQLConvertible {
    public var sqlValue: SQLValue { .integer(milliseconds) }

    public init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(milliseconds: value)
    }
}

extension Casework.Code: SQLConvertible {
    public var sqlValue: SQLValue { .text(text) }

    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(text)
    }
}

extension ClaimState: SQLConvertible {}
extension WishCase.State: SQLConvertible {}
extension WishOutcome: SQLConvertible {}
extension Urgency: SQLConvertible {}
extension AreaLevel: SQLConvertible {}
extension ClockKind: SQLConvertible {}
extension Duty: SQLConvertible {}
extension WatchGrade: SQLConvertible {}
extension Channel: SQLConvertible {}
extension DuplicateBook.Verdict: SQLConvertible {}

extension BlindKey: SQLConvertible {
    public var sqlValue: SQLValue {
        let digits = String(value, radix: 16)
        return .text(String(repeating: "0", count: 32 - digits.count) + digits)
    }

    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue, let value = UInt128(text, radix: 16) else { return nil }
        self.init(value)
    }
}

/// Values with parts that are only ever read together: JSON with sorted keys.
enum JSONColumn {
    static func encode(_ value: some Encodable) throws -> SQLValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return .text(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw DatabaseError(
                .wrongType, message: "A stored \(type) cannot be read. Restore it from a backup, or mend the row.")
        }
    }
}

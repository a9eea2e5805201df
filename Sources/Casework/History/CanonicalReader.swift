internal import MatchCore

/// Reads entries back from the bytes that `CanonicalBytes` wrote; whatever the bytes are, it answers nil and never traps.
struct CanonicalReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func entry() -> HistoryEntry? {
        guard let program = code(), let at = number(Int64.self), let actor = id(), let role = text().flatMap(Role.init),
            let kind = code(), let subject = id(), let action = code()
        else { return nil }
        guard let reason = optional({ $0.reason() }), let count = number(UInt32.self), count <= bytes.count else {
            return nil
        }
        var changes: [FieldChange] = []
        for _ in 0..<count {
            guard let field = code(), let before = optional({ $0.value() }), let after = optional({ $0.value() }) else {
                return nil
            }
            changes.append(FieldChange(field, before: before, after: after))
        }
        guard position == bytes.count else { return nil }
        return HistoryEntry(
            program: program, at: Moment(milliseconds: at), actor: actor, role: role, subjectKind: kind,
            subject: subject, action: action, reason: reason, changes: changes)
    }

    private mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard bytes.count - position >= size else { return nil }
        var value: Number = 0
        for byte in bytes[position..<position + size] { value = value << 8 | Number(truncatingIfNeeded: byte) }
        position += size
        return value
    }

    private mutating func text() -> String? {
        guard let length = number(UInt32.self), bytes.count - position >= Int(length) else { return nil }
        defer { position += Int(length) }
        return String(validating: bytes[position..<position + Int(length)], as: UTF8.self)
    }

    private mutating func code() -> Code? { text().flatMap { Code($0) } }

    private mutating func id() -> RecordID? { number(UInt128.self).map { RecordID($0) } }

    /// The outer nil is a fault, the inner one a value that is missing.
    private mutating func optional<Value>(_ read: (inout CanonicalReader) -> Value?) -> Value?? {
        switch number(UInt8.self) {
        case 0: return .some(nil)
        case 1: return read(&self).map { .some($0) }
        default: return nil
        }
    }

    private mutating func reason() -> Reason? {
        guard let code = code(), let note = optional({ $0.id() }) else { return nil }
        return Reason(code, note: note)
    }

    private mutating func value() -> HistoryValue? {
        switch number(UInt8.self) {
        case 1: return code().map { .code($0) }
        case 2: return number(Int64.self).map { .integer($0) }
        case 3: return number(Int64.self).map { .moment(Moment(milliseconds: $0)) }
        case 4: return id().map { .record($0) }
        case 5:
            guard let table = code(), let row = id(), let column = code(), let version = number(Int64.self) else {
                return nil
            }
            return .field(FieldReference(table: table, row: row, column: column, version: version))
        default: return nil
        }
    }
}

extension HistoryEntry {
    /// The entry as bytes, in the one way that the chain's hashes are computed over.
    public var canonicalBytes: [UInt8] {
        var content = CanonicalBytes(reserving: 256)
        content.append(self)
        return content.bytes
    }

    /// Reads an entry back; nil for bytes that are none.
    public init?(canonicalBytes: [UInt8]) {
        var reader = CanonicalReader(canonicalBytes)
        guard let entry = reader.entry() else { return nil }
        self = entry
    }
}

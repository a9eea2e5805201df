internal import MatchCore

/// The one way to write an entry as bytes, so that its hash can be computed again on any machine, years later.
///
/// Whole numbers are big-endian and of fixed width, texts carry their length in front, what may be missing carries a
/// byte that says so: two entries that differ in anything differ in their bytes.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    init(reserving count: Int = 0) {
        bytes.reserveCapacity(count)
    }

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ text: String) {
        append(UInt32(truncatingIfNeeded: text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(raw: [UInt8]) {
        bytes.append(contentsOf: raw)
    }

    mutating func append(_ id: RecordID) {
        append(id.value)
    }

    mutating func append<Value>(_ value: Value?, _ write: (inout CanonicalBytes, Value) -> Void) {
        guard let value else { return append(UInt8(0)) }
        append(UInt8(1))
        write(&self, value)
    }

    mutating func append(_ entry: HistoryEntry) {
        append(entry.program.text)
        append(entry.at.milliseconds)
        append(entry.actor)
        append(entry.role.rawValue)
        append(entry.subjectKind.text)
        append(entry.subject)
        append(entry.action.text)
        append(entry.reason) { bytes, reason in
            bytes.append(reason.code.text)
            bytes.append(reason.note) { $0.append($1) }
        }
        append(UInt32(truncatingIfNeeded: entry.changes.count))
        for change in entry.changes {
            append(change.field.text)
            append(change.before) { $0.append($1) }
            append(change.after) { $0.append($1) }
        }
    }

    private mutating func append(_ value: HistoryValue) {
        switch value {
        case .code(let code):
            append(UInt8(1))
            append(code.text)
        case .integer(let number):
            append(UInt8(2))
            append(number)
        case .moment(let moment):
            append(UInt8(3))
            append(moment.milliseconds)
        case .record(let id):
            append(UInt8(4))
            append(id)
        case .field(let reference):
            append(UInt8(5))
            append(reference.table.text)
            append(reference.row)
            append(reference.column.text)
            append(reference.version)
        }
    }
}

public import MatchCore

/// Whom a key belongs to: a person as far as the program knows one, which is by the record that speaks of them (a wish, a
/// household, a member of it, a party), or the queue of a week for what nobody has looked at yet.
public struct KeyHolder: Hashable, Sendable {
    public let program: String
    public let id: RecordID

    public init(program: String, id: RecordID) {
        self.program = program
        self.id = id
    }

    /// Marks the ids of queues; no identifier that is made of a time begins like it.
    private static let queueMark: UInt64 = 0x5155_4555_4500_0000
    private static let week: Int64 = 7 * 86_400_000

    /// The queue that holds what came in at a time, in UTC milliseconds. It has a key for each week, so that the keys of
    /// weeks whose records are gone can be destroyed.
    public static func queue(at milliseconds: Int64) -> RecordID {
        RecordID(high: queueMark, low: UInt64(max(0, milliseconds) / week))
    }

    /// The queues that hold nothing received at this time or later.
    public static func queues(before milliseconds: Int64) -> Range<RecordID> {
        RecordID(high: queueMark, low: 0)..<queue(at: milliseconds)
    }
}

/// Where a sealed value stands. It is authenticated with the value, so that nothing opens in another place.
public struct SealedPlace: Hashable, Sendable {
    public let table: String
    public let column: String
    /// The key of the row, without the program.
    public let row: String

    public init(_ table: String, _ column: String, row: String) {
        self.table = table
        self.column = column
        self.row = row
    }

    /// No part holds a NUL, so parts cannot run into each other.
    func bytes(of holder: KeyHolder, version: UInt32) -> [UInt8] {
        var bytes = Array("almoner.seal.1".utf8)
        for part in [holder.program, table, column, row] {
            bytes.append(0)
            bytes.append(contentsOf: part.utf8)
        }
        bytes.append(0)
        bytes.append(bigEndian: holder.id.high)
        bytes.append(bigEndian: holder.id.low)
        bytes.append(bigEndian: version)
        return bytes
    }
}

extension [UInt8] {
    mutating func append(bigEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// The number in the first bytes, which are taken away; nil where there are too few.
    mutating func takeNumber<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard count >= size else { return nil }
        defer { removeFirst(size) }
        return prefix(size).reduce(0) { $0 << 8 | Number($1) }
    }
}

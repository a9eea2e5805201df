public import MatchCore

/// A line of an offer or a wish, as people and the store name it: the record, and the line's number.
public struct LineReference: Hashable, Sendable, CustomStringConvertible {
    public let record: RecordID
    /// 1 for the first line.
    public let number: Int

    public init(_ record: RecordID, _ number: Int = 1) {
        self.record = record
        self.number = number
    }

    /// The id by which claims and the history know the line: made of both, so that it needs no column of its own.
    ///
    /// The 62 random bits of the record's id are shifted by a multiple of an odd number; version and variant stay.
    public var id: RecordID {
        let mask: UInt64 = 0x3FFF_FFFF_FFFF_FFFF
        let shifted = record.low &+ UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
        return RecordID(high: record.high, low: record.low & ~mask | shifted & mask)
    }

    /// The line with this number that has an id, if there is such a record: the way back from ``id``.
    public init(id: RecordID, number: Int) {
        self.init(LineReference(id, -number).id, number)
    }

    public var description: String { "\(record)/\(number)" }
}

internal import Casework
internal import MatchCore
internal import Wire

extension RecordID {
    /// Ids of examples.
    static func sample(_ number: UInt64) -> RecordID {
        RecordID(high: 0x0193_5A00_0000_7000, low: 0x8000_0000_0000_0000 + number)
    }
}

extension Timestamp {
    static let sample = Timestamp(milliseconds: 1_795_336_200_000)

    init(_ moment: Moment) { self.init(milliseconds: moment.milliseconds) }
}

extension Moment {
    init(_ time: Timestamp) { self.init(milliseconds: time.milliseconds) }
}

extension JSONSchema {
    /// The number of a line of an offer or a wish.
    static let lineNumber = JSONSchema.integer(1...Int64(Int32.max))

    static let areas = JSONSchema.list(of: .area, 0...Admission.Limits.listItems)
    static let categories = JSONSchema.list(of: .category, 0...Admission.Limits.listItems)

    static func codes(_ most: Int = Admission.Limits.listItems) -> JSONSchema {
        .list(of: .text(1...Admission.Limits.code), 0...most)
    }
}

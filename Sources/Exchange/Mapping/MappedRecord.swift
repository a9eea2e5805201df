/// A value as the importer receives it.
public enum MappedValue: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case truth(Bool)
    case list([String])
    /// Milliseconds since 1970 in UTC.
    case timestamp(Int64)
    /// Days since 1970-01-01.
    case day(Int32)
}

/// One record made of a row: the fields that have a value, in the order of the mapping.
public struct MappedRecord: Sendable, Hashable {
    /// One field, with the column that it came from, where it came from one.
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: MappedValue
        /// The column's place in the CSV file, from 1; nil for constants, templates and joined tables.
        public let column: Int?
    }

    public internal(set) var fields: [Field] = []
    /// The row, as a spreadsheet counts it, and the line of the file.
    public let row: Int
    public let line: Int
    /// The flag column that this record stands for, where the mapping has flags.
    public let flag: String?

    /// The value of a field; nil where the row leaves it empty.
    public subscript(name: String) -> MappedValue? { fields.first { $0.name == name }?.value }

    /// The text of a field; nil where it is empty or not a text.
    public func text(_ name: String) -> String? {
        if case .text(let text) = self[name] { text } else { nil }
    }

    /// The whole number of a field.
    public func integer(_ name: String) -> Int64? {
        if case .integer(let value) = self[name] { value } else { nil }
    }

    /// The items of a list; none where it is empty.
    public func list(_ name: String) -> [String] {
        if case .list(let items) = self[name] { items } else { [] }
    }

    /// The truth of a field.
    public func truth(_ name: String) -> Bool? {
        if case .truth(let value) = self[name] { value } else { nil }
    }

    /// The time of a field in milliseconds since 1970, UTC.
    public func timestamp(_ name: String) -> Int64? {
        if case .timestamp(let value) = self[name] { value } else { nil }
    }

    /// The day of a field, counted from 1970-01-01.
    public func day(_ name: String) -> Int32? {
        if case .day(let value) = self[name] { value } else { nil }
    }

    /// What tells the record from the others of its file: its external id, together with the source where the row names one.
    public var identity: String? { text("externalID").map { Self.identity(of: $0, source: text("source")) } }

    /// The same external id of two sources is two records.
    public static func identity(of externalID: String, source: String?) -> String {
        source.map { "\($0)\u{1F}\(externalID)" } ?? externalID
    }

    /// Where the record, or one of its fields, stands in the file, for messages of those who look at it next.
    public func place(of name: String? = nil, header: [String] = []) -> ImportPlace {
        let column = name.flatMap { name in fields.first { $0.name == name }?.column }
        let title = column.flatMap { header.indices.contains($0 - 1) ? header[$0 - 1] : nil }
        return ImportPlace(row: row, line: line, column: column, columnName: title)
    }
}

/// What a mapping makes of one row.
public struct MappedRow: Sendable {
    /// The records; none where there is a fault or the row is skipped.
    public var records: [MappedRecord] = []
    public var faults: [ImportFault] = []
    /// Of a row with a fault: the identity of the record that it states, as far as that can be read. Where a record has
    /// several rows, the others are at fault with it.
    public var faultyID: String?
    public var warnings: [ImportFault] = []
    /// True where the mapping says to pass over this row.
    public var isSkipped = false
}

/// Says how a CSV file is read.
public struct CSVOptions: Sendable, Hashable {
    /// Where the names of the columns come from.
    public enum Header: Sendable, Hashable {
        /// The first row.
        case firstRow
        /// The caller; the first row is data.
        case names([String])
    }

    /// The encoding, or nil to tell it from the first 64 KiB.
    public var encoding: CSVEncoding?
    /// The delimiter as a byte (`,`, `;` or tab), or nil to tell it from the first row.
    public var delimiter: UInt8?
    public var header: Header
    /// The longest row that is accepted, in bytes of UTF-8. A longer one ends the reading before it is in memory.
    public var maximumRowBytes: Int
    /// The longest cell that is accepted, in bytes of UTF-8.
    public var maximumCellBytes: Int
    /// The greatest number of cells in a row.
    public var maximumColumns: Int
    /// The greatest number of combining marks in a row.
    public var maximumCombiningRun: Int

    public init(
        encoding: CSVEncoding? = nil,
        delimiter: UInt8? = nil,
        header: Header = .firstRow,
        maximumRowBytes: Int = 1 << 20,
        maximumCellBytes: Int = 128 << 10,
        maximumColumns: Int = 4_096,
        maximumCombiningRun: Int = 30
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.header = header
        self.maximumRowBytes = maximumRowBytes
        self.maximumCellBytes = maximumCellBytes
        self.maximumColumns = maximumColumns
        self.maximumCombiningRun = maximumCombiningRun
    }
}

internal import MatchCore

/// One row of a CSV file. Its cells stay bytes until someone asks for a text.
public struct CSVRow: Sendable {
    /// The row as a spreadsheet counts it: the first row of the file is 1, empty rows count.
    public internal(set) var number = 0
    /// The line of the file on which the row begins, from 1.
    public internal(set) var line = 0
    /// The cells without their quotes, one delimiter between each two.
    var storage: [UInt8] = []
    var cells: [Range<Int>] = []

    init() {}

    /// A row that was not cut from a CSV file, with the place where it stands in whatever file it is of.
    public init(texts: [String], number: Int, line: Int) {
        self.number = number
        self.line = line
        for text in texts {
            let start = storage.count
            storage.append(contentsOf: text.utf8)
            cells.append(start..<storage.count)
        }
    }

    /// The number of cells.
    public var count: Int { cells.count }

    /// The cell's text, without the quotes and without the apostrophe that guards a formula.
    public subscript(index: Int) -> String {
        withBytes(index) { String(decoding: $0, as: UTF8.self) }
    }

    /// The cell's bytes, UTF-8 that has passed the gate.
    public func bytes(_ index: Int) -> ArraySlice<UInt8> {
        storage[cells[index]]
    }

    /// Lends the cell's bytes without copying them.
    public func withBytes<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try storage.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[cells[index]])) }
    }

    /// Says whether the cell holds nothing but white space, the ideographic space included.
    public func isBlank(_ index: Int) -> Bool {
        guard let first = storage[cells[index]].first else { return true }
        // A printable ASCII character at the front settles most cells without making a text.
        return (first <= 0x20 || first >= 0x7F) && self[index].trimmed.isEmpty
    }

    /// The texts of all cells.
    public var texts: [String] { cells.indices.map { self[$0] } }
}

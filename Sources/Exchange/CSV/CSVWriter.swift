/// Writes rows as CSV by RFC 4180 that a spreadsheet opens without running anything in it.
public struct CSVWriter {
    private let delimiter: UInt8
    private let sink: ([UInt8]) throws -> Void
    private var buffer: [UInt8] = []

    /// Makes a writer that hands its bytes to `sink` in pieces of about 64 KiB.
    ///
    /// - Parameter byteOrderMark: begins with a mark, without which Excel in China takes UTF-8 for GB18030.
    public init(
        delimiter: UInt8 = UInt8(ascii: ","), byteOrderMark: Bool = false, sink: @escaping ([UInt8]) throws -> Void
    ) {
        self.delimiter = delimiter
        self.sink = sink
        if byteOrderMark { buffer = [0xEF, 0xBB, 0xBF] }
    }

    /// Writes one row, each cell guarded against being taken for a formula.
    public mutating func write(_ cells: [String]) throws {
        for (index, cell) in cells.enumerated() {
            if index > 0 { buffer.append(delimiter) }
            append(cell, alone: cells.count == 1)
        }
        buffer.append(0x0D)
        buffer.append(0x0A)
        if buffer.count >= 1 << 16 { try finish() }
    }

    /// Hands over what is left. Call it after the last row.
    public mutating func finish() throws {
        if buffer.isEmpty { return }
        try sink(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ cell: String, alone: Bool) {
        var cell = cell
        cell.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            // A lone empty cell without quotes would be an empty line, which readers pass over.
            let needsQuotes =
                bytes.isEmpty && alone
                || bytes.contains { $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
            if needsQuotes { buffer.append(UInt8(ascii: "\"")) }
            if FormulaGuard.beginsLikeFormula(raw) { buffer.append(UInt8(ascii: "'")) }
            if needsQuotes {
                for byte in bytes {
                    if byte == UInt8(ascii: "\"") { buffer.append(byte) }
                    buffer.append(byte)
                }
                buffer.append(UInt8(ascii: "\""))
            } else {
                buffer.append(contentsOf: bytes)
            }
        }
    }
}

internal import InputGate
internal import MatchCore

/// Reads a CSV file of any size row by row, in memory bounded by the longest row that is accepted.
///
/// RFC 4180 with what spreadsheets do besides: LF, CRLF or CR, delimiters `,` `;` or tab, four encodings, a leading
/// `sep=;` line. Every cell has passed the gate: UTF-8, no control character but tab, LF, CR, no run of combining marks.
/// Empty rows are passed over, but counted. Not for use from two tasks at once.
///
/// ```swift
/// let reader = try CSVReader(FileSource(path: path))
/// while let row = try reader.next() { print(row.number, row[0]) }
/// ```
public final class CSVReader {
    /// The names of the columns, without spaces around them.
    public private(set) var header: [String] = []
    /// The delimiter in use, given or detected.
    public private(set) var delimiter = UInt8(ascii: ",")
    /// The row as it was cut, after `next()` has thrown a recoverable error: for the list of what was refused.
    public var lastRow: CSVRow { row }

    private let options: CSVOptions
    private let stream: UTF8Stream
    private let gate: TextGate
    private var buffer: [UInt8] = []
    private var position = 0
    private var row = CSVRow()
    private var state = State.cellStart
    private var cellStart = 0
    private var wasQuoted = false
    private var strayColumn: Int?
    private var nextNumber = 1
    private var line = 1
    private var lastWasReturn = false
    private var failure: CSVError?

    private enum State {
        case cellStart
        case plain
        case quoted
        case quoteInQuoted
    }

    private enum Step {
        case rowEnd
        case needsMore
    }

    /// Opens the source, tells encoding and delimiter, and reads the header.
    public init(_ source: any ByteSource, options: CSVOptions = CSVOptions()) throws(CSVError) {
        self.options = options
        stream = try UTF8Stream(source, encoding: options.encoding)
        gate = TextGate(
            limits: GateLimits(maximumBytes: .max, maximumCombiningRun: options.maximumCombiningRun))
        _ = try refill()
        try settleDelimiter()
        switch options.header {
        case .names(let names):
            header = names
        case .firstRow:
            guard let first = try next() else { throw .noHeader() }
            header = first.texts.map(\.trimmed)
        }
    }

    /// The encoding in use, given or detected.
    public var encoding: CSVEncoding { stream.encoding }

    /// Returns the next row, or nil at the end.
    ///
    /// Throws `CSVError`. After one that is recoverable, the next call goes on with the row after it; after any other,
    /// every further call throws the same.
    public func next() throws(CSVError) -> CSVRow? {
        if let failure { throw failure }
        do throws(CSVError) {
            repeat {
                guard try cutRow() else { return nil }
            } while isEmptyRow
            try verify()
            return row
        } catch {
            let placed = placed(error)
            if !placed.isRecoverable { failure = placed }
            throw placed
        }
    }

    private func placed(_ error: CSVError) -> CSVError {
        var error = error
        if error.code == .noHeader || error.code == .unreadable { return error }
        error.row = error.row ?? row.number
        error.line = error.line ?? row.line
        if let column = error.column, header.indices.contains(column - 1) { error.columnName = header[column - 1] }
        return error
    }

    // MARK: - Cutting

    private var isEmptyRow: Bool { row.cells.count == 1 && row.cells[0].isEmpty && !wasQuoted }

    private func refill() throws(CSVError) -> Bool {
        position = 0
        return try stream.next(into: &buffer)
    }

    /// Cuts the next row into `row`; false at the end of the file.
    private func cutRow() throws(CSVError) -> Bool {
        row.storage.removeAll(keepingCapacity: true)
        row.cells.removeAll(keepingCapacity: true)
        row.number = nextNumber
        row.line = line
        state = .cellStart
        cellStart = 0
        wasQuoted = false
        strayColumn = nil
        var hasBytes = false
        while true {
            if position == buffer.count {
                guard try refill() else {
                    if !hasBytes { return false }
                    if state == .quoted { throw faulty(.unclosedQuote(), column: row.cells.count + 1) }
                    endCell()
                    break
                }
            }
            // The LF of a CRLF belongs to the row before, even where a chunk ends between the two.
            if lastWasReturn, state == .cellStart, !hasBytes, buffer[position] == 0x0A {
                position += 1
                lastWasReturn = false
                continue
            }
            if !hasBytes {
                lastWasReturn = false
                hasBytes = true
            }
            let step = scan()
            if row.storage.count > options.maximumRowBytes { throw .rowTooLong(limit: options.maximumRowBytes) }
            if row.cells.count > options.maximumColumns { throw .tooManyColumns(limit: options.maximumColumns) }
            if step == .rowEnd { break }
        }
        nextNumber += 1
        return true
    }

    private func faulty(_ error: CSVError, column: Int) -> CSVError {
        var error = error
        error.column = column
        return error
    }

    /// Scans the buffer up to the end of the row or of the buffer.
    private func scan() -> Step {
        // Locals, because the compiler would otherwise check the exclusive use of each property for every byte.
        let delimiter = delimiter
        var position = position
        defer { self.position = position }
        return buffer.withUnsafeBufferPointer { bytes in
            while position < bytes.count {
                switch state {
                case .cellStart:
                    if bytes[position] == UInt8(ascii: "\"") {
                        state = .quoted
                        wasQuoted = true
                        position += 1
                    } else {
                        state = .plain
                    }
                case .plain:
                    let start = position
                    while position < bytes.count {
                        let byte = bytes[position]
                        if byte == delimiter || byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "\"") { break }
                        position += 1
                    }
                    row.storage.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
                    if position == bytes.count { return .needsMore }
                    if bytes[position] == UInt8(ascii: "\"") {
                        strayColumn = strayColumn ?? row.cells.count + 1
                        row.storage.append(UInt8(ascii: "\""))
                        position += 1
                    } else if endsRow(bytes[position], &position) {
                        return .rowEnd
                    }
                case .quoted:
                    let start = position
                    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                        countLine(bytes[position])
                        position += 1
                    }
                    row.storage.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
                    if position == bytes.count { return .needsMore }
                    position += 1
                    lastWasReturn = false
                    state = .quoteInQuoted
                case .quoteInQuoted:
                    let byte = bytes[position]
                    if byte == UInt8(ascii: "\"") {
                        row.storage.append(byte)
                        position += 1
                        state = .quoted
                    } else if byte == delimiter || byte == 0x0A || byte == 0x0D {
                        if endsRow(byte, &position) { return .rowEnd }
                    } else {
                        strayColumn = strayColumn ?? row.cells.count + 1
                        state = .plain
                    }
                }
            }
            return .needsMore
        }
    }

    @inline(__always)
    private func countLine(_ byte: UInt8) {
        if byte > 0x0D { return }
        if byte == 0x0D || byte == 0x0A && !lastWasReturn { line += 1 }
        lastWasReturn = byte == 0x0D
    }

    /// Ends the cell at a delimiter or a line end; true where the row ends too.
    @inline(__always)
    private func endsRow(_ byte: UInt8, _ position: inout Int) -> Bool {
        position += 1
        endCell()
        if byte == delimiter {
            row.storage.append(delimiter)
            cellStart = row.storage.count
            state = .cellStart
            return false
        }
        line += 1
        lastWasReturn = byte == 0x0D
        return true
    }

    private func endCell() {
        var start = cellStart
        let end = row.storage.count
        if start < end, row.storage[start] == UInt8(ascii: "'") {
            let isGuarded = row.storage.withUnsafeBytes {
                FormulaGuard.beginsLikeFormula(UnsafeRawBufferPointer(rebasing: $0[start..<end]))
            }
            if isGuarded { start += 1 }
        }
        row.cells.append(start..<end)
    }

    // MARK: - Verifying

    private func verify() throws(CSVError) {
        if let strayColumn { throw faulty(.strayQuote(), column: strayColumn) }
        do throws(GateError) {
            try row.storage.withUnsafeBufferPointer { (bytes) throws(GateError) in
                try gate.check(UnsafeRawBufferPointer(bytes))
            }
        } catch {
            let column = row.cells.firstIndex { $0.upperBound > error.offset } ?? row.cells.count - 1
            throw faulty(
                .refused(error, encoding: encoding, marks: options.maximumCombiningRun), column: column + 1)
        }
        if let long = row.cells.firstIndex(where: { $0.count > options.maximumCellBytes }) {
            throw faulty(.cellTooLong(limit: options.maximumCellBytes), column: long + 1)
        }
        if !header.isEmpty, row.count != header.count { throw .ragged(found: row.count, expected: header.count) }
    }

    // MARK: - Delimiter

    /// Takes the delimiter from the options, from a leading `sep=;` line, or as the one most frequent in the first row.
    private func settleDelimiter() throws(CSVError) {
        let isNamed = buffer.starts(with: "sep=".utf8) && buffer.count > 5 && (buffer[5] == 0x0D || buffer[5] == 0x0A)
        if isNamed {
            delimiter = buffer[4]
            position = buffer[5] == 0x0D && buffer.count > 6 && buffer[6] == 0x0A ? 7 : 6
            nextNumber = 2
            line = 2
        } else {
            delimiter = mostFrequentDelimiter()
        }
        delimiter = options.delimiter ?? delimiter
    }

    private func mostFrequentDelimiter() -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in buffer {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D { break }
            counts[byte, default: 0] += 1
        }
        var best = UInt8(ascii: ",")
        for candidate in [UInt8(ascii: ";"), 0x09] where counts[candidate] ?? 0 > counts[best] ?? 0 { best = candidate }
        return best
    }
}

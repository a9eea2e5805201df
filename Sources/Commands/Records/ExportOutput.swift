import Exchange
import Foundation
import MatchCore
import Operations
import Wire

/// Where the rows of an export go, from wherever they come: into a file that appears whole, or to the output; as CSV, or as a
/// line of JSON each.
struct ExportOutput {
    private let exporting: Exporting
    private let session: Session
    private let file: OutputFile?
    /// Nil for lines of JSON.
    private var csv: CSVWriter?
    private var lines: [UInt8] = []
    private var count: Int64 = 0
    private var alteredCount: Int64 = 0
    /// Bytes of lines that go out together.
    private static let piece = 1 << 16

    /// - Parameter path: the file; nil for the output.
    init(_ exporting: Exporting, to path: String?, in session: Session) throws {
        self.exporting = exporting
        self.session = session
        let file = try path.map { try OutputFile(path: $0, apartFrom: Store.files(session)) }
        self.file = file
        guard !session.options.json else { return }
        // A file is for a spreadsheet, which needs the mark to see that it is UTF-8; a pipe is for a program.
        var writer = CSVWriter(byteOrderMark: file != nil) { try Self.put($0, into: file) }
        try writer.write(exporting.header)
        csv = writer
    }

    mutating func write(_ row: [String]) throws {
        count += 1
        if exporting.isAltered(row) { alteredCount += 1 }
        if csv != nil {
            try csv?.write(row)
        } else {
            // As the service writes it, to the byte.
            lines += try WireEncoder().encode(JSONValue.object(exporting.object(row)))
            lines.append(UInt8(ascii: "\n"))
            if lines.count >= Self.piece { try flush() }
        }
    }

    /// Call it after the last row.
    mutating func finish() throws {
        try csv?.finish()
        try flush()
        try file?.finish()
        if alteredCount > 0 {
            session.note(
                RecordWords.damagedMarked.filled(["count": Numbers.grouped(alteredCount)]), isWarning: true)
        }
        if file != nil { session.note(RecordWords.count.filled(["count": Numbers.grouped(count)])) }
    }

    private mutating func flush() throws {
        if lines.isEmpty { return }
        try Self.put(lines, into: file)
        lines.removeAll(keepingCapacity: true)
    }

    private static func put(_ bytes: [UInt8], into file: OutputFile?) throws {
        if let file {
            try file.write(bytes)
        } else {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        }
    }
}

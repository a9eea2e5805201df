import Exchange
import MatchCore

/// The rows that an import could not take, as a CSV file of the same columns and one more with the reasons.
final class RejectFile {
    private var writer: CSVWriter
    private let file: OutputFile

    /// - Parameter used: the files of the import, which a list of rejects must not replace.
    init(path: String, apartFrom used: [String], header: [String]) throws {
        let file = try OutputFile(path: path, apartFrom: used)
        self.file = file
        writer = CSVWriter(byteOrderMark: true) { try file.write(Array($0)) }
        try writer.write(header + ["almoner.reasons"])
    }

    func write(_ row: CSVRow, reasons: [String]) throws {
        try writer.write(row.texts + [reasons.joined(separator: " | ")])
    }

    func finish() throws {
        try writer.finish()
        try file.finish()
    }
}

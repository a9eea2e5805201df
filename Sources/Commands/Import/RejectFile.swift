import Exchange
import Foundation
import MatchCore

/// The rows that an import could not take, as a CSV file of the same columns and one more with the reasons.
final class RejectFile {
    private var writer: CSVWriter
    private let handle: FileHandle

    init(path: String, header: [String]) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CommandError(.failure, ImportWords.cannotWrite.filled(["file": path])) }
        self.handle = handle
        writer = CSVWriter(byteOrderMark: true) { try handle.write(contentsOf: Data($0)) }
        try writer.write(header + ["almoner.reasons"])
    }

    func write(_ row: CSVRow, reasons: [String]) throws {
        try writer.write(row.texts + [reasons.joined(separator: " | ")])
    }

    func finish() throws {
        try writer.finish()
        try handle.close()
    }
}

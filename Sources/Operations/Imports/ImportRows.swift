public import Exchange
internal import InputGate
public import MatchCore

/// The rows of an import, whatever they were written in.
public protocol ImportRows: AnyObject {
    var header: [String] { get }

    /// The next row; nil at the end. Throws where nothing more can be read; what is wrong with one row is a fault of it.
    func next() throws -> ImportRow?
}

/// One row, and what its mapping makes of it.
public struct ImportRow: Sendable {
    public let row: CSVRow
    /// Nil where the row itself cannot be read.
    public let mapped: MappedRow?
    /// Why it cannot.
    public let fault: LocalizedText?

    public init(_ row: CSVRow, mapped: MappedRow) {
        self.row = row
        self.mapped = mapped
        fault = nil
    }

    public init(_ row: CSVRow, fault: LocalizedText) {
        self.row = row
        mapped = nil
        self.fault = fault
    }

    /// Whether it may be another line of the record that the row before it belongs to.
    public func mayContinue(_ other: ImportRow) -> Bool {
        guard let id = mapped?.records.first?.identity ?? mapped?.faultyID else { return false }
        return id == other.mapped?.records.first?.identity ?? other.mapped?.faultyID
    }
}

/// The rows of a CSV file.
public final class CSVImportRows: ImportRows {
    private let reader: CSVReader
    private let engine: MappingEngine

    public init(_ reader: CSVReader, engine: MappingEngine) {
        self.reader = reader
        self.engine = engine
    }

    public var header: [String] { reader.header }

    public func next() throws -> ImportRow? {
        do throws(CSVError) {
            guard let row = try reader.next() else { return nil }
            return ImportRow(row, mapped: engine.map(row))
        } catch {
            guard error.isRecoverable else { throw error }
            return ImportRow(
                reader.lastRow, fault: LocalizedText(zhHans: error.wording.chinese, en: error.wording.english))
        }
    }
}

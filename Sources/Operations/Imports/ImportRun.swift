internal import Casework
public import Exchange
internal import InputGate
public import MatchCore

/// What became of some rows: one, or those of one record.
public struct RowsOutcome: Sendable {
    public var rows: [CSVRow]
    /// One for each record that the rows state; empty where they are at fault.
    public var saved: [Entered] = []
    /// Whether the mapping passes over it.
    public var isSkipped = false
    public var faults: [LocalizedText] = []
    public var warnings: [LocalizedText] = []
}

/// Enters the rows of an import one after the other, inside one transaction.
public struct ImportRun {
    private var intake: RecordIntake
    private let header: [String]
    private let undoesRows: Bool
    /// What was said of the rows of the record that is held.
    private var heldWarnings: [LocalizedText] = []

    /// - Parameter undoesRows: whether a row at fault leaves no trace, so that the others can be kept; without it a fault
    ///   is for the transaction to be given up.
    init(_ intake: RecordIntake, header: [String], undoesRows: Bool) {
        self.intake = intake
        self.header = header
        self.undoesRows = undoesRows
    }

    /// Whether the transaction takes nothing more, because a rule of the store was broken and not undone.
    public var isStuck: Bool { intake.hasBrokenRule && !undoesRows }

    var memory: IntakeMemory { intake.memory }

    /// Enters a row. What it belongs to may be settled by a later one, or by ``finish()``.
    public mutating func take(_ row: ImportRow) throws -> [RowsOutcome] {
        guard let mapped = row.mapped else {
            return [RowsOutcome(rows: [row.row], faults: row.fault.map { [$0] } ?? [])]
        }
        var outcomes = try settled { try $0.settle(before: mapped.records.first) }
        if let id = mapped.faultyID { intake.giveUp(id, row: row.row.number) }
        var outcome = RowsOutcome(
            rows: [row.row], isSkipped: mapped.isSkipped, faults: mapped.faults.map { Self.text($0.wording) },
            warnings: mapped.warnings.map { Self.text($0.wording) })
        if undoesRows {
            intake.whole { Self.enter(mapped, row.row, header, &$0, &outcome) }
            if !outcome.faults.isEmpty { outcome.saved = [] }
        } else {
            _ = Self.enter(mapped, row.row, header, &intake, &outcome)
        }
        if let failure = intake.failure { throw failure }
        outcomes += refused()
        if outcome.faults.isEmpty, intake.heldRows.contains(where: { $0.number == row.row.number }) {
            heldWarnings += outcome.warnings
        } else {
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// Enters what was held for further rows. Call it after the last.
    public mutating func finish() throws -> [RowsOutcome] {
        try settled { try $0.flush() } + refused()
    }

    private mutating func settled(_ body: (inout RecordIntake) throws -> [Entered]) throws -> [RowsOutcome] {
        let held = intake.heldRows
        let saved = try body(&intake)
        let doubts = intake.takeLateWarnings().map { place($0.text, of: $0.field, in: $0.record) }
        heldWarnings += doubts
        let late = refused()
        guard !saved.isEmpty else { return late }
        defer { heldWarnings = [] }
        return late + [RowsOutcome(rows: held, saved: saved, warnings: heldWarnings)]
    }

    private mutating func refused() -> [RowsOutcome] {
        let late = intake.takeRefused()
        guard !late.isEmpty else { return [] }
        defer { heldWarnings = [] }
        return late.map { refused in
            RowsOutcome(
                rows: refused.rows, faults: refused.faults.map { place($0.text, of: $0.field, in: $0.record) },
                warnings: heldWarnings)
        }
    }

    private func place(_ text: LocalizedText, of field: String, in record: MappedRecord) -> LocalizedText {
        Self.place(text, of: field, in: record, header, intake.mapping)
    }

    /// Puts before a sentence where it stands in the file: row, line and column. An empty cell has its column as well.
    private static func place(
        _ text: LocalizedText, of field: String, in record: MappedRecord, _ header: [String], _ mapping: Mapping
    ) -> LocalizedText {
        let field = columnFields[field] ?? field
        var place = record.place(of: field, header: header)
        if place.column == nil, let name = mapping.column(of: field), let index = header.firstIndex(of: name) {
            (place.column, place.columnName) = (index + 1, name)
        }
        return Self.text(place.prefixed(to: Wording(text.en, text.zhHans)))
    }

    /// What a mapping calls the fields that a record calls otherwise.
    private static let columnFields = [
        "serviceAreas": "serves.areas", "serviceRadius": "serves.radiusMetres",
        "requiredQualifications": "qualifications", "lines": "line",
    ]

    private static func enter(
        _ mapped: MappedRow, _ row: CSVRow, _ header: [String], _ intake: inout RecordIntake,
        _ outcome: inout RowsOutcome
    ) -> Bool {
        for record in mapped.records {
            var remarks = RecordBuilder.Remarks()
            outcome.saved += intake.enter(record, row: row, &remarks)
            let mapping = intake.mapping
            func placed(_ remark: (field: String, text: LocalizedText)) -> LocalizedText {
                place(remark.text, of: remark.field, in: record, header, mapping)
            }
            outcome.warnings += remarks.warnings.map(placed)
            outcome.faults += remarks.faults.map(placed)
            if intake.hasBrokenRule || intake.failure != nil { break }
        }
        return outcome.faults.isEmpty && intake.failure == nil
    }

    private static func text(_ wording: Wording) -> LocalizedText {
        LocalizedText(zhHans: wording.chinese, en: wording.english)
    }
}

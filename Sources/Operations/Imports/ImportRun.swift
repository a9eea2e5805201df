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
        heldWarnings += intake.takeLateWarnings()
        let late = refused()
        guard !saved.isEmpty else { return late }
        defer { heldWarnings = [] }
        return late + [RowsOutcome(rows: held, saved: saved, warnings: heldWarnings)]
    }

    private mutating func refused() -> [RowsOutcome] {
        let late = intake.takeRefused()
        guard !late.isEmpty else { return [] }
        defer { heldWarnings = [] }
        return late.map { RowsOutcome(rows: $0.rows, faults: $0.faults, warnings: heldWarnings) }
    }

    private static func enter(
        _ mapped: MappedRow, _ row: CSVRow, _ header: [String], _ intake: inout RecordIntake,
        _ outcome: inout RowsOutcome
    ) -> Bool {
        for record in mapped.records {
            var remarks = RecordBuilder.Remarks()
            outcome.saved += intake.enter(record, row: row, &remarks)
            func placed(_ remark: (field: String, text: LocalizedText)) -> LocalizedText {
                text(
                    record.place(of: remark.field, header: header).prefixed(
                        to: Wording(remark.text.en, remark.text.zhHans)))
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

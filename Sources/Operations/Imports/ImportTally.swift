internal import Casework
internal import Exchange
internal import MatchCore
internal import Wire

/// Counts what became of the rows of an import and says it, line by line.
public struct ImportTally: Sendable {
    public private(set) var summary = ImportSummary()
    var memory = IntakeMemory()
    private let language: Language

    init(language: Language) {
        self.language = language
    }

    /// Goes on in another transaction with what this one knows of the rows.
    public mutating func remember(_ run: ImportRun) { memory = run.memory }

    /// Counts rows that an earlier request has entered, by what it said of them; their ids are taken.
    public mutating func pass(_ rows: [ImportRow], said lines: [UInt8]) throws {
        for row in rows {
            if let id = row.mapped?.records.first?.identity {
                memory.firstRows[id] = memory.firstRows[id] ?? row.row.number
            }
        }
        var seen: Set<RecordID> = []
        for line in lines.split(separator: 0x0A) {
            let said = try WireDecoder().decode(ImportLine.self, from: try JSONValue(parsing: Array(line)))
            summary.rows += 1
            summary.warnings += said.warnings?.count ?? 0
            // The lines of one record name it each.
            let records = said.ids?.filter { seen.insert($0).inserted }.count ?? 1
            switch said.outcome {
            case .created?: summary.created += records
            case .changed?: summary.changed += records
            case .unchanged?: summary.unchanged += records
            case .skipped?: summary.skipped += 1
            case .refused?: summary.refused += 1
            case .notStored?, nil: break
            }
        }
    }

    /// Nothing is kept: what was counted as entered is not.
    public mutating func noteRefused() {
        summary.isStored = false
        (summary.created, summary.changed, summary.unchanged) = (0, 0, 0)
    }

    /// Lines that were made of rows before it was known that nothing is kept, as they are then.
    public static func unkept(_ lines: [UInt8]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines.split(separator: 0x0A) {
            let said = try WireDecoder().decode(ImportLine.self, from: try JSONValue(parsing: Array(line)))
            bytes += try WireEncoder().encode(said.unkept) + [0x0A]
        }
        return bytes
    }

    /// The lines of some rows, in the order of the rows.
    public mutating func lines(_ outcomes: [RowsOutcome]) throws -> [UInt8] {
        var lines: [(row: Int, line: ImportLine)] = []
        for outcome in outcomes {
            for saved in outcome.saved {
                switch saved.kind {
                case .created: summary.created += 1
                case .changed: summary.changed += 1
                case .unchanged: summary.unchanged += 1
                }
            }
            summary.rows += outcome.rows.count
            summary.warnings += outcome.warnings.count
            if outcome.isSkipped { summary.skipped += outcome.rows.count }
            if !outcome.faults.isEmpty { summary.refused += outcome.rows.count }
            for row in outcome.rows { lines.append((row.number, line(row.number, outcome))) }
        }
        lines.sort { $0.row < $1.row }
        var bytes: [UInt8] = []
        for (_, line) in lines { bytes += try WireEncoder().encode(line) + [0x0A] }
        return bytes
    }

    /// The last line.
    public func end() throws -> [UInt8] {
        var summary = summary
        // Where every row was refused nothing was stored, in whatever mode.
        if summary.refused > 0, summary.refused + summary.skipped == summary.rows { summary.isStored = false }
        return try WireEncoder().encode(ImportLine(summary)) + [0x0A]
    }

    private func line(_ row: Int, _ outcome: RowsOutcome) -> ImportLine {
        let kinds = Set(outcome.saved.map(\.kind))
        let result: ImportLine.Outcome =
            !outcome.faults.isEmpty
            ? .refused
            : kinds.contains(.created)
                ? .created : kinds.contains(.changed) ? .changed : kinds.isEmpty ? .skipped : .unchanged
        let ids = outcome.saved.compactMap(\.id)
        return ImportLine(
            row: row, outcome: result, ids: ids.isEmpty ? nil : ids,
            faults: outcome.faults.isEmpty ? nil : outcome.faults.map { $0[language] },
            warnings: outcome.warnings.isEmpty ? nil : outcome.warnings.map { $0[language] }, summary: nil)
    }
}

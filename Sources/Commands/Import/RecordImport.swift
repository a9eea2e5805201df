import Casework
import Exchange
import InputGate
import MatchCore
import Storage

/// Streams a file into the registry in one transaction: all of it, or nothing, or with `--rejects` what can be taken.
struct RecordImport {
    let request: ImportRequest
    let session: Session
    let store: Store

    /// Ends the transaction of an import that must not be kept.
    private struct Undone: Error {}

    func run() throws -> ImportOutcome {
        let directory = try session.dataDirectory()
        let areas = try directory.areas()
        let categories = try directory.categories()
        let source = try ImportSource(request)
        let rejects: RejectFile? = try request.rejects.flatMap { path in
            guard !request.isDryRun else { return nil }
            let used = try [request.file, request.map] + request.tables.values + Store.files(session)
            return try RejectFile(path: path, apartFrom: used, header: source.reader.header)
        }
        var outcome = ImportOutcome()
        let blind = try session.blindIndex()
        if blind == nil, TargetField.personal.contains(where: request.mapping.fills) || request.mapping.kind == .people
        {
            throw CommandError(
                .refused, OfficeWords.noKey.filled(["file": try session.keyFile().path]),
                place: request.map, advice: OfficeWords.noKeyAdvice.text)
        }
        do {
            try store.cases.blockingWrite { transaction in
                outcome = ImportOutcome()
                var intake = try RecordIntake(
                    transaction: transaction, mapping: request.mapping,
                    builder: RecordBuilder(
                        resolver: CodeResolver(areas: areas, categories: categories), source: request.mapping.source),
                    admission: Admission(areas: areas, categories: categories),
                    rules: session.caseRules(transaction.calendar(.shanghai)), blind: blind,
                    opensCases: request.opensCases, areApproved: request.areApproved, now: session.now)
                try read(source, rejects: rejects, into: &intake, outcome: &outcome)
                if outcome.faulty > 0, request.rejects == nil { outcome.isRefused = true }
                if outcome.isRefused || request.isDryRun { throw Undone() }
            }
        } catch is Undone {
            // Nothing of a refused file was stored, whatever was tried before the fault.
            if outcome.isRefused { (outcome.created, outcome.changed, outcome.unchanged) = (0, 0, 0) }
        }
        try rejects?.finish()
        return outcome
    }

    private func read(
        _ source: ImportSource, rejects: RejectFile?, into intake: inout RecordIntake, outcome: inout ImportOutcome
    ) throws {
        let progress = session.progress(ImportWords.importing, total: nil)
        defer { progress.finish() }
        while true {
            var faults: [LocalizedText] = []
            do throws(CSVError) {
                guard let row = try source.reader.next() else { break }
                outcome.rows += 1
                faults = take(source.engine.map(row), row, header: source.reader.header, &intake, &outcome)
            } catch {
                guard error.isRecoverable else { throw error }
                outcome.rows += 1
                faults = [LocalizedText(zhHans: error.wording.chinese, en: error.wording.english)]
            }
            progress.update(Int64(outcome.rows))
            if let failure = intake.failure { throw failure }
            try refuse([source.reader.lastRow], faults, rejects, &outcome)
            try refuseLate(&intake, rejects, &outcome)
            // Without --rejects the file is refused now, and the transaction takes nothing more.
            if intake.hasBrokenRule, request.rejects == nil { return }
        }
        outcome.count(try intake.flush())
        try refuseLate(&intake, rejects, &outcome)
    }

    private func refuseLate(_ intake: inout RecordIntake, _ rejects: RejectFile?, _ outcome: inout ImportOutcome) throws
    {
        for late in intake.takeRefused() { try refuse(late.rows, late.faults, rejects, &outcome) }
    }

    private func refuse(
        _ rows: [CSVRow], _ faults: [LocalizedText], _ rejects: RejectFile?, _ outcome: inout ImportOutcome
    ) throws {
        guard !faults.isEmpty else { return }
        outcome.faulty += rows.count
        outcome.firstFaults += faults.prefix(
            max(0, ImportOutcome.greatestFaultListing - outcome.firstFaults.count))
        for row in rows { try rejects?.write(row, reasons: faults.map { $0[session.language] }) }
    }

    private func take(
        _ mapped: MappedRow, _ row: CSVRow, header: [String], _ intake: inout RecordIntake,
        _ outcome: inout ImportOutcome
    ) -> [LocalizedText] {
        if mapped.isSkipped { outcome.skipped += 1 }
        do {
            outcome.count(try intake.settle(before: mapped.records.first))
        } catch {
            return [LocalizedText(same: "\(error)")]
        }
        if let id = mapped.faultyID { intake.giveUp(id, row: row.number) }
        var warnings = mapped.warnings.map { LocalizedText(zhHans: $0.wording.chinese, en: $0.wording.english) }
        var faults = mapped.faults.map { LocalizedText(zhHans: $0.wording.chinese, en: $0.wording.english) }
        let header = header
        var saved: [SaveKind] = []
        func enterAll(_ intake: inout RecordIntake) -> Bool {
            for record in mapped.records {
                var remarks = RecordBuilder.Remarks()
                saved += intake.enter(record, row: row, &remarks)
                func placed(_ remark: (field: String, text: LocalizedText)) -> LocalizedText {
                    let wording = record.place(of: remark.field, header: header).prefixed(
                        to: Wording(remark.text.en, remark.text.zhHans))
                    return LocalizedText(zhHans: wording.chinese, en: wording.english)
                }
                warnings += remarks.warnings.map(placed)
                faults += remarks.faults.map(placed)
                if intake.hasBrokenRule || intake.failure != nil { break }
            }
            return faults.isEmpty && intake.failure == nil
        }
        if request.rejects == nil {
            // One fault refuses the whole file, so nothing need be undone row by row.
            _ = enterAll(&intake)
        } else {
            intake.whole(enterAll)
            if !faults.isEmpty { saved = [] }
        }
        outcome.count(saved)
        outcome.warnings += warnings.count
        outcome.firstWarnings += warnings.prefix(
            max(0, ImportOutcome.greatestListing - outcome.firstWarnings.count))
        return faults
    }
}

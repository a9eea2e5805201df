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
        let rejects = try request.rejects.map { try RejectFile(path: $0, header: source.reader.header) }
        var outcome = ImportOutcome()
        do {
            try store.cases.blockingWrite { transaction in
                outcome = ImportOutcome()
                var intake = try RecordIntake(
                    transaction: transaction, mapping: request.mapping,
                    builder: RecordBuilder(
                        resolver: CodeResolver(areas: areas, categories: categories), source: request.mapping.source,
                        utcOffsetSeconds: store.program.utcOffsetSeconds),
                    admission: Admission(areas: areas, categories: categories),
                    rules: session.caseRules(transaction.calendar(.shanghai)), opensCases: request.opensCases,
                    now: session.now)
                try read(source, rejects: rejects, into: &intake, outcome: &outcome)
                if outcome.faulty > 0, request.rejects == nil { outcome.isRefused = true }
                if outcome.isRefused || request.isDryRun { throw Undone() }
            }
        } catch is Undone {}
        try rejects?.finish()
        return outcome
    }

    private func read(
        _ source: ImportSource, rejects: RejectFile?, into intake: inout RecordIntake, outcome: inout ImportOutcome
    ) throws {
        let progress = session.progress(ImportWords.importing, total: nil)
        defer { progress.finish() }
        let language = session.language
        while true {
            var faults: [LocalizedText] = []
            do throws(CSVError) {
                guard let row = try source.reader.next() else { break }
                outcome.rows += 1
                faults = take(source.engine.map(row), header: source.reader.header, &intake, &outcome)
            } catch {
                guard error.isRecoverable else { throw error }
                outcome.rows += 1
                faults = [LocalizedText(zhHans: error.wording.chinese, en: error.wording.english)]
            }
            progress.update(Int64(outcome.rows))
            if let failure = intake.failure { throw failure }
            guard !faults.isEmpty else { continue }
            outcome.faulty += 1
            for fault in faults where outcome.firstFaults.count < ImportOutcome.greatestListing {
                outcome.firstFaults.append(fault)
            }
            try rejects?.write(source.reader.lastRow, reasons: faults.map { $0[language] })
        }
    }

    private func take(
        _ mapped: MappedRow, header: [String], _ intake: inout RecordIntake, _ outcome: inout ImportOutcome
    ) -> [LocalizedText] {
        if mapped.isSkipped { outcome.skipped += 1 }
        var warnings = mapped.warnings.map { LocalizedText(zhHans: $0.wording.chinese, en: $0.wording.english) }
        var faults = mapped.faults.map { LocalizedText(zhHans: $0.wording.chinese, en: $0.wording.english) }
        for record in mapped.records {
            var remarks = RecordBuilder.Remarks()
            let outcomes = intake.enter(record, &remarks)
            func placed(_ remark: (field: String, text: LocalizedText)) -> LocalizedText {
                let wording = record.place(of: remark.field, header: header).prefixed(
                    to: Wording(remark.text.en, remark.text.zhHans))
                return LocalizedText(zhHans: wording.chinese, en: wording.english)
            }
            warnings += remarks.warnings.map(placed)
            faults += remarks.faults.map(placed)
            for saved in outcomes {
                switch saved {
                case .created: outcome.created += 1
                case .changed: outcome.changed += 1
                case .unchanged: outcome.unchanged += 1
                }
            }
        }
        outcome.warnings += warnings.count
        for warning in warnings where outcome.firstWarnings.count < ImportOutcome.greatestListing {
            outcome.firstWarnings.append(warning)
        }
        return faults
    }
}

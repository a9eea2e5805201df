import Casework
import Exchange
import InputGate
import MatchCore
import Operations
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
        let reference = try ReferenceData(directory)
        let source = try ImportSource(request)
        let rejects: RejectFile? = try request.rejects.flatMap { path in
            guard !request.isDryRun else { return nil }
            let used = try [request.file, request.map] + request.tables.values + Store.files(session)
            return try RejectFile(path: path, apartFrom: used, header: source.reader.header)
        }
        var outcome = ImportOutcome()
        if try session.blindIndex() == nil,
            TargetField.personal.contains(where: request.mapping.fills) || request.mapping.kind == .people
        {
            throw CommandError(
                .refused, OfficeWords.noKey.filled(["file": try session.keyFile().path]),
                place: request.map, advice: OfficeWords.noKeyAdvice.text)
        }
        let terms = try ImportTerms(
            request.mapping, reference: reference, office: try session.officeMeans(), opensCases: request.opensCases,
            areApproved: request.areApproved)
        let (maker, name) = try session.staff(named: request.actor, isInRole: false)
        do {
            try store.cases.blockingWrite { transaction in
                outcome = ImportOutcome()
                var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
                let now = session.now
                let desk = CaseDesk(
                    rules: try session.caseRules(transaction.calendar(.shanghai)), store: transaction,
                    actor: CaseActor(id: maker, role: .admin), now: Moment(milliseconds: now.milliseconds),
                    newID: { identifiers.next(at: now) })
                if let name, try transaction.note(maker) == nil { try desk.keepName(name, of: maker, isStaff: true) }
                // One fault refuses the whole file, so nothing need be undone row by row.
                var run = terms.run(desk: desk, header: source.reader.header, undoesRows: request.rejects != nil)
                try read(source, rejects: rejects, into: &run, outcome: &outcome)
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
        _ source: ImportSource, rejects: RejectFile?, into run: inout ImportRun, outcome: inout ImportOutcome
    ) throws {
        let progress = session.progress(ImportWords.importing, total: nil)
        defer { progress.finish() }
        let rows = CSVImportRows(source.reader, engine: source.engine)
        while let row = try rows.next() {
            outcome.rows += 1
            progress.update(Int64(outcome.rows))
            for one in try run.take(row) { try take(one, rejects, &outcome) }
            // Without --rejects the file is refused now, and the transaction takes nothing more.
            if run.isStuck { return }
        }
        for one in try run.finish() { try take(one, rejects, &outcome) }
    }

    private func take(_ one: RowsOutcome, _ rejects: RejectFile?, _ outcome: inout ImportOutcome) throws {
        if one.isSkipped { outcome.skipped += 1 }
        outcome.count(one.saved.map(\.kind))
        outcome.warnings += one.warnings.count
        outcome.firstWarnings += one.warnings.prefix(
            max(0, ImportOutcome.greatestListing - outcome.firstWarnings.count))
        guard !one.faults.isEmpty else { return }
        outcome.faulty += one.rows.count
        outcome.firstFaults += one.faults.prefix(
            max(0, ImportOutcome.greatestFaultListing - outcome.firstFaults.count))
        for row in one.rows { try rejects?.write(row, reasons: one.faults.map { $0[session.language] }) }
    }
}

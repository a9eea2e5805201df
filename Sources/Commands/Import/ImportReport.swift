import Exchange
import MatchCore

/// Says what became of an import.
struct ImportReport {
    let request: ImportRequest
    let outcome: ImportOutcome

    private struct Record: Encodable {
        var file: String
        var kind: String
        var isDryRun: Bool
        var isRefused: Bool
        var rows: Int
        var skipped: Int
        var created: Int
        var changed: Int
        var unchanged: Int
        var faulty: Int
        var warnings: Int
        var firstFaults: [String]
        var firstWarnings: [String]
        var rejects: String?
    }

    func show(in session: Session) throws {
        if session.options.json {
            let language = session.language
            try session.emit(
                Record(
                    file: request.file, kind: request.mapping.kind.rawValue, isDryRun: request.isDryRun,
                    isRefused: outcome.isRefused, rows: outcome.rows, skipped: outcome.skipped,
                    created: outcome.created, changed: outcome.changed, unchanged: outcome.unchanged,
                    faulty: outcome.faulty, warnings: outcome.warnings,
                    firstFaults: outcome.firstFaults.map { $0[language] },
                    firstWarnings: outcome.firstWarnings.map { $0[language] }, rejects: request.rejects))
        } else {
            showText(in: session)
        }
    }

    private func showText(in session: Session) {
        func list(_ texts: [LocalizedText], count: Int, shown: Int, style: Style) {
            for text in texts.prefix(shown) { session.sayProse(text[session.language], indent: 2, style: style) }
            if count > min(shown, texts.count) {
                let rest = count - min(shown, texts.count)
                session.say("  " + GeneralWords.more[session.language].filled(["count": Numbers.grouped(Int64(rest))]))
            }
        }
        if outcome.warnings > 0 {
            session.say(ImportWords.warnings, ["count": Numbers.grouped(Int64(outcome.warnings))], style: .fair)
            list(outcome.firstWarnings, count: outcome.warnings, shown: 10, style: .plain)
        }
        if outcome.faulty > 0 {
            session.say(ImportWords.faults, ["count": Numbers.grouped(Int64(outcome.faulty))], style: .fault)
            list(
                outcome.firstFaults, count: outcome.faulty,
                shown: outcome.isRefused ? ImportOutcome.greatestFaultListing : 10, style: .plain)
        }
        let numbers = [
            "rows": outcome.rows, "created": outcome.created, "changed": outcome.changed,
            "unchanged": outcome.unchanged, "skipped": outcome.skipped,
        ].mapValues { Numbers.grouped(Int64($0)) }
        session.say(ImportWords.summary, numbers)
        if outcome.isRefused {
            session.say(ImportWords.refused, style: .fault)
        } else if request.isDryRun {
            session.say(ImportWords.dryRun, style: .advice)
        } else if let rejects = request.rejects, outcome.faulty > 0 {
            session.say(ImportWords.rejected, ["file": rejects], style: .fair)
        }
    }
}

import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner import histories FILE`: what happened to wishes that are registered, one event a row, in one transaction.
///
/// The columns are `wish` (external id), `event`, `at` (`2025-03-02T09:00`, or milliseconds) and `value`. A wish's events
/// stand in their order. The file is read row by row; what is kept in memory is one id a wish.
struct HistoriesImport {
    let file: String
    let session: Session
    let store: Store

    private struct Report: Encodable {
        var events = 0
        var wishes = 0
    }

    private static let columns = ["wish", "event", "at", "value"]

    func run() throws -> ExitStatus {
        let progress = session.progress(ImportWords.importing, total: nil)
        // The body may be run again, so it begins with the file's first row.
        let report = try store.cases.blockingWrite { try replay(in: $0, progress) }
        progress.finish()
        if session.options.json {
            try session.emit(report)
        } else {
            session.say(CaseWords.found, ["count": Numbers.grouped(Int64(report.events))])
        }
        return .success
    }

    private func replay(in transaction: any CaseTransaction, _ progress: ProgressLine) throws -> Report {
        let reader = try CSVReader(FileSource(path: file))
        let places = try Self.columns.map { name in
            guard let index = reader.header.firstIndex(of: name) else {
                throw CommandError(.refused, CaseWords.noColumn.filled(["column": name]), place: file)
            }
            return index
        }
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        let now = session.now
        let desk = CaseDesk(
            rules: try session.caseRules(transaction.calendar(.shanghai)), store: transaction, actor: .system,
            now: Moment(milliseconds: now.milliseconds), newID: { identifiers.next(at: now) })
        let names = RecordNames(transaction: transaction, kind: .wish)
        var report = Report()
        var seen: Set<RecordID> = []
        // A wish's events mostly stand one after the other: its name is looked up once.
        var last: (name: String, id: RecordID)?
        while let row = try reader.next() {
            let cells = places.map { $0 < row.count ? row[$0] : "" }
            do {
                let id = try last.flatMap { $0.name == cells[0] ? $0.id : nil } ?? names.id(named: cells[0])
                last = (cells[0], id)
                seen.insert(id)
                try desk.replay(try event(cells, of: id))
            } catch let error as CaseworkError {
                throw CommandError(.refused, error.text, place: "\(file):\(row.number)")
            }
            report.events += 1
            if report.events % 1_000 == 0 { progress.update(Int64(report.events)) }
        }
        report.wishes = seen.count
        return report
    }

    private func event(_ cells: [String], of wish: RecordID) throws -> PastEvent {
        guard let moment = CaseTime.moment(cells[2]) else {
            let text = CaseWords.noTime.filled(["time": cells[2]])
            throw CaseworkError(.malformed, text.en, zhHans: text.zhHans)
        }
        return try PastEvent(wish: wish, at: moment, name: cells[1], value: cells[3].isEmpty ? nil : cells[3])
    }
}

import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner import histories FILE`: what happened to wishes that are registered, one event a row, in one transaction.
///
/// The columns are `wish` (external id), `event`, `at` (`2025-03-02T09:00`, or milliseconds) and `value`. A wish's events
/// stand in their order.
struct HistoriesImport {
    let file: String
    let session: Session
    let store: Store

    private struct Report: Encodable {
        var events: Int
        var wishes: Int
    }

    func run() throws -> ExitStatus {
        let reader = try CSVReader(FileSource(path: file))
        let places = try ["wish", "event", "at", "value"].map { name in
            guard let index = reader.header.firstIndex(of: name) else {
                throw CommandError(.refused, CaseWords.noColumn.filled(["column": name]), place: file)
            }
            return index
        }
        var rows: [(number: Int, cells: [String])] = []
        while let row = try reader.next() {
            rows.append((row.number, places.map { $0 < row.count ? row[$0] : "" }))
        }
        var report = Report(events: 0, wishes: 0)
        let progress = session.progress(ImportWords.importing, total: Int64(rows.count))
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        let now = session.now
        try store.cases.blockingWrite { transaction in
            report = Report(events: 0, wishes: 0)
            let desk = CaseDesk(
                rules: try session.caseRules(transaction.calendar(.shanghai)), store: transaction, actor: .system,
                now: Moment(milliseconds: now.milliseconds), newID: { identifiers.next(at: now) })
            var ids: [String: RecordID] = [:]
            for row in rows {
                let name = row.cells[0]
                let id: RecordID
                if let known = ids[name] {
                    id = known
                } else {
                    id = try RecordNames(transaction: transaction, kind: .wish).id(named: name)
                    ids[name] = id
                }
                let time = row.cells[2]
                guard let moment = CaseTime.moment(time) else {
                    throw CommandError(
                        .refused, CaseWords.noTime.filled(["time": time]), place: "\(file):\(row.number)")
                }
                do {
                    try desk.replay(
                        PastEvent(
                            wish: id, at: moment, name: row.cells[1], value: row.cells[3].isEmpty ? nil : row.cells[3]))
                } catch let error as CaseworkError {
                    throw CommandError(.refused, error.text, place: "\(file):\(row.number)")
                }
                report.events += 1
                if report.events % 1_000 == 0 { progress.update(Int64(report.events)) }
            }
            report.wishes = ids.count
        }
        progress.finish()
        if session.options.json {
            try session.emit(report)
        } else {
            session.say(CaseWords.found, ["count": Numbers.grouped(Int64(report.events))])
        }
        return .success
    }
}

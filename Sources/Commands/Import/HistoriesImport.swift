import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner import histories FILE`: what happened to wishes that are registered, one event a row, in one transaction.
///
/// The columns are `wish` (external id), `event`, `at` (`2025-03-02T09:00`, or milliseconds) and `value`; for what was
/// `delivered`, where the file has them, `party`, `quantity` and `line`. A wish's events
/// stand in their order. What was imported before is known and left alone; every row at fault is reported, and then nothing
/// is stored. The file is read row by row; what is kept in memory is a few numbers a wish.
struct HistoriesImport {
    let file: String
    let session: Session
    let store: Store

    private struct Report: Encodable {
        /// Rows read.
        var events = 0
        /// Of them those that were not known yet.
        var added = 0
        var wishes = 0
        var faulty = 0
        var firstFaults: [String] = []
    }

    /// Ends the transaction of a file that must not be kept.
    private struct Undone: Error {}

    private static let columns = ["wish", "event", "at", "value"]
    private static let more = ["party", "quantity", "line"]

    func run() throws -> ExitStatus {
        let progress = session.progress(ImportWords.importing, total: nil)
        var report = Report()
        do {
            // The body may be run again, so it begins with the file's first row.
            try store.cases.blockingWrite { transaction in
                report = Report()
                try replay(in: transaction, progress, &report)
                if report.faulty > 0 { throw Undone() }
            }
        } catch is Undone { report.added = 0 }
        progress.finish()
        if session.options.json { try session.emit(report) } else { show(report) }
        return report.faulty == 0 ? .success : .refused
    }

    private func show(_ report: Report) {
        guard report.faulty == 0 else {
            for fault in report.firstFaults { session.note(LocalizedText(same: fault), isWarning: true) }
            session.say(CaseWords.fewFaults, ["count": Numbers.grouped(Int64(report.faulty))], style: .fault)
            return
        }
        session.say(
            CaseWords.allKnown,
            [
                "added": Numbers.grouped(Int64(report.added)),
                "known": Numbers.grouped(Int64(report.events - report.added)),
                "wishes": Numbers.grouped(Int64(report.wishes)),
            ])
    }

    private func replay(
        in transaction: any CaseTransaction, _ progress: ProgressLine, _ report: inout Report
    ) throws {
        let reader = try CSVReader(FileSource(path: file))
        let places = try Self.columns.map { name in
            guard let index = reader.header.firstIndex(of: name) else {
                throw CommandError(.refused, CaseWords.noColumn.filled(["column": name]), place: file)
            }
            return index
        }
        let morePlaces = Self.more.map { reader.header.firstIndex(of: $0) }
        var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
        let now = session.now
        var player = try PastPlayer(
            CaseDesk(
                rules: try session.caseRules(transaction.calendar(.shanghai)), store: transaction, actor: .system,
                now: Moment(milliseconds: now.milliseconds), newID: { identifiers.next(at: now) }))
        let names = RecordNames(transaction: transaction, kind: .wish)
        let parties = RecordNames(transaction: transaction, kind: .party)
        var seen: Set<RecordID> = []
        // What stands below a row at fault cannot be judged: it is not reported as well.
        var faulty: Set<RecordID> = []
        // A wish's events mostly stand one after the other: its name is looked up once.
        var last: (name: String, id: RecordID)?
        while let row = try reader.next() {
            let cells = places.map { $0 < row.count ? row[$0].trimmingCharacters(in: .whitespaces) : "" }
            guard cells.contains(where: { !$0.isEmpty }) else { continue }
            report.events += 1
            if report.events % 1_000 == 0 { progress.update(Int64(report.events)) }
            var wish: RecordID?
            do {
                let id = try last.flatMap { $0.name == cells[0] ? $0.id : nil } ?? names.id(named: cells[0])
                last = (cells[0], id)
                wish = id
                seen.insert(id)
                guard !faulty.contains(id) else { continue }
                let more = morePlaces.map { place in
                    place.flatMap { $0 < row.count ? row[$0].trimmingCharacters(in: .whitespaces) : nil } ?? ""
                }
                let event = try event(cells, of: id, delivery: try delivery(more, parties))
                // Once a row is at fault nothing is kept, and the rest is only looked at.
                if try transaction.attempt({ try player.play(event) }) { report.added += 1 }
            } catch let error as CaseworkError {
                note(error.text, row.number, &report)
                if let wish { faulty.insert(wish) }
            } catch let error as CommandError {
                note(error.message, row.number, &report)
            }
        }
        report.wishes = seen.count
    }

    private func note(_ fault: LocalizedText, _ row: Int, _ report: inout Report) {
        report.faulty += 1
        guard report.firstFaults.count < ImportOutcome.greatestFaultListing else { return }
        let text = CaseWords.rowFault.filled(["row": "\(row)", "fault": fault[session.language]])
        report.firstFaults.append("\(file):\(row) " + text[session.language])
    }

    private func delivery(_ cells: [String], _ parties: RecordNames) throws -> PastEvent.Delivery {
        func number(_ text: String) throws -> Int64? {
            guard !text.isEmpty else { return nil }
            guard let number = Int64(text), number > 0 else {
                let text = CaseWords.noNumber.filled(["number": text])
                throw CaseworkError(.malformed, text.en, zhHans: text.zhHans)
            }
            return number
        }
        return PastEvent.Delivery(
            line: try number(cells[2]).flatMap { Int(exactly: $0) } ?? 1, quantity: try number(cells[1]),
            party: cells[0].isEmpty ? nil : try parties.id(named: cells[0]))
    }

    private func event(_ cells: [String], of wish: RecordID, delivery: PastEvent.Delivery) throws -> PastEvent {
        guard let moment = CaseTime.moment(cells[2]) else {
            let text = CaseWords.noTime.filled(["time": cells[2]])
            throw CaseworkError(.malformed, text.en, zhHans: text.zhHans)
        }
        return try PastEvent(
            wish: wish, at: moment, name: cells[1], value: cells[3].isEmpty ? nil : cells[3],
            delivery: delivery)
    }
}

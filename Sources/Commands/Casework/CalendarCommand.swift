import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Storage

/// `almoner calendar`: the official holidays and make-up working days by which clocks count.
struct CalendarCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "calendar", OfficeWords.calendar, subcommands: [CalendarLoadCommand.self, CalendarShowCommand.self])
    }
}

struct CalendarLoadCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("load", OfficeWords.calendarLoad) }

    @Argument(help: ArgumentHelp(OfficeWords.noticeFile, value: "file"), completion: .file(extensions: ["csv"]))
    var file: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var days: Int
        var revision: Int
        var publishedThrough: String
        var moved: Int
    }

    func perform(in session: Session) throws -> ExitStatus {
        let rows = try rows()
        let (calendar, moved) = try options.perform(in: session) { desk, _ in try desk.load(notice: rows) }
        if session.options.json {
            try session.emit(
                Record(
                    days: rows.count, revision: calendar.revision, publishedThrough: "\(calendar.publishedThrough)",
                    moved: moved))
        } else {
            session.say(
                OfficeWords.loaded,
                ["days": "\(rows.count)", "revision": "\(calendar.revision)", "moved": "\(moved)"])
        }
        return .success
    }

    private func rows() throws -> [WorkingCalendar.Row] {
        func fault(_ text: String) -> CommandError {
            CommandError(.refused, OfficeWords.badNotice.filled(["fault": text]), place: file)
        }
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandError(.notFound, OfficeWords.badNotice.filled(["fault": file]))
        }
        let reader = try CSVReader(FileSource(path: file))
        guard let date = reader.header.firstIndex(of: "date"), let kind = reader.header.firstIndex(of: "kind") else {
            throw fault(CaseWords.noColumn.filled(["column": "date, kind"]).en)
        }
        var rows: [WorkingCalendar.Row] = []
        while let row = try reader.next() {
            guard date < row.count, kind < row.count, let day = CivilDate(row[date]),
                let said = WorkingCalendar.DayKind(rawValue: row[kind])
            else { throw fault("\(file):\(row.number)") }
            rows.append(WorkingCalendar.Row(date: day, kind: said))
        }
        return rows
    }
}

struct CalendarShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", OfficeWords.calendarShow) }

    @Option(help: ArgumentHelp(OfficeWords.yearHelp, value: "year")) var year: Int?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var date: String
        var kind: String
        var revision: Int
    }

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let calendar = try store.cases.blockingRead { try session.caseRules($0.calendar(.shanghai)).calendar }
        let rows = calendar.rows.filter { year == nil || $0.date.year == year }
        if session.options.json {
            for row in rows {
                try session.emitLine(
                    Record(date: "\(row.date)", kind: row.kind.rawValue, revision: calendar.revision))
            }
            return .success
        }
        let language = session.language
        var table = Table([.name(CaseWords.time[language]), .name(CaseWords.kind[language])])
        for row in rows {
            let words = row.kind == .holiday ? OfficeWords.holiday : .workday
            table.add([Table.Cell("\(row.date)"), Table.Cell(words[language])])
        }
        session.say(table)
        return .success
    }
}

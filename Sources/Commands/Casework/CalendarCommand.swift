import ArgumentParser
import Casework
import Exchange
import Foundation
import MatchCore
import Operations

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

    func perform(in session: Session) async throws -> ExitStatus {
        let days = try rows()
        let calendar = try await session.withService(options, changing: true) {
            try await $0.call(CalendarOperations.load, NoticeLoading(days: days))
        }
        if session.options.json {
            try session.emit(answer: calendar)
        } else {
            session.say(
                OfficeWords.loaded,
                ["days": "\(days.count)", "revision": "\(calendar.revision)", "moved": "\(calendar.moved ?? 0)"])
        }
        return .success
    }

    private func rows() throws -> [NoticeDay] {
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
        var rows: [NoticeDay] = []
        while let row = try reader.next() {
            guard date < row.count, kind < row.count, let day = Day(row[date]),
                let said = WorkingCalendar.DayKind(rawValue: row[kind])
            else { throw fault("\(file):\(row.number)") }
            rows.append(NoticeDay(date: day, kind: said))
        }
        return rows
    }
}

struct CalendarShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", OfficeWords.calendarShow) }

    @Option(help: ArgumentHelp(OfficeWords.yearHelp, value: "year")) var year: Int?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let calendar = try await session.withService {
            try await $0.call(CalendarOperations.show, CalendarInput(year: year))
        }
        if session.options.json {
            try calendar.days.forEach { try session.emit(answer: $0) }
            return .success
        }
        let language = session.language
        var table = Table([.name(CaseWords.time[language]), .name(CaseWords.kind[language])])
        for row in calendar.days {
            let words = row.kind == .holiday ? OfficeWords.holiday : .workday
            table.add([Table.Cell("\(row.date)"), Table.Cell(words[language])])
        }
        session.say(table)
        return .success
    }
}

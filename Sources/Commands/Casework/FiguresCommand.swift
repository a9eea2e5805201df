import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner figures`: what the charity is judged by, as of any moment.
struct FiguresCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("figures", CaseWords.figures) }

    @Option(help: ArgumentHelp(CaseWords.byHelp, value: "kind")) var by = "all"
    @Option(help: ArgumentHelp(CaseWords.atHelp, value: "time")) var at: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let kind = FigureKind(rawValue: by) else { throw CommandError(.usage, CaseWords.byHelp.text) }
        let asOf = try at.map { try CaseTime.timestamp($0) }
        let figures = try await session.withService { service in
            try await service.all(FigureOperations.list, limit: 0) {
                FigureInput(by: kind, asOf: asOf, limit: $0, cursor: $1)
            }
        }
        if session.options.json {
            try figures.forEach { try session.emit(answer: $0) }
            return .success
        }
        let isChinese = session.language == .zhHans
        var table = Table([
            .name(isChinese ? "分组" : "group"), .number(isChinese ? "心愿" : "wishes"),
            .number(isChinese ? "答复率" : "replied"), .number(isChinese ? "按时办结" : "on time"),
            .number(isChinese ? "满意率" : "satisfied"), .number(isChinese ? "中位天数" : "median days"),
            .number(isChinese ? "95% 天数" : "95 % days"),
        ])
        func percent(_ rate: Double?) -> Table.Cell { Table.Cell(rate.map { "\(Int(($0 * 100).rounded())) %" } ?? "–") }
        func days(_ days: Double?) -> Table.Cell { Table.Cell(days.map { "\(($0 * 10).rounded() / 10)" } ?? "–") }
        for figure in figures {
            table.add([
                Table.Cell(figure.group), Table.Cell("\(figure.wishes)"), percent(figure.replied.rate),
                percent(figure.onTime.rate), percent(figure.satisfied.rate), days(figure.medianDays),
                days(figure.days95),
            ])
        }
        session.say(table)
        return .success
    }
}

/// `almoner wish story W`: one wish's whole life on one page.
struct WishStoryCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("story", CaseWords.story) }

    @Argument(help: ArgumentHelp(.wishName, value: "wish")) var wish: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let entries = try await session.withService { service in
            let id = try await service.id(of: .wish, named: wish)
            return try await service.all(HistoryOperations.story, limit: 0) {
                StoryInput(wish: id, limit: $0, cursor: $1)
            }
        }
        if session.options.json {
            try entries.forEach { try session.emit(answer: $0) }
            return .success
        }
        let language = session.language
        var table = Table([
            .name(CaseWords.time[language]), .name(CaseWords.action[language]), .name(CaseWords.who[language]),
            .name(CaseWords.reason[language]), .prose(CaseWords.value[language]),
        ])
        for entry in entries {
            table.add([
                Table.Cell(CaseTime.text(entry.at)), Table.Cell(entry.action.text), Table.Cell(entry.role.rawValue),
                Table.Cell(entry.reason?.text ?? ""),
                Table.Cell(entry.changes.map(Self.text).joined(separator: "  ")),
            ])
        }
        session.say(table)
        return .success
    }

    private static func text(_ change: HistoryEntryView.Change) -> String {
        change.before == nil
            ? "\(change.field)=\(text(change.after))"
            : "\(change.field): \(text(change.before))→\(text(change.after))"
    }

    private static func text(_ value: HistoryEntryView.Value?) -> String {
        value?.code?.text ?? value?.number.map { "\($0)" } ?? value?.moment.map { CaseTime.text($0) }
            ?? value?.record.map { "\($0)" } ?? value?.field ?? "–"
    }
}

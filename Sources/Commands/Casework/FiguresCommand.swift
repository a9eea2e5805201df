import ArgumentParser
import Casework
import MatchCore
import Storage

/// `almoner figures`: what the charity is judged by, as of any moment.
struct FiguresCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("figures", CaseWords.figures) }

    @Option(help: ArgumentHelp(CaseWords.byHelp, value: "kind")) var by = "all"
    @Option(help: ArgumentHelp(CaseWords.atHelp, value: "time")) var at: String?
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var group: String
        var asOf: Int64
        var wishes: Int
        var replyRate: Double?
        var repliedOnTime: Double?
        var satisfaction: Double?
        var onTime: Double?
        var medianDays: Double?
        var days95: Double?
    }

    func perform(in session: Session) throws -> ExitStatus {
        guard let kind = FigureKind(rawValue: by) else { throw CommandError(.usage, CaseWords.byHelp.text) }
        var options = CaseOptions()
        options.at = at
        let moment = try options.moment(in: session)
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let figures = try store.cases.blockingRead { try $0.figures(by: kind, asOf: moment) }
        let records = figures.sorted { $0.key.description < $1.key.description }.map { group, figure in
            Record(
                group: group.description, asOf: moment.milliseconds, wishes: figure.wishes,
                replyRate: figure.replied.rate, repliedOnTime: figure.repliedOnTime.rate,
                satisfaction: figure.satisfied.rate, onTime: figure.onTime.rate, medianDays: figure.medianDays,
                days95: figure.days95)
        }
        if session.options.json {
            try records.forEach { try session.emitLine($0) }
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
        for record in records {
            table.add([
                Table.Cell(record.group), Table.Cell("\(record.wishes)"), percent(record.replyRate),
                percent(record.onTime), percent(record.satisfaction), days(record.medianDays), days(record.days95),
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

    private struct Record: Encodable {
        var at: Int64
        var action: String
        var role: String
        var actor: String
        var subject: String
        var reason: String?
        var changes: [String]
    }

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let entries = try store.cases.blockingRead { transaction in
            let id = try RecordNames(transaction: transaction, kind: .wish).id(named: wish)
            return try WishStory.entries(of: id, in: transaction)
        }
        if session.options.json {
            for entry in entries {
                try session.emitLine(
                    Record(
                        at: entry.at.milliseconds, action: entry.action.text, role: entry.role.rawValue,
                        actor: "\(entry.actor)", subject: "\(entry.subject)", reason: entry.reason?.code.text,
                        changes: entry.changes.map(Self.text)))
            }
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
                Table.Cell(entry.reason?.code.text ?? ""),
                Table.Cell(entry.changes.map(Self.text).joined(separator: "  ")),
            ])
        }
        session.say(table)
        return .success
    }

    private static func text(_ change: FieldChange) -> String {
        func text(_ value: HistoryValue?) -> String {
            switch value {
            case .code(let code): code.text
            case .integer(let number): "\(number)"
            case .moment(let moment): CaseTime.text(moment)
            case .record(let id): "\(id)"
            case .field(let field): "\(field.table)/\(field.column)"
            case nil: "–"
            }
        }
        return change.before == nil
            ? "\(change.field)=\(text(change.after))" : "\(change.field): \(text(change.before))→\(text(change.after))"
    }
}

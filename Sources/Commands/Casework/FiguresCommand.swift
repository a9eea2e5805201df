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
        guard let kind = FigureKind(rawValue: by) else {
            let known = FigureKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.usage, OfficeWords.badChoice.filled(["value": by, "known": known]))
        }
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
            .number(isChinese ? "答复率" : "replied"), .number(isChinese ? "实现率" : "served"),
            .number(isChinese ? "按时实现" : "on time"),
            .number(isChinese ? "满意率" : "satisfied"), .number(isChinese ? "中位天数" : "median days"),
            .number(isChinese ? "95% 天数" : "95 % days"),
        ])
        func percent(_ rate: Double?) -> Table.Cell { Table.Cell(rate.map { "\(Int(($0 * 100).rounded())) %" } ?? "–") }
        func days(_ days: Double?) -> Table.Cell { Table.Cell(days.map { "\(($0 * 10).rounded() / 10)" } ?? "–") }
        let writing = session.codeWriting()
        func group(_ figure: FigureView) -> String {
            let name = figure.group
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            switch (kind, parts.last) {
            case (.area, let code?): return writing.area(code)
            case (.lane, let code?): return writing(.lane, code)
            case (.channel, let code?): return writing.channel(code)
            case (.party, let id?): return figure.name.map { "\($0)  \(id)" } ?? id
            case (.all, _): return isChinese ? "全部" : "all"
            default: return name
            }
        }
        for figure in figures {
            table.add([
                Table.Cell(group(figure)), Table.Cell("\(figure.wishes)"), percent(figure.replied.rate),
                percent(figure.served.rate), percent(figure.onTime.rate), percent(figure.satisfied.rate),
                days(figure.medianDays),
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
        let isShort = session.options.json
        let (entries, household) = try await session.withService { service in
            let id = try await service.id(of: .wish, named: wish)
            let entries = try await service.all(HistoryOperations.story, limit: 0) {
                StoryInput(wish: id, limit: $0, cursor: $1)
            }
            return (entries, isShort ? nil : await Self.household(of: id, from: service))
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
        let page = StoryPage(writing: session.codeWriting())
        if let household {
            session.say(FactSheet([(page.writing.field("household"), page.text(household))]))
            session.say()
        }
        for entry in entries {
            table.add([
                Table.Cell(CaseTime.text(entry.at)), Table.Cell(page.action(of: entry)),
                Table.Cell(page.writing.actor(entry.actor, entry.role.rawValue, entry.name)),
                Table.Cell(
                    [entry.reason.map { page.writing.reason($0.text) }, entry.words].compactMap { $0 }
                        .joined(separator: language == .zhHans ? "：" : ": ")),
                Table.Cell(entry.changes.map { page.text($0, in: entry.kind.text) }.joined(separator: "  ")),
            ])
        }
        session.say(table)
        return .success
    }

    /// The file of the family, as far as the reader may know of it.
    private static func household(
        of wish: RecordID, from service: some OperationCalling
    ) async -> HouseholdView? {
        // Whoever may not see the case or the file sees the story without it.
        guard let household = try? await service.call(CaseOperations.show, CaseInput(wish: wish)).household else {
            return nil
        }
        return try? await service.call(HouseholdOperations.show, HouseholdInput(household: household))
    }
}

/// The changes of the history in words.
private struct StoryPage {
    let writing: CodeWriting

    /// What was done; of a clock with which one it is.
    func action(of entry: HistoryEntryView) -> String {
        let action = writing.action(entry.action.text)
        guard let clock = entry.clock else { return action }
        let kind = writing(.clock, clock.rawValue)
        return writing.language == .zhHans ? "\(action)（\(kind)）" : "\(action) (\(kind))"
    }

    func text(_ household: HouseholdView) -> String {
        let names = (household.members ?? []).filter { $0.until == nil }.compactMap(\.name)
        return (["\(household.id)"] + [names.joined(separator: GeneralWords.listSeparator[writing.language])])
            .filter { !$0.isEmpty }.joined(separator: "  ")
    }

    func text(_ change: HistoryEntryView.Change, in kind: String) -> String {
        let field = change.field.text
        let after = text(change.after, field, kind)
        let name = writing.field(field)
        let colon = writing.language == .zhHans ? "：" : ": "
        return change.before == nil
            ? name + colon + after : "\(name)\(colon)\(text(change.before, field, kind)) → \(after)"
    }

    private func text(_ value: HistoryEntryView.Value?, _ field: String, _ kind: String) -> String {
        guard let value else { return "–" }
        if let code = value.code { return writing.value(code.text, of: field, in: kind) }
        if let number = value.number { return "\(number)" }
        if let moment = value.moment { return CaseTime.text(moment) }
        if let text = value.text { return text }
        if let record = value.record { return "\(record)" }
        return value.field == nil ? "–" : CaseWords.keptSealed[writing.language]
    }
}

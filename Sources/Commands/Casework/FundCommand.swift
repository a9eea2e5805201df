import ArgumentParser
import Casework
import MatchCore
import Storage

/// `almoner fund`: the federations' funds, which pay within the periods of their budgets.
struct FundCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("fund", OfficeWords.fund, subcommands: [FundBudgetCommand.self])
    }
}

struct FundBudgetCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "budget", OfficeWords.fundBudget, subcommands: [FundBudgetSetCommand.self, FundBudgetListCommand.self])
    }
}

private struct BudgetRecord: Encodable {
    var offer: String
    var name: String
    var line: Int
    var party: String
    var from: String
    var until: String
    var pledged: Int64
    var available: Int64
    var received: Int64

    init(_ budget: FundBudget, in transaction: any CaseTransaction) throws {
        let state = try transaction.balance(ofOffer: budget.line)
        offer = "\(budget.line.record)"
        name = try RegistryReader(transaction).offer(budget.line.record)?.key.handle ?? offer
        line = budget.line.number
        party = "\(budget.party)"
        from = "\(budget.days.lowerBound)"
        until = "\(budget.days.upperBound)"
        pledged = state?.total ?? 0
        available = state?[.available] ?? 0
        received = state?[.received] ?? 0
    }
}

extension Session {
    fileprivate func show(_ budgets: [BudgetRecord]) throws {
        if options.json { return try budgets.forEach { try emitLine($0) } }
        if budgets.isEmpty { return say(OfficeWords.noBudgets) }
        var table = Table([
            .name(RecordWords.externalID[language]), .number(MatchWords.line[language]),
            .name(OfficeWords.period[language]), .number(RecordWords.pledged[language]),
            .number(RecordWords.available[language]), .number(OfficeWords.money[language]),
        ])
        for budget in budgets {
            table.add([
                Table.Cell(budget.name), Table.Cell("\(budget.line)"),
                Table.Cell(
                    OfficeWords.periodFrom.filled(["from": budget.from, "until": budget.until])[language]),
                Table.Cell(Numbers.yuan(fen: budget.pledged)), Table.Cell(Numbers.yuan(fen: budget.available)),
                Table.Cell(Numbers.yuan(fen: budget.received)),
            ])
        }
        say(table)
    }
}

struct FundBudgetSetCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("set", OfficeWords.budgetSet) }

    @Argument(help: ArgumentHelp(OfficeWords.fundName, value: "fund")) var fund: String
    @Argument(help: ArgumentHelp(OfficeWords.firstDay, value: "from")) var from: String
    @Argument(help: ArgumentHelp(OfficeWords.lastDay, value: "until")) var until: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        guard let first = CivilDate(from), let last = CivilDate(until), first <= last else {
            throw CommandError(.usage, OfficeWords.badDays.filled(["from": from, "until": until]))
        }
        let record = try options.perform(in: session) { desk, reason in
            let line = try desk.store.line(of: .offer, named: fund)
            return try BudgetRecord(desk.setBudget(first...last, of: line, reason: reason), in: desk.store)
        }
        try session.show([record])
        return .success
    }
}

struct FundBudgetListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", OfficeWords.budgetList) }

    @Argument(help: ArgumentHelp(OfficeWords.fundName, value: "fund")) var fund: String?
    @Option(help: ArgumentHelp(.limit, value: "count")) var limit = 100
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let store = try Store.open(session, forWriting: false)
        defer { store.close() }
        let budgets = try store.cases.blockingRead { transaction in
            let offer = try fund.map { try RecordNames(transaction: transaction, kind: .offer).id(named: $0) }
            return try transaction.budgets(ofOffer: offer, limit: limit).map { try BudgetRecord($0, in: transaction) }
        }
        try session.show(budgets)
        return .success
    }
}

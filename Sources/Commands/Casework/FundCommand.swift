import ArgumentParser
import Casework
import MatchCore
import Operations

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

extension Session {
    fileprivate func show(_ budgets: [BudgetView]) throws {
        if options.json { return try budgets.forEach { try emit(answer: $0) } }
        if budgets.isEmpty { return say(OfficeWords.noBudgets) }
        var table = Table([
            .name(RecordWords.externalID[language]), .number(MatchWords.line[language]),
            .name(OfficeWords.period[language]), .number(OfficeWords.budgetTotal[language]),
            .number(OfficeWords.budgetPromised[language]), .number(OfficeWords.budgetPaid[language]),
            .number(OfficeWords.budgetLeft[language]), .number(OfficeWords.budgetLapsed[language]),
        ])
        for budget in budgets {
            table.add([
                Table.Cell(budget.name), Table.Cell("\(budget.line)"),
                Table.Cell(
                    OfficeWords.periodFrom.filled(["from": "\(budget.from)", "until": "\(budget.until)"])[language]),
                Table.Cell(Numbers.yuan(fen: budget.budget)),
                Table.Cell(Numbers.yuan(fen: budget.reserved + budget.inTransit)),
                Table.Cell(Numbers.yuan(fen: budget.received)), Table.Cell(Numbers.yuan(fen: budget.available)),
                Table.Cell(Numbers.yuan(fen: budget.lapsed)),
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
    @Option(help: ArgumentHelp(OfficeWords.budgetAmount, value: "fen")) var amount: Int64?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let first = Day(from), let last = Day(until), first <= last else {
            throw CommandError(.usage, OfficeWords.badDays.filled(["from": from, "until": until]))
        }
        let reason = try options.reasonCode()
        try session.show([
            try await session.withService(options, changing: true) { service in
                let line = try await service.line(of: .offer, named: fund)
                return try await service.call(
                    BudgetOperations.set,
                    BudgetSetting(
                        offer: line.record, line: line.number, from: first, until: last, amount: amount, reason: reason,
                        note: options.note))
            }
        ])
        return .success
    }
}

struct FundBudgetListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", OfficeWords.budgetList) }

    @Argument(help: ArgumentHelp(OfficeWords.fundName, value: "fund")) var fund: String?
    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let listing = try await session.withService { service in
            var offer: RecordID?
            if let fund { offer = try await service.id(of: .offer, named: fund) }
            return try await service.list(BudgetOperations.list, list) {
                BudgetListInput(offer: offer, limit: $0, cursor: $1)
            }
        }
        try session.show(listing.items)
        try session.noteEnd(of: listing)
        return .success
    }
}

import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner wish`: what people ask for.
struct WishCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "wish", HelpWords.wish,
            subcommands: [
                WishListCommand.self, WishShowCommand.self, WishStoryCommand.self, WishCancelCommand.self,
                WishCreateCommand.self, WishPledgeCommand.self, WishCodeCommand.self,
                WishWordingCommand.self,
            ])
    }
}

struct WishListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .wishList) }

    @OptionGroup var page: RecordPage

    @Option(help: ArgumentHelp(.wishSort, value: "order"))
    var sort: WishOrder.Argument?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let language = session.language
        let table = Table([
            .name(RecordWords.externalID[language]), .name(RecordWords.urgency[language]),
            .text(RecordWords.item[language], least: 10), .number(RecordWords.open[language]),
            .text(RecordWords.place[language], least: 10), .text(RecordWords.text[language], least: 16),
        ])
        return try await page.run(
            in: session, WishOperations.list, table: table,
            asking: { WishListInput(text: $0, sort: sort?.order, limit: $1, cursor: $2) }
        ) { table, wish, writing in
            for line in wish.lines {
                table.add([
                    Table.Cell(wish.record.handle), Table.Cell(wish.urgency.map { writing.code(.urgency, $0) } ?? ""),
                    Table.Cell(writing.category(line.category)), Table.Cell(writing.quantity(line.open, line.unit)),
                    Table.Cell(writing.place(wish.place)), Table.Cell(wish.text),
                ])
            }
        }
    }
}

struct WishShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .wishShow) }

    @Argument(help: ArgumentHelp(.recordName, value: "wish"))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (language, codes) = (session.language, session.codeWriting())
        return try await RecordPage.show(
            .wish, named: name, in: session, WishOperations.show, asking: { WishInput(wish: $0) }
        ) { wish, writing in
            session.say(
                FactSheet([
                    (RecordWords.externalID[language], wish.record.handle),
                    (RecordWords.id[language], "\(wish.record.id)"),
                    (RecordWords.source[language], wish.record.source),
                    (RecordWords.lane[language], writing.code(.lane, wish.lane)),
                    (RecordWords.state[language], writing.code(.wishState, wish.state)),
                    (RecordWords.text[language], wish.text),
                    (RecordWords.urgency[language], wish.urgency.map { writing.code(.urgency, $0) } ?? ""),
                    (RecordWords.hardship[language], wish.hardship.map(String.init) ?? ""),
                    (RecordWords.submitted[language], wish.submitted.map { CaseTime.text($0) } ?? ""),
                    (RecordWords.due[language], wish.due.map { CaseTime.text($0) } ?? ""),
                    (RecordWords.place[language], writing.place(wish.place)),
                    (RecordWords.groups[language], writing.list((wish.groups ?? []).map(codes.group))),
                    (RecordWords.derivedGroups[language], writing.list((wish.derivedGroups ?? []).map(codes.group))),
                    (RecordWords.languages[language], writing.list(wish.languages ?? [])),
                    (RecordWords.window[language], writing.window(wish.from, wish.until)),
                    (RecordWords.hours[language], wish.hours ?? ""),
                    (RecordWords.skills[language], writing.list(wish.skills ?? [])),
                    (RecordWords.qualifications[language], writing.list(wish.requiredQualifications ?? [])),
                ]))
            var table = Table([
                .number(MatchWords.line[language]), .text(RecordWords.item[language]),
                .number(RecordWords.wanted[language]), .number(RecordWords.open[language]),
                .number(RecordWords.price[language]),
            ])
            for line in wish.lines {
                table.add([
                    Table.Cell("\(line.number)"), Table.Cell(writing.category(line.category)),
                    Table.Cell(writing.quantity(line.wanted, line.unit)),
                    Table.Cell(writing.quantity(line.open, line.unit)),
                    Table.Cell(line.estimatedPriceFen.map { writing.quantity($0, .fen) } ?? ""),
                ])
            }
            session.say(table)
        }
    }
}

import ArgumentParser
import Casework
import MatchCore

/// `almoner wish`: what people ask for.
struct WishCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "wish", .wish,
            subcommands: [
                WishListCommand.self, WishShowCommand.self, WishStoryCommand.self, WishCancelCommand.self,
            ])
    }
}

struct WishListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .wishList) }

    @OptionGroup var page: RecordPage
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        var table = Table([
            .name(RecordWords.externalID[language]), .name(RecordWords.urgency[language]),
            .text(RecordWords.item[language], least: 10), .number(RecordWords.open[language]),
            .text(RecordWords.place[language], least: 10), .text(RecordWords.text[language], least: 16),
        ])
        try page.run(
            in: session,
            each: { reader, show in
                try reader.forEachWish { wish in
                    try show([wish.key.handle, wish.features.text], WishRecordJSON(wish)) { writing in
                        for line in wish.features.lines {
                            table.add([
                                Table.Cell(wish.key.handle), Table.Cell(wish.features.urgency.code),
                                Table.Cell(writing.category(line.category)),
                                Table.Cell(writing.quantity(line.quantity, line.unit)),
                                Table.Cell(writing.place(wish.features.place)), Table.Cell(wish.features.text),
                            ])
                        }
                    }
                }
            }, table: { table })
        return .success
    }
}

struct WishShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .wishShow) }

    @Argument(help: ArgumentHelp(.recordName, value: "wish"))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        let (wish, writing) = try RecordPage.one(.wish, named: name, in: session) { try $0.wish($1) }
        if session.options.json {
            try session.emit(WishRecordJSON(wish))
            return .success
        }
        let features = wish.features
        session.say(
            FactSheet([
                (RecordWords.externalID[language], wish.key.handle), (RecordWords.id[language], "\(wish.key.id)"),
                (RecordWords.source[language], wish.key.source), (RecordWords.lane[language], features.lane.code),
                (RecordWords.state[language], wish.state), (RecordWords.text[language], features.text),
                (RecordWords.urgency[language], features.urgency.code),
                (RecordWords.hardship[language], features.hardship.map(String.init) ?? ""),
                (RecordWords.submitted[language], features.submitted?.description ?? ""),
                (RecordWords.due[language], features.due?.description ?? ""),
                (RecordWords.place[language], writing.place(features.place)),
                (RecordWords.groups[language], writing.list(features.groups)),
                (RecordWords.languages[language], writing.list(features.languages)),
                (RecordWords.window[language], writing.window(features.window)),
                (RecordWords.hours[language], features.hours?.description ?? ""),
                (RecordWords.skills[language], writing.list(features.skills)),
                (RecordWords.qualifications[language], writing.list(features.requiredQualifications)),
            ]))
        var table = Table([
            .number(MatchWords.line[language]), .text(RecordWords.item[language]),
            .number(RecordWords.wanted[language]), .number(RecordWords.open[language]),
            .number(RecordWords.price[language]),
        ])
        for (line, wanted) in zip(features.lines, wish.wanted) {
            table.add([
                Table.Cell("\(line.number)"), Table.Cell(writing.category(line.category)),
                Table.Cell(writing.quantity(wanted, line.unit)), Table.Cell(writing.quantity(line.quantity, line.unit)),
                Table.Cell(line.estimatedPriceFen.map { writing.quantity($0, .fen) } ?? ""),
            ])
        }
        session.say(table)
        return .success
    }
}

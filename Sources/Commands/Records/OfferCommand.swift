import ArgumentParser
import Casework
import MatchCore

/// `almoner offer`: what parties promise.
struct OfferCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "offer", .offer,
            subcommands: [
                OfferListCommand.self, OfferShowCommand.self, OfferWithdrawCommand.self, OfferPauseCommand.self,
                OfferResumeCommand.self,
            ])
    }
}

struct OfferListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .offerList) }

    @OptionGroup var page: RecordPage
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        var table = Table([
            .name(RecordWords.externalID[language]), .text(RecordWords.item[language], least: 10),
            .number(RecordWords.available[language]), .text(RecordWords.place[language], least: 10),
            .text(RecordWords.text[language], least: 16),
        ])
        try page.run(
            in: session,
            each: { reader, show in
                try reader.forEachOffer { offer in
                    try show([offer.key.handle, offer.features.text], OfferRecordJSON(offer)) { writing in
                        for line in offer.features.lines {
                            table.add([
                                Table.Cell(offer.key.handle), Table.Cell(writing.category(line.category)),
                                Table.Cell(writing.quantity(line.available, line.unit)),
                                Table.Cell(writing.place(offer.features.place)), Table.Cell(offer.features.text),
                            ])
                        }
                    }
                }
            }, table: { table })
        return .success
    }
}

struct OfferShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .offerShow) }

    @Argument(help: ArgumentHelp(.recordName, value: "offer"))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        let (offer, writing) = try RecordPage.one(.offer, named: name, in: session) { try $0.offer($1) }
        if session.options.json {
            try session.emit(OfferRecordJSON(offer))
            return .success
        }
        let features = offer.features
        var served = writing.areas(features.serviceAreas)
        if let metres = features.serviceRadiusMetres { served += " \(Numbers.grouped(Int64(metres))) m" }
        session.say(
            FactSheet([
                (RecordWords.externalID[language], offer.key.handle), (RecordWords.id[language], "\(offer.key.id)"),
                (RecordWords.source[language], offer.key.source), (RecordWords.party[language], "\(features.party)"),
                (RecordWords.kind[language], features.kind.code), (RecordWords.state[language], offer.state),
                (RecordWords.text[language], features.text),
                (RecordWords.received[language], offer.received?.description ?? ""),
                (RecordWords.place[language], writing.place(features.place)),
                (RecordWords.delivers[language], writing.truth(features.delivers)),
                (RecordWords.remote[language], writing.truth(features.isRemote)),
                (RecordWords.serves[language], served.isEmpty ? RecordWords.anywhere[language] : served),
                (RecordWords.window[language], writing.window(features.window)),
                (RecordWords.hours[language], features.hours?.description ?? ""),
                (RecordWords.skills[language], writing.list(features.skills)),
                (RecordWords.qualifications[language], writing.list(features.qualifications)),
                (RecordWords.languages[language], writing.list(features.languages)),
            ]))
        var table = Table([
            .number(MatchWords.line[language]), .text(RecordWords.item[language]),
            .number(RecordWords.pledged[language]), .number(RecordWords.available[language]),
        ])
        for (line, pledged) in zip(features.lines, offer.pledged) {
            table.add([
                Table.Cell("\(line.number)"), Table.Cell(writing.category(line.category)),
                Table.Cell(writing.quantity(pledged, line.unit)),
                Table.Cell(writing.quantity(line.available, line.unit)),
            ])
        }
        session.say(table)
        return .success
    }
}

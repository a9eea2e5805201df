import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner offer`: what parties promise.
struct OfferCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "offer", .offer,
            subcommands: [
                OfferListCommand.self, OfferShowCommand.self, OfferWithdrawCommand.self, OfferPauseCommand.self,
                OfferResumeCommand.self, OfferCreateCommand.self,
            ])
    }
}

struct OfferListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .offerList) }

    @OptionGroup var page: RecordPage

    @Option(help: ArgumentHelp(.offerSort, value: "order"))
    var sort: OfferOrder.Argument?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let language = session.language
        let table = Table([
            .name(RecordWords.externalID[language]), .text(RecordWords.item[language], least: 10),
            .number(RecordWords.available[language]), .text(RecordWords.place[language], least: 10),
            .text(RecordWords.text[language], least: 16),
        ])
        return try await page.run(
            in: session, OfferOperations.list, table: table,
            asking: { OfferListInput(text: $0, sort: sort?.order, limit: $1, cursor: $2) }
        ) { table, offer, writing in
            for line in offer.lines {
                table.add([
                    Table.Cell(offer.record.handle), Table.Cell(writing.category(line.category)),
                    Table.Cell(writing.quantity(line.available, line.unit)), Table.Cell(writing.place(offer.place)),
                    Table.Cell(offer.text),
                ])
            }
        }
    }
}

struct OfferShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .offerShow) }

    @Argument(help: ArgumentHelp(.recordName, value: "offer"))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let language = session.language
        let party = try await partyName(in: session)
        return try await RecordPage.show(
            .offer, named: name, in: session, OfferOperations.show, asking: { OfferInput(offer: $0) }
        ) { offer, writing in
            var served = writing.areas(offer.serviceAreas)
            if let metres = offer.serviceRadiusMetres { served += " \(Numbers.grouped(Int64(metres))) m" }
            session.say(
                FactSheet([
                    (RecordWords.externalID[language], offer.record.handle),
                    (RecordWords.id[language], "\(offer.record.id)"),
                    (RecordWords.source[language], offer.record.source),
                    (RecordWords.party[language], party ?? "\(offer.party)"),
                    (RecordWords.kind[language], writing.code(.offerKind, offer.kind)),
                    (RecordWords.state[language], writing.code(.offerState, offer.state)),
                    (RecordWords.text[language], offer.text),
                    (RecordWords.received[language], offer.received.map { CaseTime.text($0) } ?? ""),
                    (RecordWords.place[language], writing.place(offer.place)),
                    (RecordWords.delivers[language], writing.truth(offer.delivers)),
                    (RecordWords.remote[language], writing.truth(offer.isRemote)),
                    (RecordWords.serves[language], served.isEmpty ? RecordWords.anywhere[language] : served),
                    (RecordWords.window[language], writing.window(offer.from, offer.until)),
                    (RecordWords.hours[language], offer.hours ?? ""),
                    (RecordWords.skills[language], writing.list(offer.skills)),
                    (RecordWords.qualifications[language], writing.list(offer.qualifications)),
                    (RecordWords.languages[language], writing.list(offer.languages)),
                ]))
            var table = Table([
                .number(MatchWords.line[language]), .text(RecordWords.item[language]),
                .number(RecordWords.pledged[language]), .number(RecordWords.available[language]),
            ])
            for line in offer.lines {
                table.add([
                    Table.Cell("\(line.number)"), Table.Cell(writing.category(line.category)),
                    Table.Cell(writing.quantity(line.pledged, line.unit)),
                    Table.Cell(writing.quantity(line.available, line.unit)),
                ])
            }
            session.say(table)
        }
    }

    /// What the party is called and by which id people know it; nil for who may not know it, who sees its id.
    private func partyName(in session: Session) async throws -> String? {
        guard !session.options.json else { return nil }
        return try await session.withService { service in
            let id = try await service.id(of: .offer, named: name)
            let party = try await service.call(OfferOperations.show, OfferInput(offer: id)).party
            guard let view = try? await service.call(PartyOperations.show, PartyInput(party: party)) else { return nil }
            return [view.name, view.record.handle].filter { !$0.isEmpty }.joined(separator: "  ")
        }
    }
}

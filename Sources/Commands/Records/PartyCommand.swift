import ArgumentParser
import Casework
import MatchCore

/// `almoner party`: who offers.
struct PartyCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "party", .party,
            subcommands: [
                PartyListCommand.self, PartyShowCommand.self, PartyCertificateCommand.self,
                PartyAcknowledgementCommand.self,
            ])
    }
}

struct PartyListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .partyList) }

    @OptionGroup var page: RecordPage
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        var table = Table([
            .name(RecordWords.externalID[language]), .text(RecordWords.name[language], least: 16),
            .name(RecordWords.kind[language]), .name(RecordWords.state[language]),
            .name(RecordWords.verified[language]),
        ])
        try page.run(
            in: session,
            each: { reader, show in
                try reader.forEachParty { party in
                    try show([party.key.handle, party.name], PartyRecordJSON(party)) { _ in
                        table.add([
                            Table.Cell(party.key.handle), Table.Cell(party.name), Table.Cell(party.features.kind.code),
                            Table.Cell(party.state),
                            Table.Cell(
                                party.features.isIdentityVerified.map { ($0 ? GeneralWords.yes : .no)[language] } ?? "—"
                            ),
                        ])
                    }
                }
            }, table: { table })
        return .success
    }
}

struct PartyShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .partyShow) }

    @Argument(help: ArgumentHelp(.recordName, value: "party"))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        let language = session.language
        let (party, writing) = try RecordPage.one(.party, named: name, in: session) { try $0.party($1) }
        if session.options.json {
            try session.emit(PartyRecordJSON(party))
            return .success
        }
        let preference = party.features.preference
        session.say(
            FactSheet([
                (RecordWords.externalID[language], party.key.handle), (RecordWords.id[language], "\(party.key.id)"),
                (RecordWords.source[language], party.key.source), (RecordWords.name[language], party.name),
                (RecordWords.kind[language], party.features.kind.code), (RecordWords.state[language], party.state),
                (RecordWords.verified[language], party.features.isIdentityVerified.map(writing.truth) ?? ""),
                (RecordWords.lastConfirmed[language], party.features.lastConfirmed?.description ?? ""),
                (
                    RecordWords.fatigue[language],
                    party.features.fatigue.map { Numbers.score(Int32(clamping: $0)) } ?? ""
                ),
                (
                    RecordWords.preference[language],
                    writing.list(
                        preference.groups + preference.areas.map { writing.areas([$0]) }
                            + preference.categories.map { writing.category($0) })
                ),
                (
                    RecordWords.excludes[language],
                    writing.list(
                        preference.excludedGroups + preference.excludedAreas.map { writing.areas([$0]) }
                            + preference.excludedCategories.map { writing.category($0) })
                ),
            ]))
        return .success
    }
}

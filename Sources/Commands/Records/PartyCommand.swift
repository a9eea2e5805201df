import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner party`: who offers.
struct PartyCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "party", HelpWords.party,
            subcommands: [
                PartyListCommand.self, PartyShowCommand.self, PartyCertificateCommand.self,
                PartyAcknowledgementCommand.self, PartyRegisterCommand.self, PartyCodeCommand.self,
                PartyConfirmCommand.self, PartyPauseCommand.self, PartyResumeCommand.self, PartyCloseCommand.self,
            ])
    }
}

struct PartyListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", .partyList) }

    @OptionGroup var page: RecordPage
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let language = session.language
        let table = Table([
            .name(RecordWords.externalID[language]), .text(RecordWords.name[language], least: 16),
            .name(RecordWords.kind[language]), .name(RecordWords.state[language]),
            .name(RecordWords.verified[language]),
        ])
        return try await page.run(
            in: session, PartyOperations.list, table: table,
            asking: { PartyListInput(text: $0, limit: $1, cursor: $2) }
        ) { table, party, writing in
            table.add([
                Table.Cell(party.record.handle), Table.Cell(party.name),
                Table.Cell(writing.code(.partyKind, party.kind)),
                Table.Cell(writing.code(.partyState, party.state)),
                Table.Cell(party.isIdentityVerified.map(writing.truth) ?? "—"),
            ])
        }
    }
}

struct PartyShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", .partyShow) }

    @Argument(help: ArgumentHelp(.recordName, value: "party"))
    var name: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let (language, codes) = (session.language, session.codeWriting())
        return try await RecordPage.show(
            .party, named: name, in: session, PartyOperations.show, asking: { PartyInput(party: $0) }
        ) { party, writing in
            let preference = party.preference
            session.say(
                FactSheet([
                    (RecordWords.externalID[language], party.record.handle),
                    (RecordWords.id[language], "\(party.record.id)"),
                    (RecordWords.source[language], party.record.source), (RecordWords.name[language], party.name),
                    (RecordWords.kind[language], writing.code(.partyKind, party.kind)),
                    (RecordWords.state[language], writing.code(.partyState, party.state)),
                    (
                        DeskWords.confirmationDue[language],
                        party.isConfirmationDue
                            ? party.codeExpires.map { CaseTime.text($0) } ?? writing.truth(true) : ""
                    ),
                    (RecordWords.verified[language], party.isIdentityVerified.map(writing.truth) ?? ""),
                    (RecordWords.lastConfirmed[language], party.lastConfirmed.map { CaseTime.text($0) } ?? ""),
                    (RecordWords.fatigue[language], party.fatigue.map { Numbers.score(Int32(clamping: $0)) } ?? ""),
                    (
                        RecordWords.preference[language],
                        writing.list(
                            preference.groups.map(codes.group) + preference.areas.map { writing.areas([$0]) }
                                + preference.categories.map { writing.category($0) })
                    ),
                    (
                        RecordWords.excludes[language],
                        writing.list(
                            preference.excludedGroups.map(codes.group)
                                + preference.excludedAreas.map { writing.areas([$0]) }
                                + preference.excludedCategories.map { writing.category($0) })
                    ),
                ]))
        }
    }
}

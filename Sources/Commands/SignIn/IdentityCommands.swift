import ArgumentParser
import Casework
import MatchCore
import Operations

struct AccountIdentitiesCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("identities", AccountWords.identities) }

    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let identities = try await session.withService { service in
            try await service.list(DirectoryOperations.list, list) { PageInput(limit: $0, cursor: $1) }
        }
        if session.options.json {
            try identities.items.forEach { try session.emit(answer: $0) }
            try session.noteEnd(of: identities)
            return .success
        }
        let language = session.language
        var table = Table([
            .name(AccountWords.asked[language]), .name(AccountWords.issuer[language]),
            .name(AccountWords.linkedTo[language]), .name(RecordWords.id[language]),
        ])
        for identity in identities.items {
            table.add([
                Table.Cell(CaseTime.text(identity.asked)), Table.Cell(identity.issuer),
                Table.Cell(identity.account.map { "\($0)" } ?? AccountWords.waits[language]),
                Table.Cell("\(identity.id)"),
            ])
        }
        session.say(table)
        try session.noteEnd(of: identities)
        return .success
    }
}

struct AccountLinkCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("link", AccountWords.link) }

    @Argument(help: ArgumentHelp(AccountWords.accountHelp, value: "account")) var account: String
    @Argument(help: ArgumentHelp(AccountWords.identityHelp, value: "identity")) var identity: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let id = RecordID(identity) else { throw CommandError(.usage, CaseWords.noID.filled(["id": identity])) }
        let linked = try await session.withService(options, changing: true) { service in
            try await service.call(
                DirectoryOperations.link,
                IdentityLinking(identity: id, account: try await service.account(named: account)))
        }
        if session.options.json {
            try session.emit(answer: linked)
        } else {
            session.say(AccountWords.linked, ["id": identity, "name": account])
        }
        return .success
    }
}

struct AccountUnlinkCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("unlink", AccountWords.unlink) }

    @Argument(help: ArgumentHelp(AccountWords.identityHelp, value: "identity")) var identity: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let id = RecordID(identity) else { throw CommandError(.usage, CaseWords.noID.filled(["id": identity])) }
        let reason = try options.reasonCode()
        _ = try await session.withService(options, changing: true) { service in
            try await service.call(
                DirectoryOperations.unlink, IdentityInput(identity: id, reason: reason, note: options.note))
        }
        session.say(AccountWords.unlinked, ["id": identity])
        return .success
    }
}

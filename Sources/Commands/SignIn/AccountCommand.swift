import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner account`: who of the staff signs in.
struct AccountCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration(
            "account", AccountWords.account,
            subcommands: [
                AccountCreateCommand.self, AccountListCommand.self, AccountShowCommand.self, AccountLockCommand.self,
                AccountUnlockCommand.self, AccountLeaveCommand.self, AccountGrantCommand.self,
                AccountRevokeCommand.self, AccountPasswordCommand.self, AccountFactorCommand.self,
                AccountSessionsCommand.self,
                AccountIdentitiesCommand.self, AccountLinkCommand.self, AccountUnlinkCommand.self,
            ])
    }
}

/// What an account is given, as options.
struct GrantOptions: ParsableArguments {
    @Option(help: ArgumentHelp(ServeWords.keyArea, value: "code")) var area: [String] = []
    @Option(help: ArgumentHelp(ServeWords.keyPurpose, value: "purpose")) var purpose: String?
    @Option(help: ArgumentHelp(ServeWords.keyStarts, value: "time")) var starts: String?
    @Option(help: ArgumentHelp(ServeWords.keyExpires, value: "time")) var expires: String?

    func granting(_ role: String, to account: RecordID) throws -> AccountGranting {
        let parts = role.split(separator: ":").map(String.init)
        guard let name = parts.first, let kind = Role(rawValue: name), AccountGrant.roles.contains(kind) else {
            let roles = AccountGrant.roles.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.usage, CaseWords.noRole.filled(["role": role, "roles": roles]))
        }
        var granting = AccountGranting(account: account, role: kind)
        if parts.count == 3, let level = AreaLevel(rawValue: parts[1]), let limit = Int64(parts[2]) {
            granting.approvalLevel = level
            granting.approvalLimit = limit
        } else if parts.count > 1 {
            throw CommandError(.usage, CaseWords.noRoleName.filled(["role": role]))
        }
        granting.areas = try area.map { text in
            guard let code = Code(text) else { throw CommandError(.notFound, CaseWords.noCode.filled(["code": text])) }
            return code
        }
        granting.purpose = try purpose.map { name in
            guard let purpose = AccessPurpose(rawValue: name) else {
                let known = AccessPurpose.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError(.usage, ServeWords.noPurpose.filled(["purpose": name, "known": known]))
            }
            return purpose
        }
        granting.starts = try starts.map { try CaseTime.timestamp($0) }
        granting.expires = try expires.map { try CaseTime.timestamp($0) }
        return granting
    }
}

struct AccountCreateCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("create", AccountWords.create) }

    @Argument(help: ArgumentHelp(AccountWords.nameHelp, value: "name")) var name: String
    @Option(help: ArgumentHelp(AccountWords.called, value: "words")) var called: String?
    @Option(help: ArgumentHelp(AccountWords.roleHelp, value: "role")) var role: String?
    @OptionGroup var grants: GrantOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        // A role that is none is told before anything is made.
        if let role { _ = try grants.granting(role, to: RecordID(high: 0, low: 0)) }
        let made = try await session.withService(options, changing: true) { service in
            let made = try await service.call(
                AccountOperations.create, AccountCreating(name: name, called: called))
            if let role {
                _ = try await service.call(
                    AccountOperations.grant, try grants.granting(role, to: made.account.id))
            }
            return made
        }
        if session.options.json {
            try session.emit(answer: made)
        } else {
            session.sayOneTime(made)
        }
        return .success
    }
}

extension Session {
    func sayOneTime(_ made: NewAccountView) {
        say(AccountWords.oneTime)
        say(made.password)
        note(AccountWords.oneTimeAdvice.filled(["name": made.account.name]))
    }
}

struct AccountListCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("list", AccountWords.list) }

    @OptionGroup var list: ListOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let accounts = try await session.withService { service in
            try await service.list(AccountOperations.list, list) { AccountListInput(limit: $0, cursor: $1) }
        }
        if session.options.json {
            try accounts.items.forEach { try session.emit(answer: $0) }
            try session.noteEnd(of: accounts)
            return .success
        }
        let language = session.language
        var table = Table([
            .name(AccountWords.named[language]), .name(AccountWords.state[language]), .name(ServeWords.role[language]),
            .name(ServeWords.created[language]), .name(RecordWords.id[language]),
        ])
        for account in accounts.items {
            let roles = account.grants.filter { $0.revoked == nil }.map { session.roleName($0.role) }
            table.add([
                Table.Cell(account.name), Table.Cell(AccountWords.state(account.state)[language]),
                Table.Cell(roles.joined(separator: language == .zhHans ? "、" : ", ")),
                Table.Cell(CaseTime.text(account.created)), Table.Cell("\(account.id)"),
            ])
        }
        session.say(table)
        try session.noteEnd(of: accounts)
        return .success
    }
}

extension Session {
    func roleName(_ role: Role) -> String { CodeWords.text(.role, role.rawValue)?[language] ?? role.rawValue }
}

struct AccountShowCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("show", AccountWords.show) }

    @Argument(help: ArgumentHelp(AccountWords.accountHelp, value: "account")) var account: String
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let found = try await session.withService { service in
            let id = try await service.account(named: account)
            return try await service.call(AccountOperations.show, AccountInput(account: id))
        }
        if session.options.json {
            try session.emit(answer: found)
            return .success
        }
        let language = session.language
        func flag(_ value: Bool) -> String { (value ? AccountWords.yes : .no)[language] }
        session.say(
            FactSheet([
                (AccountWords.named[language], found.name), (RecordWords.id[language], "\(found.id)"),
                (
                    AccountWords.state[language],
                    AccountWords.state(found.state)[language]
                        + (found.hasOneTimePassword ? " · " + AccountWords.oneTimeWaiting[language] : "")
                ),
                (AccountWords.factor[language], flag(found.hasSecondFactor)),
                (AccountWords.isYours[language], flag(found.isYours)),
                (ServeWords.created[language], CaseTime.text(found.created)),
                (AccountWords.madeBy[language], "\(found.createdBy)"),
            ]))
        session.say()
        guard !found.grants.isEmpty else {
            session.say(AccountWords.noGrants)
            return .success
        }
        var table = Table([
            .name(ServeWords.role[language]), .name(AccountWords.areas[language]),
            .name(AccountWords.purpose[language]), .name(ServeWords.expires[language]),
            .name(RecordWords.id[language]),
        ])
        for grant in found.grants {
            let areas = grant.areas.map(\.text).joined(separator: " ")
            table.add([
                Table.Cell(session.roleName(grant.role)),
                Table.Cell(areas.isEmpty ? AccountWords.everywhere[language] : areas),
                Table.Cell(grant.purpose.title[language]),
                Table.Cell(
                    (grant.revoked ?? grant.expires).map { CaseTime.text($0) } ?? ServeWords.never[language]),
                Table.Cell("\(grant.id)"),
            ])
        }
        session.say(table)
        return .success
    }
}

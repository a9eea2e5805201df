import ArgumentParser
import Casework
import MatchCore
import Operations

/// A step of one account that takes nothing but a reason.
private protocol AccountStepCommand: SessionCommand {
    static var operation: Operation<AccountStep, AccountView> { get }
    var account: String { get }
    var options: CaseOptions { get }
}

extension AccountStepCommand {
    func perform(in session: Session) async throws -> ExitStatus {
        let reason = try options.reasonCode()
        let changed = try await session.withService(options, changing: true) { service in
            try await service.call(
                Self.operation,
                AccountStep(
                    account: try await service.account(named: account), reason: reason, note: options.note))
        }
        try session.say(changed)
        return .success
    }
}

struct AccountLockCommand: AccountStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("lock", AccountWords.lock) }
    fileprivate static let operation = AccountOperations.lock

    @Argument(help: ArgumentHelp(AccountWords.accountHelp, value: "account")) var account: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
}

struct AccountUnlockCommand: AccountStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("unlock", AccountWords.unlock) }
    fileprivate static let operation = AccountOperations.unlock

    @Argument(help: ArgumentHelp(AccountWords.accountHelp, value: "account")) var account: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
}

struct AccountLeaveCommand: AccountStepCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("leave", AccountWords.leave) }
    fileprivate static let operation = AccountOperations.leave

    @Argument(help: ArgumentHelp(AccountWords.accountHelp, value: "account")) var account: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions
}

struct AccountGrantCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("grant", AccountWords.grant) }

    @Argument(help: ArgumentHelp(AccountWords.accountHelp, value: "account")) var account: String
    @Argument(help: ArgumentHelp(AccountWords.roleHelp, value: "role")) var role: String
    @OptionGroup var grants: GrantOptions
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let changed = try await session.withService(options, changing: true) { service in
            try await service.call(
                AccountOperations.grant,
                try grants.granting(role, to: try await service.account(named: account)))
        }
        try session.say(changed)
        return .success
    }
}

struct AccountRevokeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("revoke", AccountWords.revoke) }

    @Argument(help: ArgumentHelp(AccountWords.accountHelp, value: "account")) var account: String
    @Argument(help: ArgumentHelp(AccountWords.grantHelp, value: "grant")) var grant: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        guard let id = RecordID(grant) else { throw CommandError(.usage, CaseWords.noID.filled(["id": grant])) }
        let reason = try options.reasonCode()
        let changed = try await session.withService(options, changing: true) { service in
            try await service.call(
                AccountOperations.revoke,
                AccountRevoking(
                    account: try await service.account(named: account), grant: id, reason: reason, note: options.note))
        }
        try session.say(changed)
        return .success
    }
}

struct AccountPasswordCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("password", AccountWords.password) }

    @Argument(help: ArgumentHelp(AccountWords.ownName, value: "name")) var name: String?
    @Flag(help: ArgumentHelp(AccountWords.reset)) var reset = false
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let name = try name ?? session.ask(.askName, isSecret: false)
        guard !reset else {
            let made = try await session.withService(options, changing: true) { service in
                try await service.call(
                    AccountOperations.resetPassword, AccountInput(account: try await service.account(named: name)))
            }
            if session.options.json { try session.emit(answer: made) } else { session.sayOneTime(made) }
            return .success
        }
        let password = try session.ask(.askPassword)
        let new = try session.ask(.askNew)
        guard try session.ask(.askAgain) == new else { throw CommandError(.usage, AccountWords.differ.text) }
        _ = try await session.withSignIn(options) { service in
            try await session.withCode { code in
                try await service.call(
                    SessionOperations.password,
                    PasswordChange(name: name, password: password, newPassword: new, code: code))
            }
        }
        session.say(AccountWords.changed)
        return .success
    }
}

struct AccountSessionsCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("sessions", AccountWords.sessions) }

    @Argument(help: ArgumentHelp(AccountWords.accountHelp, value: "account")) var account: String?
    @Option(help: ArgumentHelp(AccountWords.endSession, value: "session")) var end: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        if let end {
            guard let id = RecordID(end) else { throw CommandError(.usage, CaseWords.noID.filled(["id": end])) }
            _ = try await session.withService(options, changing: true) { service in
                try await service.call(SessionOperations.endOne, SessionInput(session: id))
            }
            session.say(AccountWords.sessionEnded, ["id": end])
            return .success
        }
        let sessions = try await session.withService { service in
            guard let account else { return try await service.call(SessionOperations.list, PageInput()).items }
            let id = try await service.account(named: account)
            return try await service.call(AccountOperations.sessions, AccountInput(account: id)).items
        }
        if session.options.json {
            try sessions.forEach { try session.emit(answer: $0) }
            return .success
        }
        let language = session.language
        var table = Table([
            .name(AccountWords.began[language]), .name(AccountWords.seen[language]), .name(AccountWords.ends[language]),
            .name(AccountWords.way[language]), .name(RecordWords.id[language]),
        ])
        for one in sessions {
            table.add([
                Table.Cell(CaseTime.text(one.began)), Table.Cell(CaseTime.text(one.seen)),
                Table.Cell(CaseTime.text(min(one.ends, one.idleEnd))),
                Table.Cell(one.way + (one.isCurrent ? " · " + AccountWords.current[language] : "")),
                Table.Cell("\(one.id)"),
            ])
        }
        session.say(table)
        return .success
    }
}

extension Session {
    func say(_ account: AccountView) throws {
        if options.json {
            try emit(answer: account)
        } else {
            say(
                AccountWords.done,
                ["name": account.name, "state": AccountWords.state(account.state)[language]])
        }
    }

    /// Calls operations as somebody who has yet to show who they are: through a server without a token.
    func withSignIn<Result>(
        _ options: CaseOptions, _ body: (any OperationCalling) async throws -> Result
    ) async throws -> Result {
        if let remote = try remoteService(withToken: false) { return try await body(remote) }
        return try await withService(options, changing: true, body)
    }
}

extension OperationCalling {
    /// The account that a person means by a name or an id.
    func account(named text: String) async throws -> RecordID {
        if let id = RecordID(text) { return id }
        let found = try await call(AccountOperations.list, AccountListInput(name: text)).items
        guard let account = found.first else {
            throw CommandError(.notFound, AccountWords.unknownAccount.filled(["name": text]))
        }
        return account.id
    }
}

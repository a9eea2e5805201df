import ArgumentParser
import Casework
import MatchCore
import Operations

extension Session {
    /// Shows a party after a step.
    fileprivate func show(_ party: PartyView) throws {
        if options.json { return try emit(answer: party) }
        say(OfficeWords.nowInState, ["name": party.name, "state": party.state])
    }

    fileprivate func step(
        _ operation: Operations.Operation<PartyStep, PartyView>, _ name: String, _ options: CaseOptions
    ) async throws -> ExitStatus {
        let reason = try options.reasonCode()
        try show(
            try await withService(options, changing: true) { service in
                try await service.call(
                    operation,
                    PartyStep(
                        party: try await service.id(of: .party, named: name), reason: reason, note: options.note))
            })
        return .success
    }
}

/// `almoner party register NAME`.
struct PartyRegisterCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("register", DeskWords.partyRegister) }

    @Argument(help: ArgumentHelp(DeskWords.partyName, value: "name")) var name: String
    @Option(help: ArgumentHelp(DeskWords.partyKind, value: "kind")) var kind: String?
    @Option(help: ArgumentHelp(DeskWords.sourceHelp, value: "source")) var source: String?
    @Option(help: ArgumentHelp(DeskWords.externalIDHelp, value: "id")) var externalID: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let input = PartyRegistration(
            name: name,
            kind: try Choice.read(kind, from: PartyKind.allCases.map(\.code)), source: source, externalID: externalID)
        let made = try await session.withService(options, changing: true) {
            try await $0.call(PartyOperations.register, input)
        }
        if session.options.json {
            try session.emit(answer: made)
            return .success
        }
        let language = session.language
        session.say(
            FactSheet([
                (RecordWords.id[language], "\(made.party.record.id)"), (RecordWords.name[language], made.party.name),
                (RecordWords.kind[language], made.party.kind), (RecordWords.state[language], made.party.state),
                (DeskWords.token[language], made.token ?? ""),
            ]))
        if made.token != nil { session.note(DeskWords.onlyOnce.text, isWarning: true) }
        return .success
    }
}

/// `almoner party code NAME`.
struct PartyCodeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("code", DeskWords.partyCode) }

    @Argument(help: ArgumentHelp(.recordName, value: "party")) var name: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let made = try await session.withService(options, changing: true) { service in
            try await service.call(
                PartyOperations.issueCode, PartyInput(party: try await service.id(of: .party, named: name)))
        }
        if session.options.json {
            try session.emit(answer: made)
            return .success
        }
        let language = session.language
        session.say(
            FactSheet([
                (DeskWords.code[language], made.code), (DeskWords.expires[language], CaseTime.text(made.expires)),
            ]))
        session.note(DeskWords.onlyOnce.text, isWarning: true)
        return .success
    }
}

/// `almoner party confirm NAME [--code CODE]`.
struct PartyConfirmCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("confirm", DeskWords.partyConfirm) }

    @Argument(help: ArgumentHelp(.recordName, value: "party")) var name: String
    @Option(help: ArgumentHelp(DeskWords.codeHelp, value: "code")) var code: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let reason = try options.reasonCode()
        try session.show(
            try await session.withService(options, changing: true) { service in
                try await service.call(
                    PartyOperations.confirm,
                    PartyConfirmation(
                        party: try await service.id(of: .party, named: name), code: code, reason: reason,
                        note: options.note))
            })
        return .success
    }
}

struct PartyPauseCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("pause", DeskWords.partyPause) }

    @Argument(help: ArgumentHelp(.recordName, value: "party")) var name: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try await session.step(PartyOperations.pause, name, options)
    }
}

struct PartyResumeCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("resume", DeskWords.partyResume) }

    @Argument(help: ArgumentHelp(.recordName, value: "party")) var name: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try await session.step(PartyOperations.resume, name, options)
    }
}

struct PartyCloseCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("close", DeskWords.partyClose) }

    @Argument(help: ArgumentHelp(.recordName, value: "party")) var name: String
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        try await session.step(PartyOperations.close, name, options)
    }
}

/// Reads a word that is one of a few.
enum Choice {
    /// Nil stays nil; throws `usage` for a word that is not among the known ones.
    static func read(_ text: String?, from known: [String]) throws -> String? {
        guard let text else { return nil }
        guard known.contains(text) else {
            throw CommandError(
                .usage, OfficeWords.badChoice.filled(["value": text, "known": known.joined(separator: ", ")]))
        }
        return text
    }
}

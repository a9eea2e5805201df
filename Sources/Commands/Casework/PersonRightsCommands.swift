import ArgumentParser
import Casework
import MatchCore
import Operations

/// `almoner person consent PERSON [SCOPE…]`: what somebody agreed to, refused, or took back.
struct PersonConsentCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("consent", RightsWords.consent) }

    @Argument(help: ArgumentHelp(SealingWords.personHelp, value: "person")) var person: String
    @Argument(help: ArgumentHelp(RightsWords.scopes, value: "scope")) var scopes: [String] = []
    @Flag(help: ArgumentHelp(RightsWords.refused)) var withdraw = false
    @Option(help: ArgumentHelp(RightsWords.guardian, value: "relation")) var guardian: String?
    @Option(help: ArgumentHelp(RightsWords.saidAt, value: "time")) var said: String?
    @Option(help: ArgumentHelp(RightsWords.textVersion, value: "version")) var textVersion: String?
    @OptionGroup var options: CaseOptions
    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let id = try session.inboxID(person)
        let view: ConsentFileView
        if scopes.isEmpty {
            view = try await session.withService(options) {
                try await $0.call(ConsentOperations.list, PersonIDInput(person: id))
            }
        } else {
            let scopes = try scopes.map { text in
                guard let scope = Consent.Scope(rawValue: text) else {
                    throw CommandError(.usage, RightsWords.scopes.text, place: text)
                }
                return scope
            }
            let moment = try said.map { try CaseTime.timestamp($0) }
            let input = ConsentSaying(
                person: id, scopes: scopes, isGiven: !withdraw, giver: guardian == nil ? .person : .guardian,
                relation: try session.code(guardian), saidAt: moment, version: try session.code(textVersion))
            view = try await session.withService(options, changing: true) {
                try await $0.call(ConsentOperations.record, input)
            }
        }
        try show(view, in: session)
        return .success
    }

    /// What was said, a row each time.
    static func table(of consents: [ConsentView], _ language: Language) -> Table {
        var table = Table([
            .name(RightsWords.said[language]), .name(RightsWords.scope[language]), .name(CaseWords.state[language]),
            .name(RightsWords.giver[language]), .name(CaseWords.kind[language]), .name(RecordWords.id[language]),
        ])
        for consent in consents {
            table.add([
                Table.Cell(CaseTime.text(consent.saidAt)), Table.Cell(consent.scope.title[language]),
                Table.Cell((consent.isGiven ? RightsWords.given : .notGiven)[language]),
                Table.Cell(consent.relation?.text ?? consent.giver.rawValue), Table.Cell(consent.version.text),
                Table.Cell("\(consent.subject)"),
            ])
        }
        return table
    }

    private func show(_ view: ConsentFileView, in session: Session) throws {
        if session.options.json { return try session.emit(answer: view) }
        if view.said.isEmpty {
            session.say(RightsWords.nothingSaid)
        } else {
            session.say(Self.table(of: view.said, session.language))
        }
        for wish in view.wishes where !wish.holds.isEmpty {
            session.say(FactSheet([("\(wish.wish)", wish.holds.joined(separator: ", "))]))
        }
        if view.released + view.underWay > 0 {
            session.say(RightsWords.recalled, ["released": "\(view.released)", "underWay": "\(view.underWay)"])
        }
    }
}

/// `almoner person retention`: for how long what is kept, and what was taken away.
struct PersonRetentionCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("retention", RightsWords.retention) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) async throws -> ExitStatus {
        let view = try await session.withService { try await $0.call(RetentionOperations.show, RetentionInput()) }
        if session.options.json {
            try session.emit(answer: view)
            return .success
        }
        let language = session.language
        var table = Table([
            .name(CaseWords.kind[language]), .number(RightsWords.days[language]), .number(RightsWords.kept[language]),
            .name(RightsWords.oldest[language]), .number(RightsWords.removed[language]),
            .name(RightsWords.last[language]),
        ])
        for kind in view.kinds {
            table.add([
                Table.Cell(kind.kind.title[language]),
                Table.Cell(kind.days.map { "\($0)" } ?? RightsWords.forEver[language]),
                Table.Cell(Numbers.grouped(Int64(kind.kept))), Table.Cell(kind.oldest.map { CaseTime.text($0) } ?? ""),
                Table.Cell(Numbers.grouped(Int64(kind.removed))),
                Table.Cell(kind.lastRemoved.map { CaseTime.text($0) } ?? ""),
            ])
        }
        session.say(table)
        return .success
    }
}

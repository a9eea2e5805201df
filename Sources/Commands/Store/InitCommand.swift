import ArgumentParser
import Casework
import MatchCore
import Storage

/// `almoner init`: makes the database.
struct InitCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("init", .initialise, isLocal: true) }

    @Option(help: ArgumentHelp(.programNameZh, value: "name"))
    var nameZh: String?

    @Option(help: ArgumentHelp(.programNameEn, value: "name"))
    var nameEn: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var database: String
        var program: String
        var made: [String]
        /// The first admin's, on the run that makes it and never again.
        var token: String?
    }

    func perform(in session: Session) throws -> ExitStatus {
        let code = session.options.program
        let (store, made) = try Store.create(
            session, name: LocalizedText(zhHans: nameZh ?? code, en: nameEn ?? code),
            profile: session.profile(named: "default"))
        defer { store.close() }
        let token = try firstKey(in: store, session)
        if session.options.json {
            try session.emit(
                Record(
                    database: session.databaseName, program: code, made: made.map(\.rawValue), token: token?.text))
            return .success
        }
        for step in made { session.say("✓ \(step[session.language])") }
        if made.isEmpty { session.say(StoreWords.alreadyThere) }
        session.say(StoreWords.ready, ["database": session.databaseName, "program": code])
        if let token {
            session.say(ServeWords.firstKey)
            session.say(token.text)
        }
        return .success
    }

    /// Makes the key with which an admin can make all others, where there is none at all.
    private func firstKey(in store: Store, _ session: Session) throws -> AccessToken? {
        guard Code(store.program.code) != nil else { return nil }
        let now = Moment(milliseconds: session.now.milliseconds)
        let rules = try session.caseRules()
        return try store.cases.blockingWrite { transaction in
            guard try transaction.accessKeys(before: nil, limit: 1).isEmpty else { return nil }
            var random = SystemRandomNumberGenerator()
            var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
            let desk = CaseDesk(
                rules: rules, store: transaction, actor: .system, now: now,
                newID: { identifiers.next(at: session.now) })
            return try desk.createKey(AccessGrant(label: "init", role: .admin), random: &random).token
        }
    }
}

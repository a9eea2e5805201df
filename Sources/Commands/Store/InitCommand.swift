import ArgumentParser
import MatchCore
import Storage

/// `almoner init`: makes the database.
struct InitCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("init", .initialise) }

    @Option(help: ArgumentHelp(.programNameZh, value: "name"))
    var nameZh: String?

    @Option(help: ArgumentHelp(.programNameEn, value: "name"))
    var nameEn: String?

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var database: String
        var program: String
        var made: [String]
    }

    func perform(in session: Session) throws -> ExitStatus {
        let code = session.options.program
        let (store, made) = try Store.create(
            session, name: LocalizedText(zhHans: nameZh ?? code, en: nameEn ?? code),
            profile: session.profile(named: "default"))
        defer { store.close() }
        try HistoryKeyFile(database: session.databaseAddress().path).make()
        if session.options.json {
            try session.emit(Record(database: session.databaseURL, program: code, made: made.map(\.rawValue)))
            return .success
        }
        for step in made { session.say("✓ \(step[session.language])") }
        if made.isEmpty { session.say(StoreWords.alreadyThere) }
        session.say(StoreWords.ready, ["database": session.databaseURL, "program": code])
        return .success
    }
}

import ArgumentParser

/// `almoner version`.
struct VersionCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("version", HelpWords.version) }

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var name: String
        var version: String
    }

    func perform(in session: Session) throws -> ExitStatus {
        if session.options.json {
            try session.emit(Record(name: "almoner", version: AlmonerProgram.version))
        } else {
            session.say("almoner \(AlmonerProgram.version)")
        }
        return .success
    }
}

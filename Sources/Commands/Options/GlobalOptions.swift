import ArgumentParser
import MatchCore

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp(.database, value: "url"), completion: .file(extensions: ["db"]))
    var database: String?

    @Option(help: ArgumentHelp(ServeWords.serverHelp, value: "url"))
    var server: String?

    @Option(help: ArgumentHelp(ServeWords.tokenFileHelp, value: "file"), completion: .file())
    var tokenFile: String?

    @Option(help: ArgumentHelp(SealingWords.keyFileOption, value: "file"), completion: .file())
    var keyFile: String?

    @Option(
        name: [.customLong("keys"), .customLong("key-store")],
        help: ArgumentHelp(SealingWords.keysOption, value: "file"), completion: .file())
    var keys: String?

    @Option(help: ArgumentHelp(.data, value: "folder"), completion: .directory)
    var data: String?

    @Option(help: ArgumentHelp(.program, value: "code"))
    var program: String = "dongguan"

    @Flag(help: ArgumentHelp(.json))
    var json = false

    @Option(help: ArgumentHelp(.lang, value: "language"))
    var lang: LanguageChoice?

    @Option(help: ArgumentHelp(.color, value: "when"))
    var color: ColourChoice = .auto

    @Flag(help: ArgumentHelp(.quiet))
    var quiet = false
}

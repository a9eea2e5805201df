import ArgumentParser
import DemoCity
import Exchange
import MatchCore

/// `almoner demo generate`: writes a city of invented people, of any size; the same seed gives the same bytes.
struct DemoGenerateCommand: LocalCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("generate", .demoGenerate, isLocal: true) }

    @Option(help: ArgumentHelp(.demoSeed, value: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp(.demoWishes, value: "count"))
    var wishes: Int = 800

    @Option(help: ArgumentHelp(.demoParties, value: "count"))
    var parties: Int = 1522

    @Option(help: ArgumentHelp(.demoOffers, value: "count"))
    var offers: Int?

    @Option(help: ArgumentHelp(.demoOut, value: "folder"), completion: .directory)
    var out: String

    @Flag(help: ArgumentHelp(.historyFlag))
    var history = false

    @Flag(help: ArgumentHelp(.randomFlag))
    var random = false

    @Option(help: ArgumentHelp(.decisionCount, value: "count"))
    var decisions: Int = 5000

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var folder: String
        var seed: UInt64
        var parties: Int
        var offers: Int
        var wishes: Int
    }

    func perform(in session: Session) throws -> ExitStatus {
        if history {
            return try HistoryFolder(path: out, seed: seed, decisions: decisions, isRandom: random).write(in: session)
        }
        try CommandError.refuse("--random", if: random, because: TuningWords.randomNeedsHistory)
        let directory = try session.dataDirectory()
        let options = CityOptions(seed: seed, wishes: wishes, parties: parties, offers: offers)
        let material = try CityMaterial(
            areas: try directory.areas(), categories: try directory.categories(),
            phrases: directory.path(of: "demo/phrases"))
        let total = Int64(clamping: max(0, options.parties) + max(0, options.offers) + max(0, options.wishes))
        let progress = session.progress(DemoWords.generating, total: total)
        try CityGenerator(options: options, material: material).write(to: out) { progress.update(Int64($0)) }
        progress.finish()
        if session.options.json {
            try session.emit(
                Record(
                    folder: out, seed: seed, parties: options.parties, offers: options.offers, wishes: options.wishes))
        } else {
            session.say(
                DemoWords.generated,
                [
                    "folder": out, "parties": Numbers.grouped(Int64(options.parties)),
                    "offers": Numbers.grouped(Int64(options.offers)), "wishes": Numbers.grouped(Int64(options.wishes)),
                ])
        }
        return .success
    }
}

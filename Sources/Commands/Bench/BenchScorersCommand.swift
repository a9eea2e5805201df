import ArgumentParser
import Benchmarks
import MatchCore

/// `almoner bench scorers`: what each scorer takes for a million candidates, in the blocks in which a ranking asks.
struct BenchScorersCommand: LocalCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("scorers", TuningWords.benchScorers, isLocal: true)
    }

    @Option(help: ArgumentHelp(.benchOffers, value: "count"))
    var offers: Int = 100_000

    @Option(help: ArgumentHelp(.benchWishes, value: "count"))
    var wishes: Int = 50

    @Option(help: ArgumentHelp(.benchSeed, value: "number"))
    var seed: UInt64 = 1

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var scorer: String
        /// Rows of a rule table.
        var rules: Int?
        var candidates: Int
        /// Processor time, making ready included.
        var secondsPerMillion: Double
    }

    func perform(in session: Session) throws -> ExitStatus {
        try CommandError.check("--offers", offers, within: 1...10_000_000)
        try CommandError.check("--wishes", wishes, within: 1...100_000)
        let registry = try RankGenerator.registry(offers: offers, wishes: wishes, seed: seed, textual: true)
        let context = ScoringContext(registry: registry, now: Timestamp(milliseconds: 0), utcOffsetSeconds: 0)
        for type in session.scorers {
            var settings: [[String: ParameterValue]] = [[:]]
            if type.descriptor.parameters.contains(where: { $0.name == "rules" }) {
                settings = [["rules": Self.rules(8)], ["rules": Self.rules(32)]]
            }
            for parameters in settings {
                let scorer = type.init(parameters: try ParameterValues(parameters, for: type.descriptor))
                let rows = parameters["rules"].flatMap { if case .list(let rows) = $0 { rows.count } else { nil } }
                let effort = Effort.measure { Self.fill(scorer, context) }
                let candidates = registry.offers.count * registry.wishes.count
                try session.emitLine(
                    Record(
                        scorer: type.descriptor.id, rules: rows, candidates: candidates,
                        secondsPerMillion: effort.cpuSeconds / Double(max(1, candidates)) * 1e6))
            }
        }
        return .success
    }

    private static func fill(_ scorer: any Scorer, _ context: ScoringContext) {
        let offers = context.registry.offers
        let memory = UnsafeMutablePointer<Int32>.allocate(capacity: OfferSummaries.blockRows)
        defer { memory.deallocate() }
        memory.initialize(repeating: 0, count: OfferSummaries.blockRows)
        for wish in 0..<context.registry.wishes.count {
            let filler = scorer.offers(for: context.registry.wishes[wish], in: context)
            for start in stride(from: 0, to: offers.count, by: OfferSummaries.blockRows) {
                let rows = start..<min(offers.count, start + OfferSummaries.blockRows)
                filler.fill(OfferBlock(columns: offers, rows: rows), ScoreColumn(base: memory, count: rows.count))
            }
        }
    }

    /// A table whose rows each ask the offer two things, so that none is decided before it is looked at.
    private static func rules(_ count: Int) -> ParameterValue { .list((0..<count).map { rule($0) }) }

    private static func rule(_ number: Int) -> ParameterValue {
        let least = ParameterEntry("atLeast", .integer(Int64(number)))
        let tests: [ParameterEntry] = [
            ParameterEntry("offer.quantity", .entries([least])),
            ParameterEntry("offer.delivers", .flag(number % 2 == 0)),
        ]
        let points: Int64 = number % 3 == 0 ? -40_000 : 30_000
        return .entries([ParameterEntry("when", .entries(tests)), ParameterEntry("points", .integer(points))])
    }
}

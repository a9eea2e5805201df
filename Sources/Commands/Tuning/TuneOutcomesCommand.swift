import ArgumentParser
import Foundation
import MatchCore
import Operations

/// `almoner tune outcomes FILE`: what the ends of real matches say of what should count, where there are no distances.
struct TuneOutcomesCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("outcomes", .outcomes) }

    @Argument(help: ArgumentHelp(.outcomesFile, value: "file"), completion: .file(extensions: ["csv"]))
    var file: String

    @Option(help: ArgumentHelp(.seedOption, value: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp(.drawsOption, value: "count"))
    var draws: Int = 1000

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var rows: Int
        var delivered: Int
        var skipped: Int
        var lists: Int
        var scorers: [Scorer]
        var learning: LearningView

        struct Scorer: Encodable {
            var scorer: String
            var concordance: Interval?
        }
    }

    func perform(in session: Session) throws -> ExitStatus {
        try CommandError.check("--draws", draws, within: TuningLimits.draws)
        let outcomes = try OutcomeFile(path: file)
        let even = ScoringProfile(
            name: "even", revision: 1, title: LocalizedText(zhHans: "等权", en: "Equal weights"),
            entries: OutcomeFile.scorers.map { .init(scorer: $0, weight: 1000) })
        let options = Learning.Options(
            bias: .none, reasons: [:], leastDecisions: 100, cutoff: 10, draws: draws, seed: seed)
        let outcome = try Learning(options: options).outcome(even, outcomes.history)
        let record = Record(
            rows: outcomes.rows, delivered: outcomes.delivered, skipped: outcomes.skipped,
            lists: outcomes.history.decisions.count,
            scorers: OutcomeFile.scorers.map {
                .init(
                    scorer: $0,
                    concordance: Concordance.interval(of: $0, in: outcomes.history, draws: draws, seed: seed))
            },
            learning: LearningView(outcome, for: even.reference, options: options))
        if session.options.json {
            try session.emit(record)
        } else {
            show(record, in: session)
        }
        return .success
    }

    private func show(_ record: Record, in session: Session) {
        let language = session.language
        session.say(
            TuningWords.outcomeCounts,
            [
                "rows": Numbers.grouped(Int64(record.rows)), "delivered": Numbers.grouped(Int64(record.delivered)),
                "share": String(format: "%.1f", 100 * Double(record.delivered) / Double(max(1, record.rows))),
                "skipped": Numbers.grouped(Int64(record.skipped)),
            ])
        session.say(TuningWords.outcomeLists, ["lists": Numbers.grouped(Int64(record.lists))])
        var table = Table([
            .name(TuningWords.scorer[language]), .name(TuningWords.concordance[language]),
            .name(TuningWords.meaning[language]),
        ])
        for scorer in record.scorers {
            guard let interval = scorer.concordance else { continue }
            let words: TuningWords = interval.low > 0.5 ? .tellsApart : interval.high < 0.5 ? .tellsAgainst : .noise
            table.add([Table.Cell(scorer.scorer), Table.Cell(interval.text()), Table.Cell(words[language])])
        }
        session.say(table)
        record.learning.show(in: session, written: nil)
    }
}

import Foundation
import MatchCore

/// What learning came to, for people and for scripts.
struct LearningReport: Encodable {
    var verdict: LearningOutcome.Verdict
    var decisions: Int
    var choices: Int
    var tested: Int
    var signal: Interval?
    /// Chance to be looked at, by position, 1 for the first.
    var positions: [Double]
    var backtest: BacktestReport?
    var weights: [Weight]
    var parameters: [String]

    private let least: Int

    struct Weight: Encodable {
        var scorer: String
        var today: Int32
        var learned: Int32?
    }

    private enum CodingKeys: CodingKey {
        case verdict, decisions, choices, tested, signal, positions, backtest, weights, parameters
    }

    init(_ outcome: LearningOutcome, today: ScoringProfile, least: Int, cutoff: Int) {
        verdict = outcome.verdict
        decisions = outcome.decisions
        choices = outcome.choices
        tested = outcome.tested
        signal = outcome.signal
        positions = outcome.positions.map { exp($0) }
        backtest = outcome.backtest.map {
            BacktestReport($0, first: today.reference, second: "draft", cutoff: cutoff)
        }
        weights = today.entries.enumerated().map { index, entry in
            Weight(scorer: entry.scorer, today: entry.weight, learned: outcome.draft?.entries[index].weight)
        }
        parameters = zip(today.entries, outcome.draft?.entries ?? []).flatMap { old, new in
            new.parameters.filter { old.parameters[$0.key] != $0.value }.sorted { $0.key < $1.key }
                .map { "\(new.scorer).\($0.key) = \(ParameterText.value($0.value))" }
        }
        self.least = least
    }

    /// The evidence, to stand at the head of a draft.
    var comment: [String] {
        var lines = ["\(TuningWords.draftName.text.zhHans) · \(TuningWords.draftName.text.en)"]
        lines.append("\(choices) decisions with a choice, \(tested) of them foretold from earlier ones.")
        for line in backtest?.measures ?? [] {
            guard let difference = line.difference, let verdict = line.verdict else { continue }
            lines.append("\(line.measure.rawValue): \(difference.text(isSigned: true)) \(verdict.rawValue)")
        }
        return lines
    }

    func show(in session: Session, written: String?) {
        let language = session.language
        let (words, style): (TuningWords, Style) =
            switch verdict {
            case .better: (.verdictBetter, .advice)
            case .noBetter: (.verdictNoBetter, .plain)
            case .cannotTell: (.verdictCannotTell, .fair)
            case .noEvidence: (.verdictNoEvidence, .fair)
            }
        session.say(words, style: style)
        switch verdict {
        case .cannotTell:
            session.say(
                TuningWords.adviceCannotTell, ["count": "\(choices)", "least": "\(least)"], style: .faint)
        case .noEvidence: session.say(TuningWords.adviceNoEvidence, style: .faint)
        case .better, .noBetter: break
        }
        if let signal { session.say(TuningWords.signal, ["value": signal.text(isSigned: true)]) }
        if !positions.isEmpty {
            let list = positions.map { String(format: "%.2f", $0) }.joined(separator: " ")
            session.say(TuningWords.positions, ["list": list])
        }
        if verdict == .better {
            var table = Table([
                .name(TuningWords.scorer[language]), .number(TuningWords.today[language]),
                .number(TuningWords.learned[language]), .number(TuningWords.change[language]),
            ])
            for weight in weights {
                let learned = weight.learned ?? weight.today
                table.add([
                    Table.Cell(weight.scorer), Table.Cell("\(weight.today)"), Table.Cell("\(learned)"),
                    Table.Cell(learned == weight.today ? "" : String(format: "%+d", learned - weight.today)),
                ])
            }
            session.say(table)
        }
        if !parameters.isEmpty {
            session.say(TuningWords.chosenParameters, ["list": parameters.joined(separator: ", ")])
        }
        backtest?.show(in: session)
        if let written {
            session.say(TuningWords.draftWritten, ["file": written])
            session.say(TuningWords.nothingPublished, ["file": written], style: .faint)
        }
    }
}

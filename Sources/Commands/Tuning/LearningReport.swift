import Foundation
import MatchCore
import Operations

/// What learning came to, for people.
extension LearningView {
    /// The evidence, to stand at the head of a draft.
    var comment: [String] {
        var lines = ["\(TuningWords.draftName.text.zhHans) · \(TuningWords.draftName.text.en)"]
        lines.append(
            "\(choices) of \(decisions) decisions chose between candidates that differ; \(tested) were foretold from earlier ones."
        )
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
                TuningWords.adviceCannotTell,
                ["count": "\(choices)", "decisions": "\(decisions)", "least": "\(least)"], style: .faint)
        case .noEvidence: session.say(TuningWords.adviceNoEvidence, style: .faint)
        case .better, .noBetter: break
        }
        if let layer { session.say(TuningWords.learnedLayer, ["layer": layer]) }
        if elsewhere > 0 {
            session.say(TuningWords.elsewhere, ["count": Numbers.grouped(Int64(elsewhere))], style: .faint)
        }
        if let signal { session.say(TuningWords.signal, ["value": signal.text(isSigned: true)]) }
        // Where every place was looked at alike, nothing was told from positions.
        if positions.contains(where: { $0 != 1 }) {
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
            let list = parameters.map { "\($0.scorer).\($0.name) = \(ParameterText.value($0.value))" }
            session.say(TuningWords.chosenParameters, ["list": list.joined(separator: ", ")])
        }
        backtest?.show(in: session)
        if let written {
            session.say(TuningWords.draftWritten, ["file": written])
            session.say(TuningWords.nothingPublished, ["file": written], style: .faint)
        }
    }
}

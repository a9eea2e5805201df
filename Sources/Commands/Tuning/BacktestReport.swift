import Foundation
import MatchCore
import Operations

/// A back-test as a table.
extension BacktestView {
    func show(in session: Session) {
        let language = session.language
        var table = Table([
            .name(TuningWords.measure[language]), .name(TuningWords.first.filled(["name": first])[language]),
            .name(TuningWords.second.filled(["name": second])[language]), .name(TuningWords.difference[language]),
            .name(TuningWords.meaning[language]),
        ])
        for line in measures {
            let words = words(line.verdict)
            table.add([
                Table.Cell(
                    TuningWords(measure: line.measure).filled([
                        "k": "\(line.measure == .recall ? recallCutoff : cutoff)"
                    ])[language]),
                Table.Cell(text(line.first, language)), Table.Cell(text(line.second, language)),
                Table.Cell(text(line.difference, language, isSigned: true)),
                Table.Cell(words.0[language], words.1),
            ])
        }
        session.say(table)
        session.say(TuningWords.replayed, ["count": Numbers.grouped(Int64(decisions))], style: .faint)
        let recall = ["k": "\(recallCutoff)", "count": Numbers.grouped(Int64(recalled)), "asked": "\(cutoff)"]
        session.say(
            recalled == 0 ? TuningWords.recallNone : recallCutoff == cutoff ? .recallLists : .recallShort, recall,
            style: .faint)
        if factsOfToday > 0 {
            session.say(TuningWords.factsOfToday, ["count": Numbers.grouped(Int64(factsOfToday))], style: .faint)
        }
        if measures.contains(where: { $0.measure == .areaGap && $0.difference != nil }) {
            session.say(TuningWords.gapInterval, style: .faint)
        }
        let list = positions.map { String(format: "%.2f", $0) }.joined(separator: " ")
        if !list.isEmpty {
            session.say(TuningWords.biasTaken, ["bias": positionBias, "list": list], style: .faint)
        } else if positionBias == PositionBias.none.text {
            session.say(TuningWords.biasNotTaken, style: .faint)
        }
    }

    private func words(_ verdict: Backtest.Verdict?) -> (TuningWords, Style) {
        switch verdict {
        case .better: (.better, .advice)
        case .worse: (.worse, .fault)
        case .noise: (.noise, .faint)
        case nil: (.unknown, .faint)
        }
    }

    private func text(_ interval: Interval?, _ language: Language, isSigned: Bool = false) -> String {
        guard let interval else { return TuningWords.unknown[language] }
        return interval.text(isSigned: isSigned)
    }
}

extension Interval {
    /// `0.842 (0.831…0.853)`.
    func text(isSigned: Bool = false) -> String {
        let form = isSigned ? "%+.3f" : "%.3f"
        return String(format: "\(form) (\(form)…\(form))", value, low, high)
    }
}

extension TuningWords {
    init(measure: TuningMeasure) {
        switch measure {
        case .recall: self = .recall
        case .ndcg: self = .ndcg
        case .reciprocalRank: self = .reciprocalRank
        case .delivered: self = .delivered
        case .distance: self = .distance
        case .areaGap: self = .areaGap
        }
    }
}

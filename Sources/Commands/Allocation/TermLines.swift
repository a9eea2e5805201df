import Casework
import MatchCore

/// The goals and terms that a run went by, in words: they are printed with every run.
struct TermLines {
    let texts: [LocalizedText]

    init(_ rules: AllocationRules, seed: AllocationSeed?) {
        func names(_ language: Language, _ mark: String) -> String {
            rules.goals.map { OutcomeTable.name(of: $0.rawValue, in: language) }.joined(separator: mark)
        }
        var texts = [both("目标：\(names(.zhHans, "、"))", "Goals: \(names(.en, ", then "))")]
        switch rules.split {
        case .proportional?: texts.append(AllocateWords.splitProportional.text)
        case .equal?: texts.append(AllocateWords.splitEqual.text)
        case .need?: texts.append(AllocateWords.splitNeed.text)
        case nil: break
        }
        if rules.reserve > 0 { texts.append(AllocateWords.reserved.filled(["share": "\(rules.reserve)"])) }
        for unit in Unit.allCases {
            guard let cap = rules.partyCaps[unit.code] else { continue }
            let word: AllocateWords = rules.capDays > 0 ? .cappedOver : .capped
            texts.append(
                word.filled(["cap": Numbers.grouped(cap), "unit": unit.code, "days": "\(rules.capDays)"]))
        }
        if rules.areaShare > 0 { texts.append(AllocateWords.guaranteed.filled(["share": "\(rules.areaShare)"])) }
        if let seed { texts.append(AllocateWords.drawn.filled(["seed": seed.text, "commitment": seed.commitment])) }
        self.texts = texts
    }
}

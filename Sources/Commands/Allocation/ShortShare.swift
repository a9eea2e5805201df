import MatchCore

/// A guarantee that a plan does not keep in full.
struct ShortShare {
    var area: String
    /// What it counts; nil for lines.
    var unit: String?
    var wanted: Int64
    var reached: Int64
    /// Whether time ran out, so that more of it might be kept.
    var mayGrow: Bool

    var text: LocalizedText {
        func counted(_ count: Int64, _ language: Language) -> String {
            let number = Numbers.grouped(count)
            if let unit { return number + " " + unit }
            return AllocateWords.countedLines.filled(["count": number])[language]
        }
        func filled(_ language: Language) -> String {
            let word: AllocateWords = mayGrow ? .shortAreaSoFar : .shortArea
            return word.filled([
                "area": area, "count": counted(reached, language), "wanted": counted(wanted, language),
            ])[language]
        }
        return LocalizedText(zhHans: filled(.zhHans), en: filled(.en))
    }
}

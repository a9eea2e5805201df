import Exchange
import MatchCore

extension NameIndex {
    /// The item that a name means. Throws `notFound` with what comes closest, or `usage` where several fit.
    func item(named text: String, orElse missing: LocalizedText) throws -> Item {
        switch find(text) {
        case .found(let item): return item
        case .ambiguous(let names): throw NameList.ambiguous(text, names)
        case .closest(let names):
            throw CommandError(.notFound, missing, advice: NameList.didYouMean(names))
        }
    }
}

/// Lists of names inside a sentence.
enum NameList {
    /// Says that a name fits several.
    static func ambiguous(_ text: String, _ names: [String]) -> CommandError {
        let list = self.text(names, limit: 6)
        return CommandError(
            .usage,
            LocalizedText(
                zhHans: GeneralWords.ambiguous[.zhHans].filled(["name": text, "names": list.zhHans]),
                en: GeneralWords.ambiguous[.en].filled(["name": text, "names": list.en])))
    }

    /// The first names, and how many more there are.
    static func text(_ names: [String], limit: Int) -> LocalizedText {
        func joined(_ language: Language) -> String {
            let shown = names.prefix(limit).joined(separator: GeneralWords.listSeparator[language])
            guard names.count > limit else { return shown }
            let more = GeneralWords.more[language].filled(["count": "\(names.count - limit)"])
            return language == .zhHans ? shown + more : shown + " " + more
        }
        return LocalizedText(zhHans: joined(.zhHans), en: joined(.en))
    }

    /// Nil where there is nothing to suggest.
    static func didYouMean(_ names: [String]) -> LocalizedText? {
        guard !names.isEmpty else { return nil }
        func sentence(_ language: Language) -> String {
            let quoted = names.map { language == .zhHans ? "“\($0)”" : "'\($0)'" }
            return GeneralWords.didYouMean[language].filled([
                "names": quoted.joined(separator: GeneralWords.or[language])
            ])
        }
        return LocalizedText(zhHans: sentence(.zhHans), en: sentence(.en))
    }
}

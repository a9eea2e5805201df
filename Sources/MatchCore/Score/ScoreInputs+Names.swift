/// Names among the facts: a sentence is made of the facts alone, years later, so the names that it needs stand
/// with them in every language.
extension ScoreInputs.Value {
    /// Names for the sentence; no score rests on them.
    public static func names(_ names: [LocalizedText]) -> ScoreInputs.Value {
        .texts(names.flatMap { name in Language.allCases.map { name[$0] } })
    }
}

extension ScoreInputs {
    /// The names that ``Value/names(_:)`` put under `name`, in one language; empty where there are none.
    public func names(_ name: String, in language: Language) -> [String] {
        guard case .texts(let texts)? = self[name], let offset = Language.allCases.firstIndex(of: language) else {
            return []
        }
        return stride(from: offset, to: texts.count, by: Language.allCases.count).map { texts[$0] }
    }
}

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

/// What a program calls its groups is put beside the facts when a sentence is written, and is kept nowhere: names change, and
/// no score rests on them.
extension ScoreInputs {
    private static func place(ofGroup code: String) -> String { "group/\(code)" }

    /// The names of groups, by their codes, as they are put beside the facts of many scorers.
    public struct GroupNames: Sendable {
        fileprivate let entries: [(name: String, value: Value)]

        public init(_ names: [String: LocalizedText]) {
            entries = names.sorted { $0.key < $1.key }.map { (ScoreInputs.place(ofGroup: $0.key), .names([$0.value])) }
        }
    }

    /// The facts with the names of groups.
    public func calling(groups names: GroupNames) -> ScoreInputs {
        names.entries.isEmpty ? self : ScoreInputs(entries: entries + names.entries)
    }

    /// What a group is called; its code where nobody said.
    public func name(ofGroup code: String, in language: Language) -> String {
        names(Self.place(ofGroup: code), in: language).first ?? code
    }
}

internal import InputGate
public import MatchCore

/// What may stand under some keys of a rule file: names that are declared elsewhere.
public struct RuleVocabulary: Sendable {
    let keys: Set<String>
    let name: LocalizedText
    let words: Set<String>
    let suggestion: Suggestion

    /// - Parameters:
    ///   - keys: under which such a name stands, or a list of them.
    ///   - name: what it is the name of.
    public init(_ keys: Set<String>, _ name: LocalizedText, _ words: [String]) {
        self.keys = keys
        self.name = name
        self.words = Set(words)
        suggestion = Suggestion(words)
    }
}

extension DataDirectory {
    /// Throws `unknownName`, with the file, the line and what comes closest, for the first name in a folder's rule files
    /// that its vocabulary does not have.
    public func requireKnownNames(in folder: String, _ vocabularies: [RuleVocabulary]) throws(DataFault) {
        for name in ruleNames(in: folder) {
            let file = path(of: "\(folder)/\(name).yaml")
            let yaml = try bytes(of: file)
            let root: MappingNode
            do throws(MappingError) { root = try MappingNode.read(yaml) } catch {
                throw DataFault(
                    .malformed, LocalizedText(zhHans: error.wording.chinese, en: error.wording.english), file: file,
                    row: error.line)
            }
            try requireKnownNames(root, vocabularies, file)
        }
    }

    private func requireKnownNames(
        _ node: MappingNode, _ vocabularies: [RuleVocabulary], _ file: String
    ) throws(DataFault) {
        switch node {
        case .text: break
        case .list(let items, _): for item in items { try requireKnownNames(item, vocabularies, file) }
        case .entries(let entries, _):
            for (key, value) in entries {
                if let vocabulary = vocabularies.first(where: { $0.keys.contains(key) }) {
                    for (word, line) in Self.words(value) where !vocabulary.words.contains(word) {
                        throw Self.unknown(word, vocabulary, key, file, line)
                    }
                }
                try requireKnownNames(value, vocabularies, file)
            }
        }
    }

    private static func words(_ node: MappingNode) -> [(word: String, line: Int)] {
        switch node {
        case .text(let word, let line): [(word, line)]
        case .list(let items, _):
            items.compactMap { item in
                if case .text(let word, let line) = item { (word, line) } else { nil }
            }
        case .entries: []
        }
    }

    private static func unknown(
        _ word: String, _ vocabulary: RuleVocabulary, _ key: String, _ file: String, _ line: Int
    ) -> DataFault {
        let closest = vocabulary.suggestion.sentence(for: word)
        return DataFault(
            .unknownName,
            LocalizedText(
                zhHans: "没有名为“\(word.prefix(40))”的\(vocabulary.name.zhHans)。\(closest.chinese)",
                en: "There is no \(vocabulary.name.en) '\(word.prefix(40))'.\(closest.english)"),
            file: file, row: line, column: key)
    }
}

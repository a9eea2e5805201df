/// The codes that a program knows, against which those in a profile are held. What is nil is not looked up.
///
/// A revision that was published once is never held against them again: it has to score what it scored, whatever has become
/// of the lists since.
public struct KnownCodes: Sendable {
    public var areas: CodeTree?
    public var categories: CodeTree?
    public var groups: [String]?
    public var skills: [String]?
    public var languages: [String]?
    /// The known words that come closest to a word, best first.
    private let nearest: @Sendable (_ word: String, _ known: [String]) -> [String]

    public init(
        areas: CodeTree? = nil, categories: CodeTree? = nil, groups: [String]? = nil, skills: [String]? = nil,
        languages: [String]? = nil,
        nearest: @escaping @Sendable (_ word: String, _ known: [String]) -> [String] = { _, _ in [] }
    ) {
        self.areas = areas
        self.categories = categories
        self.groups = groups
        self.skills = skills
        self.languages = languages
        self.nearest = nearest
    }

    /// What a code could be of.
    public enum Kind: Sendable, Hashable, CaseIterable {
        case area, category, group, skill, language

        public var title: LocalizedText {
            switch self {
            case .area: LocalizedText(zhHans: "区划", en: "area")
            case .category: LocalizedText(zhHans: "品类", en: "category")
            case .group: LocalizedText(zhHans: "人群", en: "group")
            case .skill: LocalizedText(zhHans: "技能", en: "skill")
            case .language: LocalizedText(zhHans: "语言", en: "language")
            }
        }
    }

    /// What is wrong with a code, with the codes that come closest; nil where it is known, or cannot be looked up.
    public func fault(_ code: String, of kind: Kind) -> LocalizedText? {
        let known: [String]
        switch kind {
        case .area, .category:
            guard let tree = kind == .area ? areas : categories else { return nil }
            if tree.index(of: code) != nil { return nil }
            known = tree.codes
        case .group, .skill, .language:
            guard let list = kind == .group ? groups : kind == .skill ? skills : languages else { return nil }
            if list.contains(code) { return nil }
            known = list
        }
        let title = kind.title
        let hint = hint(code, known)
        return LocalizedText(
            zhHans: "没有代码为“\(code)”的\(title.zhHans)\(hint.zhHans)",
            en: "there is no \(title.en) '\(code)'\(hint.en)")
    }

    /// `Did you mean 'x'? `, or nothing.
    func near(_ word: String, _ known: [String]) -> LocalizedText? {
        let near = nearest(word, known)
        guard !near.isEmpty else { return nil }
        return LocalizedText(
            zhHans: "是否指“\(near.joined(separator: "”“"))”？", en: "Did you mean '\(near.joined(separator: "' or '"))'? ")
    }

    /// `; did you mean 'x'?`, or the whole list where nothing is near and it is short.
    public func hint(_ word: String, _ known: [String]) -> LocalizedText {
        let near = nearest(word, known)
        if let first = near.first {
            let others = near.dropFirst()
            return LocalizedText(
                zhHans: "，是否指“\(near.joined(separator: "”“"))”？",
                en: "; did you mean '\(first)'" + others.map { " or '\($0)'" }.joined() + "?")
        }
        guard !known.isEmpty, known.count <= 40 else { return LocalizedText(zhHans: "", en: "") }
        return LocalizedText(
            zhHans: "，可用：\(known.joined(separator: "、"))", en: "; there are: \(known.joined(separator: ", "))")
    }
}

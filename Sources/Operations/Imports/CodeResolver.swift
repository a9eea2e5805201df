internal import Exchange
public import MatchCore

/// Finds the codes of areas and categories for the words that people write.
public struct CodeResolver: Sendable {
    private let areas: AreaTree
    private let categories: CategoryTree
    private let areaCodes: [FoldedName: [String]]
    private let categoryCodes: [FoldedName: [String]]

    public init(areas: AreaTree, categories: CategoryTree) {
        self.areas = areas
        self.categories = categories
        areaCodes = CodeResolver.index(areas.areas.map { ($0.code, [$0.name.zhHans, $0.name.en, $0.shortName]) })
        categoryCodes = CodeResolver.index(
            categories.categories.map { ($0.code, [$0.name.zhHans, $0.name.en] + $0.aliases) })
    }

    public enum Area {
        case code(String)
        /// Several areas have the name; nobody guesses which.
        case ambiguous
        case unknown
    }

    /// An area by code or name. Of areas with one name the one nearest to the root is meant.
    public func area(_ text: String) -> Area {
        if areas.tree.index(of: text) != nil { return .code(text) }
        guard let found = areaCodes[FoldedName(text)] else { return .unknown }
        let depths = found.map { code in areas.tree.index(of: code).map { areas.tree.depths[Int($0)] } ?? 0 }
        guard let least = depths.min() else { return .unknown }
        let highest = zip(found, depths).filter { $0.1 == least }.map(\.0)
        return highest.count == 1 ? .code(highest[0]) : .ambiguous
    }

    /// A category by code, name or alias; nil where there is none or several.
    public func category(_ text: String) -> MatchCore.Category? {
        if let category = categories[text] { return category }
        guard let found = categoryCodes[FoldedName(text)], found.count == 1 else { return nil }
        return categories[found[0]]
    }

    /// The categories that come closest to a word that is none.
    public func categories(near text: String) -> [String] {
        let names = categories.categories.flatMap { [$0.name.zhHans, $0.name.en, $0.code] + $0.aliases }
        return Suggestion(names).closest(to: text).map { name in
            let code = category(name)?.code ?? name
            return code == name ? name : "\(name) (\(code))"
        }
    }

    private static func index(_ items: [(code: String, names: [String])]) -> [FoldedName: [String]] {
        var index: [FoldedName: [String]] = [:]
        for (code, names) in items {
            for name in Set(names.map { FoldedName($0) }) where !name.isEmpty { index[name, default: []].append(code) }
        }
        return index
    }
}

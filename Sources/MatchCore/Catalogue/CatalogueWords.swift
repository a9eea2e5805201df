/// Finds the items of the catalogue that a text names, with the word that named each.
public struct CatalogueWords: Sendable {
    private let categories: CategoryTree
    private let index: AliasIndex

    public init(_ categories: CategoryTree) {
        self.categories = categories
        index = AliasIndex(categories: categories)
    }

    /// A word of the catalogue in a text.
    public struct Hit: Sendable, Hashable {
        public let category: String
        /// The name or alias, as the catalogue writes it.
        public let word: String
        /// Whether it is the item's own name, and not another word for it.
        public let isName: Bool
        /// Whether it is a single item, and not a group of items.
        public let isItem: Bool
        /// Where it stands in the folded text.
        public let place: Range<Int>
    }

    /// Every word of the catalogue in a text, in its order; of words that begin at one place the longest.
    public func hits(in text: FoldedText) -> [Hit] {
        var hits: [Hit] = []
        index.forEachWord(in: text.scalars) { number, place in
            let category = categories.categories[Int(number)]
            let found = FoldedText(text.text(place))
            let names = [category.name.zhHans, category.name.en]
            let name = names.first { FoldedText($0) == found }
            let alias = category.aliases.first { FoldedText($0) == found }
            hits.append(
                Hit(
                    category: category.code, word: name ?? alias ?? text.text(place), isName: name != nil,
                    isItem: categories.isLeaf(number), place: place))
        }
        return hits
    }
}

/// Finds what a person means by a name: an id, an external id, a name in either language, or a part of one.
public struct NameIndex<Item> {
    private struct Entry {
        var item: Int
        var name: String
        var folded: FoldedName
    }

    private let items: [Item]
    private let entries: [Entry]

    public enum Answer {
        case found(Item)
        /// Several fit equally well: their first names.
        case ambiguous([String])
        /// Nothing fits; these come closest, best first, perhaps none.
        case closest([String])
    }

    /// Takes each item with its names; the first is the one that is shown, and that a person can type to mean it.
    public init(_ items: [(item: Item, names: [String])]) {
        self.items = items.map(\.item)
        entries = items.enumerated().flatMap { index, element in
            element.names.filter { !$0.isEmpty }.map { Entry(item: index, name: $0, folded: FoldedName($0)) }
        }
    }

    /// An exact name wins over one that differs in case, width or punctuation, and that over a part; at each step the
    /// name must mean one item alone. A beginning does not win over a part in the middle: whoever types 轮椅 has not
    /// said which of the wishes that mention one is meant.
    public func find(_ text: String) -> Answer {
        if let exact = entries.first(where: { $0.name.utf8.elementsEqual(text.utf8) }) {
            let others = Set(entries.filter { $0.name.utf8.elementsEqual(text.utf8) }.map(\.item))
            return others.count == 1 ? .found(items[exact.item]) : .ambiguous(names(of: others))
        }
        let wanted = FoldedName(text)
        guard !wanted.isEmpty else { return .closest([]) }
        let steps: [(FoldedName) -> Bool] = [{ $0 == wanted }, { $0.contains(wanted) }]
        for step in steps {
            let fitting = Set(entries.filter { step($0.folded) }.map(\.item))
            if fitting.count == 1, let index = fitting.first { return .found(items[index]) }
            if !fitting.isEmpty { return .ambiguous(names(of: fitting)) }
        }
        return .closest(suggestions(for: text))
    }

    /// The three nearest names, each of another item.
    private func suggestions(for text: String) -> [String] {
        let near = Suggestion(entries.map(\.name)).closest(to: text, limit: 12)
        var seen: Set<Int> = []
        return near.filter { name in
            entries.first { $0.name == name }.map { seen.insert($0.item).inserted } ?? false
        }.prefix(3).map { $0 }
    }

    private func names(of found: Set<Int>) -> [String] {
        var seen: Set<Int> = []
        return entries.filter { found.contains($0.item) && seen.insert($0.item).inserted }.map(\.name)
    }
}

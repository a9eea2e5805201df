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

    /// An exact name wins over one that differs in case, width or punctuation, that over a beginning, and that over
    /// a part; at each step the name must mean one item alone.
    public func find(_ text: String) -> Answer {
        if let exact = entries.first(where: { $0.name.utf8.elementsEqual(text.utf8) }) {
            let others = Set(entries.filter { $0.name.utf8.elementsEqual(text.utf8) }.map(\.item))
            return others.count == 1 ? .found(items[exact.item]) : .ambiguous(names(of: others))
        }
        let wanted = FoldedName(text)
        guard !wanted.isEmpty else { return .closest([]) }
        let steps: [(FoldedName) -> Bool] = [
            { $0 == wanted }, { $0.hasPrefix(wanted) }, { $0.contains(wanted) },
        ]
        for step in steps {
            let fitting = Set(entries.filter { step($0.folded) }.map(\.item))
            if fitting.count == 1, let index = fitting.first { return .found(items[index]) }
            if !fitting.isEmpty { return .ambiguous(names(of: fitting)) }
        }
        return .closest(closest(to: wanted))
    }

    private func closest(to wanted: FoldedName) -> [String] {
        let limit = max(1, wanted.scalars.count / 3)
        var found: [(distance: Int, order: Int, name: String, item: Int)] = []
        for (order, entry) in entries.enumerated() {
            if let distance = entry.folded.distance(to: wanted, limit: limit) {
                found.append((distance, order, entry.name, entry.item))
            }
        }
        found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
        var seen: Set<Int> = []
        return found.filter { seen.insert($0.item).inserted }.prefix(3).map(\.name)
    }

    private func names(of found: Set<Int>) -> [String] {
        var seen: Set<Int> = []
        return entries.filter { found.contains($0.item) && seen.insert($0.item).inserted }.map(\.name)
    }
}

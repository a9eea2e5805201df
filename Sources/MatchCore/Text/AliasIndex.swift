/// Finds the names and aliases of the catalogue inside a text, the longest first.
struct AliasIndex: Sendable {
    /// A trie over folded scalars: node and scalar give the next node.
    private var edges: [UInt64: Int32] = [:]
    /// The category whose alias ends at a node; −1 where none does.
    private var ends: [Int32] = [-1]

    init(categories: CategoryTree) {
        for (number, category) in categories.categories.enumerated() {
            let words = [category.name.zhHans, category.name.en] + category.aliases
            for word in words { insert(word, category: Int32(number)) }
        }
    }

    private mutating func insert(_ word: String, category: Int32) {
        let scalars = word.unicodeScalars.map(TextFolding.folded)
        guard scalars.count > 1 || scalars.first.map({ TextFolding.kind($0) == .ideograph }) == true else { return }
        var node: Int32 = 0
        for scalar in scalars {
            let key = UInt64(node) << 32 | UInt64(scalar.value)
            if let next = edges[key] {
                node = next
            } else {
                let next = Int32(ends.count)
                ends.append(-1)
                edges[key] = next
                node = next
            }
        }
        if ends[Int(node)] < 0 { ends[Int(node)] = category }
    }

    func categories(in scalars: [Unicode.Scalar]) -> [Int32] {
        var found: [Int32] = []
        var start = 0
        while start < scalars.count {
            var node: Int32 = 0
            var best: (category: Int32, end: Int)?
            var at = start
            while at < scalars.count, let next = edges[UInt64(node) << 32 | UInt64(scalars[at].value)] {
                node = next
                at += 1
                if ends[Int(node)] >= 0, isWordBoundary(scalars, start, at) { best = (ends[Int(node)], at) }
            }
            if let best {
                if !found.contains(best.category) { found.append(best.category) }
                start = best.end
            } else {
                start += 1
            }
        }
        return found
    }

    /// A word of letters must not be a part of a longer word; Chinese has no such borders.
    private func isWordBoundary(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool {
        let startsInside =
            start > 0 && TextFolding.kind(scalars[start]) == .letter && TextFolding.kind(scalars[start - 1]) == .letter
        let endsInside =
            end < scalars.count && TextFolding.kind(scalars[end - 1]) == .letter
            && TextFolding.kind(scalars[end]) == .letter
        return !startsInside && !endsInside
    }
}

/// Finds the names and aliases of the catalogue inside a text, the longest first.
///
/// Where two items share a word, a name goes before an alias and an item before a group.
struct AliasIndex: Sendable {
    /// A trie over folded scalars: node and scalar give the next node.
    private var edges: [UInt64: Int32] = [:]
    /// The category whose alias ends at a node; −1 where none does.
    private var ends: [Int32] = [-1]
    /// One bit per lower half of a scalar that begins some alias: most characters of a text begin none, and are
    /// passed without a look-up.
    private var beginnings = Array(repeating: UInt64(0), count: 1024)

    init(categories: CategoryTree) {
        let numbers = categories.categories.indices.map { Int32($0) }
        let ranked = numbers.filter { categories.isLeaf($0) } + numbers.filter { !categories.isLeaf($0) }
        for number in ranked {
            let name = categories.categories[Int(number)].name
            insert(name.zhHans, category: number)
            insert(name.en, category: number)
        }
        for number in ranked {
            for alias in categories.categories[Int(number)].aliases { insert(alias, category: number) }
        }
    }

    private mutating func insert(_ word: String, category: Int32) {
        let scalars = TextFolding.folded(word)
        // One letter or digit would be found everywhere; one Chinese character is a word.
        guard scalars.count > 1 || scalars.first.map({ TextFolding.kind($0) == .ideograph }) == true else { return }
        let first = Int(scalars[0].value & 0xFFFF)
        beginnings[first / 64] |= 1 << UInt64(first % 64)
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

    /// The items that a folded text names, each once, in the order of the text.
    func categories(in scalars: [Unicode.Scalar]) -> [Int32] {
        var found: [Int32] = []
        forEachWord(in: scalars) { category, _ in
            if !found.contains(category) { found.append(category) }
        }
        return found
    }

    /// Calls the body with every word of the catalogue in a folded text, and where it stands, in the order of the text.
    func forEachWord(in scalars: [Unicode.Scalar], _ body: (_ category: Int32, _ place: Range<Int>) -> Void) {
        var start = 0
        while start < scalars.count {
            let first = Int(scalars[start].value & 0xFFFF)
            guard beginnings[first / 64] >> UInt64(first % 64) & 1 == 1, startsWord(scalars, start) else {
                start += 1
                continue
            }
            var node: Int32 = 0
            var best: (category: Int32, end: Int)?
            var at = start
            while at < scalars.count, let next = edges[UInt64(node) << 32 | UInt64(scalars[at].value)] {
                node = next
                at += 1
                if ends[Int(node)] >= 0, FoldedText.endsWord(scalars, at) { best = (ends[Int(node)], at) }
            }
            if let best {
                body(best.category, start..<best.end)
                start = best.end
            } else {
                start += 1
            }
        }
    }

    private func startsWord(_ scalars: [Unicode.Scalar], _ start: Int) -> Bool {
        FoldedText.startsWord(scalars, start)
    }
}

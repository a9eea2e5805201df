public import MatchCore

/// What the words of an inbound record seem to ask for, each part with its reason. A person confirms it, or says
/// otherwise: nothing is registered by it.
public struct WishProposal: Hashable, Sendable {
    /// One item that may be meant.
    public struct Candidate: Hashable, Sendable {
        public let category: Code
        /// For the order only: what speaks for it less what speaks against it.
        public let points: Int
        public let because: [LocalizedText]
    }

    /// A value with what led to it; no reasons where nothing in the words said otherwise.
    public struct Part<Value: Hashable & Sendable>: Hashable, Sendable {
        public let value: Value
        public let because: [LocalizedText]
    }

    /// A quantity in the unit of the first candidate.
    public struct Amount: Hashable, Sendable {
        public let quantity: Int64
        public let unit: Unit

        public init(quantity: Int64, unit: Unit) {
            self.quantity = quantity
            self.unit = unit
        }
    }

    /// The best first; empty where no word of the catalogue was found.
    public let candidates: [Candidate]
    public let lane: Part<Lane>
    public let urgency: Part<UrgencyGrade>
    /// Nil where the words do not plainly say how many.
    public let amount: Part<Amount>?
    public let groups: [Part<Code>]
    /// The version of the words it was made by.
    public let version: Int
}

/// Proposes a classification from words: the same words, catalogue and rules give the same proposal.
public struct WishProposer: Sendable {
    private let catalogue: CatalogueWords
    private let categories: CategoryTree
    private let words: IntakeWords

    /// How many characters before an item are looked at for "wants" or "has already".
    private static let reach = 16

    public init(categories: CategoryTree, words: IntakeWords) {
        catalogue = CatalogueWords(categories)
        self.categories = categories
        self.words = words
    }

    /// Reads an inbound record's words.
    public func proposal(for text: String) -> WishProposal {
        let folded = FoldedText(SpokenNumber.withoutPoints(text))
        let hits = catalogue.hits(in: folded)
        let quantities = SpokenQuantities(folded, words)
        let candidates = candidates(hits, folded, quantities)
        return WishProposal(
            candidates: candidates, lane: lane(folded, candidates.first), urgency: urgency(folded),
            amount: candidates.first.flatMap { amount(of: $0, hits, quantities) },
            groups: words.groups.compactMap { rule in
                first(rule.words, in: folded).map {
                    WishProposal.Part(value: rule.group, because: [saidText($0)])
                }
            }, version: words.version)
    }

    // MARK: Items

    private func candidates(_ hits: [CatalogueWords.Hit], _ text: FoldedText, _ quantities: SpokenQuantities)
        -> [WishProposal.Candidate]
    {
        var found: [String: (points: Int, place: Int, because: [LocalizedText])] = [:]
        for hit in hits {
            let name = categories[hit.category]?.name ?? LocalizedText(zhHans: hit.category, en: hit.category)
            var points = min(hit.place.count, 8) * 5 + (hit.isName ? 10 : 0) + (hit.isItem ? 20 : 0)
            var because = [
                hit.isName
                    ? LocalizedText(
                        zhHans: "“\(hit.word)”是该品类的名称", en: "'\(hit.word)' is the name of '\(name.en)'")
                    : LocalizedText(
                        zhHans: "“\(hit.word)”是“\(name.zhHans)”的别名",
                        en: "'\(hit.word)' is another word for '\(name.en)'")
            ]
            if !hit.isItem {
                because.append(LocalizedText(zhHans: "只是大类，请选具体品类", en: "it is a group; choose an item of it"))
            }
            let before = FoldedText(text.text(max(0, hit.place.lowerBound - Self.reach)..<hit.place.lowerBound))
            // Of the two the nearer one speaks of the item; 不需要 ends where 需要 does, and wins.
            let (has, wants) = (last(words.having, in: before), last(words.wanting, in: before))
            if let has, has.end >= wants?.end ?? 0 {
                let word = has.word
                points -= 40
                because.append(LocalizedText(zhHans: "但前面有“\(word)”", en: "but '\(word)' stands before it"))
            } else if let word = wants?.word {
                points += 20
                because.append(LocalizedText(zhHans: "前面有“\(word)”", en: "'\(word)' stands before it"))
            }
            if let unit = categories[hit.category]?.unit, quantities.near(hit.place, unit: unit) != nil {
                points += 10
                because.append(LocalizedText(zhHans: "并说明了数量", en: "and a quantity is said of it"))
            }
            // Of several words for one item the one that says most counts.
            if let known = found[hit.category], known.points >= points { continue }
            found[hit.category] = (points, found[hit.category]?.place ?? hit.place.lowerBound, because)
        }
        return found.sorted { ($1.value.points, $0.value.place, $0.key) < ($0.value.points, $1.value.place, $1.key) }
            .compactMap { item in
                Code(item.key).map {
                    WishProposal.Candidate(category: $0, points: item.value.points, because: item.value.because)
                }
            }
    }

    private func amount(
        of candidate: WishProposal.Candidate, _ hits: [CatalogueWords.Hit], _ quantities: SpokenQuantities
    ) -> WishProposal.Part<WishProposal.Amount>? {
        guard let unit = categories[candidate.category.text]?.unit else { return nil }
        let said = hits.filter { $0.category == candidate.category.text }.lazy
            .compactMap { quantities.near($0.place, unit: unit) }.first
        // Money and time are said anywhere; two different sums say nothing plainly.
        guard let said = said ?? (unit == .piece ? nil : quantities.only(of: unit)) else { return nil }
        return WishProposal.Part(
            value: WishProposal.Amount(quantity: said.quantity, unit: unit), because: [saidText(said.words)])
    }

    // MARK: Lane and urgency

    private func lane(_ text: FoldedText, _ best: WishProposal.Candidate?) -> WishProposal.Part<Lane> {
        for rule in words.lanes {
            guard let lane = Lane(code: rule.lane) else { continue }
            if let best, let group = rule.categories?.first(where: { isWithin(best.category.text, $0) }) {
                let name = categories[group]?.name ?? LocalizedText(zhHans: group, en: group)
                return WishProposal.Part(
                    value: lane,
                    because: [
                        LocalizedText(zhHans: "品类属于“\(name.zhHans)”", en: "the item belongs to '\(name.en)'")
                    ])
            }
            if let word = first(rule.words ?? [], in: text) {
                return WishProposal.Part(value: lane, because: [saidText(word)])
            }
        }
        return WishProposal.Part(value: .microWish, because: [])
    }

    private func urgency(_ text: FoldedText) -> WishProposal.Part<UrgencyGrade> {
        var best = WishProposal.Part(value: UrgencyGrade.normal, because: [])
        for rule in words.urgencies {
            let found = rule.words.filter { text.firstPlace(of: FoldedText($0)) != nil }
            guard let grade = UrgencyGrade(code: rule.grade), grade > best.value, !found.isEmpty else { continue }
            best = WishProposal.Part(value: grade, because: found.map(saidText))
        }
        return best
    }

    private func isWithin(_ category: String, _ group: String) -> Bool {
        guard let node = categories.tree.index(of: category), let ancestor = categories.tree.index(of: group) else {
            return false
        }
        return categories.tree.isNode(node, within: ancestor)
    }

    private func first(_ list: [String], in text: FoldedText) -> String? {
        list.first { text.firstPlace(of: FoldedText($0)) != nil }
    }

    private func last(_ list: [String], in text: FoldedText) -> (word: String, end: Int)? {
        var best: (word: String, end: Int)?
        for word in list {
            if let end = text.lastEnd(of: FoldedText(word)), end > best?.end ?? 0 { best = (word, end) }
        }
        return best
    }

    private func saidText(_ word: String) -> LocalizedText {
        LocalizedText(zhHans: "原话中有“\(word)”", en: "the words say '\(word)'")
    }
}

public import MatchCore

/// Scores how much the words of the wish and of the offer have in common.
///
/// Texts are compared by pairs of Chinese characters, triples of letters and the catalogue items that they name by
/// any of their names or aliases. What both have raises the value, the more the rarer it is among the program's texts;
/// what only one has lowers it. Where either side has no words the answer is `notKnown`.
public struct TextSimilarityScorer: Scorer {
    private let measure: TextMass

    public init(parameters: ParameterValues) {
        measure = TextMass(itemWeight: parameters.integer("itemWeight"))
    }

    public func inputs(wish: WishRow, offer: OfferRow, in context: ScoringContext) -> ScoreInputs {
        let registry = context.registry
        let table = registry.grams
        let (wanted, offered) = (wish.columns.texts, offer.columns.texts)
        let numbers = Set(wanted.grams(of: wish.row))
        // By their letters: the numbers depend on the order in which the texts were loaded.
        let shared = offered.grams(of: offer.row).filter(numbers.contains)
            .sorted { table.grams[Int($0)] < table.grams[Int($1)] }
        let words = shared.filter { !table.grams[Int($0)].isItem }
        let items = shared.filter { table.grams[Int($0)].isItem }
        let categories = items.compactMap { table.grams[Int($0)].category }
            .map { registry.categories.categories[Int($0)] }
        let inputs: ScoreInputs = [
            "wishWords": .integer(wanted.wordMass[wish.row]), "wishItems": .integer(wanted.itemMass[wish.row]),
            "offerWords": .integer(offered.wordMass[offer.row]), "offerItems": .integer(offered.itemMass[offer.row]),
            "sharedWords": .texts(words.map { table.grams[Int($0)].text }),
            "sharedWordRarities": .integers(words.map { Int64(table.rarity[Int($0)]) }),
            "sharedItems": .texts(categories.map(\.code)),
            "sharedItemRarities": .integers(items.map { Int64(table.rarity[Int($0)]) }),
            "sharedItemNames": .names(categories.map(\.name)),
        ]
        guard let words = table.words else { return inputs }
        return ScoreInputs(entries: inputs.entries + [("wordTable", .integer(Int64(words.revision)))])
    }

    public func judge(_ inputs: ScoreInputs) throws(ScoreInputError) -> Judgement {
        let wish = try mass(of: "wish", inputs)
        let offer = try mass(of: "offer", inputs)
        if wish.all == 0 { return Judgement(.notKnown, reason: "noWishText") }
        if offer.all == 0 { return Judgement(.notKnown, reason: "noOfferText") }
        let words = try sharedMass("sharedWords", "sharedWordRarities", inputs)
        let items = try sharedMass("sharedItems", "sharedItemRarities", inputs)
        guard words <= min(wish.words, offer.words), items <= min(wish.items, offer.items) else {
            throw ScoreInputError(name: "sharedWordRarities", expected: "no more than either text has")
        }
        let value = TextMass.value(
            shared: measure.mass(words: words, items: items),
            wish: measure.mass(words: wish.words, items: wish.items),
            offer: measure.mass(words: offer.words, items: offer.items))
        let reason = items > 0 ? "sameItem" : words > 0 ? "sharedWords" : "nothingShared"
        return Judgement(.value(value), reason: reason)
    }

    public func sentence(for finding: Finding, in language: Language) -> String {
        let percent: Int32 = if case .value(let value) = finding.judgement.score { value / 10_000 } else { 0 }
        let isChinese = language == .zhHans
        let items = finding.inputs.names("sharedItemNames", in: language)
            .joined(separator: isChinese ? "、" : ", ")
        let words = sharedWords(finding.inputs).map { isChinese ? "“\($0)”" : "\"\($0)\"" }
            .joined(separator: isChinese ? "" : ", ")
        switch (finding.judgement.reason, isChinese) {
        case ("sameItem", true): return "文字相近 \(percent)%：都提到\(items)" + (words.isEmpty ? "。" : "，共有\(words)。")
        case ("sameItem", false):
            return "Texts \(percent)% alike: both name \(items)" + (words.isEmpty ? "." : "; both have \(words).")
        case ("sharedWords", true): return "文字相近 \(percent)%" + (words.isEmpty ? "。" : "：共有\(words)。")
        case ("sharedWords", false): return "Texts \(percent)% alike" + (words.isEmpty ? "." : ": both have \(words).")
        case ("noWishText", true): return "心愿没有文字说明，无法比较。"
        case ("noWishText", false): return "The wish has no words to compare."
        case ("noOfferText", true): return "资源没有文字说明，无法比较。"
        case ("noOfferText", false): return "The offer has no words to compare."
        case (_, true): return "两段文字没有共同的字词。"
        case (_, false): return "The two texts have no words in common."
        }
    }

    public func offers(for wish: WishRow, in context: ScoringContext) -> OfferFiller {
        let texts = wish.columns.texts
        if texts.grams(of: wish.row).isEmpty { return .constant(.notKnown) }
        let (weights, measure) = (
            GramWeights(texts, row: wish.row, table: context.registry.grams, measure: measure), measure
        )
        return OfferFiller(
            cost: .high,
            bounds: { summaries, blocks, column in
                for block in blocks { column[block - blocks.lowerBound] = weights.bound(summaries.texts, block) }
            }
        ) { block, column in
            weights.fill(block.columns.texts, block.rows, column, measure: measure)
        }
    }

    public func wishes(for offer: OfferRow, in context: ScoringContext) -> WishFiller {
        let texts = offer.columns.texts
        if texts.grams(of: offer.row).isEmpty { return .constant(.notKnown) }
        let (weights, measure) = (
            GramWeights(texts, row: offer.row, table: context.registry.grams, measure: measure), measure
        )
        return WishFiller(
            cost: .high,
            bounds: { summaries, blocks, column in
                for block in blocks { column[block - blocks.lowerBound] = weights.bound(summaries.texts, block) }
            }
        ) { block, column in
            weights.fill(block.columns.texts, block.rows, column, measure: measure)
        }
    }

}

extension TextSimilarityScorer {
    /// What both texts have, the rarest first.
    private func sharedWords(_ inputs: ScoreInputs) -> [String] {
        guard let words = try? inputs.texts("sharedWords"), let rarities = try? inputs.integers("sharedWordRarities")
        else { return [] }
        let ranked = zip(words, rarities).enumerated()
            .sorted { $0.element.1 != $1.element.1 ? $0.element.1 > $1.element.1 : $0.offset < $1.offset }
        return SharedWords.joined(ranked.map(\.element.0), limit: 5)
    }

    private func mass(of side: String, _ inputs: ScoreInputs) throws(ScoreInputError) -> (
        words: Int64, items: Int64, all: Int64
    ) {
        let words = try inputs.integer("\(side)Words")
        let items = try inputs.integer("\(side)Items")
        for (name, value) in [("\(side)Words", words), ("\(side)Items", items)]
        where !(0...TextSimilarityScorer.greatestMass).contains(value) {
            throw ScoreInputError(name: name, expected: "0…\(TextSimilarityScorer.greatestMass)")
        }
        return (words, items, words + items)
    }

    /// Σ rarity² of the listed grams.
    private func sharedMass(_ grams: String, _ rarities: String, _ inputs: ScoreInputs) throws(ScoreInputError)
        -> Int64
    {
        let list = try inputs.integers(rarities)
        guard try inputs.texts(grams).count == list.count else {
            throw ScoreInputError(name: rarities, expected: "one number for each of \(grams)")
        }
        var mass: Int64 = 0
        for rarity in list {
            guard (1...TextSimilarityScorer.greatestRarity).contains(rarity) else {
                throw ScoreInputError(name: rarities, expected: "1…\(TextSimilarityScorer.greatestRarity) each")
            }
            mass += rarity * rarity
        }
        return mass
    }

    /// 1000 · ln of a number of texts beyond any registry.
    private static let greatestRarity: Int64 = 30_000
    /// A text of 65,536 grams of that rarity has less; times the greatest item weight it stays below 2⁶³.
    private static let greatestMass: Int64 = 100_000_000_000_000
}

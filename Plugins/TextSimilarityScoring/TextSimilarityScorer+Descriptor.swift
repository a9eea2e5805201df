public import MatchCore

extension TextSimilarityScorer {
    public static let descriptor = ScorerDescriptor(
        id: "TextSimilarity", version: 1,
        title: LocalizedText(zhHans: "文字相近", en: "Text similarity"),
        summary: LocalizedText(
            zhHans: "心愿与资源的文字有多少相同：汉字两两、字母三三地比，少见的字词和目录中的物品更有分量。",
            en: "How much the words of wish and offer have in common: pairs of Chinese characters, triples of letters; "
                + "rare ones and catalogue items weigh more."),
        parameters: [
            ParameterDescriptor(
                name: "itemWeight",
                title: LocalizedText(zhHans: "目录物品的分量", en: "Weight of catalogue items"),
                help: LocalizedText(
                    zhHans: "文字提到的目录物品（含品牌、方言、错字等别名）的分量是普通字词的多少倍；1000 为一倍。",
                    en: "What naming a catalogue item (by brand, dialect word or typo too) weighs against other words; "
                        + "1000 is the same."),
                kind: .integer(0...10_000, default: 4_000), unit: "thousandth")
        ],
        reasons: ["sameItem", "sharedWords", "nothingShared", "noWishText", "noOfferText"],
        examples: [
            WorkedExample(
                LocalizedText(zhHans: "一字不差", en: "Word for word the same"),
                inputs: inputs(wish: (9_000_000, 0), offer: (9_000_000, 0), words: [("拐杖", 3_000)]),
                expected: Judgement(.value(1_000_000), reason: "sharedWords")),
            WorkedExample(
                LocalizedText(zhHans: "轮倚与轮椅是同一物品", en: "A typo names the same item"),
                inputs: inputs(
                    wish: (8_000_000, 4_000_000), offer: (8_000_000, 4_000_000),
                    items: [("wheelchair", 2_000, LocalizedText(zhHans: "轮椅", en: "wheelchair"))]),
                expected: Judgement(.value(666_666), reason: "sameItem")),
            WorkedExample(
                LocalizedText(zhHans: "物品不另加分量", en: "Items weigh as other words"),
                parameters: ["itemWeight": .integer(1_000)],
                inputs: inputs(
                    wish: (8_000_000, 4_000_000), offer: (8_000_000, 4_000_000),
                    items: [("wheelchair", 2_000, LocalizedText(zhHans: "轮椅", en: "wheelchair"))]),
                expected: Judgement(.value(333_333), reason: "sameItem")),
            WorkedExample(
                LocalizedText(zhHans: "有一些共同的字词", en: "Some words in common"),
                inputs: inputs(
                    wish: (16_000_000, 0), offer: (25_000_000, 0),
                    words: [("学习", 2_000), ("习桌", 2_000), ("桌椅", 1_000)]),
                expected: Judgement(.value(450_000), reason: "sharedWords")),
            WorkedExample(
                LocalizedText(zhHans: "毫无相同", en: "Nothing in common"),
                inputs: inputs(wish: (9_000_000, 0), offer: (4_000_000, 0)),
                expected: Judgement(.value(0), reason: "nothingShared")),
            WorkedExample(
                LocalizedText(zhHans: "心愿没有文字", en: "The wish has no words"),
                inputs: inputs(wish: (0, 0), offer: (4_000_000, 0)),
                expected: Judgement(.notKnown, reason: "noWishText")),
            WorkedExample(
                LocalizedText(zhHans: "资源没有文字", en: "The offer has no words"),
                inputs: inputs(wish: (9_000_000, 0), offer: (0, 0)),
                expected: Judgement(.notKnown, reason: "noOfferText")),
        ])

    private static func inputs(
        wish: (words: Int64, items: Int64), offer: (words: Int64, items: Int64),
        words: [(gram: String, rarity: Int64)] = [],
        items: [(code: String, rarity: Int64, name: LocalizedText)] = []
    ) -> ScoreInputs {
        [
            "wishWords": .integer(wish.words), "wishItems": .integer(wish.items),
            "offerWords": .integer(offer.words), "offerItems": .integer(offer.items),
            "sharedWords": .texts(words.map(\.gram)), "sharedWordRarities": .integers(words.map(\.rarity)),
            "sharedItems": .texts(items.map(\.code)), "sharedItemRarities": .integers(items.map(\.rarity)),
            "sharedItemNames": .names(items.map(\.name)),
        ]
    }
}

import MatchCore
import Testing

@Suite struct WordTableTests {
    private func registry(_ texts: [String], words: WordTable?) throws -> Registry {
        var builder = RegistryBuilder(areas: .empty, categories: try Self.categories(), words: words)
        for (number, text) in texts.enumerated() {
            builder.add(
                Offer(
                    key: RecordKey(
                        source: "test", externalID: "\(number)", id: RecordID(high: 1, low: UInt64(number))),
                    party: RecordID(high: 2, low: 1), text: text, lines: [OfferLine(category: nil, available: 1)]))
        }
        return builder.build()
    }

    private static func categories() throws -> CategoryTree {
        try CategoryTree([
            .init(code: "home", parent: nil, name: LocalizedText(zhHans: "家用", en: "Home")),
            .init(code: "fan", parent: "home", name: LocalizedText(zhHans: "电风扇", en: "Fan")),
        ])
    }

    private func rarities(_ registry: Registry) -> [String: Int32] {
        Dictionary(zip(registry.grams.grams.map { $0.isItem ? "=" : $0.text }, registry.grams.rarity)) { $1 }
    }

    /// What was counted, written and read again says of each word what a registry of the same texts counts, as long as enough
    /// texts have it, whatever texts there are by then.
    @Test func aTableSaysHowRareWordsWereWhenTheyWereCounted() throws {
        let texts = Array(repeating: "一台电风扇", count: 7) + Array(repeating: "two fans", count: 5) + ["轮椅", ""]
        var counter = WordCounter(categories: try Self.categories())
        for (number, text) in texts.enumerated() { counter.add(text, of: RecordID(high: 3, low: UInt64(number))) }
        #expect(counter.texts == 13)
        let body = counter.body(try Self.categories())
        #expect(body.contains("12 =fan\n") && body.contains("7 风扇\n") && !body.contains("轮椅"), "\(body)")
        let table = WordTable(revision: 3, texts: 13, body: body, categories: try Self.categories())
        let counted = rarities(try registry(texts, words: nil))
        for later in [texts, ["一台电风扇", "two fans 轮椅"]] {
            let registry = try registry(later, words: table)
            #expect(registry.grams.words?.revision == 3)
            for (gram, rarity) in rarities(registry) where gram != "轮椅" {
                #expect(rarity == counted[gram], "\(gram)")
            }
            // 1000 · ln 14: as a word that no text has.
            #expect(rarities(registry)["轮椅"] == 2_639)
        }
    }

    /// What one giver writes often is theirs and not the program's.
    @Test func wordsOfFewGiversAreLeftOut() throws {
        var counter = WordCounter(categories: try Self.categories())
        for number in 0..<12 { counter.add("轮椅", of: RecordID(high: 3, low: UInt64(number % 4))) }
        for number in 0..<7 { counter.add("书桌", of: RecordID(high: 3, low: UInt64(number % 5))) }
        #expect(counter.texts == 19)
        #expect(try counter.body(Self.categories()) == "7 书桌\n")
    }

    @Test func linesThatCannotBeReadArePassedOver() throws {
        let body = "x 电风\n99 风扇\n-1 风扇\n5\n5 四个字呢\n5 =gone\n\n5 轮椅\n5 "
        let table = WordTable(revision: 1, texts: 13, body: body, categories: try Self.categories())
        let rarities = rarities(try registry(["电风扇轮椅"], words: table))
        #expect(rarities["轮椅"] == 847 && rarities["电风"] == 2_639 && rarities["风扇"] == 2_639)
    }
}

import MatchCore
import Testing

@Suite struct TextColumnsTests {
    private func offer(_ number: UInt64, _ text: String, lines: Int = 1) -> Offer {
        Offer(
            key: RecordKey(source: "test", externalID: "\(number)", id: RecordID(high: 1, low: number)),
            party: RecordID(high: 2, low: 1), text: text,
            lines: (1...lines).map { OfferLine(number: $0, category: nil, available: 1) })
    }

    private func registry(_ offers: [Offer]) -> Registry {
        var builder = RegistryBuilder(areas: .empty, categories: .empty)
        for offer in offers { builder.add(offer) }
        return builder.build()
    }

    @Test func theMassOfARowIsTheSumOfItsSquaredRarities() {
        let registry = registry([offer(1, "一台电风扇"), offer(2, "一台冰箱 fan", lines: 2), offer(3, "")])
        let texts = registry.offers.texts
        for row in 0..<registry.offers.count {
            let sum = texts.grams(of: row).reduce(Int64(0)) { sum, gram in
                let rarity = Int64(registry.grams.rarity[Int(gram)])
                return sum + rarity * rarity
            }
            #expect(texts.wordMass[row] + texts.itemMass[row] == sum)
        }
        #expect(texts.wordMass[3] == 0)
    }

    @Test func aGramThatManyTextsHaveIsLessTelling() throws {
        let registry = registry([offer(1, "一台电风扇"), offer(2, "一台冰箱"), offer(3, "一台洗衣机"), offer(4, "")])
        func rarity(_ gram: String) -> Int32? {
            registry.grams.grams.firstIndex { $0.text == gram }.map { registry.grams.rarity[$0] }
        }
        let (common, rare) = (try #require(rarity("一台")), try #require(rarity("冰箱")))
        #expect(common < rare)
        // 1000 · ln(4 ÷ 2): three texts, one of which has it. The empty text is none.
        #expect(rare == 693)
        #expect(common == 1, "what every text has still counts a little, so that equal texts are alike")
    }

    @Test func linesOfOneOfferCountAsOneText() {
        #expect(
            registry([offer(1, "一台电风扇", lines: 5), offer(2, "冰箱")]).grams.rarity
                == registry([offer(1, "一台电风扇"), offer(2, "冰箱")]).grams.rarity)
    }
}

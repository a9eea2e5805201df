import MatchCore
import Testing
import TextSimilarityScoring

@Suite struct TextSimilarityTests {
    private let offers = [
        "全新轮椅一部，可折叠", "学习桌椅一套，八成新", "电风扇两台", "LED 路灯安装", "wheelchairs, light and foldable", "单车一辆",
        "",
    ]

    private func context(_ wish: String, _ offers: [String]) throws -> ScoringContext {
        let categories = try CategoryTree([
            Category(
                code: "wheelchair", parent: nil, name: LocalizedText(zhHans: "轮椅", en: "wheelchair"), aliases: ["轮倚"]),
            Category(code: "bicycle", parent: nil, name: LocalizedText(zhHans: "自行车", en: "bicycle"), aliases: ["单车"]),
        ])
        var builder = RegistryBuilder(areas: .empty, categories: categories)
        for (number, text) in offers.enumerated() {
            builder.add(
                Offer(
                    key: RecordKey(
                        source: "test", externalID: "\(number)", id: RecordID(high: 1, low: UInt64(number))),
                    party: RecordID(high: 2, low: 1), text: text, lines: [OfferLine(category: nil, available: 1)]))
        }
        builder.add(
            Wish(
                key: RecordKey(source: "test", externalID: "1", id: RecordID(high: 3, low: 1)), text: wish,
                lines: [WishLine(category: nil, quantity: 1)]))
        return ScoringContext(registry: builder.build(), now: Timestamp(milliseconds: 0))
    }

    /// The offers by their texts, best first, those without a value left out.
    private func ranked(_ wish: String, _ offers: [String]) throws -> [String] {
        let context = try context(wish, offers)
        let scorer = TextSimilarityScorer(parameters: try ParameterValues(for: TextSimilarityScorer.descriptor))
        let rows = context.registry.offers
        let scored = (0..<rows.count).compactMap { row -> (text: String, value: Int32)? in
            let score = scorer.score(wish: context.registry.wishes[0], offer: rows[row], in: context)
            guard case .value(let value) = score, value > 0, let number = rows[row].key.externalID.flatMap(Int.init)
            else { return nil }
            return (offers[number], value)
        }
        return scored.sorted { $0.value > $1.value }.map(\.text)
    }

    @Test(arguments: [
        ("老人需要一部轮倚", ["全新轮椅一部，可折叠", "wheelchairs, light and foldable"]),
        ("孩子想要一张学习桌椅", ["学习桌椅一套，八成新"]),
        ("自行车", ["单车一辆"]),
        ("村口加装路灯", ["LED 路灯安装"]),
        ("a light wheelchair", ["wheelchairs, light and foldable", "全新轮椅一部，可折叠"]),
        ("电風扇", []),
    ])
    func theRightOffersComeFirst(wish: String, best: [String]) throws {
        #expect(Array(try ranked(wish, offers).prefix(max(1, best.count))) == best)
    }

    @Test func theSameWordsAreFullyAlikeAndMoreForeignWordsLessSo() throws {
        let offers = ["一台冰箱", "一台冰箱，还有很多别的旧家具", "一台冰箱，还有很多别的旧家具、衣服、鞋帽和图书"]
        #expect(try ranked("一台冰箱", offers) == offers)
        let context = try context("一台冰箱", offers)
        let scorer = TextSimilarityScorer(parameters: try ParameterValues(for: TextSimilarityScorer.descriptor))
        let row = try #require((0..<3).first { context.registry.offers[$0].key.externalID == "0" })
        #expect(
            scorer.score(wish: context.registry.wishes[0], offer: context.registry.offers[row], in: context)
                == .value(1_000_000))
    }

    @Test func theSentenceNamesWhatBothHave() throws {
        let context = try context("孩子想要一张学习桌椅，还要轮倚", ["学习桌椅一套，轮椅一部"])
        let scorer = TextSimilarityScorer(parameters: try ParameterValues(for: TextSimilarityScorer.descriptor))
        let finding = scorer.finding(
            wish: context.registry.wishes[0], offer: context.registry.offers[0], in: context)
        let chinese = scorer.sentence(for: finding, in: .zhHans)
        #expect(chinese.contains("都提到轮椅"), "\(chinese)")
        #expect(chinese.contains("“学习桌椅”"), "\(chinese)")
        #expect(scorer.sentence(for: finding, in: .en).contains("both name wheelchair"))
    }
}

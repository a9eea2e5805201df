import MatchCore
import Testing

@Suite struct AliasTests {
    private let categories: CategoryTree
    private let cutter: GramCutter

    init() throws {
        func category(_ code: String, _ parent: String?, _ zh: String, _ en: String, _ aliases: [String] = [])
            -> MatchCore.Category
        {
            Category(code: code, parent: parent, name: LocalizedText(zhHans: zh, en: en), aliases: aliases)
        }
        categories = try CategoryTree([
            category("aids", nil, "辅具", "aids"),
            category("wheelchair", "aids", "轮椅", "wheelchair", ["轮倚", "轮椅车", "轮倚車"]),
            category("crutch", "aids", "拐杖", "crutch", ["拐棍", "walking stick"]),
            category("household", nil, "风扇", "household", ["fan"]),
            category("fan", "household", "电风扇", "electric fan", ["风扇", "fan"]),
            category("bedding", nil, "床上用品", "bedding"),
            category("bed", "bedding", "床", "bed"),
            category("sheet", "bedding", "床单", "bed sheet"),
        ])
        cutter = GramCutter(categories: categories)
    }

    private func items(_ text: String) -> [String] {
        cutter.categories(in: text).map { categories.categories[Int($0)].code }
    }

    @Test func aTypoInTheCatalogueCountsAsTheItem() {
        #expect(items("想要一部轮倚") == ["wheelchair"])
        #expect(items("想要一部轮椅") == ["wheelchair"])
        let shared = Set(cutter.grams(of: "轮倚")).intersection(cutter.grams(of: "轮椅"))
        #expect(shared.map(\.category) == [categories.tree.index(of: "wheelchair")])
    }

    @Test func theLongestNameWins() {
        #expect(items("一张床单") == ["sheet"])
        #expect(items("一张床") == ["bed"])
        #expect(items("bed sheet") == ["sheet"])
        #expect(items("一台电风扇") == ["fan"])
    }

    @Test func anItemGoesBeforeAGroupAndANameBeforeAnAlias() {
        // 风扇 is the name of a group and an alias of an item: the name wins. `fan` is an alias of both: the item.
        #expect(items("风扇") == ["household"])
        #expect(items("fan") == ["fan"])
    }

    @Test(arguments: [
        ("Two wheelchairs, please", ["wheelchair"]), ("crutches", ["crutch"]), ("WHEELCHAIR", ["wheelchair"]),
        ("ｗｈｅｅｌｃｈａｉｒ", ["wheelchair"]), ("fantastic", []), ("bedding", ["bedding"]), ("embed", []), ("beds", ["bed"]),
        ("bedsit", []), ("walking   stick", ["crutch"]), ("walking-stick", ["crutch"]),
        ("fan轮椅", ["fan", "wheelchair"]),
        ("轮椅、拐棍、轮倚", ["wheelchair", "crutch"]), ("", []),
    ])
    func namesAreFoundAsWords(text: String, expected: [String]) {
        #expect(items(text) == expected)
    }

    @Test func aTextFullOfBeginningsTakesLinearTime() {
        func seconds(_ count: Int) -> Double {
            let text = String(repeating: "轮倚轮", count: count / 3)
            return threadSeconds { _ = cutter.categories(in: text) }
        }
        let (short, long) = (seconds(7_500), seconds(60_000))
        #expect(long < short * 30 + 0.01, "\(short) s, then \(long) s")
    }
}

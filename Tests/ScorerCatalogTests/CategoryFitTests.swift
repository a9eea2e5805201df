import CategoryFitScoring
import MatchCore
import Testing

@Suite struct CategoryFitTests {
    private static let categories: CategoryTree? = {
        func category(_ code: String, _ parent: String?, substitutes: [String] = []) -> MatchCore.Category {
            Category(code: code, parent: parent, name: LocalizedText(zhHans: code, en: code), substitutes: substitutes)
        }
        return try? CategoryTree([
            category("aids", nil), category("crutch", "aids", substitutes: ["walker"]), category("walker", "aids"),
            category("wheelchair", "aids"), category("home", nil), category("desk", "home"),
        ])
    }()

    @Test func theNearerItemInTheCatalogueBeatsTheFarther() throws {
        let offered = ["crutch", "walker", "aids", "wheelchair", "desk"]
        let pairing = Pairing(
            .sample(category: "crutch"),
            offered.enumerated().map { .sample(UInt64($0.offset) + 1, category: $0.element) },
            categories: try #require(Self.categories))
        let values = try pairing.values(CategoryFitScorer.self)
        #expect(values == [1_000_000, 800_000, 700_000, 500_000, 0])
    }

    @Test func strictForbidsAnotherGroupAndNothingElse() throws {
        let pairing = Pairing(
            .sample(category: "crutch"),
            [.sample(1, category: "desk"), .sample(2, category: "wheelchair"), .sample(3, category: nil)],
            categories: try #require(Self.categories))
        let scores = try pairing.scores(CategoryFitScorer.self, ["strict": .flag(true)])
        #expect(scores == [.veto(0), .value(500_000), .notKnown])
    }

    @Test func aWishThatNobodyHasClassifiedIsNotKnown() throws {
        let pairing = Pairing(
            .sample(), [.sample(category: "desk")], categories: try #require(Self.categories))
        #expect(try pairing.scores(CategoryFitScorer.self) == [.notKnown])
    }
}

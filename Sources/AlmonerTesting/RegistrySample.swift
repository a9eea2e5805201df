public import MatchCore

/// A small made-up registry that exercises every column: each fact stated, not stated, and at the ends of its range.
///
/// The same seed gives the same registry. An odd seed has more skills, languages and groups than fit into one
/// plane of a set column.
public struct RegistrySample: Sendable {
    public let seed: UInt64
    public let registry: Registry
    public let now: Timestamp

    public var context: ScoringContext { ScoringContext(registry: registry, now: now) }

    /// 22 November 2026, half past four in the afternoon in Dongguan.
    public static let now = Timestamp(milliseconds: 1_795_336_200_000)

    /// With `shuffledBy` the same records enter the registry in another order.
    public init(
        seed: UInt64, offers: Int, wishes: Int, now: Timestamp = RegistrySample.now, shuffledBy shuffle: UInt64? = nil,
        blocks: BlockSizes = BlockSizes()
    ) {
        self.seed = seed
        self.now = now
        var records = SampleRecords(seed: seed, now: now)
        var builder = RegistryBuilder(areas: SampleTrees.areas, categories: SampleTrees.categories, blocks: blocks)
        let partyCount = max(1, offers / 3)
        let parties = (0..<partyCount).map { records.party($0) }
        let offerRecords = (0..<offers).map { records.offer($0, parties: partyCount) }
        let wishRecords = (0..<wishes).map { records.wish($0) }
        let distances = records.distances(offers: offers, wishes: wishes)
        var random = SeededRandom(seed: shuffle ?? 0)
        func ordered<Element>(_ elements: [Element]) -> [Element] {
            shuffle == nil ? elements : elements.shuffled(using: &random)
        }
        for party in ordered(parties) { builder.add(party) }
        for offer in ordered(offerRecords) { builder.add(offer) }
        for wish in ordered(wishRecords) { builder.add(wish) }
        for row in ordered(distances) { builder.add(row) }
        registry = builder.build()
    }
}

/// The area tree and the catalogue of a sample.
enum SampleTrees {
    static let areas: AreaTree = {
        func area(_ code: String, _ parent: String?, _ centroid: (Double, Double)? = nil) -> Area {
            Area(
                code: code, parent: parent, level: parent == nil ? "city" : "town",
                name: LocalizedText(zhHans: "示例\(code)", en: "Sample \(code)"),
                centroid: centroid.flatMap { GeoPoint(latitude: $0.0, longitude: $0.1) })
        }
        let areas = [
            area("c", nil, (23.02, 113.75)), area("c1", "c", (22.81, 113.67)), area("c2", "c", (22.95, 113.89)),
            area("c3", "c"), area("c11", "c1", (22.82, 113.66)), area("c12", "c1"), area("far", nil, (-33.4, -70.7)),
            area("nowhere", nil),
        ]
        return (try? AreaTree(areas)) ?? .empty
    }()

    static let categories: CategoryTree = {
        func category(
            _ code: String, _ parent: String?, _ zhHans: String, _ en: String, aliases: [String] = [],
            substitutes: [String] = []
        ) -> MatchCore.Category {
            Category(
                code: code, parent: parent, name: LocalizedText(zhHans: zhHans, en: en), aliases: aliases,
                substitutes: substitutes)
        }
        let categories = [
            category("aids", nil, "辅具", "aids"),
            category("wheelchair", "aids", "轮椅", "wheelchair", aliases: ["轮倚"], substitutes: ["walker"]),
            category("walker", "aids", "助行器", "walking frame"),
            category("crutch", "aids", "拐杖", "crutch", substitutes: ["walker"]),
            category("home", nil, "家用", "household"), category("cooling", "home", "降温", "cooling"),
            category("fan", "cooling", "电风扇", "electric fan", aliases: ["风扇"]),
            category("cooler", "cooling", "空调扇", "air cooler", substitutes: ["fan"]),
            category("desk", "home", "书桌", "desk", aliases: ["学习桌"]), category("care", nil, "照料", "care"),
            category("tutoring", "care", "辅导功课", "tutoring"),
        ]
        return (try? CategoryTree(categories)) ?? .empty
    }()
}

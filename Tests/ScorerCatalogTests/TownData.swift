import AlmonerTesting
import MatchCore

/// Fully stated offers and wishes in made-up towns, of the shape that speed is measured on: every column has a value.
struct TownData {
    let registry: Registry
    let offers: [Offer]
    let wishes: [Wish]

    var context: ScoringContext { ScoringContext(registry: registry, now: RegistrySample.now) }

    static let topCount = 12
    static let leavesPerTop = 8

    init(seed: UInt64, offers offerCount: Int, wishes wishCount: Int) throws {
        var random = SeededRandom(seed: seed)
        var categories: [MatchCore.Category] = []
        for top in 0..<Self.topCount {
            categories.append(
                Category(code: "t\(top)", parent: nil, name: LocalizedText(zhHans: "类\(top)", en: "group \(top)")))
            for leaf in 0..<Self.leavesPerTop {
                let code = "t\(top).\(leaf)"
                categories.append(
                    Category(code: code, parent: "t\(top)", name: LocalizedText(zhHans: code, en: code)))
            }
        }
        let towns = (0..<33).map { _ in
            (Double.random(in: 31.6...32.6, using: &random), Double.random(in: 120.2...121.9, using: &random))
        }
        func place() -> Place {
            let town = random.pick(towns)
            let latitude = town.0 + Double.random(in: -0.05...0.05, using: &random)
            let longitude = town.1 + Double.random(in: -0.05...0.05, using: &random)
            return .at(latitude, longitude)
        }
        func leaf() -> String {
            "t\(Int.random(in: 0..<Self.topCount, using: &random)).\(Int.random(in: 0..<Self.leavesPerTop, using: &random))"
        }
        func days(_ length: ClosedRange<Int32>) -> DayWindow {
            let first = 20_800 + Int32.random(in: 0..<300, using: &random)
            return DayWindow(
                from: Day(number: first), until: Day(number: first + Int32.random(in: length, using: &random)))
        }
        let skills = (0..<31).map { "skill\($0)" }
        let languages = (0..<8).map { "language\($0)" }
        offers = (0..<offerCount).map { number in
            Offer.sample(
                UInt64(number) + 1, category: leaf(), available: Int64.random(in: 1...20, using: &random),
                place: place(), window: days(3...89), skills: (0..<4).map { _ in random.pick(skills) },
                languages: ["language0", random.pick(languages)])
        }
        wishes = (0..<wishCount).map { number in
            var wish = Wish.sample(
                category: leaf(), quantity: Int64.random(in: 1...8, using: &random), place: place(),
                languages: random.pick([["language0"], ["language1"], ["language0", "language1"]]),
                window: days(2...29), skills: Array(Set((0..<3).map { _ in random.pick(skills) })))
            wish.key = RecordKey(
                source: "test", externalID: "W\(number)", id: RecordID(high: 3, low: UInt64(number) + 1))
            return wish
        }
        var builder = RegistryBuilder(areas: .empty, categories: try CategoryTree(categories))
        for offer in offers { builder.add(offer) }
        for wish in wishes { builder.add(wish) }
        registry = builder.build()
    }
}

public import MatchCore

/// Turns generated offers and wishes into a registry: the twelve groups of eight leaves become a catalogue of their
/// own, bits of skills and languages become words, and trust, fatigue and the preferred group those of a party that
/// each offer has for itself.
public struct RankRegistry: Sendable {
    private var builder: RegistryBuilder
    private let skills = (0..<32).map { "s\($0)" }
    private let languages = (0..<32).map { "v\($0)" }
    private let leaves = (0..<96).map { "l\($0)" }
    private let groups = (0..<8).map { "g\($0)" }
    private let isTextual: Bool
    private var wishCount = 0

    /// With `textual` each record gets words that name its leaf and its skills.
    public init(textual: Bool = false, blocks: BlockSizes = BlockSizes()) throws {
        isTextual = textual
        builder = RegistryBuilder(areas: .empty, categories: try RankRegistry.catalogue(), blocks: blocks)
    }

    public mutating func add(_ offer: RankOffer) {
        builder.add(party(of: offer))
        builder.add(record(of: offer))
    }

    /// The party that the offer has for itself.
    func party(of offer: RankOffer) -> Party {
        Party(
            id: RecordID(high: 1, low: UInt64(offer.id)), statedTrust: Int((offer.trust * 1e6).rounded()),
            fatigue: Int((offer.fatigue * 1e6).rounded()),
            preference: DonorPreference(groups: offer.preference == 8 ? [] : [groups[offer.preference]]))
    }

    func record(of offer: RankOffer) -> Offer {
        Offer(
            key: RankRegistry.key(kind: 2, offer.id), party: RecordID(high: 1, low: UInt64(offer.id)), kind: .service,
            place: Place(point: GeoPoint(latitude: offer.latitude, longitude: offer.longitude)),
            window: DayWindow(from: Day(number: offer.firstDay), until: Day(number: offer.lastDay)),
            skills: words(skills, offer.skills), languages: words(languages, offer.languages),
            text: text(offer.leaf, offer.skills),
            lines: [OfferLine(category: leaves[offer.leaf], available: offer.available)])
    }

    public mutating func add(_ wish: RankWish) {
        builder.add(
            Wish(
                key: RankRegistry.key(kind: 3, wishCount),
                place: Place(point: GeoPoint(latitude: wish.latitude, longitude: wish.longitude)),
                groups: [groups[wish.group]], languages: words(languages, wish.languages),
                window: DayWindow(from: Day(number: wish.firstDay), until: Day(number: wish.lastDay)),
                skills: words(skills, wish.skills), text: text(wish.leaf, wish.skills),
                lines: [WishLine(category: leaves[wish.leaf], quantity: wish.wanted)]))
        wishCount += 1
    }

    public consuming func build() -> Registry { builder.build() }

    /// The number of a generated record.
    public static func number(of key: RecordKey) -> Int { Int(key.id.low) }

    /// Ten digits, so that ties break by number although keys are compared as text.
    private static func key(kind: UInt64, _ number: Int) -> RecordKey {
        let digits = String(number)
        return RecordKey(
            source: "bench", externalID: String(repeating: "0", count: max(0, 10 - digits.count)) + digits,
            id: RecordID(high: kind, low: UInt64(number)))
    }

    private func text(_ leaf: Int, _ bits: UInt32) -> String {
        isTextual ? "item\(leaf * 37) " + words(skills, bits).map { "with\($0)and" }.joined(separator: " ") : ""
    }

    private func words(_ list: [String], _ bits: UInt32) -> [String] {
        var words: [String] = []
        var rest = bits
        while rest != 0 {
            words.append(list[rest.trailingZeroBitCount])
            rest &= rest - 1
        }
        return words
    }

    private static func catalogue() throws -> CategoryTree {
        var categories: [MatchCore.Category] = []
        for top in 0..<12 {
            categories.append(.init(code: "t\(top)", parent: nil, name: name("t\(top)")))
            for leaf in top * 8..<top * 8 + 8 {
                categories.append(.init(code: "l\(leaf)", parent: "t\(top)", name: name("l\(leaf)")))
            }
        }
        return try CategoryTree(categories)
    }

    private static func name(_ code: String) -> LocalizedText { LocalizedText(zhHans: code, en: code) }
}

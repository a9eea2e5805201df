public import MatchCore

/// A level of administration that approves and answers for clocks.
public enum AreaLevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case village, town, city

    /// The level one up; nil above the city.
    public var above: AreaLevel? {
        switch self {
        case .village: .town
        case .town: .city
        case .city: nil
        }
    }

    /// What people call the level.
    public var name: LocalizedText {
        switch self {
        case .village: LocalizedText(zhHans: "村（社区）", en: rawValue)
        case .town: LocalizedText(zhHans: "镇（街道）", en: rawValue)
        case .city: LocalizedText(zhHans: "市", en: rawValue)
        }
    }

    public static func < (left: AreaLevel, right: AreaLevel) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .village: 0
        case .town: 1
        case .city: 2
        }
    }
}

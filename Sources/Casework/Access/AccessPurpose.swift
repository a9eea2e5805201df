public import MatchCore

/// What somebody was given access for: it narrows what the role may see and do, and widens nothing.
public enum AccessPurpose: String, Hashable, Sendable, Codable, CaseIterable {
    /// The whole work of the role.
    case casework
    /// Pairing wishes with offers: nothing of the person.
    case matching
    /// Looking at how the work is done: everything that the role sees, and no change.
    case oversight
    /// Counting: figures and codes.
    case statistics

    /// The parts that serve the purpose.
    public var parts: AccessParts {
        switch self {
        case .casework, .oversight: .all
        case .matching:
            [
                .existence, .items, .urgency, .days, .requirements, .price, .town, .area, .roundedPlace,
                .approvedWording, .giver, .name, .order, .scores, .warnings, .roundedFigures,
            ]
        case .statistics: [.figures, .roundedFigures]
        }
    }

    /// Whether anything may be changed for it.
    public var changes: Bool {
        switch self {
        case .casework, .matching: true
        case .oversight, .statistics: false
        }
    }

    /// What people call it.
    public var title: LocalizedText {
        switch self {
        case .casework: LocalizedText(zhHans: "办理", en: "casework")
        case .matching: LocalizedText(zhHans: "匹配", en: "matching")
        case .oversight: LocalizedText(zhHans: "监督", en: "oversight")
        case .statistics: LocalizedText(zhHans: "统计", en: "statistics")
        }
    }
}

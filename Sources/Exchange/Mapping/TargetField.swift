/// The kinds of records that an import feeds.
public enum ImportKind: String, Sendable, Hashable, CaseIterable {
    case parties, offers, wishes, areas, distances
    /// Inbound records, word for word.
    case inbox
    /// Who asked, for wishes that are registered: only keyed hashes of it are kept.
    case people
}

/// A field that a mapping can fill, and what its values are.
public struct TargetField: Sendable, Hashable {
    /// What a field holds.
    public enum Content: Sendable, Hashable {
        case text
        /// A whole number within a range.
        case integer(ClosedRange<Int64>)
        /// Degrees × 10⁷ as a whole number (about a centimetre), within ± so many degrees.
        case degrees(Int64)
        /// Metres as a whole number, out of the unit that the mapping names.
        case metres
        case truth
        case timestamp
        /// A day of the calendar, as the cell has it: no time zone moves it.
        case day
        case list
    }

    public let name: String
    public let content: Content

    /// How many units of a coordinate make a degree.
    public static let unitsPerDegree: Int64 = 10_000_000

    /// Returns the fields of a kind in the order in which records list them.
    public static func fields(of kind: ImportKind) -> [TargetField] {
        switch kind {
        case .parties:
            texts("externalID", "source", "name", "kind", "area", "place", "site", "text") + position
                + lists(
                    "languages", "skills", "qualifications", "groups", "areas", "categories", "excludes",
                    "excludedGroups", "excludedAreas", "excludedCategories")
                + [
                    TargetField("verified", .truth), TargetField("registeredAt", .timestamp),
                    TargetField("confirmedAt", .timestamp), TargetField("claimsEnded", count),
                    TargetField("claimsDelivered", count), TargetField("statedTrust", .integer(0...1_000_000)),
                    TargetField("fatigue", .integer(0...1_000_000)),
                ]
        case .offers:
            texts(
                "externalID", "source", "party.externalID", "party.source", "party.name", "party.kind", "kind",
                "category", "unit", "area",
                "place",
                "site", "hours", "text")
                + position + [TargetField("line", .integer(1...100)), TargetField("quantity", count)]
                + lists("languages", "skills", "qualifications", "serves.areas")
                + [
                    TargetField("serves.radiusMetres", count), TargetField("delivers", .truth),
                    TargetField("remote", .truth), TargetField("from", .day), TargetField("until", .day),
                    TargetField("receivedAt", .timestamp), TargetField("confirmedAt", .timestamp),
                ]
        case .wishes:
            texts(
                "externalID", "source", "lane", "category", "unit", "area", "place", "site", "hours", "text", "urgency",
                "channel", "beneficiary.kind")
                + person
                + position
                + [
                    TargetField("line", .integer(1...100)), TargetField("quantity", count),
                    TargetField("estimatedPriceFen", count), TargetField("hardship", .integer(0...4)),
                ]
                + lists("groups", "languages", "skills", "qualifications")
                + [
                    TargetField("strict", .truth), TargetField("from", .day), TargetField("until", .day),
                    TargetField("neededBy", .timestamp), TargetField("submittedAt", .timestamp),
                ]
        case .inbox:
            texts("externalID", "channel", "event", "words") + person + [TargetField("receivedAt", .timestamp)]
        case .people: texts("externalID") + person
        case .areas:
            texts("code", "parent", "name.zh", "name.en", "level", "source", "version") + position + lists("aliases")
        case .distances:
            texts("offer", "wish") + [TargetField("distance", .metres)]
        }
    }

    /// The fields without which a mapping of a kind makes no sense. A row may leave the category empty where the mapping
    /// says `required: false`: some requests nobody has classified.
    static func necessary(for kind: ImportKind) -> [String] {
        switch kind {
        case .parties: ["externalID", "name"]
        case .offers, .wishes: ["externalID", "category"]
        case .areas: ["code", "name.zh"]
        case .distances: ["offer", "wish", "distance"]
        case .inbox: ["channel", "words"]
        case .people: ["externalID"]
        }
    }

    /// What is compared to find duplicates. None of it is stored as it stands.
    private static let person =
        texts(
            "beneficiary.name", "beneficiary.phone", "beneficiary.idNumber", "beneficiary.address",
            "beneficiary.street") + [TargetField("beneficiary.birthYear", .integer(1_850...2_200))]

    /// The fields of a person that need the key of the blind index.
    public static let personal: Set<String> = [
        "beneficiary.phone", "beneficiary.idNumber", "beneficiary.address", "beneficiary.street",
    ]

    private static let count = Content.integer(0...Int64.max)

    private static let position = [
        TargetField("latitude", .degrees(90)), TargetField("longitude", .degrees(180)),
    ]

    private static func texts(_ names: String...) -> [TargetField] { names.map { TargetField($0, .text) } }

    private static func lists(_ names: String...) -> [TargetField] { names.map { TargetField($0, .list) } }

    init(_ name: String, _ content: Content) {
        self.name = name
        self.content = content
    }
}

/// Who offers, as the matcher sees it: facts about its record, never its name.
public struct Party: Sendable, Hashable {
    public var id: RecordID
    public var kind: PartyKind
    /// Nil where nobody has looked.
    public var isIdentityVerified: Bool?
    /// Claims that have ended in either way, and those of them that were delivered; nil before the first.
    public var claimsEnded: Int?
    public var claimsDelivered: Int?
    /// When the party last confirmed that its offers stand.
    public var lastConfirmed: Timestamp?
    /// A trust stated from outside, 0…1,000,000, which then stands instead of the facts above.
    public var statedTrust: Int?
    /// How much the party has given lately, 0 (rested) …1,000,000 (at its limit); nil where not known.
    public var fatigue: Int?
    public var preference: DonorPreference

    public init(
        id: RecordID, kind: PartyKind = .donor, isIdentityVerified: Bool? = nil, claimsEnded: Int? = nil,
        claimsDelivered: Int? = nil, lastConfirmed: Timestamp? = nil, statedTrust: Int? = nil, fatigue: Int? = nil,
        preference: DonorPreference = DonorPreference()
    ) {
        self.id = id
        self.kind = kind
        self.isIdentityVerified = isIdentityVerified
        self.claimsEnded = claimsEnded
        self.claimsDelivered = claimsDelivered
        self.lastConfirmed = lastConfirmed
        self.statedTrust = statedTrust
        self.fatigue = fatigue
        self.preference = preference
    }
}

/// Whom a party wants to help, and whom it excludes. Empty lists say nothing.
public struct DonorPreference: Sendable, Hashable {
    public var groups: [String]
    public var areas: [String]
    public var categories: [String]
    public var excludedGroups: [String]
    public var excludedAreas: [String]
    public var excludedCategories: [String]

    public init(
        groups: [String] = [], areas: [String] = [], categories: [String] = [], excludedGroups: [String] = [],
        excludedAreas: [String] = [], excludedCategories: [String] = []
    ) {
        self.groups = groups
        self.areas = areas
        self.categories = categories
        self.excludedGroups = excludedGroups
        self.excludedAreas = excludedAreas
        self.excludedCategories = excludedCategories
    }

    public var isEmpty: Bool { self == DonorPreference() }
}

/// What kind of party it is.
public enum PartyKind: UInt8, Sendable, Hashable, CaseIterable {
    case donor
    case enterprise
    case socialOrganisation
    case volunteer
    case fund
    case department

    public var code: String {
        switch self {
        case .donor: "donor"
        case .enterprise: "enterprise"
        case .socialOrganisation: "socialOrganisation"
        case .volunteer: "volunteer"
        case .fund: "fund"
        case .department: "department"
        }
    }

    public init?(code: String) {
        guard let kind = PartyKind.allCases.first(where: { $0.code == code }) else { return nil }
        self = kind
    }
}

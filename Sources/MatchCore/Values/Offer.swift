/// What a party promises, as the matcher sees it.
public struct Offer: Sendable, Hashable {
    public var key: RecordKey
    public var party: RecordID
    public var kind: OfferKind
    public var place: Place
    /// The offer comes to the wish, so distance does not matter.
    public var delivers: Bool
    /// The offer is given over the telephone or the net.
    public var isRemote: Bool
    /// Codes of areas whose subtrees the offer serves; empty: anywhere.
    public var serviceAreas: [String]
    /// Metres around the offer's place; nil: any distance.
    public var serviceRadiusMetres: Int?
    public var window: DayWindow?
    public var hours: WeeklyHours?
    public var skills: [String]
    public var qualifications: [String]
    public var languages: [String]
    public var text: String
    public var lines: [OfferLine]

    public init(
        key: RecordKey, party: RecordID, kind: OfferKind = .goods, place: Place = Place(), delivers: Bool = false,
        isRemote: Bool = false, serviceAreas: [String] = [], serviceRadiusMetres: Int? = nil,
        window: DayWindow? = nil, hours: WeeklyHours? = nil, skills: [String] = [], qualifications: [String] = [],
        languages: [String] = [], text: String = "", lines: [OfferLine]
    ) {
        self.key = key
        self.party = party
        self.kind = kind
        self.place = place
        self.delivers = delivers
        self.isRemote = isRemote
        self.serviceAreas = serviceAreas
        self.serviceRadiusMetres = serviceRadiusMetres
        self.window = window
        self.hours = hours
        self.skills = skills
        self.qualifications = qualifications
        self.languages = languages
        self.text = text
        self.lines = lines
    }
}

/// One item of an offer.
public struct OfferLine: Sendable, Hashable {
    /// 1 for the first line of an offer.
    public var number: Int
    public var category: String?
    /// What is still free, 0…``Quantity/greatest`` of `unit`; nil where the party states no quantity, and then
    /// there is nothing to reserve.
    public var available: Int64?
    public var unit: Unit

    public init(number: Int = 1, category: String?, available: Int64?, unit: Unit = .piece) {
        self.number = number
        self.category = category
        self.available = available
        self.unit = unit
    }
}

/// What kind of thing an offer is.
public enum OfferKind: UInt8, Sendable, Hashable, CaseIterable {
    case goods
    case money
    case service
    case skill
    case transport
    /// The party buys what a beneficiary makes (授人以渔).
    case purchase

    public var code: String {
        switch self {
        case .goods: "goods"
        case .money: "money"
        case .service: "service"
        case .skill: "skill"
        case .transport: "transport"
        case .purchase: "purchase"
        }
    }

    public init?(code: String) {
        guard let kind = OfferKind.allCases.first(where: { $0.code == code }) else { return nil }
        self = kind
    }
}

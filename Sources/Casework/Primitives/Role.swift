public import MatchCore

/// The roles of the design, one list everywhere; a volunteer is a carrier, a fitter or both.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case guest, recipient, donor, carrier, fitter, intake, coordinator, approver, auditor, admin, integration
}

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

/// Up to which amount a person may approve, and at which level.
public struct ApprovalAuthority: Hashable, Sendable, Codable {
    public let level: AreaLevel
    /// The greatest amount, in fen (1/100 yuan), inclusive.
    public let limit: Int64

    public init(level: AreaLevel, limit: Int64) {
        self.level = level
        self.limit = limit
    }
}

/// Who makes a step: a person (or the system user) in one role, for at most one party or wish.
public struct CaseActor: Hashable, Sendable, Codable {
    public let id: RecordID
    public let role: Role
    /// The party a donor, carrier or fitter acts for; nil for staff.
    public let party: RecordID?
    /// The wish a recipient's look-up code opened; nil for everyone else.
    public let wish: RecordID?
    /// What an approver may approve; nil for other roles.
    public let authority: ApprovalAuthority?

    public init(
        id: RecordID, role: Role, party: RecordID? = nil, wish: RecordID? = nil, authority: ApprovalAuthority? = nil
    ) {
        self.id = id
        self.role = role
        self.party = party
        self.wish = wish
        self.authority = authority
    }
}

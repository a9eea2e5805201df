public import MatchCore

/// An offer, as the store keeps it.
public struct OfferRecord: Sendable, Hashable {
    public var key: RecordKey { features.key }
    public var state: OfferState
    /// When the party made the offer; nil where nobody noted it.
    public var received: Timestamp?
    /// What the matcher sees; its lines' `available` is that of the balances.
    public var features: Offer
    /// One per line, in the order of the lines.
    public var balances: [OfferBalanceRecord]

    public init(
        state: OfferState = .open, received: Timestamp? = nil, features: Offer, balances: [OfferBalanceRecord]
    ) {
        self.state = state
        self.received = received
        self.features = features
        self.balances = balances
    }

    /// A new offer: whatever its lines state is available.
    public init(new features: Offer, received: Timestamp? = nil) {
        self.init(
            received: received, features: features,
            balances: features.lines.map { OfferBalanceRecord(pledged: $0.available) })
    }
}

public enum OfferState: String, Sendable, Hashable, CaseIterable {
    case open
    case paused
    case withdrawn
}

/// The promise of one offer line: pledged = available + reserved + in transit + received + withdrawn.
public struct OfferBalanceRecord: Sendable, Hashable {
    /// Nil where the party states no quantity; then every part is 0 and there is nothing to reserve.
    public var pledged: Int64?
    public var available: Int64
    public var reserved: Int64 = 0
    public var inTransit: Int64 = 0
    public var received: Int64 = 0
    public var withdrawn: Int64 = 0

    /// A new line: all of it is available.
    public init(pledged: Int64?) {
        self.pledged = pledged
        available = pledged ?? 0
    }
}

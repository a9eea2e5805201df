public import MatchCore

/// A party, as those who work with the registry see it.
public struct RegisteredParty: Sendable {
    public let key: RecordKey
    public let name: String
    public let state: String
    public let features: Party
}

/// An offer, as those who work with the registry see it.
public struct RegisteredOffer: Sendable {
    public var key: RecordKey { features.key }
    public let state: String
    public let received: Timestamp?
    public let features: Offer
    /// Pledged, of each line; nil where the party states no quantity.
    public let pledged: [Int64?]
}

/// A wish, as those who work with the registry see it.
public struct RegisteredWish: Sendable {
    public var key: RecordKey { features.key }
    public let state: String
    public let features: Wish
    /// Wanted, of each line; nil where the request names no quantity.
    public let wanted: [Int64?]
}

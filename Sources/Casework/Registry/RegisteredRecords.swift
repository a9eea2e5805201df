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
    /// One per line, in the order of the lines.
    public let promises: [Promise]
    /// Pledged, of each line; nil where the party states no quantity.
    public var pledged: [Int64?] { promises.map(\.pledged) }

    /// Where a line's quantity is, besides what its features say is available.
    public struct Promise: Sendable, Hashable {
        public let pledged: Int64?
        public let reserved: Int64
        public let inTransit: Int64
        public let received: Int64
        public let withdrawn: Int64
    }
}

/// A wish, as those who work with the registry see it.
public struct RegisteredWish: Sendable {
    public var key: RecordKey { features.key }
    public let state: String
    public let features: Wish
    /// One per line, in the order of the lines.
    public let needs: [Need]
    /// The groups that follow from the household's file; nil where nobody looked.
    public var derivedGroups: [Code]?
    /// Wanted, of each line; nil where the request names no quantity.
    public var wanted: [Int64?] { needs.map(\.wanted) }

    /// Where a line's quantity is, besides what its features say is open.
    public struct Need: Sendable, Hashable {
        public let wanted: Int64?
        public let reserved: Int64
        public let inTransit: Int64
        public let received: Int64
        public let cancelled: Int64
    }
}

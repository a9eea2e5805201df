public import MatchCore

/// Claims and those who wait for one, as a store keeps them.
public protocol ClaimStoring {
    func insert(_ claim: KeptClaim) throws
    /// Puts the claim in the place of its earlier version; false where somebody else was quicker.
    func update(_ claim: Claim, from version: Int) throws -> Bool
    func claim(_ id: RecordID) throws -> KeptClaim?
    /// Claims of which the party carries or fits a part, the newest first.
    func claims(withLegOf party: RecordID, limit: Int) throws -> [KeptClaim]
    func claims(ofWish wish: RecordID) throws -> [KeptClaim]
    /// Claims by time of their last step, newest first.
    func claims(_ filter: ClaimFilter, limit: Int) throws -> [KeptClaim]
    /// What each party promised in claims made at or after a moment, without those that were declined, released,
    /// returned or expired.
    func promised(since moment: Moment) throws -> [PromisedUnits]
    /// The claims whose lease is over at a moment, the first to end first.
    func leasesOver(by moment: Moment, limit: Int) throws -> [KeptClaim]

    /// Adds a place; one for the same two lines stays as it is, and false comes back.
    func join(_ place: QueuePlace) throws -> Bool
    /// Writes what a place is for; where it stands in the queue stays.
    func update(_ place: QueuePlace) throws
    func leaveQueue(_ id: RecordID) throws
    func queue(for offer: LineReference) throws -> [QueuePlace]
    /// Offer lines that somebody waits for, in an order of their own, at most `limit` of them.
    ///
    /// - Parameter line: the last of the page before; nil for the first.
    func linesWaitedFor(behind line: LineReference?, limit: Int) throws -> [LineReference]
    /// The places in which a wish waits, in the order it came.
    func queuePlaces(ofWish wish: RecordID) throws -> [QueuePlace]
}

/// A claim with the lines it ties together.
public struct KeptClaim: Hashable, Sendable {
    public var claim: Claim
    public let offer: LineReference
    public let wish: LineReference
    public let madeAt: Moment

    public init(claim: Claim, offer: LineReference, wish: LineReference, madeAt: Moment) {
        self.claim = claim
        self.offer = offer
        self.wish = wish
        self.madeAt = madeAt
    }
}

/// A place in the queue behind an offer line.
public struct QueuePlace: Hashable, Sendable {
    public let place: ClaimQueue.Place
    public let offer: LineReference
    public let wish: LineReference

    public init(place: ClaimQueue.Place, offer: LineReference, wish: LineReference) {
        self.place = place
        self.offer = offer
        self.wish = wish
    }
}

/// Which claims are wanted; what is nil does not matter.
public struct ClaimFilter: Hashable, Sendable {
    public var state: ClaimState?
    public var party: RecordID?
    public var offer: RecordID?
    public var wish: RecordID?
    /// Only claims whose last step was made at or after this moment.
    public var changedSince: Moment?
    /// Only claims on wishes in these areas; nil for all.
    public var areas: [String]?
    /// Only claims that stand behind this one in the order of the list.
    public var behind: Place?

    /// Where a claim stands in the list.
    public struct Place: Hashable, Sendable {
        public var changedAt: Moment
        public var claim: RecordID

        public init(changedAt: Moment, claim: RecordID) {
            self.changedAt = changedAt
            self.claim = claim
        }
    }

    public init(
        state: ClaimState? = nil, party: RecordID? = nil, offer: RecordID? = nil, wish: RecordID? = nil,
        changedSince: Moment? = nil, areas: [String]? = nil, behind: Place? = nil
    ) {
        self.state = state
        self.party = party
        self.offer = offer
        self.wish = wish
        self.changedSince = changedSince
        self.areas = areas
        self.behind = behind
    }
}

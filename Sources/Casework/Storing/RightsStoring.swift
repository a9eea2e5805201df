public import MatchCore

/// What people agreed to, what is held back for it, and what was taken away in time, as a store keeps it.
public protocol RightsStoring {
    func insert(_ consent: Consent) throws
    /// Everything that was said about these, the oldest first.
    func consents(of subjects: [RecordID]) throws -> [Consent]

    func holds(of wish: RecordID) throws -> Set<WishHold>
    /// Puts these in the place of those that stand; matching sees the wish anew.
    func setHolds(_ holds: Set<WishHold>, of wish: RecordID, at moment: Moment) throws
    /// The wishes that are held by one of these.
    ///
    /// - Parameter ids: the only ones to look at; nil for all.
    func heldWishes(by holds: Set<WishHold>, among ids: [RecordID]?) throws -> Set<RecordID>
    /// Takes away what was suggested for a wish.
    func removeSuggestions(of wish: RecordID) throws
    /// Names of people who work for the program, at most `limit`: for finding them in a wording.
    func staffNames(limit: Int) throws -> [String]
    /// The year in which a member of a household was born; nil where nobody knows.
    func birthYear(ofMember person: RecordID) throws -> Int?

    /// Cases that were closed or ended before a moment and whose person is not erased, the oldest first.
    func closedCases(before moment: Moment, limit: Int) throws -> [RecordID]
    /// Files of families that were opened before a moment, have no open wish and hold nothing that happened since: no wish
    /// closed, nobody come or gone, no hardship or benefit begun or ended, no visit. Those that were erased are left out.
    func restingHouseholds(before moment: Moment, limit: Int) throws -> [RecordID]
    /// Notes how many of a kind were taken away.
    func note(_ run: RetentionRun) throws
    /// What was taken away so far, of each kind.
    func retentionTotals() throws -> [RetentionTotal]
    /// How many of a kind are kept, and since when the oldest is.
    func kept(_ kind: RetentionKind) throws -> (count: Int, oldest: Moment?)
}

public import MatchCore

/// Household files and the watch, as a store keeps them.
public protocol HouseholdStoring {
    func save(_ household: Household, watch: HouseholdWatch) throws
    func household(_ id: RecordID) throws -> (household: Household, watch: HouseholdWatch)?
    /// Puts a wish from one file into another; nothing else of either changes.
    func refile(_ wish: RecordID, from household: RecordID, to other: RecordID, round: Int) throws
    func household(ofWish wish: RecordID) throws -> RecordID?
    /// Where somebody lives, or lived.
    func households(ofMember person: RecordID) throws -> [RecordID]
    /// Households of a grade (all by default), the earliest visit due first.
    func watches(_ grade: WatchGrade?, limit: Int) throws -> [HouseholdWatch]
    /// Calls the body with what the next visit of every household hangs on.
    func forEachVisitPlan(_ body: (VisitPlan) throws -> Void) throws
    /// Files with their watch, in the order that the query names.
    func households(_ query: HouseholdQuery, limit: Int) throws -> [(household: Household, watch: HouseholdWatch)]

    /// Keeps the groups that follow from a file, sealed as the file is. Where they are others than before, matching reads all
    /// the household's wishes again. Nothing is kept of a household that was erased.
    func save(_ groups: DerivedGroups, of household: RecordID) throws
    /// Nil for a household that there is not, and for a file from which nothing was derived yet.
    func derivedGroups(of household: RecordID) throws -> DerivedGroups?
    /// The groups that follow for each wish; wishes without any are left out.
    ///
    /// - Parameter wishes: the only ones to look at; nil for all.
    func derivedGroups(among wishes: [RecordID]?) throws -> [RecordID: [Code]]
    /// The households whose groups were derived by another list than the one with this fingerprint, or until a moment that has
    /// come, at most `limit`.
    func householdsToDerive(by fingerprint: String, at moment: Moment, limit: Int) throws -> [RecordID]
}

/// Which households are wanted; what is nil does not matter.
public struct HouseholdQuery: Hashable, Sendable {
    public enum Order: Hashable, Sendable {
        /// The earliest visit due first.
        case visitDue
        /// For those who may not know whom somebody has to see soon.
        case id
    }

    public var grade: WatchGrade?
    /// Only households of these areas.
    public var areas: [String]?
    public var order = Order.visitDue
    /// Only households that stand behind this one, in the order of visits due.
    public var behind: TimedPlace?
    /// Only households behind this one, in the order of ids.
    public var behindID: RecordID?

    public init(grade: WatchGrade? = nil, areas: [String]? = nil, behind: TimedPlace? = nil) {
        self.grade = grade
        self.areas = areas
        self.behind = behind
    }
}

extension HouseholdWatch {
    /// Where the household stands in a list; one without a due visit stands last.
    public var place: TimedPlace { TimedPlace(visitDue ?? Moment(milliseconds: .max), household) }
}

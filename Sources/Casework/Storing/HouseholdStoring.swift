public import MatchCore

/// Household files and the watch, as a store keeps them.
public protocol HouseholdStoring {
    func save(_ household: Household, watch: HouseholdWatch) throws
    func household(_ id: RecordID) throws -> (household: Household, watch: HouseholdWatch)?
    func household(ofWish wish: RecordID) throws -> RecordID?
    /// Where somebody lives, or lived.
    func households(ofMember person: RecordID) throws -> [RecordID]
    /// Households of a grade (all by default), the earliest visit due first.
    func watches(_ grade: WatchGrade?, limit: Int) throws -> [HouseholdWatch]
    /// Files with their watch, in the order that the query names.
    func households(_ query: HouseholdQuery, limit: Int) throws -> [(household: Household, watch: HouseholdWatch)]
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

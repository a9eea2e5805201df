public import MatchCore

/// Household files and the watch, as a store keeps them.
public protocol HouseholdStoring {
    func save(_ household: Household, watch: HouseholdWatch) throws
    func household(_ id: RecordID) throws -> (household: Household, watch: HouseholdWatch)?
    func household(ofWish wish: RecordID) throws -> RecordID?
    /// Households of a grade (all by default), the earliest visit due first.
    func watches(_ grade: WatchGrade?, limit: Int) throws -> [HouseholdWatch]
}

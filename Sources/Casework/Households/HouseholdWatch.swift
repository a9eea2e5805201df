public import MatchCore

/// A household's place on the watch.
public struct HouseholdWatch: Hashable, Sendable {
    public let household: RecordID
    public let grade: WatchGrade
    /// The rules that gave the grade.
    public let because: [Code]
    public let since: Moment
    /// By when the next visit is due.
    public let visitDue: Moment?

    /// A watch as a store gives it back.
    public init(household: RecordID, grade: WatchGrade, because: [Code], since: Moment, visitDue: Moment?) {
        self.household = household
        self.grade = grade
        self.because = because
        self.since = since
        self.visitDue = visitDue
    }

    /// The watch of a family whose file was erased: green, and nobody is due to come by.
    static func ended(_ household: RecordID, after previous: HouseholdWatch?, at moment: Moment) -> HouseholdWatch {
        HouseholdWatch(
            household: household, grade: .green, because: [],
            since: previous?.grade == .green ? previous?.since ?? moment : moment, visitDue: nil)
    }

    /// Grades a household; returns the watch as it was when neither grade nor reasons changed and no visit was made.
    ///
    /// - Parameter previous: its watch so far; nil for a new file.
    public static func grading(
        _ household: Household, _ facts: HouseholdFacts, by rules: WatchRules, after previous: HouseholdWatch?,
        at moment: Moment, calendar: WorkingCalendar
    ) -> HouseholdWatch {
        let (grade, because) = rules.grade(facts)
        let since = previous?.grade == grade ? previous?.since ?? moment : moment
        let plan = VisitPlan(
            household: household.id, grade: grade, since: since, lastVisit: household.lastVisit, due: nil)
        return HouseholdWatch(
            household: household.id, grade: grade, because: because, since: since,
            visitDue: plan.due(by: rules, calendar: calendar))
    }
}

/// What the day of a household's next visit hangs on.
public struct VisitPlan: Hashable, Sendable {
    public let household: RecordID
    public let grade: WatchGrade
    /// Since when it has that grade.
    public let since: Moment
    public let lastVisit: Moment?
    /// By when the next visit is due, as it is kept.
    public let due: Moment?

    /// A plan as a store gives it back.
    public init(household: RecordID, grade: WatchGrade, since: Moment, lastVisit: Moment?, due: Moment?) {
        self.household = household
        self.grade = grade
        self.since = since
        self.lastVisit = lastVisit
        self.due = due
    }

    /// By when the next visit is due by a calendar: a worse grade counts from the day it was given; the same grade from the
    /// last visit.
    public func due(by rules: WatchRules, calendar: WorkingCalendar) -> Moment? {
        let allowance =
            switch grade {
            case .green: rules.visits.green
            case .orange: rules.visits.orange
            case .red: rules.visits.red
            }
        return calendar.due(allowance, from: max(since, lastVisit ?? since))?.moment
    }
}

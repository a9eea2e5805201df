internal import MatchCore

/// Plays a town through the real desk over a store, with a clock of its own: people ask for help by hour and season, staff
/// answer, visit and approve on working days, donors accept, decline or vanish, goods arrive, people say how it was.
///
/// No state is set by hand, and after every step the rules are looked at through the store.
public struct TownSimulation {
    let plan: TownPlan
    var rules: CaseRules
    let store: any CaseStore
    var random: TownRandom
    /// For what happens besides, so that a town has the same wishes whatever else becomes of them.
    var life: TownRandom
    var identifiers: IdentifierSource<TownRandom>
    var agenda = TownAgenda()
    var invariants = TownInvariants()
    var report = TownReport()
    var parties: [RecordID] = []
    var families: [RecordID] = []
    var offers: [String: [LineReference]] = [:]
    var now: Moment
    var wishCount = 0
    /// Claims of which it is settled whether their donor answers.
    var expected: Set<RecordID> = []
    /// What each wish asks for; the store's own category is that of the program's catalogue.
    var wanted: [RecordID: String] = [:]

    /// The store's program is new and empty.
    public init(plan: TownPlan, rules: CaseRules, store: any CaseStore) {
        self.plan = plan
        self.rules = rules
        self.store = store
        random = TownRandom(seed: plan.seed)
        life = TownRandom(seed: plan.seed ^ 0x2545_F491)
        identifiers = IdentifierSource(random: TownRandom(seed: plan.seed ^ 0x5DEE_CE66))
        now = rules.calendar.zone.moment(on: plan.start)
        report.days = plan.days
        report.seed = plan.seed
    }

    /// Plays all days.
    ///
    /// - Parameters:
    ///   - dayEnded: called after each day; a test plants a fault here.
    public mutating func run(dayEnded: (Int) throws -> Void = { _ in }) throws -> TownReport {
        try settle()
        for day in 0..<max(0, plan.days) {
            for hour in 0..<24 {
                try arrivals(in: hour, of: plan.start.adding(days: day))
                let end = rules.calendar.zone.moment(on: plan.start.adding(days: day), minute: (hour + 1) * 60)
                while let next = agenda.next, next < end {
                    guard let (at, errand) = agenda.take() else { break }
                    now = max(now, at)
                    try perform(errand)
                }
                now = max(now, end)
                if hour % 6 == 5 { try runTheClock() }
            }
            if day % 30 == 29 { try restock() }
            if day % 60 == 9 { try announceDayOff(after: plan.start.adding(days: day)) }
            try dayEnded(day)
            // A wish is looked at with each step that touches it; what comes over all of them shows within the week.
            let (desk, isAll) = (desk, day % 60 == 9 || day % 7 == 3 || day == plan.days - 1)
            try look(with: []) { invariants, transaction, _ in
                try invariants.checkRules(at: desk(transaction), ofAll: isAll)
            }
            try look { invariants, transaction, now in try invariants.checkClocks(transaction, at: now) }
            try look(with: allLines) { try $0.check($1, offers: $2, wishes: []) }
        }
        try look { invariants, transaction, _ in try invariants.checkWholeHistory(transaction) }
        try sumUp()
        return report
    }

    private var allLines: Set<LineReference> { Set(offers.values.joined()) }

    private mutating func sumUp() throws {
        let (now, rule) = (now, rules.satisfaction)
        let (figures, head, closed) = try store.blockingRead { transaction in
            (
                try transaction.figures(by: .all, asOf: now, satisfaction: rule)[.all],
                try transaction.chainHead().number,
                try transaction.wishCases(WishCaseFilter(state: .closed), limit: 1_000_000).count
            )
        }
        report.closed = closed
        report.historyEntries = head
        report.wishes = figures?.wishes ?? 0
        report.replyRate = figures?.replied.rate
        report.repliedOnTime = figures?.repliedOnTime.rate
        report.satisfaction = figures?.satisfied.rate
        report.onTime = figures?.onTime.rate
        report.medianDays = figures?.medianDays
        report.days95 = figures?.days95
    }
}

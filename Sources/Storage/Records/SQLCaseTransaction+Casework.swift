internal import Casework
internal import MatchCore

/// The ledger, claims, wishes, clocks, households, intake and approvals of one transaction.
extension SQLCaseTransaction {
    func programCode() throws -> Casework.Code {
        guard let code = Casework.Code(program) else {
            throw CaseworkError(
                .malformed, "'\(program.prefix(40))' is no name for a program with casework; use a code.",
                zhHans: "“\(program.prefix(40))”不能作为项目代码；请使用英文字母和数字。")
        }
        return code
    }

    // MARK: Ledger

    var ledger: LedgerTable { LedgerTable(connection: connection, program: program) }
    var funds: FundTable { FundTable(connection: connection, program: program) }

    func move(_ quantity: Int64, _ kind: LedgerMove.Kind, offer: LineReference, wish: LineReference) throws {
        marks.mark(.offer, offer.record)
        marks.mark(.wish, wish.record)
        try attempt { try ledger.move(quantity, kind, offer: offer, wish: wish) }
        try note(.offer, offer.record, .changed)
        try note(.wish, wish.record, .changed)
    }

    func balance(ofOffer line: LineReference) throws -> LineState<OfferPart>? { try ledger.line(line, OfferPart.self) }
    func balance(ofWish line: LineReference) throws -> LineState<WishPart>? { try ledger.line(line, WishPart.self) }

    func withdraw(_ quantity: Int64, from offer: LineReference) throws {
        marks.mark(.offer, offer.record)
        try ledger.withdraw(quantity, from: offer)
        try note(.offer, offer.record, .changed)
    }

    func cancel(_ quantity: Int64, of wish: LineReference) throws {
        marks.mark(.wish, wish.record)
        try ledger.cancel(quantity, of: wish)
        try note(.wish, wish.record, .changed)
    }

    func restore(_ quantity: Int64, of wish: LineReference) throws {
        marks.mark(.wish, wish.record)
        try ledger.restore(quantity, of: wish)
        try note(.wish, wish.record, .changed)
    }

    func pledge(_ quantity: Int64, on offer: LineReference) throws {
        marks.mark(.offer, offer.record)
        try ledger.pledge(quantity, on: offer)
        try note(.offer, offer.record, .changed)
    }

    func addLine(like line: LineReference, pledging quantity: Int64) throws -> LineReference {
        marks.mark(.offer, line.record)
        try note(.offer, line.record, .changed)
        return try ledger.addLine(like: line, pledging: quantity)
    }

    func lines(ofOffer offer: RecordID) throws -> [Int] { try ledger.lines(OfferPart.self, of: offer) }
    func lines(ofWish wish: RecordID) throws -> [Int] { try ledger.lines(WishPart.self, of: wish) }
    func save(_ budget: FundBudget) throws {
        let isKept = try funds.budget(of: budget.line) != nil
        try funds.save(budget)
        try note(.budget, budget.line.record, isKept ? .changed : .created)
    }

    func budget(of line: LineReference) throws -> FundBudget? { try funds.budget(of: line) }
    func budgets(ofOffer offer: RecordID?, behind: FundBudget.Place?, limit: Int) throws -> [FundBudget] {
        try funds.budgets(ofOffer: offer, behind: behind, limit: limit)
    }

    func budgets(endedBefore day: CivilDate) throws -> [FundBudget] { try funds.budgets(endedBefore: day) }

    // MARK: Claims

    private var claims: ClaimTable { ClaimTable(connection: connection, program: program) }
    private var places: QueueTable { QueueTable(connection: connection, program: program) }

    func insert(_ claim: KeptClaim) throws {
        try claims.insert(claim)
        try note(.claim, claim.claim.id, .created)
    }

    func update(_ claim: Claim, from version: Int) throws -> Bool {
        guard try claims.update(claim, from: version) else { return false }
        try note(.claim, claim.id, claim.state.isEnded ? .ended : .changed)
        return true
    }

    func claim(_ id: RecordID) throws -> KeptClaim? { try claims.first(id) }
    func promised(since moment: Moment) throws -> [PromisedUnits] { try claims.promised(since: moment) }

    func claims(ofWish wish: RecordID) throws -> [KeptClaim] {
        try claims.all("AND wish_id = $2 ORDER BY made_at, id", [SQLValue(wish)])
    }

    func claims(withLegOf party: RecordID, limit: Int) throws -> [KeptClaim] {
        try claims.all(
            "AND legs LIKE $2 ORDER BY changed_at DESC, id DESC LIMIT $3",
            [.text("%,\(party),%"), SQLValue(limit)])
    }

    func claims(_ filter: ClaimFilter, limit: Int) throws -> [KeptClaim] { try claims.all(filter, limit: limit) }

    func leasesOver(by moment: Moment, limit: Int) throws -> [KeptClaim] {
        try claims.all(
            "AND lease_end IS NOT NULL AND lease_end <= $2 ORDER BY lease_end, id LIMIT $3",
            [SQLValue(moment), SQLValue(limit)])
    }

    func join(_ place: QueuePlace) throws -> Bool { try places.insert(place) }
    func update(_ place: QueuePlace) throws { try places.update(place) }
    func leaveQueue(_ id: RecordID) throws { try places.delete(id) }
    func queue(for offer: LineReference) throws -> [QueuePlace] { try places.all(for: offer) }
    func linesWaitedFor(behind line: LineReference?, limit: Int) throws -> [LineReference] {
        try places.linesWaitedFor(behind: line, limit: limit)
    }
    func queuePlaces(ofWish wish: RecordID) throws -> [QueuePlace] { try places.all(of: wish) }

    // MARK: Wishes

    private var wishCases: WishCaseTable { WishCaseTable(connection: connection, program: program) }

    func save(_ wishCase: WishCase) throws {
        // A case that ends closes its wish.
        marks.mark(.wish, wishCase.wish)
        let isKept = try isKept("wish_case", "wish_id", wishCase.wish)
        try wishCases.save(wishCase)
        try note(.case, wishCase.wish, wishCase.state != .open ? .ended : isKept ? .changed : .created)
    }

    func wishCase(_ wish: RecordID) throws -> WishCase? { try wishCases.first(wish) }
    func wishCases(_ filter: WishCaseFilter, limit: Int) throws -> [WishCase] {
        try wishCases.all(filter, limit: limit)
    }

    func figures(by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule) throws
        -> [FigureGroup: Figures]
    {
        try measures.figures(by: kind, asOf: moment, satisfaction: rule)
    }

    // MARK: Clocks

    private var clockRows: ClockTable { ClockTable(connection: connection, program: program) }
    private var calendarRows: CalendarTable { CalendarTable(connection: connection, program: program) }

    func save(_ clock: ServiceClock, nextWork: Moment?) throws {
        let isKept = try isKept("clock", "id", clock.id)
        try clockRows.save(clock, nextWork: nextWork)
        try note(.clock, clock.id, clock.end != nil ? .ended : isKept ? .changed : .created)
    }

    func clock(_ id: RecordID) throws -> ServiceClock? { try clockRows.all("AND id = $2", [SQLValue(id)]).first }

    func clocks(of subject: RecordID) throws -> [ServiceClock] {
        try clockRows.all("AND subject = $2 ORDER BY started_at, id", [SQLValue(subject)])
    }

    func clocksWithWork(by moment: Moment, limit: Int) throws -> [ServiceClock] {
        try clockRows.all(
            "AND next_work_at IS NOT NULL AND next_work_at <= $2 ORDER BY next_work_at, id LIMIT $3",
            [SQLValue(moment), SQLValue(limit)])
    }

    func runningClocks(limit: Int) throws -> [ServiceClock] {
        try clockRows.all(
            "AND ended_at IS NULL AND due_at IS NOT NULL ORDER BY due_at, id LIMIT $2", [SQLValue(limit)])
    }

    func forEachRunningClock(_ body: (ServiceClock) throws -> Void) throws {
        for clock in try clockRows.all("AND ended_at IS NULL ORDER BY id", []) { try body(clock) }
    }

    func overdue(asOf moment: Moment, areas: [Casework.Code]?, behind: TimedPlace?, limit: Int) throws -> [Overdue] {
        try clockRows.overdue(asOf: moment, areas: areas, behind: behind, limit: limit)
    }

    func clocks(_ query: ClockQuery, limit: Int) throws -> [ServiceClock] { try clockRows.all(query, limit: limit) }

    func finish(_ work: ClockWork, at moment: Moment) throws -> Bool { try clockRows.finish(work, at: moment) }
    func finishedWork(of clock: RecordID) throws -> Set<String> { try clockRows.finishedWork(of: clock) }
    func calendar(_ zone: ProgramTimeZone) throws -> WorkingCalendar? { try calendarRows.calendar(zone) }

    func replaceCalendar(_ rows: [WorkingCalendar.Row], revision: Int) throws {
        try calendarRows.replace(rows, revision: revision)
        try note(Change(.calendar, "", .changed))
    }

    func runnerTime() throws -> Moment? { try calendarRows.runnerTime() }
    func setRunnerTime(_ moment: Moment) throws { try calendarRows.setRunnerTime(moment) }

    // MARK: Duties

    private var duties: DutyTable { DutyTable(connection: connection, program: program) }

    func dutyLease(_ duty: Duty) throws -> DutyLease? { try duties.first(duty) }

    func replace(_ standing: DutyLease?, with lease: DutyLease) throws -> Bool {
        try duties.replace(standing, with: lease)
    }

    // MARK: Households

    private var households: HouseholdTable { HouseholdTable(connection: connection, program: program, vault: vault) }

    func save(_ household: Household, watch: HouseholdWatch) throws {
        let isKept = try isKept("household", "id", household.id)
        // What is filed anew, or no longer, has other groups from now.
        let filed = Set(household.wishes.map(\.wish))
        for wish in filed.symmetricDifference(try groups.wishes(of: household.id)) { marks.mark(.wish, wish) }
        try households.save(household, watch: watch)
        try note(.household, household.id, isKept ? .changed : .created)
    }

    func household(_ id: RecordID) throws -> (household: Household, watch: HouseholdWatch)? { try households.first(id) }
    func refile(_ wish: RecordID, from household: RecordID, to other: RecordID, round: Int) throws {
        try households.move(wish, from: household, to: other, round: round)
        // It carries the groups of the other family from now on.
        marks.mark(.wish, wish)
    }

    func household(ofWish wish: RecordID) throws -> RecordID? { try households.ofWish(wish) }
    func households(ofMember person: RecordID) throws -> [RecordID] { try households.ofMember(person) }
    func watches(_ grade: WatchGrade?, limit: Int) throws -> [HouseholdWatch] {
        try households.watches(grade, limit: limit)
    }

    func forEachVisitPlan(_ body: (VisitPlan) throws -> Void) throws { try households.forEachVisitPlan(body) }

    func households(_ query: HouseholdQuery, limit: Int) throws -> [(household: Household, watch: HouseholdWatch)] {
        try households.all(query, limit: limit)
    }

    private var groups: GroupTable { GroupTable(connection: connection, program: program, vault: vault) }

    func save(_ derived: DerivedGroups, of household: RecordID) throws {
        let before = try groups.first(household)
        try groups.save(derived, of: household)
        guard Set(before?.codes ?? []) != Set(derived.codes) else { return }
        for wish in try groups.wishes(of: household) { marks.mark(.wish, wish) }
    }

    func derivedGroups(of household: RecordID) throws -> DerivedGroups? { try groups.first(household) }

    func derivedGroups(among wishes: [RecordID]?) throws -> [RecordID: [Casework.Code]] {
        guard let wishes else { return try groups.all() }
        var found: [RecordID: [Casework.Code]] = [:]
        try forEachGroup(of: wishes, "w.wish_id") { found.merge(try groups.all(where: $0, $1)) { $1 } }
        return found
    }

    func householdsToDerive(by fingerprint: String, at moment: Moment, limit: Int) throws -> [RecordID] {
        try groups.due(by: fingerprint, at: moment, limit: limit)
    }

    // MARK: Intake

    var inbox: InboxTable { InboxTable(connection: connection, program: program, vault: vault) }
    private var traitRows: TraitTable { TraitTable(connection: connection, program: program, vault: vault) }
    private var verdicts: VerdictTable { VerdictTable(connection: connection, program: program) }

    func take(_ record: InboxRecord) throws -> InboxRecord {
        let kept = try inbox.take(record)
        // What came in before is given back as it was kept then.
        if kept.id == record.id { try note(.inbox, record.id, .created) }
        return kept
    }

    func inboxRecord(_ id: RecordID) throws -> InboxRecord? { try inbox.all("AND id = $2", [SQLValue(id)]).first }

    func link(_ record: RecordID, toWish wish: RecordID, at moment: Moment) throws {
        try inbox.link(record, toWish: wish, at: moment)
        try note(.inbox, record, .ended)
    }

    func waitingRecords(limit: Int) throws -> [InboxRecord] {
        try inbox.all("AND closed_at IS NULL ORDER BY received_at, id LIMIT $2", [SQLValue(limit)])
    }

    func inboxRecords(ofWish wish: RecordID) throws -> [InboxRecord] {
        try inbox.all("AND wish_id = $2 ORDER BY received_at, id", [SQLValue(wish)])
    }

    func inboxRecords(_ query: InboxQuery, limit: Int) throws -> [InboxRecord] { try inbox.all(query, limit: limit) }

    func save(_ traits: IntakeTraits) throws { try traitRows.save(traits) }
    func traits(of wish: RecordID) throws -> IntakeTraits? {
        try traitRows.all("AND wish_id = $2", [SQLValue(wish)]).first
    }

    func traits(sharingWith traits: IntakeTraits, window: ClosedRange<Moment>, limit: Int) throws -> [IntakeTraits] {
        try traitRows.sharing(with: traits, window: window, limit: limit)
    }

    func traits(receivedIn window: ClosedRange<Moment>, limit: Int) throws -> [IntakeTraits] {
        try traitRows.all(
            "AND received_at >= $2 AND received_at <= $3 ORDER BY received_at, wish_id LIMIT $4",
            [SQLValue(window.lowerBound), SQLValue(window.upperBound), SQLValue(limit)])
    }

    func append(_ judgement: DuplicateBook.Judgement, id: RecordID) throws {
        try verdicts.insert(judgement, id: id)
        try note(.duplicate, judgement.pair.first, .changed)
        try note(.duplicate, judgement.pair.second, .changed)
    }

    func duplicateBook() throws -> DuplicateBook { try verdicts.book() }

    // MARK: Approvals

    private var approvals: ApprovalTable { ApprovalTable(connection: connection, program: program) }

    func save(_ approval: ApprovalCase) throws {
        let isKept = try isKept("approval_case", "id", approval.id)
        // What is approved may be matched by its words.
        marks.mark(.wish, approval.request.wish)
        try approvals.save(approval)
        let isOpen = if case .open = approval.status { true } else { false }
        try note(.approval, approval.id, !isOpen ? .ended : isKept ? .changed : .created)
    }

    func approval(_ id: RecordID) throws -> ApprovalCase? { try approvals.all("AND id = $2", [SQLValue(id)]).first }

    func approval(ofWish wish: RecordID) throws -> ApprovalCase? {
        // Asked for the last one alone, SQLite goes through those of every wish.
        try approvals.all("AND wish_id = $2", [SQLValue(wish)]).max { $0.id < $1.id }
    }

    func openApprovals(atStep step: Casework.Code?, limit: Int) throws -> [ApprovalCase] {
        let condition = step == nil ? "" : "AND step = $3"
        return try approvals.all(
            "AND status = 'open' \(condition) ORDER BY changed_at, id LIMIT $2",
            [SQLValue(limit)] + (step.map { [SQLValue($0)] } ?? []))
    }
    func approvals(_ query: ApprovalQuery, limit: Int) throws -> [ApprovalCase] {
        try approvals.all(query, limit: limit)
    }
}

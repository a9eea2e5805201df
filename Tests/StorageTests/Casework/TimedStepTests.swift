import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// A visit and a notice have clocks of their own; a calendar moves every day that hangs on it; a household's grade follows
/// what happens to its clocks.
@Suite struct TimedStepTests {
    private typealias Town = DeskTests.Town

    private let town = CaseActor(
        id: RecordID(high: 5, low: 2), role: .approver, authority: ApprovalAuthority(level: .town, limit: 5_000_000))

    private func code(_ body: () throws -> Void) -> CaseworkError.Code? {
        do { try body() } catch { return (error as? CaseworkError)?.code }
        return nil
    }

    private func world() throws -> Town {
        let world = try Town(paths: ["microWish": LivingRules.path])
        world.rules = try LivingRules.rules()
        return world
    }

    private func read<Value>(_ world: Town, _ body: (any CaseTransaction) throws -> Value) throws -> Value {
        try world.store.blockingRead(body)
    }

    private func clock(_ kind: ClockKind, of wish: LineReference, in world: Town) throws -> ServiceClock? {
        try read(world) { try $0.clocks(of: wish.record).last { $0.kind == kind } }
    }

    private func approval(_ wish: LineReference, in world: Town) throws -> ApprovalCase {
        try #require(try read(world) { try $0.approval(ofWish: wish.record) })
    }

    private func watch(_ household: RecordID, in world: Town) throws -> HouseholdWatch {
        try #require(try read(world) { try $0.household(household)?.watch })
    }

    private func act(_ act: ApprovalAct, on wish: LineReference, as actor: CaseActor = .system, in world: Town) throws {
        let id = try approval(wish, in: world).id
        try world.desk(actor) { _ = try $0.act(id, act) }
    }

    private func run(_ world: Town) throws -> [Code] {
        guard case .ran(let report) = try world.desk(.system, { try $0.run() }) else { return [] }
        return report.tasks.map(\.name)
    }

    private let finding = ApprovalAct.pass(note: RecordID(high: 8, low: 1))

    /// To its notice: 200,000 fen have to stand on display.
    private func onNotice(_ number: UInt64, in world: Town) throws -> LineReference {
        let wish = try world.wish(number, 10)
        try act(.pass(note: nil), on: wish, in: world)
        try act(finding, on: wish, in: world)
        try act(.approve, on: wish, as: town, in: world)
        try act(.putUpNotice, on: wish, in: world)
        return wish
    }

    // MARK: Visits and notices

    @Test func aVisitIsDueFromItsTurnUntilItIsMade() throws {
        let world = try world()
        let wish = try world.wish(1)
        #expect(try clock(.visit, of: wish, in: world) == nil, "nobody is to visit before the screening")
        world.later(hours: 2)
        try act(.pass(note: nil), on: wish, in: world)
        let visit = try #require(try clock(.visit, of: wish, in: world))
        #expect(visit.startedAt == world.now)
        #expect(visit.due?.moment == world.rules.calendar.due(.workingDays(3), from: world.now)?.moment)
        for step in [ClockStep.meet, .cancel] {
            #expect(
                code { try world.desk { _ = try $0.stepClock(visit.id, step, reason: Reason("other")) } } == .wrongState
            )
        }
        world.later(hours: 5)
        try act(finding, on: wish, in: world)
        let made = try clock(.visit, of: wish, in: world)?.end
        #expect(made?.at == world.now && made?.outcome == .met)
        // Back to it, and out of it by a refusal.
        try act(.sendBack(to: "homeVisit", Reason("lookAgain")), on: wish, as: town, in: world)
        let second = try #require(try clock(.visit, of: wish, in: world))
        #expect(second.id != visit.id && second.isRunning)
        try act(.refuse(Reason("no"), alternatives: ["hotline"]), on: wish, in: world)
        #expect(try clock(.visit, of: wish, in: world)?.end?.outcome == .cancelled)
    }

    @Test func aVisitThatNobodyMakesIsMissed() throws {
        let world = try world()
        let wish = try world.wish(1)
        try world.desk { try $0.answer(wish.record) }
        try act(.pass(note: nil), on: wish, in: world)
        _ = try run(world)
        let visit = try #require(try clock(.visit, of: wish, in: world)).id
        var seen: [String] = []
        for _ in 0..<6 {
            world.later(hours: 23)
            guard case .ran(let report) = try world.desk(.system, { try $0.run() }) else { continue }
            seen += report.tasks.filter { $0.clock == visit }.map(\.name.text)
        }
        #expect(seen.prefix(2) == ["warn-24", "lapse"] && seen.contains("raise-town"))
    }

    @Test func aNoticeIsToBeTakenDownOnceItHasStood() throws {
        let world = try world()
        let wish = try onNotice(1, in: world)
        let until = try #require(try approval(wish, in: world).notice?.until)
        let clock = try #require(try clock(.publicNotice, of: wish, in: world))
        let due = world.rules.calendar.due(.workingDays(4), from: world.now)?.moment
        #expect(clock.due?.moment == due && clock.lead == .workingDays(3))
        #expect(try #require(clock.due?.moment) > until)
        // The warning comes as it ends.
        world.now = until
        try world.desk { try $0.acceptJump(reason: Reason("hostWasOff")) }
        guard case .ran(let report) = try world.desk(.system, { try $0.run() }) else { return }
        #expect(report.tasks.contains { $0.clock == clock.id && $0.name == "warn-24" })
        try act(.takeDownNotice, on: wish, in: world)
        let ended = try #require(try self.clock(.publicNotice, of: wish, in: world))
        #expect(ended.end?.outcome == .met && ended.isOnTime == true)
    }

    @Test func aProgramWithoutALimitForThemHasNoClocksForThem() throws {
        let world = try world()
        world.rules.clocks = try SampleRules.rules().clocks
        world.rules.clocks = ClockPolicy(rules: world.rules.clocks.rules.filter { $0.kind != .visit })
        let wish = try onNotice(1, in: world)
        #expect(try read(world) { try $0.clocks(of: wish.record).map(\.kind) } == [.answer, .decision, .delivery])
    }

    // MARK: Calendars

    @Test func aNoticeMovesEveryDayThatHangsOnTheCalendarOnce() throws {
        let world = try world()
        let fast = try world.wish(1, urgency: .critical)
        try act(.approveFast(Reason("emergency")), on: fast, as: town, in: world)
        let shown = try onNotice(2, in: world)
        let household = try world.desk { try $0.openHousehold(area: "town1") }
        let before = (
            papers: try approval(fast, in: world).papersDue, notice: try approval(shown, in: world).notice?.until,
            visit: try watch(household, in: world).visitDue
        )
        world.later(hours: 2)
        let days = (7...8).compactMap { CivilDate(2026, 1, $0) }.map { WorkingCalendar.Row(date: $0, kind: .holiday) }
        let rows = world.rules.calendar.rows + days
        let loaded = try world.desk { try $0.load(notice: rows) }
        #expect(loaded.moved > 3)
        world.rules.calendar = loaded.calendar
        let calendar = loaded.calendar
        let start = world.now.adding(hours: -2)
        let after = (
            papers: try approval(fast, in: world).papersDue, notice: try approval(shown, in: world).notice?.until,
            visit: try watch(household, in: world).visitDue
        )
        #expect(after.papers == calendar.due(.workingDays(10), from: start)?.moment && after.papers != before.papers)
        #expect(after.notice == calendar.due(.workingDays(3), from: start)?.moment && after.notice != before.notice)
        #expect(after.visit == calendar.due(.workingDays(60), from: start)?.moment && after.visit != before.visit)
        let clock = try clock(.publicNotice, of: shown, in: world)
        #expect(clock?.due?.moment == calendar.due(.workingDays(4), from: start)?.moment)
        // Each tells it with the day before and after.
        try world.store.blockingRead { transaction in
            func told(_ record: RecordID, _ field: Code) throws -> FieldChange? {
                try transaction.history(of: [record]).last { $0.reason?.code == "calendarLoaded" }?
                    .changes.first { $0.field == field }
            }
            let papers = try told(try #require(try transaction.approval(ofWish: fast.record)).id, "papersDue")
            #expect(papers?.before == before.papers.map { .moment($0) })
            #expect(papers?.after == after.papers.map { .moment($0) })
            let notice = try told(try #require(try transaction.approval(ofWish: shown.record)).id, "noticeUntil")
            #expect(notice?.before == before.notice.map { .moment($0) })
            #expect(try told(household, "visitDue")?.after == after.visit.map { .moment($0) })
            var states = ToldStates()
            #expect(try Audit.verify(transaction, reading: { states.take($0) }) == nil)
            #expect(try states.differences(in: transaction).isEmpty)
        }
        // The same notice again says nothing new.
        let head = try read(world) { try $0.chainHead().number }
        #expect(try world.desk { try $0.load(notice: rows) }.moved == 0)
        #expect(try read(world) { try $0.chainHead().number } == head)
        #expect(try read(world) { try $0.calendar(.shanghai)?.revision } == loaded.calendar.revision)
    }

    @Test func whatIsOverMovesNoMore() throws {
        let world = try world()
        let stood = try onNotice(1, in: world)
        let until = try #require(try approval(stood, in: world).notice?.until)
        world.now = until.adding(hours: 1)
        let days = (6...7).compactMap { CivilDate(2026, 1, $0) }.map { WorkingCalendar.Row(date: $0, kind: .holiday) }
        let rows = world.rules.calendar.rows + days
        world.rules.calendar = try world.desk { try $0.load(notice: rows) }.calendar
        #expect(try approval(stood, in: world).notice?.until == until, "it has stood its days")
        try act(.takeDownNotice, on: stood, in: world)
        #expect(try approval(stood, in: world).step?.kind == .publication)
    }

    // MARK: The watch

    /// A household that is watched because an answer is overdue.
    private func forgotten(in world: Town) throws -> (household: RecordID, wish: LineReference) {
        let household = try world.desk { try $0.openHousehold(area: "town1") }
        let wish = try world.wish(1, urgency: .urgent)
        try world.desk { try $0.file(wish.record, under: household) }
        _ = try run(world)
        world.later(hours: 20)
        _ = try run(world)
        #expect(try watch(household, in: world).grade == .green)
        world.later(hours: 5)
        _ = try run(world)
        #expect(try watch(household, in: world).because == ["forgotten"])
        return (household, wish)
    }

    @Test func theCauseGoesWithTheAnswer() throws {
        let world = try world()
        let (household, wish) = try forgotten(in: world)
        world.later(hours: 1)
        try world.desk { try $0.answer(wish.record) }
        let watch = try watch(household, in: world)
        #expect(watch.grade == .green && watch.because.isEmpty && watch.since == world.now)
        let told = try read(world) { try $0.history(of: [household]).last { $0.action == "household/grade" } }
        #expect(told?.changes.first?.after == .code("green") && told?.at == world.now)
    }

    @Test func theCauseGoesWithTheUrgencyOrTheCalendar() throws {
        for isCalendar in [true, false] {
            let world = try world()
            let (household, wish) = try forgotten(in: world)
            if isCalendar {
                // The decision is due on the fifth working day: it is missed, and then the days were none.
                try world.desk { try $0.answer(wish.record) }
                try world.desk { try $0.acceptJump(reason: Reason("hostWasOff")) }
                for _ in 0..<7 {
                    world.later(hours: 23)
                    _ = try run(world)
                }
                #expect(try watch(household, in: world).grade == .orange)
                let days = (6...9).compactMap { CivilDate(2026, 1, $0) }
                    .map { WorkingCalendar.Row(date: $0, kind: .holiday) }
                let rows = world.rules.calendar.rows + days
                _ = try world.desk { try $0.load(notice: rows) }
            } else {
                let said = Wish(
                    key: RecordKey(source: "t", externalID: "w1", id: wish.record),
                    lines: [WishLine(category: nil, quantity: 5, estimatedPriceFen: 20_000)])
                try world.desk { try $0.change(said, admission: Admission(areas: .empty, categories: .empty)) }
            }
            #expect(try watch(household, in: world).grade == .green, "by the calendar: \(isCalendar)")
        }
    }

    @Test func anAnswerThatIsEnteredLateHidesNoOtherCause() throws {
        let world = try world()
        let (household, wish) = try forgotten(in: world)
        let other = try world.wish(2, urgency: .urgent)
        try world.desk { try $0.file(other.record, under: household) }
        let before = world.now.adding(hours: 1)
        for _ in 0..<2 {
            world.later(hours: 20)
            _ = try run(world)
        }
        // Both answers are overdue now; the first was given a day ago, when the second was not yet.
        world.clock = world.now
        world.now = before
        try world.desk { try $0.answer(wish.record) }
        #expect(try watch(household, in: world).because == ["forgotten"])
        world.now = try #require(world.clock)
        try world.desk { try $0.answer(other.record) }
        #expect(try watch(household, in: world).grade == .green)
    }

    @Test func theEndOfAnOverdueWishTakesItsCauseAway() throws {
        let world = try world()
        let (household, wish) = try forgotten(in: world)
        try world.desk { try $0.end(wish.record, reason: Reason("withdrawnByApplicant")) }
        #expect(try watch(household, in: world).grade == .green)
    }
}

import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Storage
import Testing

/// A wish becomes more urgent, or is another thing, while its case is open: everything that was dealt by what it was is
/// dealt again.
@Suite struct ChangedWishTests {
    private typealias Town = DeskTests.Town

    private let village = CaseActor(
        id: RecordID(high: 5, low: 1), role: .approver, authority: ApprovalAuthority(level: .village, limit: 100_000))
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

    private func said(
        _ number: UInt64, urgency: UrgencyGrade = .normal, category: String? = "aid.chair", price: Int64? = nil
    ) -> Wish {
        let id = RecordID(high: 3, low: number)
        return Wish(
            key: RecordKey(source: "t", externalID: "w\(number)", id: id), urgency: urgency,
            lines: [WishLine(category: category, quantity: 1, estimatedPriceFen: price)])
    }

    /// As a file is imported: a new wish opens its case, a known one is what the file says now.
    @discardableResult
    private func imported(_ wish: Wish, in world: Town) throws -> RecordID {
        let admission = Admission(areas: .empty, categories: world.rules.categories)
        return try world.desk { desk in
            try Registrar(transaction: desk.store, admission: admission, desk: desk, opening: .importFile).admit(wish)
                .id
        }
    }

    private func changed(_ wish: Wish, in world: Town) throws {
        let admission = Admission(areas: .empty, categories: world.rules.categories)
        try world.desk { try $0.change(wish, admission: admission) }
    }

    private func clock(_ kind: ClockKind, of wish: RecordID, in world: Town) throws -> ServiceClock {
        try #require(try read(world) { try $0.clocks(of: wish).last { $0.kind == kind } })
    }

    private func approval(_ wish: RecordID, in world: Town) throws -> ApprovalCase {
        try #require(try read(world) { try $0.approval(ofWish: wish) })
    }

    private func story(_ wish: RecordID, in world: Town) throws -> [HistoryEntry] {
        try read(world) { try WishStory.entries(of: wish, in: $0) }
    }

    private func entries(_ world: Town) throws -> Int64 { try read(world) { try $0.chainHead().number } }

    private func differences(_ world: Town) throws -> [ToldStates.Difference] {
        try read(world) { transaction in
            var told = ToldStates()
            let fault = try Audit.verify(transaction, reading: { told.take($0) })
            #expect(fault == nil)
            return try told.differences(in: transaction)
        }
    }

    private func after(_ entry: HistoryEntry, _ field: Code) -> HistoryValue? {
        entry.changes.last { $0.field == field }?.after
    }

    // MARK: Clocks

    @Test(arguments: [true, false])
    func whatBecomesAnEmergencyIsDueAsOneFromItsStart(isImported: Bool) throws {
        let world = try world()
        let start = world.now
        let wish = try imported(said(1), in: world)
        world.later(hours: 5)
        let before = try clock(.answer, of: wish, in: world)
        let other = said(1, urgency: .critical)
        if isImported { try imported(other, in: world) } else { try changed(other, in: world) }
        for (kind, hours) in [(ClockKind.answer, 12), (.decision, 24), (.delivery, 72)] {
            let clock = try clock(kind, of: wish, in: world)
            #expect(clock.due?.moment == start.adding(hours: hours), "\(kind)")
            #expect(clock.terms.allowance == .hours(hours))
        }
        #expect(try read(world) { try $0.wishCase(wish)?.urgency } == .emergency)
        let story = try story(wish, in: world)
        let redealt = try #require(story.first { $0.action == "clock/redeal" && $0.subject == before.id })
        let due = try #require(redealt.changes.first { $0.field == "due" })
        #expect(due.before == before.due.map { .moment($0.moment) } && due.after == .moment(start.adding(hours: 12)))
        #expect(redealt.reason?.code == "reclassified")
        #expect(story.contains { $0.action == "wish/reclassify" && after($0, "urgency") == .code("emergency") })
        // The figures measure by what was due then.
        #expect(
            story.contains { $0.action == "wish/due" && after($0, "answerDue") == .moment(start.adding(hours: 12)) })
        #expect(try differences(world).isEmpty)
        // The same again is no news.
        let told = try entries(world)
        if isImported { try imported(other, in: world) } else { try changed(other, in: world) }
        #expect(try entries(world) == told)
    }

    @Test func anotherThingHasItsOwnTime() throws {
        let world = try world()
        let start = world.now
        let wish = try imported(said(1), in: world)
        try imported(said(1, category: "aid.bed"), in: world)
        let due = try clock(.delivery, of: wish, in: world).due?.moment
        #expect(due == world.rules.calendar.due(.workingDays(20), from: start)?.moment)
        #expect(try read(world) { try $0.wishCase(wish)?.category } == "aid.bed")
    }

    @Test func pausesAndGrantedTimeAreKeptAndWhatEndedStays() throws {
        let world = try world()
        let start = world.now
        let wish = try imported(said(1), in: world)
        world.later(hours: 1)
        try world.desk { try $0.answer(wish) }
        let answered = try clock(.answer, of: wish, in: world)
        let delivery = try clock(.delivery, of: wish, in: world).id
        let coordinator = CaseActor(id: RecordID(high: 5, low: 7), role: .coordinator)
        try world.desk(coordinator) {
            _ = try $0.stepClock(delivery, .askExtension(more: 2), reason: Reason("flood"))
        }
        try world.desk(town) { _ = try $0.stepClock(delivery, .decideExtension(grant: true)) }
        try world.desk { _ = try $0.stepClock(delivery, .pause, reason: Reason("awaitsPerson")) }
        world.later(hours: 10)
        try world.desk { _ = try $0.stepClock(delivery, .resume) }
        try imported(said(1, urgency: .critical), in: world)
        // 72 hours, the 10 that it stood, and then the two working days that were granted: they stay working days.
        let calendar = world.rules.calendar
        let due = try clock(.delivery, of: wish, in: world).due?.moment
        #expect(due == calendar.due(.workingDays(2), from: start.adding(hours: 82))?.moment)
        #expect(try clock(.answer, of: wish, in: world) == answered)
        // One that is paused learns it when it goes on.
        let decision = try clock(.decision, of: wish, in: world).id
        try world.desk { _ = try $0.stepClock(decision, .pause, reason: Reason("awaitsPerson")) }
        try imported(said(1), in: world)
        #expect(try clock(.decision, of: wish, in: world).due == nil)
        world.later(hours: 1)
        try world.desk { _ = try $0.stepClock(decision, .resume) }
        #expect(
            try clock(.decision, of: wish, in: world).due?.moment == calendar.due(.workingDays(5), from: start)?.moment)
        #expect(
            try clock(.delivery, of: wish, in: world).due?.moment == calendar.due(.workingDays(12), from: start)?.moment
        )
        #expect(try differences(world).isEmpty)
    }

    @Test func aClosedCaseKeepsWhatItWasClosedAsUntilItIsOpenedAgain() throws {
        let world = try world()
        world.rules.paths = [:]
        let wish = try imported(said(1, category: nil), in: world)
        let claim = try world.desk { try $0.propose(offer: world.offer, wish: LineReference(wish), quantity: 1) }.claim
            .id
        for step in [ClaimStep.accept, .dispatch, .receive, .confirm] {
            try world.desk { _ = try $0.step(claim, step, reason: Reason("visit")) }
        }
        let before = try entries(world)
        let refused = try #require(throws: AdmissionRefusal.self) {
            try imported(said(1, urgency: .critical, category: nil), in: world)
        }
        #expect(refused.faults.map(\.field) == ["urgency"] && refused.faults[0].message.en.contains("has ended"))
        #expect(try read(world) { try $0.wish(wish)?.features.urgency } == .normal)
        #expect(try entries(world) == before)
        world.later(hours: 1)
        try world.desk { try $0.rate(wish, stars: 1) }
        let due = world.rules.calendar.due(.workingDays(10), from: world.now)?.moment
        #expect(try clock(.delivery, of: wish, in: world).due?.moment == due)
        try imported(said(1, urgency: .critical, category: nil), in: world)
        #expect(try clock(.delivery, of: wish, in: world).due?.moment == world.now.adding(hours: 72))
    }

    // MARK: Approvals

    private func screened(_ wish: RecordID, in world: Town) throws -> RecordID {
        let id = try approval(wish, in: world).id
        try world.desk { _ = try $0.act(id, .pass(note: nil)) }
        try world.desk { _ = try $0.act(id, .pass(note: RecordID(high: 8, low: 1))) }
        return id
    }

    @Test func aRaiseOpensTheFastLaneAndWhatItDecidedStays() throws {
        let world = try world()
        let wish = try imported(said(1), in: world)
        let id = try screened(wish, in: world)
        let fast = ApprovalAct.approveFast(Reason("emergency"))
        #expect(code { try world.desk(town) { _ = try $0.act(id, fast) } } == .notCovered)
        try changed(said(1, urgency: .critical), in: world)
        let reread = try #require(try story(wish, in: world).first { $0.action == "approval/reread" })
        #expect(after(reread, "fastLane") == .code("open"))
        #expect(try world.desk(town) { try $0.act(id, fast) }.isApproved)
        // It turns out to be less urgent: what was approved stays approved, and the history says so.
        world.later(hours: 1)
        try changed(said(1, urgency: .normal), in: world)
        let kept = try approval(wish, in: world)
        #expect(kept.isFast && kept.isApproved && kept.request.urgency == .emergency)
        let told = try #require(try story(wish, in: world).last { $0.action == "wish/reclassify" })
        #expect(after(told, "decision") == .code("stands"))
        #expect(try clock(.papers, of: wish, in: world).end == nil)
        #expect(try differences(world).isEmpty)
    }

    @Test func anUndecidedApprovalLooksAtWhatItCostsNow() throws {
        let world = try world()
        let wish = try imported(said(1), in: world)
        let id = try screened(wish, in: world)
        #expect(try approval(wish, in: world).levelNeeded == .village)
        // Dearer, and a thing that takes a conference: that step is not left out.
        try imported(said(1, category: "aid.bed"), in: world)
        let dearer = try approval(wish, in: world)
        #expect(dearer.request.amount == 300_000 && dearer.step?.id == "conference")
        try imported(said(1, category: "aid.chair", price: 200_000), in: world)
        #expect(try approval(wish, in: world).step?.id == "approval")
        #expect(try approval(wish, in: world).levelNeeded == .town)
        #expect(code { try world.desk(village) { _ = try $0.act(id, .approve) } } == .aboveAuthority)
        try world.desk(town) { _ = try $0.act(id, .approve) }
        try world.desk { _ = try $0.act(id, .putUpNotice) }
        // On notice it costs more: that was never approved.
        try imported(said(1, category: "aid.chair", price: 400_000), in: world)
        let again = try approval(wish, in: world)
        #expect(again.step?.id == "approval" && again.notice == nil && again.request.amount == 400_000)
        let notice = try clock(.publicNotice, of: wish, in: world)
        #expect(notice.end?.outcome == .cancelled)
        #expect(try differences(world).isEmpty)
    }

    @Test func whoApprovedAnotherAmountHasNotApprovedThisOne() throws {
        let world = try world()
        let wish = try imported(said(1, price: 600_000), in: world)
        let id = try screened(wish, in: world)
        try world.desk(town) { _ = try $0.act(id, .approve) }
        #expect(try approval(wish, in: world).approvals.count == 1)
        try changed(said(1, urgency: .urgent, price: 600_000), in: world)
        #expect(try approval(wish, in: world).approvals.count == 1, "the urgency is not what was approved")
        try imported(said(1, urgency: .urgent, price: 700_000), in: world)
        #expect(try approval(wish, in: world).approvals.isEmpty)
    }

    @Test func anAmountThatAPersonStatedStays() throws {
        let world = try world()
        let wish = try imported(said(1), in: world)
        let id = try screened(wish, in: world)
        try world.desk(town) { _ = try $0.act(id, .revise(amount: 90_000, Reason("estimate"))) }
        try imported(said(1, category: "aid.bed", price: 80_000), in: world)
        #expect(try approval(wish, in: world).request.amount == 90_000)
        // What the catalogue has for a bed is more than was stated: that is stated first.
        let refused = try #require(throws: AdmissionRefusal.self) {
            try imported(said(1, category: "aid.bed"), in: world)
        }
        #expect(refused.faults.map(\.field) == ["quantity"])
        #expect(refused.faults[0].message.en.contains("approval act revise"))
    }
}

import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// Ways in which a promise could be lost, a family served twice, or a clock missed without anybody's noticing.
@Suite struct PromiseTests {
    private typealias Town = DeskTests.Town

    private func code(_ body: () throws -> Void) -> CaseworkError.Code? {
        do { try body() } catch { return (error as? CaseworkError)?.code }
        return nil
    }

    private func clocks(_ wish: LineReference, _ town: Town) throws -> [ServiceClock] {
        try town.store.blockingRead { try $0.clocks(of: wish.record) }
    }

    private func clock(_ kind: ClockKind, of wish: LineReference, _ town: Town) throws -> ServiceClock {
        try #require(try clocks(wish, town).last { $0.kind == kind })
    }

    private func deliver(_ quantity: Int64, from offer: LineReference, to wish: LineReference, in town: Town) throws {
        let claim = try town.desk { try $0.propose(offer: offer, wish: wish, quantity: quantity) }.claim.id
        for step in [ClaimStep.accept, .dispatch, .receive, .confirm] {
            try town.desk { _ = try $0.step(claim, step, reason: Reason("visit")) }
        }
    }

    private func differences(_ town: Town) throws -> [ToldStates.Difference] {
        try town.store.blockingRead { transaction in
            var told = ToldStates()
            let fault = try Audit.verify(transaction, reading: { told.take($0) })
            #expect(fault == nil)
            return try told.differences(in: transaction)
        }
    }

    // MARK: Money

    private static let fund = LineReference(RecordID(high: 2, low: 7))
    private static let approver = CaseActor(
        id: RecordID(high: 5, low: 1), role: .approver,
        authority: ApprovalAuthority(level: .town, limit: 5_000_000))

    /// A fund of a million yuan, and two wishes for 600,000 each, of which 30,000 are approved at once.
    private func treatments() throws -> (town: Town, wishes: [LineReference]) {
        let town = try Town(paths: ["microWish": .sample])
        let wishes = [LineReference(RecordID(high: 3, low: 1)), LineReference(RecordID(high: 3, low: 2))]
        try town.desk { desk in
            let registrar = Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk)
            try registrar.admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "f", id: Self.fund.record), party: town.party, kind: .money,
                    lines: [OfferLine(category: nil, available: 100_000_000, unit: .fen)]))
            for (number, wish) in wishes.enumerated() {
                try registrar.admit(
                    Wish(
                        key: RecordKey(source: "t", externalID: "w\(number)", id: wish.record), urgency: .critical,
                        lines: [WishLine(category: nil, quantity: 60_000_000, unit: .fen)]))
                _ = try desk.open(wish.record, channel: .hotline12345)
            }
        }
        for wish in wishes {
            let approval = try #require(try town.store.blockingRead { try $0.approval(ofWish: wish.record) })
            _ = try town.desk { try $0.act(approval.id, .revise(amount: 3_000_000, Reason("firstPart"))) }
            _ = try town.desk(Self.approver) { try $0.act(approval.id, .approveFast(Reason("emergency"))) }
        }
        return (town, wishes)
    }

    @Test func noMoreMoneyIsPromisedThanWasApproved() throws {
        let (town, wishes) = try treatments()
        func propose(_ quantity: Int64) throws -> RecordID {
            try town.desk { try $0.propose(offer: Self.fund, wish: wishes[0], quantity: quantity) }.claim.id
        }
        #expect(code { _ = try propose(60_000_000) } == .insufficient)
        #expect(code { _ = try propose(3_000_001) } == .insufficient)
        let first = try propose(2_000_000)
        #expect(code { _ = try propose(1_000_001) } == .insufficient)
        _ = try propose(1_000_000)
        // What comes back can be promised again.
        try town.desk { _ = try $0.step(first, .decline, reason: Reason("other")) }
        try deliver(2_000_000, from: Self.fund, to: wishes[0], in: town)
        #expect(code { _ = try propose(1) } == .insufficient)
        #expect(try differences(town).isEmpty)
    }

    @Test func whoHasAllThatWasApprovedHoldsNobodyUpInAQueue() throws {
        let (town, wishes) = try treatments()
        try town.desk { try $0.pause(offer: Self.fund.record, reason: Reason("stocktaking")) }
        for wish in wishes {
            try town.desk { _ = try $0.join(offer: Self.fund, wish: wish, quantity: 60_000_000, least: 1_000_000) }
            town.later(hours: 1)
        }
        try town.desk { try $0.resume(offer: Self.fund.record, reason: nil) }
        for wish in wishes {
            let claims = try town.store.blockingRead { try $0.claims(ofWish: wish.record) }
            #expect(claims.map(\.claim.quantity) == [3_000_000])
        }
        #expect(try town.store.blockingRead { try $0.queue(for: Self.fund) }.isEmpty)
    }

    // MARK: Clocks that somebody ends by hand

    @Test func whatIsOwedToAPersonIsNotCrossedOffByHand() throws {
        let town = try Town(paths: ["microWish": .sample])
        let wish = try town.wish(1)
        for (kind, step) in [
            (ClockKind.delivery, ClockStep.meet), (.delivery, .cancel), (.decision, .meet), (.decision, .cancel),
            (.answer, .cancel),
        ] {
            let id = try clock(kind, of: wish, town).id
            #expect(code { try town.desk { _ = try $0.stepClock(id, step, reason: Reason("late")) } } == .wrongState)
        }
        #expect(try clocks(wish, town).allSatisfy { $0.end == nil })
        // To meet the clock for the answer is to answer.
        let answer = try clock(.answer, of: wish, town).id
        #expect(try town.desk { try $0.stepClock(answer, .meet) }.end?.outcome == .met)
        let figures = try town.store.blockingRead {
            try $0.figures(by: .all, asOf: town.now, satisfaction: .standard)[.all]
        }
        #expect(figures?.replied == Share(1, of: 1))
        #expect(try differences(town).isEmpty)
    }

    @Test func aCallThatWasCancelledSilencesNobody() throws {
        let town = try Town()
        let wish = try town.wish(1)
        try deliver(5, from: town.offer, to: wish, in: town)
        let call = try clock(.callBack, of: wish, town).id
        #expect(code { try town.desk { _ = try $0.stepClock(call, .meet) } } == .wrongState, "somebody has to ask")
        try town.desk { _ = try $0.stepClock(call, .cancel, reason: Reason("cannotBeReached")) }
        town.later(hours: 1)
        try town.desk { try $0.rate(wish.record, stars: 1, words: "坏了") }
        #expect(try town.state(wish) == .open)
    }

    @Test func whoWasContentAndIsNoLongerHasTheWishOpenedAgain() throws {
        let town = try Town()
        let wish = try town.wish(1)
        try deliver(5, from: town.offer, to: wish, in: town)
        for (stars, state) in [(5, WishCase.State.closed), (4, .closed), (1, .open)] {
            town.later(hours: 24)
            try town.desk { try $0.rate(wish.record, stars: stars) }
            #expect(try town.state(wish) == state)
        }
        #expect(try clocks(wish, town).filter { $0.end == nil }.map(\.kind).contains(.delivery))
        let figures = try town.store.blockingRead {
            try $0.figures(by: .all, asOf: town.now, satisfaction: .standard)[.all]
        }
        #expect(figures?.satisfied == Share(0, of: 1), "the last answer counts")
        #expect(try differences(town).isEmpty)
    }

    @Test func whatWasCancelledAtTheClosingIsOpenAgainHoweverOftenThePersonWasAsked() throws {
        let town = try Town()
        let wish = try town.wish(1)
        try deliver(3, from: town.offer, to: wish, in: town)
        try town.desk {
            try $0.close(wish.record, as: .partly, reason: try $0.reason("no", words: "余下没有", about: wish.record))
        }
        for stars in [3, 2] {
            town.later(hours: 24)
            try town.desk { try $0.rate(wish.record, stars: stars) }
        }
        #expect(try town.state(wish) == .open)
        #expect(try town.store.blockingRead { try $0.balance(ofWish: wish)?[.open] } == 2)
        #expect(try differences(town).isEmpty)
    }

    @Test func whatWasDecidedElsewhereWaitsForNoDecision() throws {
        let town = try Town(paths: ["microWish": .sample])
        let id = RecordID(high: 3, low: 1)
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Wish(
                    key: RecordKey(source: "t", externalID: "w", id: id), lines: [WishLine(category: nil, quantity: 1)])
            )
            _ = try desk.open(id, channel: .importFile, needsApproval: false)
        }
        let decision = try clock(.decision, of: LineReference(id), town)
        #expect(decision.end?.outcome == .met)
        try deliver(1, from: town.offer, to: LineReference(id), in: town)
        #expect(try town.state(LineReference(id)) == .closed)
    }

    @Test func aRecordThatNobodyLooksAtIsMissedLikeAWish() throws {
        let town = try Town()
        let (first, second) = try town.desk {
            (try $0.take("想要一张轮椅", channel: .hotline12345, externalID: "N-1"), try $0.take("一张床", channel: .web))
        }
        let wish = try town.wish(1)
        town.later(hours: 25)
        func overdue() throws -> Set<RecordID> {
            Set(try town.store.blockingRead { try $0.overdue(asOf: town.now, areas: nil, limit: 10) }.map(\.subject))
        }
        #expect(try overdue() == [first.id, second.id, wish.record])
        // Again the same record has the clock it had.
        _ = try town.desk { try $0.take("想要一张轮椅", channel: .hotline12345, externalID: "N-1") }
        #expect(try town.store.blockingRead { try $0.clocks(of: first.id) }.count == 1)
        _ = try town.desk { try $0.confirm(first.id, as: wish.record) }
        #expect(try overdue() == [second.id, wish.record])
        _ = try town.desk { try $0.erasePerson(second.id, reason: Reason("asked")) }
        #expect(try overdue() == [wish.record])
        #expect(try differences(town).isEmpty)
    }

    @Test func aRecordWhoseTimeIsOverTakesItsClockAlong() throws {
        let town = try Town()
        let record = try town.desk { try $0.take("你好", channel: .web) }.id
        for _ in 0...RetentionRules.standard.inboxDays + 1 {
            town.later(hours: 24)
            try town.desk { _ = try $0.run() }
        }
        #expect(try town.store.blockingRead { try $0.inboxRecord(record) } == nil)
        #expect(try town.store.blockingRead { try $0.clocks(of: record) }.map { $0.end?.outcome } == [.cancelled])
        #expect(try differences(town).isEmpty)
    }

    /// Whoever leaves a record lying gains no time by it.
    @Test func whoCalledHasWaitedSinceTheyCalled() throws {
        let town = try Town()
        let wish = RecordID(high: 3, low: 1)
        let called = town.now
        let record = try town.desk { try $0.take("想要一张轮椅", channel: .hotline12345, externalID: "N-1") }.id
        town.later(hours: 48)
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Wish(
                    key: RecordKey(source: "t", externalID: "w", id: wish),
                    submitted: Timestamp(milliseconds: called.milliseconds),
                    lines: [WishLine(category: nil, quantity: 1)]))
            _ = try desk.confirm(record, as: wish)
        }
        let answer = try clock(.answer, of: LineReference(wish), town)
        #expect(answer.startedAt == called && answer.isOverdue(asOf: town.now))
        try town.desk { try $0.answer(wish) }
        let figures = try town.store.blockingRead {
            try $0.figures(by: .all, asOf: town.now, satisfaction: .standard)[.all]
        }
        #expect(figures?.replied == Share(1, of: 1) && figures?.repliedOnTime == Share(0, of: 1))
        #expect(try differences(town).isEmpty)
    }

    // MARK: Files, queues, entries

    @Test func aWishOfNowhereIsPutWhereItBelongs() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let areas = try AreaTree([
            Area(code: "c1", parent: nil, level: "town", name: LocalizedText(zhHans: "镇", en: "town"))
        ])
        let before = town.now
        town.later(hours: 24 * 5)
        func overdue(_ area: Casework.Code) throws -> Int {
            try town.store.blockingRead { try $0.overdue(asOf: town.now, areas: [area], limit: 10) }.count
        }
        func figures(_ moment: Moment) throws -> Set<String> {
            Set(
                try town.store.blockingRead { try $0.figures(by: .area, asOf: moment, satisfaction: .standard) }
                    .keys.map(\.description))
        }
        #expect(try overdue("unplaced") == 1)
        let donor = CaseActor(id: RecordID(high: 5, low: 3), role: .donor, party: town.party)
        let admission = Admission(areas: areas, categories: .empty)
        #expect(
            code { try town.desk(donor) { try $0.move(wish.record, to: "c1", admission: admission) } }
                == .roleNotAllowed)
        try town.desk { try $0.move(wish.record, to: "c1", admission: admission) }
        #expect(code { try town.desk { try $0.move(wish.record, to: "c1", admission: admission) } } == .wrongState)
        #expect(try overdue("unplaced") == 0)
        #expect(try overdue("c1") == 1)
        #expect(try figures(town.now) == ["area/c1"])
        #expect(try figures(before) == ["area/unplaced"], "as it was known then")
        #expect(try town.store.blockingRead { try $0.wishCase(wish.record)?.area } == "c1")
        #expect(try town.store.blockingRead { try $0.balance(ofWish: wish)?[.open] } == 5)
        #expect(try differences(town).isEmpty)
    }

    @Test func whatWasOverdueStaysWithTheAreaItWasInThen() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let areas = try AreaTree(
            ["c1", "c2"].map { Area(code: $0, parent: nil, level: "town", name: LocalizedText(zhHans: "镇", en: $0)) })
        let admission = Admission(areas: areas, categories: .empty)
        func overdue(_ moment: Moment) throws -> [String] {
            try town.store.blockingRead { store in
                try ["unplaced", "c1", "c2"].flatMap { area in
                    try store.overdue(asOf: moment, areas: [area], limit: 10).map { "\($0.kind.rawValue) \($0.area)" }
                }
            }
        }
        let answer = try clock(.answer, of: wish, town)
        town.later(hours: 24 * 5)
        let first = town.now
        town.later(hours: 1)
        try town.desk { try $0.move(wish.record, to: "c1", admission: admission) }
        // A pause is of the clock alone, and splits no area.
        let delivery = try clock(.delivery, of: wish, town)
        _ = try town.desk { try $0.stepClock(delivery.id, .pause, reason: Reason("awaitsPerson")) }
        town.later(hours: 1)
        let second = town.now
        _ = try town.desk { try $0.stepClock(delivery.id, .resume) }
        town.later(hours: 1)
        try town.desk { try $0.move(wish.record, to: "c2", admission: admission) }
        town.later(hours: 1)
        #expect(try overdue(first) == ["answer unplaced"])
        #expect(try overdue(second) == ["answer c1"])
        #expect(try overdue(town.now) == ["answer c2"])
        // Nor does what is done later change what was said of that time.
        try town.desk { try $0.answer(wish.record) }
        #expect(try overdue(first) == ["answer unplaced"] && overdue(second) == ["answer c1"])
        #expect(try overdue(town.now).isEmpty)
        #expect(try clock(.answer, of: wish, town).area(asOf: answer.startedAt) == "unplaced")
        #expect(try differences(town).isEmpty)
    }

    @Test func aWishThatIsOverTakesNoPlaceInItsFamilysRound() throws {
        let town = try Town()
        town.rules.onePerRound = true
        let (past, present, third) = (try town.wish(1, 3), try town.wish(2, 3), try town.wish(3, 3))
        try deliver(3, from: town.offer, to: past, in: town)
        let household = try town.desk { try $0.openHousehold(area: "c1") }
        let donor = CaseActor(id: RecordID(high: 5, low: 3), role: .donor, party: town.party)
        #expect(code { try town.desk(donor) { try $0.file(past.record, under: household) } } == .roleNotAllowed)
        town.later(hours: 1)
        try town.desk { try $0.file(past.record, under: household) }
        try town.desk { try $0.file(present.record, under: household) }
        #expect(code { try town.desk { try $0.file(third.record, under: household) } } == .notCovered)
        let filed = try #require(try town.store.blockingRead { try $0.household(household)?.household.wishes })
        #expect(filed.filter { $0.closedAt == nil }.map(\.wish) == [present.record])
        // Opened again, it is an open wish of the family's like any other.
        try town.desk { try $0.rate(past.record, stars: 1) }
        let reopened = try town.store.blockingRead { try $0.household(household)?.household.wishes }
        #expect(reopened?.allSatisfy { $0.closedAt == nil } == true)
    }

    @Test func aDonorQueuesForNobodyElsesOffer() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let other = CaseActor(id: RecordID(high: 5, low: 4), role: .donor, party: RecordID(high: 1, low: 9))
        #expect(
            code { try town.desk(other) { _ = try $0.join(offer: town.offer, wish: wish, quantity: 5, least: 1) } }
                == .notYours)
        let own = CaseActor(id: RecordID(high: 5, low: 5), role: .donor, party: town.party)
        let served = try town.desk(own) { try $0.join(offer: town.offer, wish: wish, quantity: 5, least: 1) }
        #expect(served.claim?.claim.quantity == 5)
    }

    /// Entered days after, an answer counts from when it was given; that it was entered days after is told.
    @Test func aStepThatIsEnteredLateSaysWhen() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let given = town.now.adding(hours: 1)
        town.later(hours: 240)
        (town.now, town.clock) = (given, town.now)
        try town.desk { try $0.answer(wish.record) }
        let entry = try #require(
            try town.store.blockingRead { try $0.history(of: [wish.record]) }.last { $0.action == "wish/answer" })
        #expect(entry.at == given)
        #expect(entry.changes.first { $0.field == "enteredAt" }?.after == .moment(town.clock ?? given))
        let opened = try town.store.blockingRead { try $0.history(of: [wish.record]) }
            .first { $0.action == "wish/open" }
        #expect(opened?.changes.contains { $0.field == "enteredAt" } == false, "what is entered at once says nothing")
        #expect(try differences(town).isEmpty)
    }

    @Test func theSaltOfADigestComesFromTheStoresChance() throws {
        func digest(_ number: UInt64) throws -> HistoryValue? {
            let database = try SQLiteDatabase(inMemory: .init())
            try Schema.migrate(database, at: 0)
            _ = try Programs(database: database).create(
                Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
            let store = SQLCaseStore(
                database: database, program: "p", vault: try TestDatabase.vault(for: database), random: { number })
            let rules = try SampleRules.rules()
            let note = RecordID(high: 9, low: 1)
            try store.blockingWrite { transaction in
                _ = try CaseDesk(
                    rules: rules, store: transaction, actor: .system, now: Moment(milliseconds: 1_767_576_600_000),
                    newID: { note }
                ).keep("一样的话", as: "reason", about: RecordID(high: 3, low: 1))
            }
            return try store.blockingRead { try $0.history(of: [note]) }.first?.changes.first?.after
        }
        #expect(try digest(7) == digest(7))
        #expect(try digest(7) != digest(8))
    }
}

import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// The desk over a store in memory: one donor with ten pieces, wishes of five.
@Suite struct DeskTests {
    final class Town {
        let store: SQLCaseStore
        let database: any Database
        var rules: CaseRules
        var now = Moment(milliseconds: 1_767_576_600_000)  // Monday 2026-01-05, 9:30 in Shanghai
        /// What the host's clock shows; by default it shows `now`.
        var clock: Moment?
        private var count: UInt64 = 1_000

        init(paths: [Casework.Code: ApprovalPath] = [:]) throws {
            database = try TestDatabase.empty()
            try Schema.migrate(database, at: 0)
            _ = try Programs(database: database).create(
                Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p"), utcOffsetSeconds: 28_800),
                at: Timestamp(milliseconds: 0))
            store = SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database))
            rules = try SampleRules.rules(paths: paths)
            try desk { desk in
                let registrar = Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk)
                try registrar.admit(
                    Party(id: party, kind: .fund), key: RecordKey(source: "t", externalID: "p", id: party), name: "p")
                try registrar.admit(
                    Offer(
                        key: RecordKey(source: "t", externalID: "o", id: offer.record), party: party,
                        lines: [OfferLine(category: nil, available: 10)]))
            }
        }

        let party = RecordID(high: 1, low: 1)
        let offer = LineReference(RecordID(high: 2, low: 1))

        @discardableResult
        func desk<Result>(_ actor: CaseActor = .system, _ body: (CaseDesk) throws -> Result) throws -> Result {
            try store.blockingWrite { transaction in
                try body(
                    CaseDesk(
                        rules: rules, store: transaction, actor: actor, now: now, clock: clock,
                        newID: {
                            self.count += 1
                            return RecordID(high: 9, low: self.count)
                        }))
            }
        }

        func wish(_ number: UInt64, _ quantity: Int64 = 5, urgency: UrgencyGrade = .normal) throws -> LineReference {
            let line = LineReference(RecordID(high: 3, low: number))
            try desk { desk in
                try Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk,
                    opening: nil
                ).admit(
                    Wish(
                        key: RecordKey(source: "t", externalID: "w\(number)", id: line.record), urgency: urgency,
                        lines: [WishLine(category: nil, quantity: quantity, estimatedPriceFen: 20_000)]))
                _ = try desk.open(line.record, channel: .hotline12345)
            }
            return line
        }

        func later(hours: Int) { now = now.adding(hours: hours) }
        func balance() throws -> LineState<OfferPart>? { try store.blockingRead { try $0.balance(ofOffer: offer) } }
        func state(_ wish: LineReference) throws -> WishCase.State? {
            try store.blockingRead { try $0.wishCase(wish.record)?.state }
        }
    }

    private func code(_ body: () throws -> Void) -> CaseworkError.Code? {
        do { try body() } catch { return (error as? CaseworkError)?.code }
        return nil
    }

    @Test func aPromiseArrivesAndTheWishCloses() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: 5) }.claim.id
        #expect(try town.balance()?[.reserved] == 5)
        for step in [ClaimStep.accept, .dispatch, .receive, .confirm] {
            town.later(hours: 2)
            try town.desk { _ = try $0.step(claim, step, reason: Reason("visit")) }
        }
        #expect(try town.balance()?[.received] == 5)
        #expect(try town.state(wish) == .closed)
        let story = try town.store.blockingRead { try WishStory.entries(of: wish.record, in: $0) }.map(\.action.text)
        #expect(story.contains("claim/propose") && story.last == "wish/close")
        #expect(!story.contains { $0.isEmpty })
    }

    @Test func moreThanThePledgeIsNeverPromised() throws {
        let town = try Town()
        let (first, second) = (try town.wish(1, 8), try town.wish(2, 8))
        try town.desk { _ = try $0.propose(offer: town.offer, wish: first, quantity: 8) }
        #expect(
            code { try town.desk { _ = try $0.propose(offer: town.offer, wish: second, quantity: 8) } } == .insufficient
        )
        #expect(try town.balance()?.parts.values.reduce(0, +) == 10)
    }

    @Test func whatComesFreeGoesToWhoWaitsInTheirOrder() throws {
        let town = try Town()
        let (first, second, third) = (try town.wish(1, 10), try town.wish(2, 6), try town.wish(3, 4))
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: first, quantity: 10) }.claim.id
        try town.desk { _ = try $0.join(offer: town.offer, wish: second, quantity: 6, least: 6) }
        town.later(hours: 1)
        try town.desk { _ = try $0.join(offer: town.offer, wish: third, quantity: 4, least: 1) }
        try town.desk { _ = try $0.step(claim, .decline, reason: Reason("no")) }
        #expect(try town.store.blockingRead { try $0.claims(ofWish: second.record) }.map(\.claim.quantity) == [6])
        #expect(try town.store.blockingRead { try $0.claims(ofWish: third.record) }.map(\.claim.quantity) == [4])
        #expect(try town.store.blockingRead { try $0.queue(for: town.offer) }.isEmpty)
    }

    @Test func theRunnerDoesEachPieceOfWorkOnce() throws {
        let town = try Town()
        let wish = try town.wish(1)
        try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 5) }
        // A node that is on duty asks every second, in a transaction that must change nothing.
        func isDue() throws -> Bool {
            try town.store.blockingRead { transaction in
                try CaseDesk(
                    rules: town.rules, store: transaction, actor: .system, now: town.now, newID: { RecordID(0) }
                ).hasWorkDue()
            }
        }
        func run() throws -> RunReport? {
            guard case .ran(let report) = try town.desk(.system, { try $0.run() }) else { return nil }
            return report
        }
        _ = try run()
        #expect(try !isDue())
        town.later(hours: 23)
        #expect(try isDue())
        #expect(try run()?.tasks.count == 1)
        #expect(try !isDue() && run()?.tasks.count == 0)
        town.later(hours: 23)
        _ = try run()
        town.later(hours: 23)
        #expect(try isDue())
        #expect(try run()?.leasesEnded == 1)
        #expect(try town.balance()?[.available] == 10)
    }

    @Test func aJumpOfTheClockEndsNothingUntilAPersonHasLooked() throws {
        let town = try Town()
        let wish = try town.wish(1)
        try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 5) }
        try town.desk { _ = try $0.run() }
        let before = town.now
        town.later(hours: 24 * 40)
        guard case .alarm(let since, _) = try town.desk(.system, { try $0.run() }) else {
            Issue.record("the runner did not stop")
            return
        }
        #expect(since == before)
        #expect(try town.balance()?[.reserved] == 5)
        #expect(code { try town.desk { try $0.acceptJump(reason: nil) } } == .reasonRequired)
        try town.desk { try $0.acceptJump(reason: Reason("hostWasOff")) }
        try town.desk { _ = try $0.run() }
        #expect(try town.balance()?[.available] == 10)
        // The host falls back: time stands.
        town.now = before
        guard case .ran(let report) = try town.desk(.system, { try $0.run() }) else { return }
        #expect(report.until > before)
    }

    @Test func whoIsNotSatisfiedHasTheWishOpenedAgain() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: 5) }.claim.id
        for step in [ClaimStep.accept, .dispatch, .receive, .confirm] {
            try town.desk { _ = try $0.step(claim, step, reason: Reason("visit")) }
        }
        town.later(hours: 24)
        try town.desk { try $0.rate(wish.record, stars: 1, words: "坏了") }
        #expect(try town.state(wish) == .open)
        let clocks = try town.store.blockingRead { try $0.clocks(of: wish.record) }
        #expect(clocks.contains { $0.kind == .delivery && $0.round == 2 && $0.end == nil })
        #expect(clocks.allSatisfy { $0.round == 2 || $0.end != nil })
        // The words stand apart from the history.
        let story = try town.store.blockingRead { try WishStory.entries(of: wish.record, in: $0) }
        let note = try #require(story.first { $0.action == "wish/rate" }?.reason?.note)
        #expect(try town.store.blockingRead { try $0.note(note)?.words } == "坏了")
    }

    @Test func nothingIsPromisedBeforeTheApproval() throws {
        let path = ApprovalPath.sample
        let town = try Town(paths: ["microWish": path])
        let wish = try town.wish(1, urgency: .critical)
        #expect(
            code { try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 1) } } == .wrongState)
        let approval = try #require(try town.store.blockingRead { try $0.approval(ofWish: wish.record) })
        #expect(approval.request.amount == 100_000)
        let approver = CaseActor(
            id: RecordID(high: 5, low: 1), role: .approver,
            authority: ApprovalAuthority(level: .town, limit: 5_000_000))
        let after = try town.desk(approver) { try $0.act(approval.id, .approveFast(Reason("emergency"))) }
        #expect(after.isApproved && after.papersDue != nil)
        try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 1) }
        let clocks = try town.store.blockingRead { try $0.clocks(of: wish.record) }
        #expect(clocks.contains { $0.kind == .papers && $0.end == nil })
        #expect(clocks.contains { $0.kind == .decision && $0.end?.outcome == .met })
    }

    @Test func theSameNumberFromAChannelIsOneRecord() throws {
        let town = try Town()
        let first = try town.desk { try $0.take("想要一张轮椅", channel: .fair, externalID: "7", event: "fair2026") }
        let again = try town.desk { try $0.take("想要一张轮椅", channel: .fair, externalID: "7") }
        #expect(first == again)
        // Other words under the same number are another request: it is refused rather than lost.
        let refused = #expect(throws: CaseworkError.self) {
            try town.desk { try $0.take("家里着火了", channel: .fair, externalID: "7") }
        }
        #expect(refused?.message.contains("other words") == true)
        #expect(try town.store.blockingRead { try $0.waitingRecords(limit: 10) }.count == 1)
    }

    @Test func aHouseholdsFileComesBackAsItWasKept() throws {
        let town = try Town()
        let id = try town.desk { try $0.openHousehold(area: "town1") }
        let person = RecordID(high: 6, low: 1)
        try town.desk { _ = try $0.note(.personCame(person, birthYear: 1940), of: id) }
        try town.desk { _ = try $0.note(.hardship("illness"), of: id) }
        town.later(hours: 30)
        try town.desk { _ = try $0.note(.hardshipEnded("illness"), of: id) }
        let wish = try town.wish(1)
        try town.desk { try $0.file(wish.record, under: id) }
        try town.desk { try $0.end(wish.record, reason: Reason("done")) }
        let (file, _) = try #require(try town.store.blockingRead { try $0.household(id) })
        #expect(file.members.map(\.person) == [person])
        #expect(file.hardships.count == 1 && file.hardships[0].to == town.now)
        #expect(file.wishes.count == 1 && file.wishes[0].closedAt == town.now)
    }

    @Test func duplicatesWarnAndCanBeToldApart() throws {
        let town = try Town()
        let (one, other) = (try town.wish(1), try town.wish(2))
        try town.store.blockingWrite { transaction in
            for wish in [one, other] {
                var traits = IntakeTraits(record: wish.record, receivedAt: town.now, categories: ["wheelchair"])
                traits.phone = BlindKey(77)
                traits.street = "s1"
                try transaction.save(traits)
            }
        }
        let pairs = try town.desk { try $0.duplicates(of: one.record) }
        #expect(pairs.count == 1 && pairs[0].explanation().en.contains("same phone"))
        let window = town.now.adding(hours: -1)...town.now
        #expect(try town.desk { try $0.clusters(receivedIn: window) }.count == 1)
        try town.desk { try $0.judge(pairs[0].pair, .different, reason: Reason("siblings")) }
        #expect(try town.desk { try $0.clusters(receivedIn: window) }.isEmpty)
        try town.desk { try $0.judge(pairs[0].pair, .open, reason: Reason("lookAgain")) }
        #expect(try town.desk { try $0.clusters(receivedIn: window) }.count == 1)
    }

    @Test func aNewCalendarMovesDueTimesAndSaysSo() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let before = try town.store.blockingRead { try $0.clocks(of: wish.record).first { $0.kind == .decision }?.due }
        let rows = (6...9).compactMap { CivilDate(2026, 1, $0) }.map { WorkingCalendar.Row(date: $0, kind: .holiday) }
        let calendar = try WorkingCalendar(zone: .shanghai, rows: rows, revision: 2)
        #expect(try town.desk { try $0.load(calendar, rows: rows) } == 1)
        let after = try town.store.blockingRead { try $0.clocks(of: wish.record).first { $0.kind == .decision }?.due }
        #expect(try #require(after?.moment) > (try #require(before?.moment)))
        #expect(try town.store.blockingRead { try $0.calendar(.shanghai)?.revision } == 2)
        let story = try town.store.blockingRead { try WishStory.entries(of: wish.record, in: $0) }
        #expect(story.contains { $0.action == "clock/recompute" })
    }

    @Test func whatWasOverdueIsToldForAnyPastMoment() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let due = town.now.adding(hours: 24)
        town.later(hours: 30)
        try town.desk { try $0.answer(wish.record) }
        func overdue(_ moment: Moment) throws -> Int {
            try town.store.blockingRead {
                try $0.overdue(asOf: moment, areas: nil, limit: 10).count { $0.kind == .answer }
            }
        }
        #expect(try overdue(due) == 0)
        #expect(try overdue(due.adding(hours: 1)) == 1)
        #expect(try overdue(due.adding(hours: 10)) == 0)
    }

    @Test func aFundsBudgetPaysWithinItsDaysAndIsClosedAfterThem() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let (first, last) = (try #require(CivilDate(2026, 1, 1)), try #require(CivilDate(2026, 1, 5)))
        try town.desk { try $0.store.save(FundBudget(party: town.party, line: town.offer, days: first...last)) }
        try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 2) }
        try town.desk { _ = try $0.run() }
        town.later(hours: 20)
        #expect(
            code { try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 1) } } == .notCovered)
        try town.desk { _ = try $0.run() }
        #expect(try town.balance()?[.withdrawn] == 8)
        #expect(try town.balance()?[.reserved] == 2)
    }
}

import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// No step later than the clock, and none before what comes first.
@Suite struct DeskTimeTests {
    private typealias Town = DeskTests.Town

    private func code(_ body: () throws -> Void) -> CaseworkError.Code? {
        do { try body() } catch { return (error as? CaseworkError)?.code }
        return nil
    }

    /// Runs the body with a desk that is `hours` away from the clock; the clock stands.
    private func away(_ hours: Int, _ town: Town, _ body: (CaseDesk) throws -> Void) throws {
        let now = town.now
        defer { (town.now, town.clock) = (now, nil) }
        town.clock = now
        town.later(hours: hours)
        try town.desk { try body($0) }
    }

    @Test func nothingIsDoneInTheFuture() throws {
        let town = try Town(paths: ["microWish": .sample])
        let wish = try town.wish(1)
        let household = try town.desk { try $0.openHousehold(area: "town1") }
        let approval = try #require(try town.store.blockingRead { try $0.approval(ofWish: wish.record) })
        let clock = try #require(try town.store.blockingRead { try $0.clocks(of: wish.record).first })
        let steps: [(CaseDesk) throws -> Void] = [
            { try $0.answer(wish.record) }, { _ = try $0.act(approval.id, .pass(note: nil)) },
            { _ = try $0.stepClock(clock.id, .pause, reason: Reason("x")) },
            { _ = try $0.note(.visited, of: household) }, { _ = try $0.openHousehold(area: "town1") },
            { _ = try $0.take("轮椅", channel: .web) },
            { _ = try $0.take("轮椅", channel: .web, receivedAt: $0.now) },
            { _ = try $0.join(offer: town.offer, wish: wish, quantity: 1, least: 1) },
            { try $0.withdraw(1, from: town.offer, reason: Reason("x")) },
        ]
        for (number, step) in steps.enumerated() {
            #expect(code { try away(2, town, step) } == .notInTime, "step \(number)")
        }
        // A minute apart is two hosts' clocks.
        try away(0, town) { _ in }
    }

    @Test func aNoticeStandsItsDays() throws {
        let town = try Town(paths: ["microWish": .sample])
        let wish = try town.wish(1)
        let id = try #require(try town.store.blockingRead { try $0.approval(ofWish: wish.record) }).id
        let approver = CaseActor(
            id: RecordID(high: 5, low: 1), role: .approver,
            authority: ApprovalAuthority(level: .city, limit: 5_000_000))
        for _ in 0..<8 {
            guard let step = try town.store.blockingRead({ try $0.approval(id)?.step }), step.kind != .publicNotice
            else { break }
            let act: ApprovalAct = step.kind == .approval ? .approve : .pass(note: RecordID(high: 8, low: 1))
            _ = try? town.desk(step.kind == .approval ? approver : .system) { try $0.act(id, act) }
        }
        guard try town.store.blockingRead({ try $0.approval(id)?.step?.kind }) == .publicNotice else { return }
        _ = try town.desk { try $0.act(id, .putUpNotice) }
        #expect(code { try away(24 * 30, town) { _ = try $0.act(id, .takeDownNotice) } } == .notInTime)
    }

    @Test func nothingIsDoneBeforeWhatComesFirst() throws {
        let town = try Town()
        let early = town.now
        let wish = try town.wish(1)
        let household = try town.desk { try $0.openHousehold(area: "town1") }
        let record = try town.desk { try $0.take("轮椅", channel: .web) }
        town.later(hours: 5)
        try town.desk { try $0.answer(wish.record) }
        _ = try town.desk { try $0.note(.visited, of: household) }
        let steps: [(String, (CaseDesk) throws -> Void)] = [
            ("end", { try $0.end(wish.record, reason: Reason("x")) }),
            ("visit", { _ = try $0.note(.visited, of: household) }),
        ]
        for (name, step) in steps { #expect(code { try away(-2, town, step) } == .timeRunsBackwards, "\(name)") }
        #expect(
            code { try away(-6, town) { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 1) } }
                == .timeRunsBackwards)
        #expect(
            code { try away(-6, town) { _ = try $0.confirm(record.id, as: wish.record) } } == .timeRunsBackwards)
        #expect(town.now > early)
        // A file that begins today began within the time that the program takes in.
        town.rules.enterWithinDays = 30
        #expect(code { try away(-24 * 40, town) { _ = try $0.openHousehold(area: "town1") } } == .notInTime)
        try away(-24 * 20, town) { _ = try $0.openHousehold(area: "town1") }
    }

    @Test func whatIsNotedAsMissedIsNotTakenBackByAnEarlierTime() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let clock = try #require(
            try town.store.blockingRead { try $0.clocks(of: wish.record) }.first { $0.kind == .answer })
        let due = try #require(clock.due?.moment)
        town.now = due.adding(hours: 4)
        // Nobody has noted that it was missed: what was done in time is entered a little later.
        try away(-6, town) { _ = try $0.stepClock(clock.id, .askExtension(more: 1), reason: Reason("awaitsPerson")) }
        let second = try town.wish(2)
        let other = try #require(
            try town.store.blockingRead { try $0.clocks(of: second.record) }.first { $0.kind == .answer })
        town.now = try #require(other.due?.moment).adding(hours: 4)
        try town.desk { _ = try $0.run() }
        for step in [ClockStep.pause, .askExtension(more: 1)] {
            #expect(
                code { try away(-6, town) { _ = try $0.stepClock(other.id, step, reason: Reason("awaitsPerson")) } }
                    == .notInTime, "\(step)")
        }
        let overdue = try town.store.blockingRead { try $0.overdue(asOf: town.now, areas: nil, limit: 10) }.map(\.clock)
        #expect(overdue.contains(other.id))
        // What was asked for in time is still decided on.
        let approver = CaseActor(id: RecordID(high: 5, low: 1), role: .approver)
        _ = try town.desk(approver) { try $0.stepClock(clock.id, .decideExtension(grant: true)) }
    }

    @Test func theRunnerIsNotSentAheadOfTheClock() throws {
        let town = try Town()
        let wish = try town.wish(1)
        try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 5) }
        for hours in [1, 20, 24 * 3] {
            #expect(code { try away(hours, town) { _ = try $0.run() } } == .notInTime, "\(hours)")
            #expect(
                code { try away(hours, town) { try $0.acceptJump(reason: Reason("hostWasOff")) } } == .notInTime,
                "an admin accepts what happened, not what will: \(hours)")
        }
        #expect(try town.balance()?[.reserved] == 5, "and no lease has ended")
        let entries = try town.store.blockingRead { try $0.history(of: [wish.record]).count }
        // What will be due can be looked at, and looking at it changes nothing.
        try away(24 * 30, town) { desk in
            let forecast = try desk.forecast()
            #expect(forecast.isComplete && forecast.work.map(\.at) == forecast.work.map(\.at).sorted())
            #expect(forecast.work.allSatisfy { $0.at <= desk.now && $0.at >= desk.clock })
            let tasks = Set(forecast.work.map(\.task))
            #expect(tasks.isSuperset(of: ["leaseEnd", "lapse"]), "\(tasks)")
        }
        #expect(try town.balance()?[.reserved] == 5)
        #expect(try town.store.blockingRead { try $0.history(of: [wish.record]).count } == entries)
        // When the time has come it is done, after somebody has looked at three days without a run.
        town.later(hours: 24 * 3)
        try town.desk {
            try $0.acceptJump(reason: Reason("hostWasOff"))
            _ = try $0.run()
        }
        #expect(try town.balance()?[.available] == 10)
    }

    @Test func importedWishesHaveWaitedSinceTheyWereSubmittedAndTakeTheirLanesWay() throws {
        let town = try Town(paths: ["microWish": .sample])
        let submitted = town.now.adding(hours: -24 * 20)
        func admit(_ number: UInt64, areApproved: Bool) throws -> RecordID {
            let id = RecordID(high: 3, low: number)
            try town.desk { desk in
                _ = try Registrar(
                    transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk,
                    opening: .importFile, areApproved: areApproved
                ).admit(
                    Wish(
                        key: RecordKey(source: "t", externalID: "w\(number)", id: id),
                        submitted: Timestamp(milliseconds: submitted.milliseconds),
                        lines: [WishLine(category: nil, quantity: 5, estimatedPriceFen: 20_000)]))
            }
            return id
        }
        let (waiting, approved) = (try admit(1, areApproved: false), try admit(2, areApproved: true))
        try town.store.blockingRead { store in
            let clocks = try store.clocks(of: waiting)
            #expect(clocks.count == 3 && clocks.allSatisfy { $0.startedAt == submitted })
            try #expect(store.wishCase(waiting)?.receivedAt == submitted)
            try #expect(store.overdue(asOf: town.now, areas: nil, limit: 10).contains { $0.subject == waiting })
            try #expect(store.approval(ofWish: waiting)?.isApproved == false)
            try #expect(store.approval(ofWish: approved) == nil)
            try #expect(
                store.history(of: [approved]).first { $0.action == "wish/open" }?.reason?.code
                    == "approvedElsewhere")
        }
        #expect(
            code { try town.desk { _ = try $0.propose(offer: town.offer, wish: LineReference(waiting), quantity: 1) } }
                == .wrongState)
        try town.desk { _ = try $0.propose(offer: town.offer, wish: LineReference(approved), quantity: 1) }
    }

    @Test func nobodyQueuesForMoreThanIsWanted() throws {
        let town = try Town()
        let wish = try town.wish(1, 5)
        #expect(
            code { try town.desk { _ = try $0.join(offer: town.offer, wish: wish, quantity: 6, least: 1) } }
                == .quantity)
    }
}

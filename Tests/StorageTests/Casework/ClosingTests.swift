import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// How wishes are closed, and what ends with them.
@Suite struct ClosingTests {
    private typealias Town = DeskTests.Town

    private func code(_ body: () throws -> Void) -> CaseworkError.Code? {
        do { try body() } catch { return (error as? CaseworkError)?.code }
        return nil
    }

    private func figures(_ town: Town) throws -> Figures? {
        try town.store.blockingRead { try $0.figures(by: .all, asOf: town.now, satisfaction: .standard)[.all] }
    }

    private func deliver(_ quantity: Int64, to wish: LineReference, in town: Town) throws {
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: quantity) }.claim.id
        for step in [ClaimStep.accept, .dispatch, .receive, .confirm] {
            try town.desk { _ = try $0.step(claim, step, reason: Reason("visit")) }
        }
    }

    @Test func aWishIsFulfilledWhenTheLastPartHasArrivedInWhateverOrderThatIsEntered() throws {
        let town = try Town()
        let wish = try town.wish(1)
        let claims = try [2, 3].map { quantity in
            try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: quantity) }.claim.id
        }
        for step in [ClaimStep.accept, .dispatch, .receive] {
            town.later(hours: 1)
            for claim in claims { try town.desk { _ = try $0.step(claim, step, reason: Reason("visit")) } }
        }
        let first = town.now.adding(hours: 24)
        town.later(hours: 24 * 3)
        let last = town.now
        try town.desk { _ = try $0.step(claims[0], .confirm, reason: Reason("visit")) }
        town.later(hours: 24)
        // The other arrived two days before, and is entered today.
        (town.clock, town.now) = (town.now, first)
        try town.desk { _ = try $0.step(claims[1], .confirm, reason: Reason("visit")) }
        town.clock = nil
        town.now = last.adding(hours: 24)
        let closed = try town.store.blockingRead { try $0.history(of: [wish.record]) }
            .filter { $0.action == "wish/close" }
        #expect(closed.map(\.at) == [last])
        #expect(try town.store.blockingRead { try $0.wishCase(wish.record)?.changedAt } == last)
        #expect(
            try town.store.blockingRead {
                try $0.figures(by: .all, asOf: first.adding(hours: 1), satisfaction: .standard)[.all]?.served
            } == Share(0, of: 0), "two days before, a part was on its way")
    }

    @Test func whatWasGivenUpInTheMinuteOfTheClosingStaysGivenUp() throws {
        let town = try Town()
        let wish = try town.wish(1)
        try town.desk { try $0.cancel(1, of: wish, reason: Reason("personAsked")) }
        for round in 1...2 {
            try town.desk {
                let reason = try $0.reason("notDeliverable", words: "已告知", about: wish.record)
                try $0.close(wish.record, as: .unfulfilled, reason: reason)
                // All within one minute, as people enter what they did today.
                try $0.rate(wish.record, stars: 1)
            }
            let line = try #require(try town.store.blockingRead { try $0.balance(ofWish: wish) })
            #expect(line[.open] == 4 && line[.cancelled] == 1, "round \(round): \(line.parts)")
        }
    }

    @Test func aWishIsNotEndedBeforeWhatItReceived() throws {
        let town = try Town()
        let wish = try town.wish(1)
        town.later(hours: 2)
        let early = town.now
        town.later(hours: 2)
        try deliver(2, to: wish, in: town)
        (town.clock, town.now) = (town.now, early)
        #expect(
            code { try town.desk { try $0.end(wish.record, reason: Reason("died")) } } == .timeRunsBackwards)
        town.now = try #require(town.clock)
        try town.desk { try $0.end(wish.record, reason: Reason("died")) }
        #expect(try town.store.blockingRead { try $0.wishCase(wish.record)?.outcome } == .partly)
    }

    @Test func nothingDeliveredIsNoSuccess() throws {
        let town = try Town()
        town.rules.reasons = ReasonBook(
            closings: CodeList([.init(code: "notDeliverable", text: LocalizedText(zhHans: "无", en: "none"))]),
            steps: CodeList([.init(code: "visit", text: LocalizedText(zhHans: "走访", en: "visit"))]))
        let wish = try town.wish(1)
        #expect(code { try town.desk { try $0.close(wish.record, as: .fulfilled) } } == .insufficient)
        #expect(code { try town.desk { try $0.close(wish.record, as: .partly) } } == .insufficient)
        #expect(code { try town.desk { try $0.close(wish.record, as: .unfulfilled) } } == .reasonRequired)
        // A reason without the words for the person, and a code that is none of the program's.
        #expect(
            code { try town.desk { try $0.close(wish.record, as: .unfulfilled, reason: Reason("notDeliverable")) } }
                == .reasonRequired)
        #expect(
            code { try town.desk { _ = try $0.reason("13800138000", words: nil, about: wish.record) } }
                == .reasonUnknown)
        let visit = try town.desk { try $0.reason("visit", words: "说明", about: wish.record) }
        #expect(
            code { try town.desk { try $0.close(wish.record, as: .unfulfilled, reason: visit) } } == .reasonUnknown)
        try town.desk {
            try $0.close(
                wish.record, as: .unfulfilled,
                reason: try $0.reason("notDeliverable", words: "已电话告知", about: wish.record))
        }
        let kept = try #require(try town.store.blockingRead { try $0.wishCase(wish.record) })
        #expect(kept.state == .closed && kept.outcome == .unfulfilled)
        let figures = try #require(try figures(town))
        #expect(figures.replied == Share(1, of: 1) && figures.served == Share(0, of: 1))
        #expect(figures.onTime == Share(0, of: 1) && figures.medianDays == nil)
        // The reply is kept, with its words.
        let story = try town.store.blockingRead { try WishStory.entries(of: wish.record, in: $0) }
        let reply = try #require(story.last { $0.action == "wish/answer" }?.reason?.note)
        #expect(try town.store.blockingRead { try $0.note(reply)?.words } == "已电话告知")
    }

    @Test func whatWaitsForAWishEndsWithIt() throws {
        let town = try Town(paths: ["microWish": .sample])
        let (wish, other) = (try town.wish(1, 4), try town.wish(2, 10))
        try town.desk { _ = try $0.join(offer: town.offer, wish: wish, quantity: 4, least: 1) }
        try town.desk {
            try $0.close(
                wish.record, as: .unfulfilled, reason: try $0.reason("no", words: "已告知", about: wish.record))
        }
        try town.desk { try $0.end(other.record, reason: Reason("withdrawn")) }
        try town.store.blockingRead { store in
            try #expect(store.openApprovals(atStep: nil, limit: 10).isEmpty)
            try #expect(store.approvals(ApprovalQuery(status: .ended), limit: 10).count == 2)
            try #expect(store.queue(for: town.offer).isEmpty)
            try #expect(store.clocks(of: wish.record).filter { $0.end == nil }.map(\.kind) == [.callBack])
            try #expect(store.clocks(of: other.record).allSatisfy { $0.end != nil })
            try #expect(Audit.verify(store) == nil)
        }
    }

    @Test func aLateWishStaysLateHoweverSoonItsSecondRoundIs() throws {
        let town = try Town()
        let (late, timely) = (try town.wish(1, 5), try town.wish(2, 5))
        try deliver(5, to: timely, in: town)
        // Far beyond every time limit of delivery.
        town.later(hours: 24 * 120)
        try deliver(5, to: late, in: town)
        let (first, asked) = (try figures(town), town.now)
        #expect(first?.onTime == Share(1, of: 2))
        for wish in [late, timely] {
            town.later(hours: 1)
            try town.desk { try $0.rate(wish.record, stars: 1) }
            #expect(try town.state(wish) == .open)
        }
        #expect(try figures(town)?.onTime == Share(0, of: 1), "the late one is not on time, the other one not due")
        for wish in [late, timely] {
            town.later(hours: 1)
            try town.desk { try $0.close(wish.record, as: .fulfilled) }
        }
        try town.store.blockingRead { store in
            for (moment, share) in [(asked, Share(1, of: 2)), (town.now, Share(1, of: 2))] {
                for counting: any FigureCounting in [StoredFigures(), ServedFigures()] {
                    let counted = try counting.figures(by: .all, asOf: moment, satisfaction: .standard, in: store)
                    #expect(counted[.all]?.onTime == share)
                }
                var tally = FigureTally(asOf: moment)
                try store.forEachSealed(after: 0) { _, entry in
                    for fact in entry.map({ CaseFact.facts(in: $0.entry) }) ?? [] { tally.take(fact) }
                    return true
                }
                #expect(tally.figures()[.all]?.onTime == share)
            }
            var told = ToldStates()
            #expect(try Audit.verify(store, reading: { told.take($0) }) == nil)
            try #expect(told.differences(in: store).isEmpty)
        }
    }

    @Test func aPartIsNoFulfilment() throws {
        let town = try Town()
        let wish = try town.wish(1, 5)
        try deliver(3, to: wish, in: town)
        #expect(code { try town.desk { try $0.close(wish.record, as: .fulfilled) } } == .insufficient)
        #expect(code { try town.desk { try $0.close(wish.record, as: .unfulfilled) } } == .insufficient)
        try town.desk {
            try $0.close(wish.record, as: .partly, reason: try $0.reason("no", words: "余下两件没有", about: wish.record))
        }
        #expect(try figures(town)?.served == Share(0, of: 1))
        // Not satisfied, it is opened again, and so is what was cancelled: it is fulfilled when that has come too.
        town.later(hours: 1)
        try town.desk { try $0.rate(wish.record, stars: 2) }
        #expect(try town.store.blockingRead { try $0.wishCase(wish.record)?.outcome } == nil)
        #expect(code { try town.desk { try $0.close(wish.record, as: .fulfilled) } } == .insufficient)
        try deliver(2, to: wish, in: town)
        #expect(try figures(town)?.served == Share(1, of: 1))
        let early = try town.store.blockingRead {
            try $0.figures(by: .all, asOf: town.now.adding(milliseconds: -1_800_000), satisfaction: .standard)[.all]
        }
        #expect(early?.served == Share(0, of: 1), "as it was known then")
    }

    @Test func theFastLaneOwesItsPapersAfterTheHelpHasArrived() throws {
        let town = try Town(paths: ["microWish": .sample])
        let wish = try town.wish(1, urgency: .critical)
        let approval = try #require(try town.store.blockingRead { try $0.approval(ofWish: wish.record) })
        let approver = CaseActor(
            id: RecordID(high: 5, low: 1), role: .approver,
            authority: ApprovalAuthority(level: .town, limit: 5_000_000))
        _ = try town.desk(approver) { try $0.act(approval.id, .approveFast(Reason("emergency"))) }
        try deliver(5, to: wish, in: town)
        #expect(try town.state(wish) == .closed)
        func papers() throws -> ServiceClock? {
            try town.store.blockingRead { try $0.clocks(of: wish.record) }.first { $0.kind == .papers }
        }
        #expect(try papers()?.end == nil)
        #expect(try town.store.blockingRead { try $0.openApprovals(atStep: nil, limit: 5) }.count == 1)
        let note = RecordID(high: 8, low: 1)
        for _ in 0..<8 {
            guard try town.store.blockingRead({ try $0.approval(approval.id)?.step }) != nil else { break }
            _ = try? town.desk { try $0.act(approval.id, .pass(note: note)) }
        }
        #expect(try papers()?.end?.outcome == .met)
    }

    @Test func whatWasAlteredPastTheProgramShows() throws {
        let database = try SQLiteDatabase(inMemory: .init())
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        var town = TownSimulation(
            plan: TownPlan(days: 8, seed: 3, start: CivilDate(2026, 3, 2)!), rules: try SampleRules.rules(),
            store: SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database)))
        _ = try town.run()
        let store = SQLCaseStore(database: database, program: "p", vault: try TestDatabase.vault(for: database))
        func differences() throws -> [ToldStates.Difference] {
            try store.blockingRead { transaction in
                var told = ToldStates()
                let fault = try Audit.verify(transaction, reading: { told.take($0) })
                #expect(fault == nil)
                return try told.differences(in: transaction)
            }
        }
        #expect(try differences().isEmpty)
        let claim = try #require(try store.blockingRead { try $0.claims(ClaimFilter(), limit: 1).first })
        try database.blockingWrite {
            try $0.run("UPDATE claim SET quantity = quantity + 1 WHERE id = $1", [.text("\(claim.claim.id)")])
            try $0.run("UPDATE wish_case SET state = 'ended' WHERE wish_id = $1", [.text("\(claim.wish.record)")])
        }
        let found = try differences()
        #expect(Set(found.map(\.kind)) == [.claim, .wish] && found.contains { $0.record == claim.claim.id })
    }
}

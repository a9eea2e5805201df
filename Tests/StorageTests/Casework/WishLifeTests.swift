import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// A wish from its approval to its last answer, where something goes wrong on the way.
@Suite struct WishLifeTests {
    private typealias Town = DeskTests.Town

    private func code(_ body: () throws -> Void) -> CaseworkError.Code? {
        do { try body() } catch { return (error as? CaseworkError)?.code }
        return nil
    }

    private func read<Value>(_ town: Town, _ body: (any CaseTransaction) throws -> Value) throws -> Value {
        try town.store.blockingRead(body)
    }

    private func figures(_ town: Town) throws -> Figures {
        let figures = try read(town) { try $0.figures(by: .all, asOf: town.now, satisfaction: .standard)[.all] }
        return try #require(figures)
    }

    private func deliver(_ quantity: Int64, to wish: LineReference, in town: Town) throws -> RecordID {
        let claim = try town.desk { try $0.propose(offer: town.offer, wish: wish, quantity: quantity) }.claim.id
        for step in [ClaimStep.accept, .dispatch, .receive, .confirm] {
            town.later(hours: 1)
            try town.desk { _ = try $0.step(claim, step, reason: Reason("visit")) }
        }
        return claim
    }

    private func balance(_ town: Town, _ wish: LineReference) throws -> LineState<WishPart> {
        try #require(try read(town) { try $0.balance(ofWish: wish) })
    }

    private func differences(_ town: Town) throws -> [ToldStates.Difference] {
        try read(town) { transaction in
            var told = ToldStates()
            let fault = try Audit.verify(transaction, reading: { told.take($0) })
            #expect(fault == nil)
            return try told.differences(in: transaction)
        }
    }

    // MARK: What it costs

    private func amount(_ town: Town, _ lines: [WishLine], _ number: UInt64) throws -> Int64? {
        let id = RecordID(high: 3, low: number)
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: town.rules.categories),
                desk: desk
            ).admit(Wish(key: RecordKey(source: "t", externalID: "a\(number)", id: id), lines: lines))
            _ = try desk.open(id, channel: .web)
        }
        let approval = try #require(try read(town) { try $0.approval(ofWish: id) })
        return approval.request.amount
    }

    @Test func aRequestCostsWhatItSaysOrWhatTheCatalogueSays() throws {
        let town = try Town(paths: ["microWish": .sample])
        let name = LocalizedText(zhHans: "物", en: "thing")
        town.rules.categories = try CategoryTree([
            Category(code: "chair", parent: nil, name: name, typicalPriceFen: 7_000),
            Category(code: "lamp", parent: nil, name: name),
            Category(code: "visit", parent: nil, name: name, unit: .minute, typicalPriceFen: 100),
        ])
        func line(
            _ category: String?, _ quantity: Int64?, _ unit: Unit = .piece, price: Int64? = nil, at number: Int = 1
        )
            -> WishLine
        {
            WishLine(
                number: number, category: category, quantity: quantity, unit: unit, estimatedPriceFen: price)
        }
        #expect(try amount(town, [line("chair", 3)], 1) == 21_000)
        #expect(try amount(town, [line("chair", 3, price: 9_000)], 2) == 27_000)
        #expect(try amount(town, [line("lamp", 1)], 3) == nil, "nobody knows what a lamp costs")
        #expect(try amount(town, [line("chair", 1), line("lamp", 1, at: 2)], 4) == nil)
        #expect(try amount(town, [line("chair", nil)], 5) == nil, "nor how many chairs")
        #expect(try amount(town, [line("visit", 60, .minute), line(nil, 500, .fen, at: 2)], 6) == 6_500)
        #expect(try amount(town, [line("chair", 2, .minute)], 7) == nil, "a price for pieces is none for minutes")
        // Whoever approves may be anybody: without an amount nobody can.
        let approval = try #require(try read(town) { try $0.approval(ofWish: RecordID(high: 3, low: 3)) })
        #expect(approval.levelNeeded == nil)
        _ = try town.desk { try $0.act(approval.id, .pass(note: nil)) }
        let city = CaseActor(
            id: RecordID(high: 5, low: 9), role: .approver, authority: ApprovalAuthority(level: .city, limit: .max))
        #expect(code { _ = try town.desk(city) { try $0.act(approval.id, .approve) } } == .wrongState)
        _ = try town.desk(city) { try $0.act(approval.id, .revise(amount: 30_000, Reason("estimate"))) }
        _ = try town.desk { try $0.act(approval.id, .pass(note: nil)) }
        #expect(try town.desk(city) { try $0.act(approval.id, .approve) }.isApproved)
        #expect(try differences(town).isEmpty)
    }

    // MARK: Goods that were no good

    @Test func badGoodsAreTakenBackAndReplaced() throws {
        let town = try Town()
        let wish = try town.wish(1, 4)
        let claim = try deliver(4, to: wish, in: town)
        #expect(try town.state(wish) == .closed)
        #expect(
            code { try town.desk { _ = try $0.step(claim, .giveBack(.unfit), reason: Reason("broken")) } }
                == .wrongState, "the person is asked first")
        town.later(hours: 24)
        try town.desk { try $0.rate(wish.record, stars: 1, words: "四把都坏了") }
        #expect(try town.state(wish) == .open)
        #expect(
            code { try town.desk { _ = try $0.propose(offer: town.offer, wish: wish, quantity: 1) } } == .insufficient)
        // One is fit for somebody else, three are not.
        let part = try town.desk { try $0.split(claim, 3, reason: Reason("broken")) }.part.claim.id
        try town.desk { _ = try $0.step(part, .giveBack(.unfit), reason: Reason("broken")) }
        try town.desk { _ = try $0.step(claim, .giveBack(.usable), reason: Reason("notNeeded")) }
        #expect(try balance(town, wish).parts.filter { $0.value > 0 } == [.open: 4])
        let offer = try #require(try town.balance())
        #expect(offer[.available] == 7 && offer[.withdrawn] == 3 && offer[.received] == 0)
        _ = try deliver(4, to: wish, in: town)
        #expect(try town.state(wish) == .closed)
        #expect(try balance(town, wish)[.received] == 4)
        town.later(hours: 5)
        try town.desk { try $0.rate(wish.record, stars: 5) }
        let figures = try figures(town)
        #expect(figures.wishes == 1 && figures.replied == Share(1, of: 1) && figures.served == Share(1, of: 1))
        #expect(figures.satisfied == Share(1, of: 1) && figures.onTime == Share(1, of: 1))
        let kept = try #require(try read(town) { try $0.wishCase(wish.record) })
        #expect(kept.round == 2 && kept.outcome == .fulfilled)
        #expect(try read(town) { try $0.clocks(of: wish.record) }.allSatisfy { $0.end != nil })
        #expect(try differences(town).isEmpty)
    }

    @Test func whatEndsAfterItWasOpenedAgainStaysInTheFigures() throws {
        let town = try Town()
        let (bad, none) = (try town.wish(1, 2), try town.wish(2, 3))
        let claim = try deliver(2, to: bad, in: town)
        try town.desk { try $0.rate(bad.record, stars: 2) }
        try town.desk { _ = try $0.step(claim, .giveBack(.lost), reason: Reason("broken")) }
        try town.desk { try $0.end(bad.record, reason: Reason("withdrawnByApplicant")) }
        let kept = try #require(try read(town) { try $0.wishCase(bad.record) })
        #expect(kept.state == .closed && kept.outcome == .unfulfilled)
        // A wish that nothing had come of is only withdrawn.
        try town.desk { try $0.end(none.record, reason: Reason("withdrawnByApplicant")) }
        #expect(try town.state(none) == .ended)
        let figures = try figures(town)
        #expect(figures.served == Share(0, of: 1) && figures.onTime == Share(0, of: 1))
        #expect(figures.satisfied == Share(0, of: 1) && figures.replied == Share(1, of: 1))
        #expect(try differences(town).isEmpty)
    }

    @Test func whatWasApprovedStaysApprovedAndTheRestIsAskedForAgain() throws {
        let town = try Town(paths: ["microWish": .sample])
        let (approved, waiting) = (try town.wish(1, 2, urgency: .critical), try town.wish(2, 2))
        let town1 = CaseActor(
            id: RecordID(high: 5, low: 1), role: .approver,
            authority: ApprovalAuthority(level: .town, limit: 5_000_000))
        let approval = try #require(try read(town) { try $0.approval(ofWish: approved.record) })
        _ = try town.desk(town1) { try $0.act(approval.id, .approveFast(Reason("emergency"))) }
        _ = try town.desk { try $0.act(approval.id, .pass(note: nil)) }
        let claim = try deliver(2, to: approved, in: town)
        try town.desk { try $0.rate(approved.record, stars: 1) }
        try town.desk { _ = try $0.step(claim, .giveBack(.unfit), reason: Reason("broken")) }
        _ = try deliver(2, to: approved, in: town)
        #expect(try town.state(approved) == .closed)
        // Closed before anybody approved it, it is put before approval when it is opened again.
        try town.desk {
            try $0.close(
                waiting.record, as: .unfulfilled, reason: try $0.reason("no", words: "没有", about: waiting.record))
        }
        try town.desk { try $0.rate(waiting.record, stars: 1) }
        let again = try #require(try read(town) { try $0.approval(ofWish: waiting.record) })
        #expect(again.step?.kind == .screening && again.request.amount == 40_000)
        #expect(try read(town) { try $0.clocks(of: waiting.record) }.contains { $0.kind == .decision && $0.end == nil })
        #expect(try differences(town).isEmpty)
    }

    // MARK: What the person says

    @Test func whoIsUndecidedIsCalledBackOnceMore() throws {
        let town = try Town()
        let wish = try town.wish(1, 2)
        _ = try deliver(2, to: wish, in: town)
        func calls() throws -> [ServiceClock] {
            try read(town) { try $0.clocks(of: wish.record) }.filter { $0.kind == .callBack && $0.end == nil }
        }
        #expect(code { try town.desk { try $0.rate(wish.record, stars: 5, isSatisfied: false) } } == .malformed)
        town.later(hours: 2)
        try town.desk { try $0.rate(wish.record, stars: 3) }
        #expect(try town.state(wish) == .closed && calls().count == 1)
        var figures = try figures(town)
        #expect(figures.satisfied == Share(0, of: 1) && figures.undecided == Share(1, of: 1))
        town.later(hours: 2)
        // The last answer counts, and nobody is called for ever.
        try town.desk { try $0.rate(wish.record, stars: 4) }
        figures = try self.figures(town)
        #expect(try calls().isEmpty && figures.satisfied == Share(1, of: 1) && figures.undecided == Share(0, of: 1))
        let other = try town.wish(2, 2)
        _ = try deliver(2, to: other, in: town)
        for stars in [3, 3] { try town.desk { try $0.rate(other.record, stars: stars) } }
        #expect(
            try read(town) { try $0.clocks(of: other.record) }.allSatisfy { $0.end != nil }, "said twice, it is said")
    }

    @Test func theProgramsRuleDecidesWhatIsSatisfied() throws {
        let town = try Town()
        town.rules.satisfaction = try SatisfactionRule(satisfiedFrom: 3, unsatisfiedUpTo: 1)
        let wish = try town.wish(1, 2)
        _ = try deliver(2, to: wish, in: town)
        try town.desk { try $0.rate(wish.record, stars: 3) }
        #expect(try read(town) { try $0.clocks(of: wish.record) }.allSatisfy { $0.end != nil })
        let found = try read(town) {
            try $0.figures(by: .all, asOf: town.now, satisfaction: town.rules.satisfaction)[.all]
        }
        #expect(found?.satisfied == Share(1, of: 1))
        #expect(throws: CaseworkError.self) { try SatisfactionRule(satisfiedFrom: 3, unsatisfiedUpTo: 3) }
    }
}

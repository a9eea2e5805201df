import Casework
import Testing

struct LedgerTests {
    static let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, 9_007_199_254_740_993, .max - 1, .max]

    @Test(arguments: extremes, extremes)
    func noNumberEndsTheProcess(total: Int64, quantity: Int64) {
        guard let balance = try? OfferBalance(total: total) else {
            #expect(total <= 0)
            return
        }
        let results = [
            try? balance.toppedUp(by: quantity), try? balance.ending(quantity),
            try? balance.moving(quantity, from: .available, to: .reserved),
            try? balance.moving(quantity, from: .received, to: .available),
        ]
        for result in results {
            #expect(throws: Never.self) { try result?.check() }
        }
        #expect((results[0] != nil) == (quantity > 0 && !total.addingReportingOverflow(quantity).overflow))
        #expect((results[1] != nil) == (quantity > 0 && quantity <= total))
        #expect(results[3] == nil)
    }

    @Test func aStoredBalanceThatDoesNotHoldIsRefused() {
        #expect(refusal { _ = try OfferBalance(total: 5, parts: [.available: 4]) } == .unsound)
        #expect(refusal { _ = try OfferBalance(total: 5, parts: [.available: 6, .reserved: -1]) } == .unsound)
        #expect(refusal { _ = try OfferBalance(total: -2, parts: [.available: .max, .reserved: .max]) } == .unsound)
        #expect(refusal { _ = try OfferBalance(total: 5, parts: [.available: 4, .reserved: 1]) } == nil)
    }

    @Test func everyMoveTakesFromOnePartAndGivesToAnother() {
        for kind in LedgerMove.Kind.allCases {
            #expect(kind.offer.from != kind.offer.to && kind.wish.from != kind.wish.to)
        }
    }

    @Test func theOfferCannotBePromisedTwice() throws {
        var ledger = PromiseLedger()
        try ledger.pledge(10, on: rid(10))
        try ledger.want(100, on: rid(20))
        let moves = try Claim.sample(6).moves
        try ledger.apply(moves)
        #expect(refusal { try ledger.apply(moves) } == .insufficient)
        #expect(ledger.wishes[rid(20)]?[.reserved] == 6)
    }

    @Test func allMovesAreMadeOrNone() throws {
        var ledger = PromiseLedger()
        try ledger.pledge(10, on: rid(10))
        try ledger.want(100, on: rid(20))
        let before = ledger
        let moves = try Claim.sample(6).moves
        #expect(refusal { try ledger.apply(moves + moves) } == .insufficient)
        #expect(ledger == before)
    }

    @Test func severalMovesOnOneLineAddUp() throws {
        var ledger = PromiseLedger()
        try ledger.pledge(10, on: rid(10))
        try ledger.want(10, on: rid(20))
        try ledger.apply(try Claim.sample(6).moves + Claim.sample(3).moves)
        #expect(ledger.offers[rid(10)]?[.reserved] == 9)
        #expect(ledger.wishes[rid(20)]?[.reserved] == 9)
    }

    @Test func aWishLineTakesNoMoreThanItWants() throws {
        var ledger = PromiseLedger()
        try ledger.pledge(10, on: rid(10))
        try ledger.want(5, on: rid(20))
        let before = ledger
        #expect(refusal { try ledger.apply(try Claim.sample(6).moves) } == .insufficient)
        #expect(ledger == before)
    }

    @Test func onlyWhatIsFreeCanBeWithdrawnOrCancelled() throws {
        var ledger = PromiseLedger()
        try ledger.pledge(10, on: rid(10))
        try ledger.want(8, on: rid(20))
        try ledger.apply(try Claim.sample(6).moves)
        #expect(refusal { try ledger.withdraw(5, from: rid(10)) } == .insufficient)
        try ledger.withdraw(4, from: rid(10))
        #expect(refusal { try ledger.cancel(3, of: rid(20)) } == .insufficient)
        try ledger.cancel(2, of: rid(20))
        try ledger.check()
        #expect(ledger.offers[rid(10)]?.total == 10)
        #expect(refusal { try ledger.withdraw(1, from: rid(11)) } == .unknown)
    }

    @Test func aFundPaysFromTheBudgetOfTheDay() throws {
        let first = CivilDate(2026, 1, 1)!...CivilDate(2026, 6, 30)!
        let second = CivilDate(2026, 7, 1)!...CivilDate(2026, 12, 31)!
        let fund = try Fund(
            party: rid(70), budgets: [.init(days: second, line: rid(12)), .init(days: first, line: rid(11))])
        #expect(try fund.budget(on: CivilDate(2026, 6, 30)!).line == rid(11))
        #expect(try fund.budget(on: CivilDate(2026, 7, 1)!).line == rid(12))
        #expect(refusal { _ = try fund.budget(on: CivilDate(2027, 1, 1)!) } == .notCovered)
        let code = refusal {
            _ = try Fund(
                party: rid(70), budgets: [.init(days: first, line: rid(11)), .init(days: first, line: rid(12))])
        }
        #expect(code == .malformed)
    }

    @Test func anEndedBudgetKeepsItsPromisesOnly() throws {
        var ledger = PromiseLedger()
        try ledger.pledge(3_000_000, on: rid(10))
        try ledger.want(1_000_000, on: rid(20))
        try ledger.apply(try Claim.sample(1_000_000).moves)
        let year = CivilDate(2026, 1, 1)!...CivilDate(2026, 12, 31)!
        let fund = try Fund(party: rid(70), budgets: [.init(days: year, line: rid(10))])
        #expect(try fund.closeBudgets(endedBefore: CivilDate(2026, 12, 31)!, in: &ledger) == [])
        #expect(try fund.closeBudgets(endedBefore: CivilDate(2027, 1, 1)!, in: &ledger) == [rid(10)])
        #expect(try fund.closeBudgets(endedBefore: CivilDate(2027, 1, 1)!, in: &ledger) == [])
        #expect(ledger.offers[rid(10)]?[.reserved] == 1_000_000)
        #expect(ledger.offers[rid(10)]?[.withdrawn] == 2_000_000)
    }
}

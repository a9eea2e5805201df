import AlmonerTesting
import Casework
import MatchCore
import Storage
import Testing

/// A fund has a budget a period; each stands for itself.
@Suite struct BudgetTests {
    private typealias Town = DeskTests.Town
    private let fund = LineReference(RecordID(high: 2, low: 7))

    private func town() throws -> Town {
        let town = try Town()
        try admit(100_000, in: town)
        return town
    }

    private func admit(_ amount: Int64, in town: Town) throws {
        try town.desk { desk in
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Offer(
                    key: RecordKey(source: "t", externalID: "fund", id: fund.record), party: town.party, kind: .money,
                    lines: [OfferLine(category: nil, available: amount, unit: .fen)]))
        }
    }

    private func days(_ from: String, _ until: String) throws -> ClosedRange<CivilDate> {
        try #require(CivilDate(from))...(try #require(CivilDate(until)))
    }

    private func budgets(_ town: Town) throws -> [FundBudget] {
        try town.store.blockingRead { try $0.budgets(ofOffer: fund.record, limit: 10) }
    }

    private func balance(_ line: LineReference, _ town: Town) throws -> LineState<OfferPart> {
        try #require(try town.store.blockingRead { try $0.balance(ofOffer: line) })
    }

    private func claim(_ amount: Int64, from line: LineReference, _ number: UInt64, in town: Town) throws {
        try town.desk { desk in
            let wish = LineReference(RecordID(high: 3, low: number))
            try Registrar(
                transaction: desk.store, admission: Admission(areas: .empty, categories: .empty), desk: desk
            ).admit(
                Wish(
                    key: RecordKey(source: "t", externalID: "m\(number)", id: wish.record),
                    lines: [WishLine(category: nil, quantity: amount, unit: .fen)]))
            _ = try desk.open(wish.record, channel: .web)
            _ = try desk.propose(offer: line, wish: wish, quantity: amount)
        }
    }

    private func code(_ body: () throws -> Void) -> CaseworkError.Code? {
        do { try body() } catch { return (error as? CaseworkError)?.code }
        return nil
    }

    @Test func aSecondPeriodStandsBesideTheFirst() throws {
        let town = try town()
        let (half, rest) = (try days("2026-01-01", "2026-06-30"), try days("2026-07-01", "2026-12-31"))
        try town.desk { _ = try $0.setBudget(half, of: fund) }
        #expect(code { try town.desk { _ = try $0.setBudget(rest, of: fund) } } == .quantity, "how much?")
        let second = try town.desk { try $0.setBudget(rest, of: fund, amount: 50_000) }
        #expect(second.line == LineReference(fund.record, 2))
        #expect(try budgets(town).map(\.days) == [half, rest])
        #expect(try balance(fund, town).total == 100_000)
        #expect(try balance(second.line, town)[.available] == 50_000)
        // What one has left does not pay in the other's place.
        #expect(code { try claim(60_000, from: second.line, 1, in: town) } == .notCovered)
        try claim(60_000, from: fund, 2, in: town)
        // A file that lists the fund again as it was leaves the budgets as they are.
        try admit(100_000, in: town)
        try admit(300_000, in: town)
        #expect(try budgets(town).count == 2)
        #expect(try balance(fund, town).total == 100_000)
        #expect(try balance(second.line, town).total == 50_000)
    }

    @Test func theSamePeriodIsRevisedAndNeverBelowWhatIsPromised() throws {
        let town = try town()
        try town.desk { _ = try $0.setBudget(try days("2026-01-01", "2026-06-30"), of: fund, amount: 80_000) }
        #expect(try balance(fund, town)[.available] == 80_000)
        try claim(60_000, from: fund, 1, in: town)
        for amount in [Int64(59_999), 1] {
            #expect(
                code {
                    try town.desk {
                        _ = try $0.setBudget(try days("2026-01-01", "2026-06-30"), of: fund, amount: amount)
                    }
                } == .insufficient)
        }
        for amount in [Int64(0), -1, .max] {
            #expect(
                code {
                    try town.desk {
                        _ = try $0.setBudget(try days("2026-01-01", "2026-06-30"), of: fund, amount: amount)
                    }
                } == .quantity)
        }
        try town.desk { _ = try $0.setBudget(try days("2026-01-01", "2026-07-31"), of: fund, amount: 60_000) }
        #expect(try budgets(town).map(\.days) == [try days("2026-01-01", "2026-07-31")])
        #expect(try balance(fund, town)[.available] == 0)
        try town.desk { _ = try $0.setBudget(try days("2026-01-01", "2026-07-31"), of: fund, amount: 90_000) }
        #expect(try balance(fund, town)[.available] == 30_000)
        // Each revision stands in the history, with what it was before.
        let told = try town.store.blockingRead { try $0.history(of: [fund.record]) }.filter {
            $0.action == "fund/budget"
        }
        let amounts = told.compactMap { $0.changes.first { $0.field == "amount" } }
        #expect(amounts.map(\.after) == [80_000, 60_000, 90_000].map { .integer($0) })
        #expect(amounts.last?.before == .integer(60_000))
        #expect(
            code { try town.desk { _ = try $0.setBudget(try days("2026-06-01", "2026-12-31"), of: fund, amount: 5) } }
                == .malformed, "a day in two periods")
        try town.store.blockingRead { transaction in
            var states = ToldStates()
            try #expect(Audit.verify(transaction, reading: { states.take($0) }) == nil)
            try #expect(states.differences(in: transaction).isEmpty)
        }
    }
}

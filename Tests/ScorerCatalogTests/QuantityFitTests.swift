import MatchCore
import QuantityFitScoring
import Testing

@Suite struct QuantityFitTests {
    @Test(arguments: [1, 3, 7, 1_000, 1_024, 1_025, 5_000, Quantity.greatest] as [Int64])
    func moreOfAnOfferNeverLowersTheScore(wanted: Int64) throws {
        let available = [1, 2, 3, 4, 6, 7, 8, 500, 1_000, 1_024, 1_025, 4_999, Quantity.greatest] as [Int64]
        let offers = available.enumerated().map {
            Offer.sample(UInt64($0.offset) + 1, kind: .goods, available: $0.element)
        }
        let values = try Pairing(.sample(quantity: wanted), offers).values(QuantityFitScorer.self)
        for (less, more) in zip(values, values.dropFirst()) { #expect(less <= more) }
        #expect(values.last == Score.best)
        for (value, available) in zip(values, available) { #expect((value == Score.best) == (available >= wanted)) }
    }

    @Test func moneyIsMeasuredByTheEstimatedPrice() throws {
        let money = Offer.sample(kind: .money, available: 15_000, unit: .fen)
        #expect(try Pairing(.sample(quantity: 2, price: 10_000), [money]).values(QuantityFitScorer.self) == [750_000])
        #expect(try Pairing(.sample(quantity: 2), [money]).scores(QuantityFitScorer.self) == [.notKnown])
        #expect(
            try Pairing(.sample(quantity: 30_000, unit: .fen), [money]).values(QuantityFitScorer.self) == [500_000])
        let dear = Wish.sample(quantity: Quantity.greatest, price: Quantity.greatest)
        #expect(try Pairing(dear, [money]).values(QuantityFitScorer.self) == [0], "a product beyond 2⁶³")
    }

    @Test func otherUnitsAndEmptyOffersAreForbidden() throws {
        let pairing = Pairing(
            .sample(quantity: 1, price: 100),
            [.sample(1, available: 60, unit: .minute), .sample(2, available: 0), .sample(3, available: nil)])
        #expect(try pairing.scores(QuantityFitScorer.self) == [.veto(0), .veto(1), .notKnown])
        let inFen = Pairing(.sample(quantity: 100, unit: .fen), [.sample(available: 5)])
        #expect(try inFen.scores(QuantityFitScorer.self) == [.veto(0)], "things do not fill a line of money")
    }
}

import FairShareScoring
import MatchCore
import Testing
import TrustScoring

/// What the record of a party earns.
@Suite struct PartyScorerTests {
    private let now = Timestamp(milliseconds: 1_795_000_000_000)

    private func score(_ party: Party, by type: any Scorer.Type) throws -> Score {
        var builder = RegistryBuilder(areas: .empty, categories: .empty)
        builder.add(party)
        builder.add(
            Offer(
                key: RecordKey(source: "test", externalID: "1", id: RecordID(high: 1, low: 1)), party: party.id,
                lines: [OfferLine(category: nil, available: 1)]))
        builder.add(
            Wish(
                key: RecordKey(source: "test", externalID: "1", id: RecordID(high: 2, low: 1)),
                lines: [WishLine(category: nil, quantity: 1)]))
        let context = ScoringContext(registry: builder.build(), now: now)
        let scorer = type.init(parameters: try ParameterValues(for: type.descriptor))
        return scorer.score(wish: context.registry.wishes[0], offer: context.registry.offers[0], in: context)
    }

    private func trust(
        verified: Bool? = nil, ended: Int? = nil, delivered: Int? = nil, days: Int64? = nil, stated: Int? = nil
    ) throws -> Int32 {
        let party = Party(
            id: RecordID(high: 3, low: 1), isIdentityVerified: verified, claimsEnded: ended,
            claimsDelivered: delivered,
            lastConfirmed: days.map { Timestamp(milliseconds: now.milliseconds - $0 * 86_400_000) },
            statedTrust: stated)
        guard case .value(let value) = try score(party, by: TrustScorer.self) else { return -1 }
        return value
    }

    @Test func aLongGoodRecordBeatsAShortOneAndThatBeatsNone() throws {
        let long = try trust(verified: true, ended: 40, delivered: 40, days: 5)
        let short = try trust(verified: true, ended: 1, delivered: 1, days: 5)
        let none = try trust(verified: true, days: 5)
        let broken = try trust(verified: true, ended: 1, delivered: 0, days: 5)
        #expect(long > short)
        #expect(short > none)
        #expect(none > broken)
        #expect(short < 1_000_000, "one claim of one is not perfect")
    }

    @Test func everyFactPullsItsWay() throws {
        #expect(try trust(verified: true, ended: 5, delivered: 4) > trust(ended: 5, delivered: 4))
        #expect(try trust(ended: 5, delivered: 4) > trust(verified: false, ended: 5, delivered: 4))
        var previous = Int32.max
        for days: Int64 in [0, 1, 30, 90, 180, 181, 359, 360, 720, 3600, 100_000] {
            let value = try trust(verified: true, ended: 5, delivered: 4, days: days)
            #expect(value <= previous, "older confirmations never raise trust: \(days) days")
            previous = value
        }
        for ended in 1...20 {
            for delivered in 1...ended {
                let (fewer, more) = try (
                    trust(ended: ended, delivered: delivered - 1), trust(ended: ended, delivered: delivered)
                )
                #expect(more > fewer)
            }
        }
    }

    @Test func aStatedTrustStandsInsteadOfTheRecord() throws {
        #expect(try trust(verified: false, ended: 10, delivered: 0, stated: 667_241) == 667_241)
        #expect(try trust() == -1)
    }

    @Test func clocksAndCountsBeyondReasonDoNoHarm() throws {
        #expect(try trust(verified: true, days: -400) == trust(verified: true, days: 0))
        #expect(try trust(ended: .max, delivered: .max, days: 0) <= 1_000_000)
        for moment in [Int64.min + 1, .max] {
            let party = Party(id: RecordID(high: 3, low: 1), lastConfirmed: Timestamp(milliseconds: moment))
            guard case .value = try score(party, by: TrustScorer.self) else {
                Issue.record("confirmed at \(moment): no value")
                continue
            }
        }
    }

    /// The terms `trust` and `1 − fatigue` of the reference, which differ from ours by rounding alone.
    @Test(arguments: [0, 1, 333_333, 412_345, 999_999, 1_000_000])
    func termsOfTheReferenceAreMetToOneMillionth(millionths: Int) throws {
        let party = Party(id: RecordID(high: 3, low: 1), statedTrust: millionths, fatigue: millionths)
        let reference = Float(millionths) / 1_000_000
        for (type, expected) in [(TrustScorer.self, reference), (FairShareScorer.self, 1 - reference)]
            as [(any Scorer.Type, Float)]
        {
            guard case .value(let value) = try score(party, by: type) else {
                Issue.record("\(type) gives no value")
                continue
            }
            #expect(abs(Float(value) - expected * 1_000_000) <= 1)
        }
    }

    @Test func aTiredPartyRanksBelowARestedOne() throws {
        func rest(_ fatigue: Int?) throws -> Score {
            try score(Party(id: RecordID(high: 3, low: 1), fatigue: fatigue), by: FairShareScorer.self)
        }
        #expect(try rest(0) == .value(1_000_000))
        #expect(try rest(700_000) == .value(300_000))
        #expect(try rest(nil) == .notKnown)
    }
}

import AlmonerTesting
import Foundation
import MatchCore
import ProximityScoring
import Testing

@Suite struct ProximityTests {
    private static let humen = Place.at(22.8145, 113.6722)

    @Test func nearerNeverLowersTheScore() throws {
        for seed in UInt64(1)...5 {
            var random = SeededRandom(seed: seed)
            let bearing = Double.random(in: 0..<(2 * .pi), using: &random)
            let offers = (0..<400).map { step in
                let degrees = Double(step) * 0.002
                return Offer.sample(
                    UInt64(step) + 1, place: .at(22.8145 + sin(bearing) * degrees, 113.6722 + cos(bearing) * degrees))
            }
            let values = try Pairing(.sample(place: Self.humen), offers).values(ProximityScorer.self)
            #expect(values[0] == Score.best)
            for (near, far) in zip(values, values.dropFirst()) { #expect(near >= far, "seed \(seed)") }
        }
    }

    @Test func thePlaceOfAnOfferThatComesDoesNotMatter() throws {
        let far = Place.at(39.9, 116.4)
        let pairing = Pairing(
            .sample(place: Self.humen),
            [.sample(1, place: far, delivers: true), .sample(2, isRemote: true), .sample(3, place: far), .sample(4)])
        #expect(try pairing.scores(ProximityScorer.self) == [.notApplicable, .notApplicable, .value(0), .notKnown])
    }

    @Test func theDistanceTableWinsOverTheMap() throws {
        let near = Place.at(22.815, 113.673)
        let row = DistanceTable.Row(
            offer: Offer.offerID(1), wish: Wish.wishID, centimetres: 1_000_000, missing: .unknown)
        let elsewhere = DistanceTable.Row(
            offer: Offer.offerID(2), wish: RecordID(high: 9, low: 9), centimetres: 1_000_000, missing: .farther)
        let pairing = Pairing(
            .sample(place: Self.humen),
            [.sample(1, place: near), .sample(2, place: near), .sample(3, place: near)],
            distances: [row, elsewhere])
        let values = try pairing.values(ProximityScorer.self)
        #expect(values[0] == 367_879)
        // A row about a wish that is not in the snapshot says nothing.
        #expect(values[1] == values[2] && values[2] > 980_000)
    }

    @Test func aPairThatTheTableDoesNotListIsAsFarAsTheFarthestListed() throws {
        var builder = RegistryBuilder(areas: .empty, categories: .empty)
        builder.add(Offer.sample(1, place: Self.humen))
        builder.add(Wish.sample(place: Self.humen))
        for (number, centimetres) in [(2, 500_000), (3, 2_000_000)] as [(UInt64, Int32)] {
            var wish = Wish.sample(place: Self.humen)
            wish.key.id = RecordID(high: 3, low: number)
            builder.add(wish)
            builder.add(
                DistanceTable.Row(
                    offer: Offer.offerID(1), wish: wish.key.id, centimetres: centimetres, missing: .farther))
        }
        let context = ScoringContext(registry: builder.build(), now: RegistrySample.now)
        let scorer = ProximityScorer(parameters: try ParameterValues(for: ProximityScorer.descriptor))
        let wishes = context.registry.wishes
        for row in 0..<wishes.count {
            let finding = scorer.finding(wish: wishes[row], offer: context.registry.offers[0], in: context)
            let expected: [UInt64: Judgement] = [
                1: Judgement(.value(135_335), reason: "tableFarthest"), 2: Judgement(.value(606_531), reason: "table"),
                3: Judgement(.value(135_335), reason: "table"),
            ]
            #expect(finding.judgement == expected[wishes[row].key.id.low])
        }
    }

    /// The exponential of the score against the one of the C library.
    @Test(arguments: [100, 10_000, 1_000_000] as [Int64])
    func theCurveIsTheExponential(decay: Int64) throws {
        let scorer = ProximityScorer(
            parameters: try ParameterValues(["decay": .integer(decay)], for: ProximityScorer.descriptor))
        var random = SeededRandom(seed: UInt64(decay))
        for _ in 0..<20_000 {
            let centimetres = Int64.random(in: 0...min(2_000_000_000, decay * 100 * 15), using: &random)
            let inputs: ScoreInputs = [
                "delivers": false, "remote": false, "centimetres": .integer(centimetres), "basis": "points",
            ]
            guard case .value(let value) = try scorer.judge(inputs).score else {
                Issue.record("\(centimetres) cm has no value")
                return
            }
            let exact = exp(-Double(centimetres) / Double(decay * 100)) * 1_000_000
            #expect(abs(Double(value) - exact) < 0.65, "\(centimetres) cm at \(decay) m")
        }
    }

    @Test func theExponentialIsThatOfTheLibraryToSevenDigits() {
        var worst = 0.0
        for step in 0...200_000 {
            let x = Float(step) * 4e-4
            let exact = exp(-Double(x))
            worst = max(worst, abs(Double(DecayCurve.exponential(negated: x)) - exact) / exact)
        }
        #expect(worst < 2e-7)
        #expect(DecayCurve.exponential(negated: 0) == 1)
        #expect(DecayCurve.exponential(negated: .infinity) < 1e-34)
    }

    @Test func aCoordinatorReadsTheDistance() throws {
        let scorer = ProximityScorer(parameters: try ParameterValues(for: ProximityScorer.descriptor))
        func sentences(_ centimetres: Int64) throws -> [String] {
            let inputs: ScoreInputs = [
                "delivers": false, "remote": false, "centimetres": .integer(centimetres), "basis": "points",
            ]
            let finding = Finding(inputs: inputs, judgement: try scorer.judge(inputs))
            return Language.allCases.map { scorer.sentence(for: finding, in: $0) }
        }
        #expect(try sentences(1_230_049) == ["相距 12.3 公里。", "12.3 km away."])
        #expect(try sentences(35_049) == ["相距 350 米。", "350 m away."])
        #expect(try sentences(99_950) == ["相距 1.0 公里。", "1.0 km away."])
    }
}

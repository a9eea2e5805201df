import AlmonerTesting
import AvailabilityFitScoring
import CategoryFitScoring
import Foundation
import LanguageFitScoring
import MatchCore
import ProximityScoring
import QuantityFitScoring
import SkillFitScoring
import Testing

/// The scores under default parameters against the plain formulas, in 64-bit floating point, from the records as they
/// were given: nothing of the columns or of the scorers' arithmetic is used.
@Suite struct ReferenceTests {
    @Test func everyScoreIsThatOfItsFormula() throws {
        let seed: UInt64 = 7
        let data = try TownData(seed: seed, offers: 500, wishes: 20)
        try compare(data, CategoryFitScorer.self, by: category)
        try compare(data, ProximityScorer.self, by: proximity)
        try compare(data, QuantityFitScorer.self) { wish, offer in
            min(1, Double(offer.lines[0].available ?? 0) / Double(wish.lines[0].quantity ?? 1))
        }
        try compare(data, AvailabilityFitScorer.self, by: availability)
        try compare(data, SkillFitScorer.self) { wish, offer in
            Double(Set(wish.skills).intersection(offer.skills).count) / Double(Set(wish.skills).count)
        }
        try compare(data, LanguageFitScorer.self) { wish, offer in
            Set(wish.languages).isDisjoint(with: offer.languages) ? 0 : 1
        }
    }

    private func compare(_ data: TownData, _ type: any Scorer.Type, by formula: (Wish, Offer) -> Double) throws {
        let scorer = type.init(parameters: try ParameterValues(for: type.descriptor))
        let offers = data.registry.offers
        let wishes = data.registry.wishes
        var column = Array(repeating: Int32.min, count: offers.count)
        for wish in 0..<wishes.count {
            column.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                scorer.offers(for: wishes[wish], in: data.context)
                    .fill(
                        OfferBlock(columns: offers, rows: 0..<offers.count),
                        ScoreColumn(base: base, count: buffer.count))
            }
            for row in 0..<offers.count {
                let expected = formula(
                    data.wishes[Int(wishes.record[wish])], data.offers[Int(offers.record[row])])
                guard abs(Double(column[row]) - expected * 1_000_000) <= 2 else {
                    Issue.record("\(type.descriptor.id): \(column[row]), by the formula \(expected)")
                    return
                }
            }
        }
    }

    private func category(_ wish: Wish, _ offer: Offer) -> Double {
        guard let wanted = wish.lines[0].category, let offered = offer.lines[0].category else { return .nan }
        if wanted == offered { return 1 }
        return wanted.prefix { $0 != "." } == offered.prefix { $0 != "." } ? 0.5 : 0
    }

    private func proximity(_ wish: Wish, _ offer: Offer) -> Double {
        guard let from = wish.place.point, let to = offer.place.point else { return .nan }
        let (first, second) = (from.latitudeDegrees * .pi / 180, to.latitudeDegrees * .pi / 180)
        let longitude = (to.longitudeDegrees - from.longitudeDegrees) * .pi / 180
        let haversine =
            pow(sin((second - first) / 2), 2) + cos(first) * cos(second) * pow(sin(longitude / 2), 2)
        return exp(-2 * 6371 / 10 * asin(haversine.squareRoot()))
    }

    private func availability(_ wish: Wish, _ offer: Offer) -> Double {
        guard let from = wish.window?.from?.number, let until = wish.window?.until?.number,
            let first = offer.window?.from?.number, let last = offer.window?.until?.number
        else { return .nan }
        return Double(max(0, min(until, last) - max(from, first) + 1)) / Double(until - from + 1)
    }
}

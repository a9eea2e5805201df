public import MatchCore

/// Makes offers and wishes of the shape of `rank_gen.py`, of any size: towns of unequal weight with a spread of a few
/// kilometres, unequal categories, small amounts, windows within a year. The same seed gives the same records.
public struct RankGenerator: Sendable {
    private var random: SplitMix
    private let towns: [(latitude: Double, longitude: Double, spread: Double)]
    private let offerTowns: Odds
    private let wishTowns: Odds
    private let offerTops: Odds
    private let wishTops: Odds
    private let leaves = Odds(zipf: 8, exponent: 0.8)
    private let amounts = Odds(zipf: 20, exponent: 2)

    public init(seed: UInt64) {
        var random = SplitMix(state: seed)
        towns = (0..<33).map { _ in (31.6 + random.unit(), 120.2 + 1.7 * random.unit(), 0.01 + 0.03 * random.unit()) }
        wishTowns = Odds(zipf: 33, exponent: 0.9)
        offerTowns = wishTowns.mixed(with: wishTowns.shuffled(using: &random))
        wishTops = Odds(zipf: 12, exponent: 0.7)
        offerTops = wishTops.shuffled(using: &random)
        self.random = random
    }

    public mutating func offer(_ id: Int) -> RankOffer {
        let place = place(offerTowns)
        let first = Int32(random.below(300))
        let skills = (0..<4).reduce(UInt32(0)) { bits, _ in bits | 1 << UInt32(random.below(31)) }
        let languages = (1 | 1 << UInt32(random.below(7))) & (random.below(10) == 0 ? 254 : 255) as UInt32
        return RankOffer(
            id: id, leaf: offerTops.draw(&random) * 8 + leaves.draw(&random), latitude: place.latitude,
            longitude: place.longitude, available: Int64(amounts.draw(&random) + 1), firstDay: first,
            lastDay: first + 3 + Int32(random.below(87)), skills: skills, languages: languages,
            trust: random.around(4, 2), fatigue: random.around(2, 4),
            preference: random.below(10) < 6 ? 8 : random.below(8))
    }

    public mutating func wish() -> RankWish {
        let place = place(wishTowns)
        let first = Int32(random.below(300))
        let count = 1 + random.below(3)
        let skills = (0..<count).reduce(UInt32(0)) { bits, _ in bits | 1 << UInt32(random.below(31)) }
        return RankWish(
            leaf: wishTops.draw(&random) * 8 + leaves.draw(&random), latitude: place.latitude,
            longitude: place.longitude, wanted: Int64(1 + random.below(8)), firstDay: first,
            lastDay: first + 2 + Int32(random.below(28)), skills: skills, languages: UInt32(1 + random.below(3)),
            group: random.below(8))
    }

    /// A registry of so many generated offers and wishes.
    public static func registry(offers: Int, wishes: Int, seed: UInt64, textual: Bool = false) throws -> Registry {
        var generator = RankGenerator(seed: seed)
        var registry = try RankRegistry(textual: textual)
        for id in 0..<offers { registry.add(generator.offer(id)) }
        for _ in 0..<wishes { registry.add(generator.wish()) }
        return registry.build()
    }

    private mutating func place(_ odds: Odds) -> (latitude: Double, longitude: Double) {
        let town = towns[odds.draw(&random)]
        return (
            town.latitude + random.normal() * town.spread, town.longitude + random.normal() * town.spread * 1.18
        )
    }
}

/// Chances of the numbers 0…, drawn by their running sums.
struct Odds: Sendable {
    private let shares: [Double]
    private let sums: [Double]

    init(shares: [Double]) {
        self.shares = shares
        let total = shares.reduce(0, +)
        var sum = 0.0
        sums = shares.map { share in
            sum += share / total
            return sum
        }
    }

    /// The n-th number has the chance 1 ÷ n to the power of the exponent, in proportion.
    init(zipf count: Int, exponent: Double) {
        self.init(shares: (1...count).map { RankArithmetic.power(Double($0), -exponent) })
    }

    func shuffled(using random: inout SplitMix) -> Odds { Odds(shares: shares.shuffled(using: &random)) }

    func mixed(with other: Odds) -> Odds { Odds(shares: zip(shares, other.shares).map { $0 + $1 }) }

    func draw(_ random: inout SplitMix) -> Int {
        let at = random.unit()
        return sums.firstIndex { at < $0 } ?? sums.count - 1
    }
}

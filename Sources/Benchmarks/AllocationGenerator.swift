internal import Foundation
public import MatchCore

/// Makes instances of the shape of `alloc_gen.py`, of any size: 33 towns of unequal weight, 12 categories in groups of
/// three, wishes of one unit, offers of 1 to 20 units, and for each wish its best-scored offers among the 48 nearest of
/// its category and the 24 nearest of the sister categories. The same seed gives the same instance.
public struct AllocationGenerator: Sendable {
    private static let (towns, categories, group) = (33, 12, 3)
    private static let (width, height) = (120.0, 80.0)

    private struct Place {
        var town: Int
        var category: Int
        var x: Double
        var y: Double
    }

    private var random: SplitMix
    private let centres: [(x: Double, y: Double, spread: Double)]

    public init(seed: UInt64) {
        var random = SplitMix(state: seed)
        centres = (0..<Self.towns).map { _ in
            (Self.width * random.unit(), Self.height * random.unit(), 1 + 3 * random.unit())
        }
        self.random = random
    }

    /// An instance of so many wishes and offers, with at most `candidates` for each wish.
    public mutating func instance(wishes: Int, offers: Int, candidates: Int) throws -> AllocationInstance {
        let wishTowns = Odds(zipf: Self.towns, exponent: 0.9)
        // Help is not where need is.
        let offerTowns = wishTowns.mixed(with: wishTowns.shuffled(using: &random))
        let wishCategories = Odds(zipf: Self.categories, exponent: 0.7)
        let offerCategories = Odds(zipf: Self.categories, exponent: 0.5).shuffled(using: &random)
        let amounts = Odds(zipf: 20, exponent: 2)
        let asked = (0..<wishes).map { _ in place(wishTowns, wishCategories) }
        let given = (0..<offers).map { _ in place(offerTowns, offerCategories) }
        let capacities = (0..<offers).map { _ in Int32(amounts.draw(&random) + 1) }
        let quality = (0..<offers).map { _ in random.around(4, 2) }
        let grids = (0..<Self.categories).map { category in
            Grid(given.indices.filter { given[$0].category == category }.map { (Int32($0), given[$0].x, given[$0].y) })
        }
        var (rows, urgencies): ([Int32], [Int32]) = ([0], [])
        var all: [AllocationCandidate] = []
        all.reserveCapacity(wishes * candidates)
        for wish in asked {
            let draw = random.below(10)
            let urgency = draw < 6 ? 0 : draw < 9 ? 1 : 2
            urgencies.append(Int32(urgency))
            var found = grids[wish.category].nearest(48, wish.x, wish.y).map { ($0, 1.0) }
            let first = wish.category / Self.group * Self.group
            var sisters: [(offer: Int32, distance: Double)] = []
            for category in first..<first + Self.group where category != wish.category {
                sisters += grids[category].nearest(24, wish.x, wish.y)
            }
            found += sisters.sorted { ($0.distance, $0.offer) < ($1.distance, $1.offer) }.prefix(24).map { ($0, 0.5) }
            var row = found.map { near, match -> AllocationCandidate in
                let worth =
                    0.45 * match + 0.35 * RankArithmetic.decay(near.distance / 8) + 0.1 * quality[Int(near.offer)]
                    + 0.1 * random.unit()
                let score = (worth * [0.7, 0.85, 1][urgency] * 1_000_000).rounded()
                return AllocationCandidate(offer: near.offer, score: Int32(min(max(score, 0), 1_000_000)))
            }
            row.sort { $0.score != $1.score ? $0.score > $1.score : $0.offer < $1.offer }
            all += row.prefix(candidates)
            rows.append(Int32(all.count))
        }
        return try AllocationInstance(
            capacities: capacities, offerAreas: given.map { Int32($0.town) }, quantities: asked.map { _ in 1 },
            wishAreas: asked.map { Int32($0.town) }, urgencies: urgencies, rowStart: rows, candidates: all)
    }

    /// Replaces the candidates of one wish in a hundred by those of another, with scores a little different: a day.
    public mutating func changes(to instance: AllocationInstance) -> [(wish: Int, row: [AllocationCandidate])] {
        (0..<max(1, instance.wishCount / 100)).map { _ in
            let (wish, model) = (random.below(instance.wishCount), random.below(instance.wishCount))
            let row = Int(instance.rowStart[model])..<Int(instance.rowStart[model + 1])
            return (
                wish,
                instance.candidates[row].map { candidate in
                    let score = candidate.score + Int32(random.below(40_001)) - 20_000
                    return AllocationCandidate(offer: candidate.offer, score: min(max(score, 0), 1_000_000))
                }
            )
        }
    }

    private mutating func place(_ towns: Odds, _ categories: Odds) -> Place {
        let town = towns.draw(&random)
        let centre = centres[town]
        return Place(
            town: town, category: categories.draw(&random), x: centre.x + random.normal() * centre.spread,
            y: centre.y + random.normal() * centre.spread)
    }
}

/// Points in cells, to find the nearest ones.
private struct Grid {
    private let cells: [Int: [(number: Int32, x: Double, y: Double)]]
    private let count: Int
    private let side: Double

    init(_ points: [(number: Int32, x: Double, y: Double)]) {
        count = points.count
        // A few points a cell where towns are dense.
        side = max(0.05, 30 / Double(max(1, points.count)).squareRoot())
        var cells: [Int: [(number: Int32, x: Double, y: Double)]] = [:]
        for point in points { cells[Self.cell(point.x, point.y, side), default: []].append(point) }
        self.cells = cells
    }

    private static func cell(_ x: Double, _ y: Double, _ side: Double) -> Int {
        (Int((x / side).rounded(.down)) + 100_000) * 1_000_000 + Int((y / side).rounded(.down)) + 100_000
    }

    func nearest(_ wanted: Int, _ x: Double, _ y: Double) -> [(offer: Int32, distance: Double)] {
        var found: [(offer: Int32, distance: Double)] = []
        var (ring, seen) = (0, 0)
        let (column, row) = (Int((x / side).rounded(.down)), Int((y / side).rounded(.down)))
        // A ring is whole only up to its inner edge: what lies farther may have nearer ones in the next.
        while seen < min(wanted, count), ring <= 4_000 {
            for left in -ring...ring {
                let isEdge = abs(left) == ring
                for up in isEdge ? Array(-ring...ring) : [-ring, ring] {
                    for point in cells[(column + left + 100_000) * 1_000_000 + row + up + 100_000] ?? [] {
                        let (across, along) = (point.x - x, point.y - y)
                        found.append((point.number, (across * across + along * along).squareRoot()))
                    }
                }
            }
            ring += 1
            let reach = Double(ring - 1) * side
            seen = found.count { $0.distance <= reach }
        }
        found.sort { ($0.distance, $0.offer) < ($1.distance, $1.offer) }
        return Array(found.prefix(wanted))
    }
}

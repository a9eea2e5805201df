import MatchCore

/// A small random instance, so that every plan can be tried.
struct SmallInstance {
    /// SplitMix64: the same seed gives the same instance everywhere.
    struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    var capacities: [Int32]
    var areas: [Int32]
    var rows: [[AllocationCandidate]]

    init(seed: UInt64) {
        var chance = Chance(state: seed)
        let offers = Int.random(in: 1...4, using: &chance)
        let wishes = Int.random(in: 0...6, using: &chance)
        let areaCount = Int32.random(in: 1...3, using: &chance)
        // Few different scores make ties, many make none; both have broken matching programs.
        let greatest = [1, 3, 20, 1_000_000].randomElement(using: &chance)!
        capacities = (0..<offers).map { _ in [0, 1, 1, 1, 2, 3, 9].randomElement(using: &chance)! }
        areas = (0..<wishes).map { _ in Int32.random(in: 0..<areaCount, using: &chance) }
        let density = [0.3, 0.6, 1].randomElement(using: &chance)!
        var rows: [[AllocationCandidate]] = []
        for _ in 0..<wishes {
            var row: [AllocationCandidate] = []
            for offer in (0..<Int32(offers)).shuffled(using: &chance)
            where Double.random(in: 0..<1, using: &chance) < density {
                let score = Int32.random(in: 0...Int32(greatest), using: &chance)
                row.append(AllocationCandidate(offer: offer, score: score))
            }
            rows.append(row)
        }
        self.rows = rows
    }

    var instance: AllocationInstance {
        get throws {
            var starts: [Int32] = [0]
            for row in rows { starts.append(starts.last! + Int32(row.count)) }
            return try AllocationInstance(
                capacities: capacities, offerAreas: capacities.map { _ in 0 }, quantities: rows.map { _ in 1 },
                wishAreas: areas, urgencies: rows.map { _ in 0 }, rowStart: starts, candidates: rows.flatMap { $0 })
        }
    }
}

/// The best of all plans of a small instance, found by trying every one.
struct EveryPlan {
    private(set) var bestScore = 0
    private(set) var mostServed = 0
    private(set) var scoreOfMostServed = 0
    /// The best worst share, as served and wishes of the worst area.
    private(set) var worstShare = (served: 0, wishes: 1)
    private(set) var scoreOfFairest = 0

    private let small: SmallInstance
    private var sizes: [Int: Int] = [:]

    init(_ small: SmallInstance) {
        self.small = small
        for area in small.areas { sizes[Int(area), default: 0] += 1 }
        var left = small.capacities
        var served: [Int: Int] = [:]
        descend(0, 0, 0, &left, &served)
    }

    private mutating func descend(
        _ wish: Int, _ score: Int, _ count: Int, _ left: inout [Int32], _ served: inout [Int: Int]
    ) {
        guard wish < small.rows.count else { return weigh(score, count, served) }
        descend(wish + 1, score, count, &left, &served)
        for candidate in small.rows[wish] where left[Int(candidate.offer)] > 0 {
            left[Int(candidate.offer)] -= 1
            served[Int(small.areas[wish]), default: 0] += 1
            descend(wish + 1, score + Int(candidate.score), count + 1, &left, &served)
            served[Int(small.areas[wish]), default: 0] -= 1
            left[Int(candidate.offer)] += 1
        }
    }

    private mutating func weigh(_ score: Int, _ count: Int, _ served: [Int: Int]) {
        bestScore = max(bestScore, score)
        if (count, score) > (mostServed, scoreOfMostServed) { (mostServed, scoreOfMostServed) = (count, score) }
        let shares = sizes.map { (served: served[$0.key] ?? 0, wishes: $0.value) }
        let worst = shares.min { $0.served * $1.wishes < $1.served * $0.wishes } ?? (0, 1)
        let (here, best) = (worst.served * worstShare.wishes, worstShare.served * worst.wishes)
        if here > best || (here == best && score > scoreOfFairest) {
            worstShare = worst
            scoreOfFairest = score
        }
    }
}

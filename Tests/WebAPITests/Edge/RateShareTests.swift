import AlmonerTesting
import MatchCore
import Storage
import Testing

@testable import WebAPI

/// Several nodes share one limit without asking each other.
@Suite struct RateShareTests {
    private let rate = Rate(perSecond: 50, burst: 60)

    /// How many requests of one caller `nodes` grant in so many seconds, asked without pause; `shares` sets the shares
    /// as time goes on.
    private func granted(
        _ nodes: Int, seconds: Int, cost: Int = 1, _ shares: (Int, [RateShare]) -> Void = { _, _ in }
    ) -> Int {
        let parts = (0..<nodes).map { _ in RateShare() }
        let buckets = parts.map { TokenBuckets<Int>(rate: rate, share: $0) }
        var count = 0
        for now in 0..<Int64(seconds) * 1_000 {
            shares(Int(now), parts)
            for bucket in buckets where bucket.take(cost, for: 1, now: now)?.isGranted == true { count += cost }
        }
        return count
    }

    private func allowed(_ seconds: Int) -> Int { rate.burst + rate.perSecond * seconds }

    @Test(arguments: [1, 2, 3, 7, 25]) func nodesThatKnowOfEachOtherKeepToTheLimitTogether(nodes: Int) {
        let count = granted(nodes, seconds: 20) { _, parts in
            for part in parts { part.set(nodes: nodes, rank: 0, isNew: false) }
        }
        #expect(count <= allowed(20) + nodes)
        #expect(count >= allowed(20) * 9 / 10)
    }

    /// What costs more than a node's part holds is granted all the same, and paid for.
    @Test(arguments: [2, 9]) func dearRequestsAreSharedToo(nodes: Int) {
        let parts = (0..<nodes).map { rank in
            let share = RateShare(dearest: 20)
            share.set(nodes: nodes, rank: rank, isNew: false)
            return TokenBuckets<Int>(rate: Rate(perSecond: 20, burst: 100), share: share)
        }
        var counts = Array(repeating: 0, count: nodes)
        for now in 0..<Int64(60_000) {
            for (place, bucket) in parts.enumerated() where bucket.take(20, for: 1, now: now)?.isGranted == true {
                counts[place] += 20
            }
        }
        let (granted, least) = (counts.reduce(0, +), counts.min() ?? 0)
        #expect(granted >= 1_040, "of the 1,300 that one node would grant")
        #expect(least >= 960 / nodes, "nobody is refused for good: \(counts)")
    }

    /// Nodes come, one after another or together, and some die; callers ask all of them for what counts for 1, 5, 10 and 20.
    @Test(arguments: [1, 3, 8, 10, 15, 30, 45], [Rate(perSecond: 20, burst: 100), Rate(perSecond: 100, burst: 400)])
    func noTimeSeesMoreThanTwiceTheLimitHoweverMuchRequestsCountFor(nodes: Int, rate: Rate) {
        var chance = SeededRandom(seed: UInt64(nodes * 1_000 + rate.burst))
        var town = Nodes(count: nodes, rate: rate)
        for now in stride(from: Int64(0), to: 60_000, by: 100) {
            town.look(at: now)
            for place in town.buckets.indices.shuffled(using: &chance) where town.isUp(place, at: now) {
                for cost in [20, 1, 10, 5].shuffled(using: &chance) {
                    while town.buckets[place].take(cost, for: 1, now: now)?.isGranted == true {
                        town.granted[Int(now / 100)] += cost
                    }
                }
            }
        }
        #expect(town.worst() <= 1, "\(nodes) nodes: \(town.worst()) of twice the limit")
    }

    /// They all start in the same moment, and each sees one more than the one before it; two seconds later each knows.
    @Test(arguments: [2, 5, 20]) func nodesThatStartTogetherStayBelowTwiceTheLimit(nodes: Int) {
        for seconds in [1, 2, 3, 6] {
            let count = granted(nodes, seconds: seconds) { now, parts in
                for (place, part) in parts.enumerated() {
                    if now < 2_000 {
                        part.set(nodes: place + 1, rank: place, isNew: true)
                    } else {
                        part.set(nodes: nodes, rank: place, isNew: now < 4_000)
                    }
                }
            }
            #expect(count <= 2 * allowed(seconds), "\(nodes) nodes in \(seconds) s")
        }
    }

    /// Their database stood still for longer than their leases: each that finds it again sees one more than the one before it.
    @Test func nodesThatComeBackTogetherStayBelowTwiceTheLimit() async throws {
        let database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        _ = try Programs(database: database).create(
            Programs.Program(code: "p", name: LocalizedText(zhHans: "项", en: "p")), at: Timestamp(milliseconds: 0))
        let nodes = (1...6).map { number in
            (NodeRegister(database: database, program: "p", node: RecordID(UInt128(number))), RateShare())
        }
        func parts(at milliseconds: Int64) async throws -> [Double] {
            for (register, share) in nodes {
                let found = try await register.renew(at: milliseconds)
                share.set(nodes: found.nodes, rank: found.rank, isNew: found.isBack)
            }
            return nodes.map { 1 / Double($0.1.part.divisor) }
        }
        #expect(try await parts(at: 100_000).reduce(0, +) < 2)
        #expect(try await parts(at: 102_000).allSatisfy { $0 == 1.0 / 6 })
        let after = 102_000 + NodeRegister.length + 1
        #expect(try await parts(at: after).reduce(0, +) < 2)
        #expect(try await parts(at: after + 2_000).allSatisfy { $0 == 1.0 / 6 })
    }

    @Test func aNodeThatIsLeftAloneTakesTheWhole() {
        let share = RateShare()
        let buckets = TokenBuckets<Int>(rate: rate, share: share)
        share.set(nodes: 10, rank: 0, isNew: false)
        while buckets.take(1, for: 1, now: 0)?.isGranted == true {}
        share.set(nodes: 1, rank: 0, isNew: false)
        var count = 0
        for now in 1...10_000 as ClosedRange<Int64> where buckets.take(1, for: 1, now: now)?.isGranted == true {
            count += 1
        }
        #expect((490...561).contains(count))
    }
}

/// Nodes that come and go, and look every two seconds who is there, as `almoner serve` does.
private struct Nodes {
    let buckets: [TokenBuckets<Int>]
    let rate: Rate
    /// What was granted in each tenth of a second.
    var granted = Array(repeating: 0, count: 600)
    private let shares: [RateShare]
    private var comesAt: [Int64]
    private var goesAt: [Int64]
    private var looksAt: [Int64]
    private var isNew: [Bool]

    init(count: Int, rate: Rate) {
        self.rate = rate
        shares = (0..<count).map { _ in RateShare(dearest: 20) }
        buckets = shares.map { TokenBuckets(rate: rate, share: $0) }
        // Half of them together at the beginning, the others later; every fifth dies.
        comesAt = (0..<count).map { $0 < (count + 1) / 2 ? Int64($0) : 10_000 + Int64($0 * 613 % 20_000) }
        goesAt = comesAt.indices.map { $0 % 5 == 4 ? 35_000 + Int64($0 * 97 % 5_000) : .max }
        looksAt = comesAt
        isNew = Array(repeating: true, count: count)
    }

    func isUp(_ place: Int, at now: Int64) -> Bool { comesAt[place] <= now && now < goesAt[place] }

    /// Those whose turn it is look, in the order in which they came.
    mutating func look(at now: Int64) {
        for place in comesAt.indices.sorted(by: { looksAt[$0] < looksAt[$1] })
        where isUp(place, at: now) && looksAt[place] <= now {
            let isFirst = looksAt[place] == comesAt[place]
            // Who has died still counts until its lease is over; ids are in no order of coming.
            let seen = comesAt.indices.filter { other in
                (comesAt[other], other) <= (isFirst ? comesAt[place] : now, isFirst ? place : .max)
                    && now < (goesAt[other] == .max ? .max : goesAt[other] + NodeRegister.length)
            }
            let rank = seen.count { ($0 * 31 % 47, $0) < (place * 31 % 47, place) }
            if !isFirst, looksAt[place] >= comesAt[place] + 4_000 { isNew[place] = false }
            shares[place].set(nodes: seen.count, rank: rank, isNew: isNew[place])
            looksAt[place] = now + 2_000
        }
    }

    /// The greatest of all spans: what was granted in it, of twice what one node would grant.
    func worst() -> Double {
        var worst = 0.0
        for start in granted.indices {
            var sum = 0
            for end in start..<granted.count {
                sum += granted[end]
                let tenths = end - start
                worst = max(worst, Double(10 * sum) / Double(2 * (10 * rate.burst + rate.perSecond * tenths)))
            }
        }
        return worst
    }
}

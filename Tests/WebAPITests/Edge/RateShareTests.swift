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
        let count = granted(nodes, seconds: 20) { _, parts in for part in parts { part.set(nodes: nodes, isNew: false) }
        }
        #expect(count <= allowed(20) + nodes)
        #expect(count >= allowed(20) * 9 / 10)
    }

    /// What costs more than a node's part holds is granted all the same, and paid for.
    @Test(arguments: [2, 10, 30]) func dearRequestsAreSharedToo(nodes: Int) {
        let count = granted(nodes, seconds: 60, cost: 10) { _, parts in
            for part in parts { part.set(nodes: nodes, isNew: false) }
        }
        #expect(count <= allowed(60) + nodes * 10)
        #expect(count >= allowed(60) * 8 / 10)
    }

    /// They all start in the same moment, and each sees one more than the one before it; two seconds later each knows.
    @Test(arguments: [2, 5, 20]) func nodesThatStartTogetherStayBelowTwiceTheLimit(nodes: Int) {
        for seconds in [1, 2, 3, 6] {
            let count = granted(nodes, seconds: seconds) { now, parts in
                for (place, part) in parts.enumerated() {
                    if now < 2_000 {
                        part.set(nodes: place + 1, isNew: true)
                    } else {
                        part.set(nodes: nodes, isNew: now < 4_000)
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
                share.set(nodes: found.nodes, isNew: found.isBack)
            }
            return nodes.map { 1 / Double($0.1.divisor) }
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
        share.set(nodes: 10, isNew: false)
        while buckets.take(1, for: 1, now: 0)?.isGranted == true {}
        share.set(nodes: 1, isNew: false)
        var count = 0
        for now in 1...10_000 as ClosedRange<Int64> where buckets.take(1, for: 1, now: now)?.isGranted == true {
            count += 1
        }
        #expect((490...561).contains(count))
    }
}

import MatchCore
import Testing

@testable import Casework

/// Who is served in part waits on for the rest, at the same place.
struct ClaimQueueRestTests {
    @Test func theRestKeepsItsPlace() throws {
        var queue = ClaimQueue([
            try ClaimQueue.Place(id: rid(1), wishLine: rid(11), quantity: 5, least: 2, since: at("2026-03-01 09:00")),
            try ClaimQueue.Place(id: rid(2), wishLine: rid(12), quantity: 3, least: 3, since: at("2026-03-01 10:00")),
        ])
        #expect(try queue.serve(with: 3).map(\.quantity) == [3])
        #expect(queue.places.map(\.quantity) == [2, 3] && queue.places.map(\.id) == [rid(1), rid(2)])
        #expect(
            try queue.serve(with: 1).map(\.quantity) == [1], "after the least of use, whatever is missing is of use")
        #expect(try queue.serve(with: 3).map(\.place.id) == [rid(1)], "the second takes all or nothing")
        #expect(try queue.serve(with: 3).map(\.place.id) == [rid(2)])
        #expect(queue.places.isEmpty)
    }

    @Test(arguments: 1...40) func nothingAskedForIsLost(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var queue = ClaimQueue()
        var (asked, given): ([RecordID: Int64], [RecordID: Int64]) = ([:], [:])
        for number in 1...60 {
            if Bool.random(using: &random) {
                let quantity = Int64.random(in: 1...9, using: &random)
                queue.join(
                    try ClaimQueue.Place(
                        id: rid(number), wishLine: rid(100 + number), quantity: quantity,
                        least: .random(in: 1...quantity, using: &random),
                        since: Moment(milliseconds: Int64(number) * 1_000)))
                asked[rid(number)] = quantity
            } else {
                let before = queue.places.map(\.id)
                let available = Int64.random(in: 0...12, using: &random)
                let served = try queue.serve(with: available)
                #expect(
                    served.map(\.place.id) == Array(before.prefix(served.count)), "seed \(seed): somebody was overtaken"
                )
                #expect(served.reduce(0) { $0 + $1.quantity } <= available, "seed \(seed)")
                for (place, quantity) in served { given[place.id, default: 0] += quantity }
            }
            for (id, quantity) in asked {
                let waits = queue.places.first { $0.id == id }?.quantity ?? 0
                #expect(waits + (given[id] ?? 0) == quantity, "seed \(seed): \(id) lost something")
            }
        }
    }
}

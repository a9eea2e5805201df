import Casework
import Testing

struct ClaimQueueTests {
    private func place(_ number: Int, wants quantity: Int64, atLeast least: Int64 = 1, since time: String) throws
        -> ClaimQueue.Place
    {
        try ClaimQueue.Place(
            id: rid(number), wishLine: rid(100 + number), quantity: quantity, least: least, since: at(time))
    }

    @Test func whoComesFirstIsServedFirst() throws {
        let early = try place(2, wants: 3, since: "2026-03-01 09:00")
        let late = try place(1, wants: 3, since: "2026-03-01 10:00")
        let queue = ClaimQueue([late, early, early])
        #expect(queue.places.count == 2)
        let served = queue.served(with: 4)
        #expect(served.map(\.place.id) == [rid(2), rid(1)])
        #expect(served.map(\.quantity) == [3, 1])
    }

    @Test func aLargeNeedIsNotOvertaken() throws {
        let queue = ClaimQueue([
            try place(1, wants: 5, atLeast: 5, since: "2026-03-01 09:00"),
            try place(2, wants: 1, since: "2026-03-01 10:00"),
        ])
        #expect(queue.served(with: 4).isEmpty)
        #expect(queue.served(with: 6).map(\.quantity) == [5, 1])
    }

    @Test func whoLeavesFreesThePlace() throws {
        var queue = ClaimQueue([
            try place(1, wants: 5, atLeast: 5, since: "2026-03-01 09:00"),
            try place(2, wants: 1, since: "2026-03-01 10:00"),
        ])
        queue.leave(rid(1))
        #expect(queue.served(with: 4).map(\.quantity) == [1])
    }
}

import Operations
import Testing

/// Pages of a list: every record once, and a next page only where something follows.
@Suite struct PageTests {
    private func page(_ limit: Int, _ numbers: [Int], wanted: (Int) -> Bool) throws -> PageRecord<Int> {
        var looked = 0
        return try PageRecord.reading(
            PageRequest(limit: limit, cursor: nil),
            fetch: { _, count in
                defer { looked += count }
                return Array(numbers.dropFirst(looked).prefix(count))
            }, cursor: { Cursor(["\($0)"]) }, where: wanted)
    }

    @Test func whereNothingWantedFollowsThereIsNoNextPage() throws {
        let full = try page(3, Array(0..<50)) { $0 < 3 }
        #expect(full.items == [0, 1, 2] && full.next == nil)
        let empty = try page(3, Array(0..<50)) { _ in false }
        #expect(empty.items.isEmpty && empty.next == nil)
        let last = try page(3, Array(0..<50)) { $0 < 2 || $0 == 40 }
        #expect(last.items == [0, 1, 40] && last.next == nil)
        let more = try page(3, Array(0..<50)) { $0 < 3 || $0 == 40 }
        #expect(more.items == [0, 1, 2] && more.next == Cursor(["39"]))
        let all = try page(3, [0, 1, 2]) { _ in true }
        #expect(all.items == [0, 1, 2] && all.next == nil)
    }

    /// After so many records one is told how far it has come, with nothing in hand.
    @Test func aLongSearchIsGivenInParts() throws {
        let part = try page(200, Array(0..<50_000)) { _ in false }
        #expect(part.items.isEmpty && part.next != nil)
    }
}

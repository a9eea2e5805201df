/// Offers reached by a search, nearest first.
///
/// Entries are never moved when a nearer way is found; the search meets the old entry later and passes over it. Raw
/// memory of its own, for the reasons given at ``WorkingPlan``: it holds `room` entries, the first `count` written.
final class DistanceQueue {
    private var heap: UnsafeMutablePointer<UInt64>
    private var room = 1024
    private var count = 0

    init() { heap = .allocate(capacity: room) }

    deinit { heap.deallocate() }

    var isEmpty: Bool { count == 0 }

    func removeAll() { count = 0 }

    /// Adds an offer; equal distances come out in the order of the offers.
    @inline(__always)
    func push(_ offer: Int, at distance: Int32) {
        if count == room { grow() }
        let entry = UInt64(UInt32(bitPattern: distance)) << 32 | UInt64(UInt32(truncatingIfNeeded: offer))
        let heap = heap
        var hole = count
        count &+= 1
        while hole > 0 {
            let parent = (hole &- 1) >> 1
            if heap[parent] <= entry { break }
            heap[hole] = heap[parent]
            hole = parent
        }
        heap[hole] = entry
    }

    /// Takes the nearest offer.
    @inline(__always)
    func pop() -> (offer: Int, distance: Int32)? {
        if count == 0 { return nil }
        let heap = heap
        let first = heap[0]
        count &-= 1
        let last = heap[count]
        var hole = 0
        while true {
            var child = 2 &* hole &+ 1
            if child >= count { break }
            if child &+ 1 < count, heap[child &+ 1] < heap[child] { child &+= 1 }
            if heap[child] >= last { break }
            heap[hole] = heap[child]
            hole = child
        }
        heap[hole] = last
        return (Int(first & 0xFFFF_FFFF), Int32(truncatingIfNeeded: first >> 32))
    }

    private func grow() {
        let wider = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * room)
        wider.moveInitialize(from: heap, count: count)
        heap.deallocate()
        heap = wider
        room *= 2
    }
}

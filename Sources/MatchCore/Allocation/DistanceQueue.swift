/// Offers reached by a search, nearest first.
///
/// Entries are never moved when a nearer way is found; the search meets the old entry later and passes over it.
struct DistanceQueue {
    private var entries: [UInt64] = []

    var isEmpty: Bool { entries.isEmpty }

    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    /// Adds an offer; equal distances come out in the order of the offers.
    @inline(__always)
    mutating func push(_ offer: Int, at distance: Int32) {
        let entry = UInt64(UInt32(bitPattern: distance)) << 32 | UInt64(UInt32(truncatingIfNeeded: offer))
        entries.append(entry)
        entries.withUnsafeMutableBufferPointer { heap in
            var hole = heap.count &- 1
            while hole > 0 {
                let parent = (hole &- 1) >> 1
                if heap[parent] <= entry { break }
                heap[hole] = heap[parent]
                hole = parent
            }
            heap[hole] = entry
        }
    }

    /// Takes the nearest offer.
    @inline(__always)
    mutating func pop() -> (offer: Int, distance: Int32)? {
        guard let last = entries.popLast() else { return nil }
        guard let first = entries.first else { return Self.parts(last) }
        entries.withUnsafeMutableBufferPointer { heap in
            let count = heap.count
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
        }
        return Self.parts(first)
    }

    private static func parts(_ entry: UInt64) -> (offer: Int, distance: Int32) {
        (Int(entry & 0xFFFF_FFFF), Int32(truncatingIfNeeded: entry >> 32))
    }
}

/// Blocks still to be looked at, the one with the greatest bound first.
struct BlockHeap {
    /// The bound in the upper half, then whether the block is coarse, then its item.
    private var entries: [UInt64] = []

    init(capacity: Int) {
        entries.reserveCapacity(capacity)
    }

    struct Entry {
        let bound: Int32
        let isCoarse: Bool
        /// The number of a coarse block, or of an entry in the list of fine ones.
        let item: Int
    }

    mutating func push(bound: Int32, isCoarse: Bool, item: Int) {
        let entry = UInt64(UInt32(bitPattern: bound)) << 32 | (isCoarse ? 1 << 31 : 0) | UInt64(item)
        entries.append(entry)
        var child = entries.count - 1
        entries.withUnsafeMutableBufferPointer { entries in
            while child > 0 {
                let parent = (child &- 1) / 2
                guard entries[parent] < entry else { break }
                entries[child] = entries[parent]
                child = parent
            }
            entries[child] = entry
        }
    }

    /// What ``pop()`` would give.
    var first: Entry? { entries.first.map(BlockHeap.entry) }

    private static func entry(_ bits: UInt64) -> Entry {
        Entry(
            bound: Int32(truncatingIfNeeded: bits >> 32), isCoarse: bits >> 31 & 1 == 1,
            item: Int(bits & 0x7FFF_FFFF))
    }

    mutating func pop() -> Entry? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty {
            entries.withUnsafeMutableBufferPointer { entries in
                var parent = 0
                while true {
                    var child = 2 &* parent &+ 1
                    guard child < entries.count else { break }
                    if child &+ 1 < entries.count, entries[child &+ 1] > entries[child] { child &+= 1 }
                    guard entries[child] > last else { break }
                    entries[parent] = entries[child]
                    parent = child
                }
                entries[parent] = last
            }
        }
        return BlockHeap.entry(first)
    }
}

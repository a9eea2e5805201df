/// Blocks to be looked at, those that pass the floor furthest first, in 64 grades: which of two nearly equal ones comes
/// first matters less than sorting costs.
struct BlockQueue {
    private static let grades = 64

    private var entries: [UInt64] = []
    private var ordered: [UInt64] = []
    private var starts = [Int](repeating: 0, count: grades + 1)
    private var greatest: Float = 0

    var count: Int { ordered.count }

    subscript(place: Int) -> Int { BlockQueue.block(of: ordered[place]) }

    /// The bits of how far a block passes the floor (0 or more, so that they stand in the order of the numbers), then its
    /// number.
    static func entry(_ block: Int, _ above: Float) -> UInt64 { UInt64(max(0, above).bitPattern) << 32 | UInt64(block) }

    static func block(of entry: UInt64) -> Int { Int(entry & 0xFFFF_FFFF) }

    mutating func add(_ block: Int, _ above: Float) {
        entries.append(BlockQueue.entry(block, above))
        greatest = max(greatest, above)
    }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        ordered.removeAll(keepingCapacity: true)
        greatest = 0
    }

    /// Puts what was added into its order; blocks of one grade stay as they came.
    mutating func order() {
        ordered.removeAll(keepingCapacity: true)
        ordered.append(contentsOf: entries)
        guard greatest > 0, entries.count > 1 else { return }
        let scale = Float(BlockQueue.grades - 1) / greatest
        func grade(_ entry: UInt64) -> Int {
            let above = Float(bitPattern: UInt32(truncatingIfNeeded: entry >> 32))
            return BlockQueue.grades - 1 - min(BlockQueue.grades - 1, Int(above * scale))
        }
        starts.withUnsafeMutableBufferPointer { starts in
            starts.update(repeating: 0)
            for entry in entries { starts[grade(entry) + 1] += 1 }
            for number in 1..<starts.count { starts[number] += starts[number - 1] }
            ordered.withUnsafeMutableBufferPointer { ordered in
                for entry in entries {
                    let own = grade(entry)
                    ordered[starts[own]] = entry
                    starts[own] += 1
                }
            }
        }
    }
}

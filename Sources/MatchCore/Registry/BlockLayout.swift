/// How many rows the blocks of a snapshot have. The sizes change how fast a ranking is, never what it answers.
public struct BlockSizes: Sendable, Hashable {
    /// 1 or more.
    public let fine: Int
    /// A multiple of `fine`.
    public let coarse: Int

    public init(fine: Int = OfferSummaries.blockRows, finePerCoarse: Int = 8) {
        self.fine = max(1, fine)
        coarse = self.fine * max(1, finePerCoarse)
    }
}

/// How rows are cut into blocks: all of `blockRows` rows, the last may be shorter.
public struct BlockLayout: Sendable, Hashable {
    public let rowCount: Int
    public let blockRows: Int

    public init(rowCount: Int, blockRows: Int) {
        self.rowCount = rowCount
        self.blockRows = blockRows
    }

    /// Number of blocks.
    public var count: Int { (rowCount + blockRows - 1) / blockRows }

    public func rows(of block: Int) -> Range<Int> {
        block * blockRows..<min(rowCount, (block + 1) * blockRows)
    }

    /// One value for each block.
    func map<Value: BitwiseCopyable & Sendable>(_ value: (Range<Int>) -> Value) -> Column<Value> {
        Column((0..<count).map { value(rows(of: $0)) })
    }

    func least(_ column: Column<Int32>) -> Column<Int32> {
        map { rows in
            var least = Int32.max
            for row in rows { least = min(least, column.base[row]) }
            return least
        }
    }

    func greatest(_ column: Column<Int32>) -> Column<Int32> {
        map { rows in
            var greatest = Int32.min
            for row in rows { greatest = max(greatest, column.base[row]) }
            return greatest
        }
    }

    /// Which of the numbers 0…7 occur, as bits.
    func kinds(_ column: Column<UInt8>) -> Column<UInt8> {
        map { rows in
            var bits: UInt8 = 0
            for row in rows { bits |= 1 << (column.base[row] & 7) }
            return bits
        }
    }

    /// The union of the sets of each block, plane by plane.
    func union(_ sets: SetColumns) -> [Column<UInt32>] {
        sets.planes.map { plane in
            map { rows in
                var bits: UInt32 = 0
                for row in rows { bits |= plane.base[row] }
                return bits
            }
        }
    }

    func any(_ holds: (Int) -> Bool) -> Column<Bool> { map { rows in rows.contains(where: holds) } }
}

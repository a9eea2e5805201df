/// By how much each block's bound passes a floor: what no sum of a row, less the floor times its weight, exceeds.
///
/// With the floor known from the beginning a block takes a few additions that are vectorised, not a greatest average.
final class BlockMargins {
    /// For each block that was measured, and each step what its scorer said: step after step, `capacity` apart.
    let values: UnsafeMutablePointer<Float>
    private let raw: UnsafeMutablePointer<Int32>
    private let capacity: Int
    private let isCoarse: Bool
    /// The steps that are asked.
    private let steps: [Int]
    private let weights: [Float]
    private let neutrals: [Int32]

    /// For the coarse or the fine blocks of a source; without the `shared` steps.
    init(_ source: RankSource, isCoarse: Bool, shared: [Bool]) {
        self.isCoarse = isCoarse
        capacity = max(1, isCoarse ? source.coarse.count : source.fine.count)
        steps = source.steps.indices.filter { !shared[$0] }
        weights = source.steps.map { Float($0.weight) }
        neutrals = source.steps.map(\.neutral)
        values = .allocate(capacity: capacity)
        values.initialize(repeating: 0, count: capacity)
        raw = .allocate(capacity: capacity * max(1, source.steps.count))
        raw.initialize(repeating: 0, count: capacity * max(1, source.steps.count))
    }

    deinit {
        values.deallocate()
        raw.deallocate()
    }

    /// Measures successive blocks, beginning with the greatest sums of what is shared.
    func measure(
        _ blocks: Range<Int>, _ source: RankSource, sums: UnsafePointer<Float>, weight: Int32, floor: Int32
    ) {
        let (count, least) = (blocks.count, Float(floor))
        let values = values + blocks.lowerBound
        let start = sums + blocks.lowerBound
        let owed = least * Float(weight)
        for block in 0..<count { values[block] = start[block] - owed }
        for step in steps {
            let column = raw + (step &* capacity &+ blocks.lowerBound)
            let bounds = BoundColumn(base: column, count: count)
            if !source.bounds(step, isCoarse, blocks, bounds) { bounds.fill(.anything) }
            let (own, neutral) = (weights[step], neutrals[step])
            for block in 0..<count {
                let said = column[block]
                let value = said & ScoreBound.valueBits
                let known = max(value, neutral)
                let gain = own * (Float(said & ScoreBound.notKnownBit != 0 ? known : value) - least)
                let open = max(gain, 0)
                let counted = said & ScoreBound.notApplicableBit != 0 ? open : gain
                values[block] += said & ScoreBound.vetoedBit != 0 ? BlockScan.out : counted
            }
        }
    }

    /// The same for one block that was measured, under another floor.
    func margin(of block: Int, sum: Float, weight: Int32, floor: Int32) -> Float {
        let least = Float(floor)
        var margin = sum - least * Float(weight)
        for step in steps {
            let said = raw[step &* capacity &+ block]
            if said & ScoreBound.vetoedBit != 0 { return BlockScan.out }
            var value = said & ScoreBound.valueBits
            if said & ScoreBound.notKnownBit != 0 { value = max(value, neutrals[step]) }
            let gain = weights[step] * (Float(value) - least)
            margin += said & ScoreBound.notApplicableBit != 0 ? max(0, gain) : gain
        }
        return margin
    }

    /// What each step that was asked said of a block.
    func copy(_ block: Int, to list: UnsafeMutablePointer<Int32>) {
        for step in steps { list[step] = raw[step &* capacity &+ block] }
    }
}

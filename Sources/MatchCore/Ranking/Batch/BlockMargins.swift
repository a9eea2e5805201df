/// By how much each block's bound passes a floor: what no sum of a row, less the floor times its weight, exceeds.
///
/// With the floor known from the beginning a block takes a few additions that are vectorised, not a greatest average.
final class BlockMargins {
    /// For each block that was measured, and each step what its scorer said: step after step, `capacity` apart.
    let values: UnsafeMutablePointer<Float>
    private let raw: UnsafeMutablePointer<Int32>
    private let capacity: Int
    private let isCoarse: Bool
    /// The steps that are asked, the heaviest of those with bounds first.
    private let steps: [Int]
    /// So many blocks are left out together where that step alone says that none of them reaches the floor.
    private static let stretch = 8
    private let weights: [Float]
    private let neutrals: [Int32]

    /// For the coarse or the fine blocks of a source; without the `shared` steps.
    init(_ source: RankSource, isCoarse: Bool, shared: [Bool]) {
        self.isCoarse = isCoarse
        capacity = max(1, isCoarse ? source.coarse.count : source.fine.count)
        let asked = source.steps.indices.filter { !shared[$0] }
        let heaviest = source.heaviestBounded(of: asked)
        steps = asked.filter { $0 == heaviest } + asked.filter { $0 != heaviest }
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

    /// Measures successive blocks, beginning with the greatest sums of what is shared. Blocks that stay more than `slack`
    /// below the floor are not measured to the end.
    func measure(
        _ blocks: Range<Int>, _ source: RankSource, sums: UnsafePointer<Float>, weight: Int32, floor: Int32,
        slack: Float
    ) {
        let (values, least) = (values, Float(floor))
        let owed = least * Float(weight)
        for block in blocks { values[block] = sums[block] - owed }
        guard let first = steps.first else { return }
        add(first, blocks, source, least)
        // What the others add at most.
        let rest = steps.dropFirst().reduce(Float(0)) { $0 + weights[$1] * max(0, Float(Score.best) - least) }
        var start = blocks.lowerBound
        var run = start..<start
        while start < blocks.upperBound {
            let end = min(start + Self.stretch, blocks.upperBound)
            var greatest = BlockScan.out
            for block in start..<end { greatest = max(greatest, values[block]) }
            if greatest + rest >= -slack {
                run = run.isEmpty ? start..<end : run.lowerBound..<end
            } else {
                addOthers(run, source, least)
                run = end..<end
            }
            start = end
        }
        addOthers(run, source, least)
    }

    private func addOthers(_ blocks: Range<Int>, _ source: RankSource, _ least: Float) {
        guard !blocks.isEmpty else { return }
        for step in steps.dropFirst() { add(step, blocks, source, least) }
    }

    /// Adds what a step can give each block at most.
    private func add(_ step: Int, _ blocks: Range<Int>, _ source: RankSource, _ least: Float) {
        let column = raw + (step &* capacity &+ blocks.lowerBound)
        let values = values + blocks.lowerBound
        let bounds = BoundColumn(base: column, count: blocks.count)
        if !source.bounds(step, isCoarse, blocks, bounds) { bounds.fill(.anything) }
        let (own, neutral) = (weights[step], neutrals[step])
        for block in 0..<blocks.count {
            let said = column[block]
            let value = said & ScoreBound.valueBits
            let known = max(value, neutral)
            let gain = own * (Float(said & ScoreBound.notKnownBit != 0 ? known : value) - least)
            let open = max(gain, 0)
            let counted = said & ScoreBound.notApplicableBit != 0 ? open : gain
            values[block] += said & ScoreBound.vetoedBit != 0 ? BlockScan.out : counted
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

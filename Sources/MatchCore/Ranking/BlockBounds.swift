/// Turns what each scorer says of a block into the greatest total that a row of the block can have.
///
/// A scorer that may not apply can leave both sums, so the bound is the greatest average over all choices: those that
/// apply for certain, and of the others each that lifts the average, the greatest first.
struct BlockBounds {
    private let source: RankSource
    private let raw: UnsafeMutablePointer<Int32>
    /// The values that may leave the sums and their weights, the greatest value first.
    private let values: UnsafeMutablePointer<Double>
    private let valueWeights: UnsafeMutablePointer<Double>
    private let weights: UnsafeMutablePointer<Double>
    private let neutrals: UnsafeMutablePointer<Int32>
    private let stepCount: Int
    private let capacity: Int

    /// Room for `capacity` blocks at a time. The memory is given back by ``deallocate()``.
    init(_ source: RankSource, capacity: Int) {
        self.source = source
        self.capacity = max(1, capacity)
        stepCount = source.steps.count
        let steps = max(1, stepCount)
        raw = .allocate(capacity: self.capacity * steps)
        raw.initialize(repeating: ScoreBound.anything.raw, count: self.capacity * steps)
        values = .allocate(capacity: steps)
        values.initialize(repeating: 0, count: steps)
        valueWeights = .allocate(capacity: steps)
        valueWeights.initialize(repeating: 0, count: steps)
        weights = .allocate(capacity: steps)
        weights.initialize(repeating: 0, count: steps)
        neutrals = .allocate(capacity: steps)
        neutrals.initialize(repeating: 0, count: steps)
        for (number, step) in source.steps.enumerated() {
            weights[number] = Double(step.weight)
            neutrals[number] = step.neutral
        }
    }

    func deallocate() {
        raw.deallocate()
        values.deallocate()
        valueWeights.deallocate()
        weights.deallocate()
        neutrals.deallocate()
    }

    /// Calls `visit` with the bound of each of some successive blocks, at most `capacity`, and its position among
    /// them; a block that holds no
    /// eligible row is left out.
    func forEach(_ blocks: Range<Int>, isCoarse: Bool, _ visit: (_ block: Int, _ position: Int, _ bound: Int32) -> Void)
    {
        // Blocks that one scorer rules out as a whole (often most of them, and next to each other) need no other.
        var start = 0
        var end = blocks.count
        for step in 0..<stepCount where start < end {
            let column = BoundColumn(base: raw + (step &* capacity &+ start), count: end &- start)
            let asked = (blocks.lowerBound &+ start)..<(blocks.lowerBound &+ end)
            if !source.bounds(step, isCoarse, asked, column) { column.fill(.anything) }
            let own = raw + step &* capacity
            while start < end, own[start] & ScoreBound.vetoedBit != 0 { start &+= 1 }
            while end > start, own[end &- 1] & ScoreBound.vetoedBit != 0 { end &-= 1 }
        }
        for position in start..<max(start, end) {
            let block = blocks.lowerBound &+ position
            if let filter = source.filter, !filter.mayHold(isCoarse, block) { continue }
            let bound = total(position)
            if bound >= 0 { visit(block, position, bound) }
        }
    }

    /// Appends what each step said of the block at a position of the last call.
    func copy(_ position: Int, to list: inout [Int32]) {
        for step in 0..<stepCount { list.append(raw[step &* capacity &+ position]) }
    }

    /// −1 where every row is vetoed.
    private func total(_ position: Int) -> Int32 {
        // Sums of whole numbers below 2⁵³: exact.
        var sum = 0.0
        var weight = 0.0
        var choices = 0
        for step in 0..<stepCount {
            let bound = raw[step &* capacity &+ position]
            if bound & ScoreBound.vetoedBit != 0 { return -1 }
            var value = bound & ScoreBound.valueBits
            if bound & ScoreBound.notKnownBit != 0 { value = max(value, neutrals[step]) }
            let own = weights[step]
            if bound & ScoreBound.notApplicableBit == 0 {
                sum += own * Double(value)
                weight += own
            } else {
                var place = choices
                while place > 0, values[place &- 1] < Double(value) {
                    values[place] = values[place &- 1]
                    valueWeights[place] = valueWeights[place &- 1]
                    place &-= 1
                }
                values[place] = Double(value)
                valueWeights[place] = own
                choices &+= 1
            }
        }
        for choice in 0..<choices where weight == 0 || values[choice] * weight > sum {
            sum += values[choice] * valueWeights[choice]
            weight += valueWeights[choice]
        }
        // Rounding can lift a quotient to the next whole number, never below one that it reaches.
        return weight == 0 ? 0 : Int32(truncatingIfNeeded: Int64(sum / weight))
    }
}

/// Turns what each scorer says of a block into the greatest total that a row of the block can have.
///
/// A scorer that may not apply can leave both sums, so the bound is the greatest average over all choices: those that
/// apply for certain, and of the others each that lifts the average, the greatest first.
struct BlockBounds {
    private let source: RankSource
    private let raw: UnsafeMutablePointer<Int32>
    private let optional: UnsafeMutablePointer<(value: Double, weight: Double)>
    private let capacity: Int

    /// Room for `capacity` blocks at a time. The memory is given back by ``deallocate()``.
    init(_ source: RankSource, capacity: Int) {
        self.source = source
        self.capacity = max(1, capacity)
        raw = .allocate(capacity: self.capacity * max(1, source.steps.count))
        optional = .allocate(capacity: max(1, source.steps.count))
    }

    func deallocate() {
        raw.deallocate()
        optional.deallocate()
    }

    /// Calls `visit` with the bound of each of some successive blocks, at most `capacity`, and its position among
    /// them; a block that holds no
    /// eligible row is left out.
    func forEach(_ blocks: Range<Int>, isCoarse: Bool, _ visit: (_ block: Int, _ position: Int, _ bound: Int32) -> Void)
    {
        for step in source.steps.indices {
            let column = BoundColumn(base: raw + step * capacity, count: blocks.count)
            if !source.bounds(step, isCoarse, blocks, column) { column.fill(.anything) }
        }
        for position in 0..<blocks.count {
            let block = blocks.lowerBound + position
            if let filter = source.filter, !filter.mayHold(isCoarse, block) { continue }
            let bound = total(position)
            if bound >= 0 { visit(block, position, bound) }
        }
    }

    /// Appends what each step said of the block at a position of the last call.
    func copy(_ position: Int, to list: inout [Int32]) {
        for step in source.steps.indices { list.append(raw[step * capacity + position]) }
    }

    /// −1 where every row is vetoed.
    private func total(_ position: Int) -> Int32 {
        // Sums of whole numbers below 2⁵³: exact.
        var sum = 0.0
        var weight = 0.0
        var choices = 0
        source.steps.withUnsafeBufferPointer { steps in
            for step in steps.indices {
                let bound = raw[step &* capacity &+ position]
                if bound & ScoreBound.vetoedBit != 0 {
                    choices = -1
                    return
                }
                var value = bound & ScoreBound.valueBits
                if bound & ScoreBound.notKnownBit != 0 { value = max(value, steps[step].neutral) }
                let own = Double(steps[step].weight)
                if bound & ScoreBound.notApplicableBit == 0 {
                    sum += own * Double(value)
                    weight += own
                } else {
                    var place = choices
                    while place > 0, optional[place - 1].value < Double(value) {
                        optional[place] = optional[place - 1]
                        place -= 1
                    }
                    optional[place] = (Double(value), own)
                    choices += 1
                }
            }
        }
        guard choices >= 0 else { return -1 }
        for choice in 0..<choices where weight == 0 || optional[choice].value * weight > sum {
            sum += optional[choice].value * optional[choice].weight
            weight += optional[choice].weight
        }
        // Rounding can lift a quotient to the next whole number, never below one that it reaches.
        return weight == 0 ? 0 : Int32(sum / weight)
    }
}

/// Turns what each scorer says of a block into the greatest total that a row of the block can have.
///
/// A scorer that may not apply can leave both sums, so the bound is the greatest average over all choices: those that
/// apply for certain, and of the others each that lifts the average, the greatest first.
struct BlockBounds {
    private let source: RankSource
    private let raw: UnsafeMutablePointer<Int32>
    /// For each block what the scorers that apply for certain add up to, and every bit that any scorer set.
    private let sums: UnsafeMutablePointer<Double>
    private let marks: UnsafeMutablePointer<Int32>
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
        sums = .allocate(capacity: self.capacity)
        sums.initialize(repeating: 0, count: self.capacity)
        marks = .allocate(capacity: self.capacity)
        marks.initialize(repeating: 0, count: self.capacity)
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
        sums.deallocate()
        marks.deallocate()
        values.deallocate()
        valueWeights.deallocate()
        weights.deallocate()
        neutrals.deallocate()
    }

    /// Calls `visit` with the bound of each of some successive blocks, at most `capacity`, and its position among them;
    /// a block that holds no eligible row is left out.
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
        guard start < end else { return }
        let weight = addUp(start..<end)
        for position in start..<end where marks[position] & ScoreBound.vetoedBit == 0 {
            let block = blocks.lowerBound &+ position
            if let filter = source.filter, !filter.mayHold(isCoarse, block) { continue }
            // Where every scorer applies, or is known not to, there is nothing to choose.
            let isChosen = marks[position] & ScoreBound.notApplicableBit != 0
            visit(block, position, isChosen ? total(position) : Self.quotient(sums[position], weight))
        }
    }

    /// Adds up what is said of some positions, column by column, and returns the weight that stands behind it. Scorers
    /// that do not apply to any of them take no part: their 0 lifts no average.
    private func addUp(_ positions: Range<Int>) -> Double {
        var weight = 0.0
        for position in positions {
            sums[position] = 0
            marks[position] = 0
        }
        let (sums, marks) = (sums, marks)
        for step in 0..<stepCount {
            let column = raw + step &* capacity
            var differing: Int32 = 0
            for position in positions { differing |= column[position] ^ ScoreBound.notApplicableBit }
            if differing == 0 { continue }
            let (own, neutral) = (weights[step], neutrals[step])
            for position in positions {
                let bound = column[position]
                let value = bound & ScoreBound.valueBits
                let known = max(value, neutral)
                sums[position] += own * Double(bound & ScoreBound.notKnownBit != 0 ? known : value)
                marks[position] |= bound
            }
            weight += own
        }
        return weight
    }

    /// Rounding can lift a quotient to the next whole number, never below one that it reaches.
    static func quotient(_ sum: Double, _ weight: Double) -> Int32 {
        weight == 0 ? 0 : Int32(truncatingIfNeeded: Int64(sum / weight))
    }

    /// Appends what each step said of the block at a position of the last call.
    func copy(_ position: Int, to list: inout [Int32]) {
        for step in 0..<stepCount { list.append(raw[step &* capacity &+ position]) }
    }

    /// The greatest average of a block of which some scorers may not apply.
    private func total(_ position: Int) -> Int32 {
        // Sums of whole numbers below 2⁵³: exact.
        var sum = 0.0
        var weight = 0.0
        var choices = 0
        for step in 0..<stepCount {
            let bound = raw[step &* capacity &+ position]
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
        return Self.quotient(sum, weight)
    }
}

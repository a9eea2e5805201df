/// Scores the rows of one block after another into a list of the best, in memory that is reused.
///
/// Scorers are asked in turn, the cheap and heavy ones first. After some of them a row is dropped where even the bounds
/// of the others cannot lift it into the list, and once few rows are left only those are asked about. Sums are first
/// made in 32-bit floating point, four rows at a time; only a row that comes within their error of the list is added up
/// exactly.
///
/// A value that is never copied, not an object: each access to an object's list would be checked while it runs.
struct BlockScan: ~Copyable {
    private var source: RankSource
    private let rowsPerBlock: Int
    private let columns: UnsafeMutablePointer<Int32>
    private let sums: UnsafeMutablePointer<Float>
    private let weights: UnsafeMutablePointer<Float>
    private let survivors: UnsafeMutablePointer<Int32>
    /// For each place in `order`, what it and those behind it can add to a sum less the floor times its weight.
    private let gains: UnsafeMutablePointer<Float>
    /// The steps in the order in which they are asked, and for each step its weight and neutral value.
    private let order: UnsafeMutablePointer<Int>
    private let ownWeights: UnsafeMutablePointer<Int32>
    private let neutrals: UnsafeMutablePointer<Int32>
    private let stepCount: Int
    /// How many steps `order` holds: all but those that others add up once for many wishes.
    private let placeCount: Int
    /// The first place in `order` whose scores are dear.
    private let firstDear: Int
    /// More than the error of any sum of weighted values.
    let slack: Float
    private(set) var best: BestList
    /// How many rows were scored.
    private(set) var scored = 0
    /// A sum that nothing lifts into a list.
    static var out: Float { -1e30 }
    /// Rows that are asked about at once; blocks are filled up with rows that are out.
    private static var stride: Int { 16 }

    /// What the steps that are not asked for give each row of a block: added up beforehand, for many wishes alike.
    struct Base {
        /// The sum of each row, −10³⁰ where it is out of the race, and the same in whole numbers (−1 where it is out).
        let sums: UnsafePointer<Float>
        let exact: UnsafePointer<Int64>
        /// The weight that stands behind each sum.
        let weights: UnsafePointer<Int32>
        /// The same for every row; nil where rows differ.
        let weight: Int32?
        /// The greatest sum, as if the row had all of the weight.
        let greatest: Float
        let allWeight: Float

        /// How many of the first rows hold all that reach a sum. The most deserving donors come first in a block, so the
        /// rows at its end are of no use to most wishes.
        func end(reaching least: Float, among count: Int) -> Int {
            guard weight != nil else { return count }
            var end = count
            while end > 0 {
                let start = (end &- 1) / BlockScan.stride &* BlockScan.stride
                var signs = UInt32.max
                for row in start..<end { signs &= (sums[row] - least).bitPattern }
                if signs >> 31 == 0 { return end }
                end = start
            }
            return 0
        }
    }

    /// Without the `shared` steps, whose scores come with each block.
    init(_ source: RankSource, limit: Int, shared: [Bool] = []) {
        self.source = source
        rowsPerBlock = source.fine.blockRows
        stepCount = source.steps.count
        let steps = max(1, stepCount)
        columns = .allocate(capacity: steps * rowsPerBlock)
        let room = rowsPerBlock + BlockScan.stride
        sums = .allocate(capacity: room)
        weights = .allocate(capacity: room)
        survivors = .allocate(capacity: room)
        gains = .allocate(capacity: steps + 1)
        order = .allocate(capacity: steps)
        ownWeights = .allocate(capacity: steps)
        neutrals = .allocate(capacity: steps)
        columns.initialize(repeating: 0, count: steps * rowsPerBlock)
        sums.initialize(repeating: 0, count: room)
        weights.initialize(repeating: 0, count: room)
        survivors.initialize(repeating: 0, count: room)
        gains.initialize(repeating: 0, count: steps + 1)
        order.initialize(repeating: 0, count: steps)
        ownWeights.initialize(repeating: 0, count: steps)
        neutrals.initialize(repeating: 0, count: steps)
        func rank(_ step: Int) -> (Int, Int32, Int) {
            (source.costs[step] == .low ? 0 : 1, -source.steps[step].weight, step)
        }
        for (number, step) in source.steps.enumerated() {
            ownWeights[number] = step.weight
            neutrals[number] = step.neutral
        }
        let own = source.steps.indices.filter { !shared.indices.contains($0) || !shared[$0] }
        for (place, step) in own.sorted(by: { rank($0) < rank($1) }).enumerated() { order[place] = step }
        placeCount = own.count
        firstDear = own.count { source.costs[$0] == .low }
        // Each of the products and sums is rounded by at most 2⁻²⁴ of the greatest sum; four times that for the
        // corrections and the products with the floor.
        let weight = source.steps.reduce(Float(0)) { $0 + Float($1.weight) }
        slack = weight * 1_000_000 * Float(4 * source.steps.count + 16) * 0x1p-24
        best = BestList(capacity: limit, atLeast: source.atLeast)
    }

    /// Makes the scan ready for another wish under the same plan, whose scorers cost the same.
    mutating func begin(_ source: RankSource, limit: Int, atLeast: Int32) {
        self.source = source
        best = BestList(capacity: limit, atLeast: atLeast)
        scored = 0
    }

    deinit {
        columns.deallocate()
        sums.deallocate()
        weights.deallocate()
        survivors.deallocate()
        gains.deallocate()
        order.deallocate()
        ownWeights.deallocate()
        neutrals.deallocate()
    }

    /// `bounds` holds what each step says of the block, as raw bounds.
    mutating func scan(_ block: Int, bounds: UnsafePointer<Int32>, base: Base? = nil) {
        var rows = source.fine.rows(of: block)
        let floor = best.floor
        prepareGains(bounds, floor: Float(floor))
        var gaps = Gaps()
        if let base {
            let least = Float(floor) * base.allWeight - gains[0] - slack
            if base.greatest < least { return }
            rows = rows.lowerBound..<rows.lowerBound &+ base.end(reaching: least, among: rows.count)
            take(base, rows.count, &gaps)
        } else {
            clear(rows.count)
        }
        let count = rows.count
        scored &+= count
        dropUnwanted(rows)
        var left = count
        var place = 0
        // Weights stand at 0 between two blocks, and few blocks touch them.
        var isListed = false
        defer { if isListed || gaps.has { weights.update(repeating: 0, count: rowsPerBlock) } }
        // Whole columns, while many rows are in the race.
        while place < placeCount, left &* (place < firstDear ? 16 : 2) > count {
            // The heaviest score alone (often the same in the whole block) already ends many.
            let last = place == 0 ? 1 : place < firstDear ? min(firstDear, place &+ 2) : place &+ 1
            while place < last {
                addColumn(order[place], rows, &gaps)
                place &+= 1
            }
            left = survivorCount(among: count, gaps: gaps, bound: gains[place], floor: Float(floor))
            if left == 0 { return }
        }
        left = listSurvivors(among: count, gaps: gaps, bound: gains[place], floor: Float(floor))
        isListed = true
        while place < placeCount, left > 0 {
            addRows(order[place], rows, left)
            place &+= 1
            left = thin(left, gaps, gains[place], floor: Float(floor))
        }
        for place in 0..<left { enter(Int(survivors[place]), rows, base) }
    }

    /// Begins with the sums that are known.
    private func take(_ base: Base, _ count: Int, _ gaps: inout Gaps) {
        sums.update(from: base.sums, count: count)
        let end = (count &+ BlockScan.stride &- 1) / BlockScan.stride &* BlockScan.stride
        let (sums, weights) = (sums, weights)
        for row in count..<end { sums[row] = BlockScan.out }
        if let weight = base.weight {
            gaps.solid = Float(weight)
        } else {
            for row in 0..<count { weights[row] = Float(base.weights[row]) }
            gaps.has = true
        }
    }

    /// The exact total of one row that `base` has begun, −1 where it is not eligible.
    func total(of row: Int, in rows: Range<Int>, base: Base) -> Int32 {
        var sum = base.exact[row &- rows.lowerBound]
        var weight = Int64(base.weights[row &- rows.lowerBound])
        if sum < 0 { return -1 }
        for place in 0..<placeCount {
            let step = order[place]
            source.fill(step, row..<row &+ 1, ScoreColumn(base: columns, count: 1))
            let raw = columns[0]
            if raw <= -16 { return -1 }
            if raw == -2 { continue }
            let own = Int64(ownWeights[step])
            sum &+= own &* Int64(raw >= 0 ? raw : neutrals[step])
            weight &+= own
        }
        return weight == 0 ? 0 : Int32(truncatingIfNeeded: sum / weight)
    }

    /// Every step's score of one row added up, as far as the row is eligible: a guess of what its block holds.
    mutating func total(of row: Int) -> Int32 {
        var total = ScoreTotal()
        for step in 0..<stepCount {
            source.fill(step, row..<row &+ 1, ScoreColumn(base: columns, count: 1))
            let raw = columns[0]
            if raw <= -16 { return -1 }
            if raw != -2 { total.add(value: raw >= 0 ? raw : neutrals[step], weight: ownWeights[step]) }
        }
        return total.value
    }

    /// The weight that counts for every row, and whether `weights` holds more for some.
    private struct Gaps {
        var solid: Float = 0
        var has = false
    }

    private func clear(_ count: Int) {
        let sums = sums
        for row in 0..<count { sums[row] = 0 }
        let end = (count &+ BlockScan.stride &- 1) / BlockScan.stride &* BlockScan.stride
        for row in count..<end { sums[row] = BlockScan.out }
    }

    /// Takes out rows that a filter leaves out or that no longer stand.
    private func dropUnwanted(_ rows: Range<Int>) {
        if let filter = source.filter {
            for row in 0..<rows.count where !filter.holds(rows.lowerBound + row) { sums[row] = BlockScan.out }
        }
        if let gone = source.gone, gone.mayMeet(rows) {
            for row in 0..<rows.count where gone.contains(rows.lowerBound + row) { sums[row] = BlockScan.out }
        }
    }

    private func prepareGains(_ bounds: UnsafePointer<Int32>, floor: Float) {
        var sum: Float = 0
        gains[placeCount] = 0
        var place = placeCount &- 1
        while place >= 0 {
            let step = order[place]
            let bound = bounds[step]
            var value = bound & ScoreBound.valueBits
            if bound & ScoreBound.notKnownBit != 0 { value = max(value, neutrals[step]) }
            let gain = Float(ownWeights[step]) * (Float(value) - floor)
            sum += bound & ScoreBound.notApplicableBit != 0 ? max(0, gain) : gain
            gains[place] = sum
            place &-= 1
        }
    }

    /// Adds one step's scores to the sums of all rows.
    private func addColumn(_ step: Int, _ rows: Range<Int>, _ gaps: inout Gaps) {
        let count = rows.count
        let column = columns + step &* rowsPerBlock
        source.fill(step, rows, ScoreColumn(base: column, count: count))
        let weight = Float(ownWeights[step])
        let sums = sums
        var signs: Int32 = 0
        var marks: Int32 = 0
        for row in 0..<count {
            let raw = column[row]
            signs |= raw
            marks |= raw &+ 1
            sums[row] += Float(raw) * weight
        }
        if signs >= 0 {
            gaps.solid += weight
        } else if marks >= 0 {
            // None but values and `notKnown`, for which −1 times the weight was added: exact in this size.
            let neutral = (Float(neutrals[step]) + 1) * weight
            for row in 0..<count { sums[row] += column[row] < 0 ? neutral : 0 }
            gaps.solid += weight
        } else {
            mend(step, count)
            gaps.has = true
        }
    }

    /// Corrects the sums for a column that has scores that do not count.
    private func mend(_ step: Int, _ count: Int) {
        let column = columns + step &* rowsPerBlock
        let (sums, weights) = (sums, weights)
        let weight = Float(ownWeights[step])
        let neutral = Float(neutrals[step]) * weight
        let out = BlockScan.out
        for row in 0..<count {
            let raw = column[row]
            let known: Float = raw == -1 ? neutral : 0
            let added = raw >= 0 ? 0 : Float(raw) * weight
            let own = sums[row] - added + known
            sums[row] = raw <= -16 ? out : own
            weights[row] += raw >= -1 ? weight : 0
        }
    }

    /// How many rows can still enter the list. A margin of 0 or more has no sign, and a loop that adds up signs is
    /// vectorised.
    private func survivorCount(among count: Int, gaps: Gaps, bound: Float, floor: Float) -> Int {
        let least = max(floor * gaps.solid - bound - slack, BlockScan.out / 2)
        let (sums, weights) = (sums, weights)
        let short = gaps.has ? max(0, floor) : 0
        var dropped: UInt32 = 0
        if short == 0 {
            for row in 0..<count { dropped &+= (sums[row] - least).bitPattern >> 31 }
        } else {
            for row in 0..<count { dropped &+= (sums[row] - short * weights[row] - least).bitPattern >> 31 }
        }
        return count &- Int(dropped)
    }

    /// Lists the rows that can still enter.
    private func listSurvivors(among count: Int, gaps: Gaps, bound: Float, floor: Float) -> Int {
        let least = max(floor * gaps.solid - bound - slack, BlockScan.out / 2)
        let (sums, weights, survivors) = (sums, weights, survivors)
        let short = gaps.has ? max(0, floor) : 0
        var left = 0
        var start = 0
        while start < count {
            // Few rows are left: asking several at once whether any of them is costs less than listing.
            var signs = UInt32.max
            for row in start..<start &+ BlockScan.stride {
                signs &= (sums[row] - short * weights[row] - least).bitPattern
            }
            if signs >> 31 == 0 {
                for row in start..<start &+ BlockScan.stride {
                    survivors[left] = Int32(truncatingIfNeeded: row)
                    // A margin of 0 or more has no sign; asked by a branch, it would be foreseen wrongly too often.
                    left &+= Int((sums[row] - short * weights[row] - least).bitPattern >> 31 ^ 1)
                }
            }
            start &+= BlockScan.stride
        }
        return left
    }

    /// Drops the survivors that what is left cannot save.
    private func thin(_ count: Int, _ gaps: Gaps, _ bound: Float, floor: Float) -> Int {
        let least = max(-bound - slack, BlockScan.out / 2)
        var left = 0
        for place in 0..<count {
            let row = Int(survivors[place])
            let weight = gaps.solid + weights[row]
            if sums[row] - floor * weight >= least {
                survivors[left] = survivors[place]
                left &+= 1
            }
        }
        return left
    }

    /// Adds one step's scores to the sums of the survivors.
    private func addRows(_ step: Int, _ rows: Range<Int>, _ left: Int) {
        let column = columns + step &* rowsPerBlock
        let weight = Float(ownWeights[step])
        for place in 0..<left {
            let row = Int(survivors[place])
            let at = rows.lowerBound &+ row
            source.fill(step, at..<at &+ 1, ScoreColumn(base: column + row, count: 1))
            switch column[row] {
            case 0...:
                sums[row] += Float(column[row]) * weight
                weights[row] += weight
            case -1:
                sums[row] += Float(neutrals[step]) * weight
                weights[row] += weight
            case -2: break
            default: sums[row] = BlockScan.out
            }
        }
    }

    /// Adds one row up exactly, and lists it where it is among the best.
    private mutating func enter(_ row: Int, _ rows: Range<Int>, _ base: Base?) {
        var sum: Int64 = base?.exact[row] ?? 0
        var weight = Int64(base?.weights[row] ?? 0)
        for place in 0..<placeCount {
            let step = order[place]
            let raw = columns[step &* rowsPerBlock &+ row]
            if raw == -2 { continue }
            if raw <= -16 { return }
            let own = Int64(ownWeights[step])
            sum &+= own &* Int64(raw >= 0 ? raw : neutrals[step])
            weight &+= own
        }
        guard sum >= Int64(best.floor) &* weight else { return }
        let at = rows.lowerBound &+ row
        best.offer(
            .init(
                total: weight == 0 ? 0 : Int32(truncatingIfNeeded: sum / weight), tieOrder: source.tieOrder[at],
                row: Int32(truncatingIfNeeded: at)))
    }
}

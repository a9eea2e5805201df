/// Scores the rows of one block after another into a list of the best, in memory that is reused.
///
/// Sums are first made in 32-bit floating point, four rows at a time, and only a row that comes within their error of
/// the list is added up exactly. Scores that are dear are asked for only for the rows that the others leave.
final class BlockScan {
    private let source: RankSource
    private let rowsPerBlock: Int
    private let columns: UnsafeMutablePointer<Int32>
    private let sums: UnsafeMutablePointer<Float>
    private let weights: UnsafeMutablePointer<Float>
    private let survivors: UnsafeMutablePointer<Int32>
    private let cheap: [Int]
    private let dear: [Int]
    /// More than the error of any sum of weighted values.
    private let slack: Float
    private(set) var best: BestList
    /// How many rows were scored.
    private(set) var scored = 0
    /// A sum that nothing lifts into a list.
    private static let out: Float = -1e30

    init(_ source: RankSource, limit: Int) {
        self.source = source
        rowsPerBlock = source.fine.blockRows
        let steps = max(1, source.steps.count)
        columns = .allocate(capacity: steps * rowsPerBlock)
        sums = .allocate(capacity: rowsPerBlock)
        weights = .allocate(capacity: rowsPerBlock)
        survivors = .allocate(capacity: rowsPerBlock + 1)
        columns.initialize(repeating: 0, count: steps * rowsPerBlock)
        sums.initialize(repeating: 0, count: rowsPerBlock)
        weights.initialize(repeating: 0, count: rowsPerBlock)
        survivors.initialize(repeating: 0, count: rowsPerBlock + 1)
        cheap = source.steps.indices.filter { source.costs[$0] == .low }
        dear = source.steps.indices.filter { source.costs[$0] == .high }
        // Each of the products and sums is rounded by at most 2⁻²⁴ of the greatest sum; four times that for the
        // products with the floor.
        let weight = source.steps.reduce(Float(0)) { $0 + Float($1.weight) }
        slack = weight * 1_000_000 * Float(4 * source.steps.count + 16) * 0x1p-24
        best = BestList(capacity: limit)
    }

    deinit {
        columns.deallocate()
        sums.deallocate()
        weights.deallocate()
        survivors.deallocate()
    }

    func scan(_ block: Int) {
        let rows = source.fine.rows(of: block)
        scored += rows.count
        let gaps = addCheap(rows)
        if let filter = source.filter {
            for row in 0..<rows.count where !filter.holds(rows.lowerBound + row) { sums[row] = BlockScan.out }
        }
        var left = survive(among: rows.count, gaps: gaps, bound: dearBound(block, from: 0))
        for position in dear.indices {
            guard left > 0 else { return }
            fillDear(dear[position], rows, left)
            if position + 1 < dear.count {
                add(dear[position], left: left)
                left = thin(left, gaps, dearBound(block, from: position + 1))
            }
        }
        for place in 0..<left { enter(Int(survivors[place]), rows) }
    }

    /// The weight that counts for every row, and whether `weights` holds more for some.
    private struct Gaps {
        var solid: Float = 0
        var has = false
    }

    /// Adds the columns that cost little.
    private func addCheap(_ rows: Range<Int>) -> Gaps {
        let count = rows.count
        var gaps = Gaps()
        let sums = sums
        for row in 0..<count { sums[row] = 0 }
        if !dear.isEmpty { weights.update(repeating: 0, count: count) }
        for step in cheap {
            let column = columns + step * rowsPerBlock
            source.fill(step, rows, ScoreColumn(base: column, count: count))
            let weight = Float(source.steps[step].weight)
            var signs: Int32 = 0
            for row in 0..<count {
                signs |= column[row]
                sums[row] += Float(column[row]) * weight
            }
            if signs >= 0 { gaps.solid += weight } else { mend(step, count, &gaps) }
        }
        return gaps
    }

    /// Corrects the sums for a column that has scores other than values.
    private func mend(_ step: Int, _ count: Int, _ gaps: inout Gaps) {
        let column = columns + step * rowsPerBlock
        let (sums, weights) = (sums, weights)
        let weight = Float(source.steps[step].weight)
        let neutral = Float(source.steps[step].neutral) * weight
        if !gaps.has {
            gaps.has = true
            weights.update(repeating: 0, count: count)
        }
        for row in 0..<count {
            let raw = column[row]
            // What was added for a mark is taken off again: −1 or −2 times the weight, exact in this size.
            let known: Float = raw >= 0 ? 0 : raw == -1 ? neutral : 0
            let added = raw >= 0 ? 0 : Float(raw) * weight
            let own = sums[row] - added + known
            sums[row] = raw <= -16 ? BlockScan.out : own
            weights[row] += raw >= -1 ? weight : 0
        }
    }

    /// What the dear scores from one on can add to a sum less the floor times its weight.
    private func dearBound(_ block: Int, from start: Int) -> Float {
        let floor = Float(best.floor)
        var bound: Float = 0
        for step in dear[start...] {
            let said = BoundColumn.one { column in
                if !source.bounds(step, false, block..<block + 1, column) { column.fill(.anything) }
            }
            let value = max(said.greatest, said.mayBeNotKnown ? source.steps[step].neutral : 0)
            let gain = Float(source.steps[step].weight) * (Float(value) - floor)
            bound += said.mayBeNotApplicable ? max(0, gain) : gain
        }
        return bound
    }

    /// Lists the rows that can still enter the list.
    private func survive(among count: Int, gaps: Gaps, bound: Float) -> Int {
        let floor = Float(best.floor)
        let least = max(floor * gaps.solid - bound - slack, BlockScan.out / 2)
        let (sums, weights, survivors) = (sums, weights, survivors)
        var left = 0
        if gaps.has {
            let short = best.isFull ? floor : 0
            for row in 0..<count {
                survivors[left] = Int32(truncatingIfNeeded: row)
                left &+= sums[row] >= least + short * weights[row] ? 1 : 0
            }
        } else {
            for row in 0..<count {
                survivors[left] = Int32(truncatingIfNeeded: row)
                left &+= sums[row] >= least ? 1 : 0
            }
        }
        return left
    }

    /// Drops the survivors that what is left cannot save.
    private func thin(_ count: Int, _ gaps: Gaps, _ bound: Float) -> Int {
        let floor = Float(best.floor)
        let least = max(-bound - slack, BlockScan.out / 2)
        var left = 0
        for place in 0..<count {
            let row = Int(survivors[place])
            let weight = gaps.solid + weights[row]
            if sums[row] - floor * weight >= least {
                survivors[left] = survivors[place]
                left += 1
            }
        }
        return left
    }

    private func fillDear(_ step: Int, _ rows: Range<Int>, _ left: Int) {
        let column = columns + step * rowsPerBlock
        if left * 6 > rows.count {
            source.fill(step, rows, ScoreColumn(base: column, count: rows.count))
            return
        }
        for place in 0..<left {
            let row = Int(survivors[place])
            let at = rows.lowerBound + row
            source.fill(step, at..<at + 1, ScoreColumn(base: column + row, count: 1))
        }
    }

    private func add(_ step: Int, left: Int) {
        let weight = Float(source.steps[step].weight)
        for place in 0..<left {
            let row = Int(survivors[place])
            let raw = columns[step * rowsPerBlock + row]
            switch raw {
            case 0...:
                sums[row] += Float(raw) * weight
                weights[row] += weight
            case -1:
                sums[row] += Float(source.steps[step].neutral) * weight
                weights[row] += weight
            case -2: break
            default: sums[row] = BlockScan.out
            }
        }
    }

    /// Adds one row up exactly, and lists it where it is among the best.
    private func enter(_ row: Int, _ rows: Range<Int>) {
        var sum: Int64 = 0
        var weight: Int64 = 0
        for step in source.steps.indices {
            let raw = columns[step * rowsPerBlock + row]
            if raw == -2 { continue }
            if raw <= -16 { return }
            let own = Int64(source.steps[step].weight)
            sum &+= own &* Int64(raw >= 0 ? raw : source.steps[step].neutral)
            weight &+= own
        }
        guard sum >= Int64(best.floor) &* weight else { return }
        let at = rows.lowerBound + row
        best.offer(
            .init(
                total: weight == 0 ? 0 : Int32(truncatingIfNeeded: sum / weight), tieOrder: source.tieOrder[at],
                row: Int32(truncatingIfNeeded: at)))
    }
}

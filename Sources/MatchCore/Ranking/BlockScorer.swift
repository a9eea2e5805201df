/// Adds the columns of a block up to totals, reusing one piece of scratch memory for every block.
final class BlockScorer {
    private let capacity: Int
    private let column: UnsafeMutablePointer<Int32>
    private let sums: UnsafeMutablePointer<Int64>
    private let weights: UnsafeMutablePointer<Int64>
    private let vetoes: UnsafeMutablePointer<Int32>

    /// Room for blocks of up to `capacity` rows.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
        column = .allocate(capacity: self.capacity)
        sums = .allocate(capacity: self.capacity)
        weights = .allocate(capacity: self.capacity)
        vetoes = .allocate(capacity: self.capacity)
        // Memory that holds plain numbers must be written once before it is read as such.
        column.initialize(repeating: 0, count: self.capacity)
        sums.initialize(repeating: 0, count: self.capacity)
        weights.initialize(repeating: 0, count: self.capacity)
        vetoes.initialize(repeating: -1, count: self.capacity)
    }

    deinit {
        column.deallocate()
        sums.deallocate()
        weights.deallocate()
        vetoes.deallocate()
    }

    /// What the block's rows add up to; −1 for an ineligible row. `fill` writes the column of one step.
    ///
    /// `visit` is called once for each row. It gets the position in the block, the total (−1 where it is under the
    /// floor or the row is vetoed), and the number of the step that vetoed (−1 for none).
    func score(
        count: Int, steps: [ScoringPlan.Step], fill: (Int, ScoreColumn) -> Void,
        visit: (_ position: Int, _ total: Int32, _ vetoStep: Int32, _ vetoCode: Int32) -> Void,
        floor: () -> Int32
    ) {
        sums.update(repeating: 0, count: count)
        weights.update(repeating: 0, count: count)
        vetoes.update(repeating: -1, count: count)
        let scores = ScoreColumn(base: column, count: count)
        for (number, step) in steps.enumerated() {
            fill(number, scores)
            let weight = Int64(step.weight)
            let neutral = Int64(step.neutral)
            for row in 0..<count {
                let raw = column[row]
                let value = raw >= 0 ? Int64(raw) : raw == -1 ? neutral : 0
                let counted = raw >= -1 ? weight : 0
                sums[row] &+= value &* counted
                weights[row] &+= counted
            }
            for row in 0..<count where column[row] <= -16 && vetoes[row] < 0 {
                vetoes[row] = Int32(number) << 8 | (-16 &- column[row]) & 0xFF
            }
        }
        for row in 0..<count {
            if vetoes[row] >= 0 {
                visit(row, -1, vetoes[row] >> 8, vetoes[row] & 0xFF)
            } else if weights[row] == 0 {
                visit(row, 0, -1, 0)
            } else if sums[row] >= Int64(floor()) &* weights[row] {
                // Dividing is dear: only rows that can enter the list get here.
                visit(row, Int32(truncatingIfNeeded: sums[row] / weights[row]), -1, 0)
            } else {
                visit(row, -1, -1, 0)
            }
        }
    }
}

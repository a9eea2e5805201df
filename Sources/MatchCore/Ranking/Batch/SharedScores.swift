/// What the scorers that many wishes share give each row, added up once for all of those wishes.
///
/// Wishes stand clustered by category, and a scorer of the category, or of the donor alone, fills alike for all wishes of
/// a category. Its columns are filled once, block by block as wishes need them; and the greatest of the sums of a block,
/// which really occurs in it, bounds better than the sum of what each scorer says.
final class SharedScores {
    /// For each step, whether it is shared.
    let isShared: [Bool]
    /// Of all shared steps.
    let weight: Int32
    /// The greatest sum of each coarse block and of each fine one, −10³⁰ where no row is eligible. Of fine blocks it
    /// stands here only once the coarse one was opened.
    let coarseGreatest: UnsafeMutablePointer<Float>
    let greatest: UnsafeMutablePointer<Float>

    /// The coarse blocks whose sums come near the greatest, before any was opened; as runs, and one by one.
    private(set) var first: [Range<Int>] = []
    let isFirst: UnsafeMutablePointer<Bool>
    /// A tenth of what could be earned is near.
    private static let nearness: Float = 0.1

    private var likenesses: [UInt64?]
    private let shared: [Int]
    private let weights: [Int32]
    private let neutrals: [Int32]
    private let fine: BlockLayout
    private let coarse: BlockLayout
    /// Of each row: the sum of weighted scores, the same exactly (−1 where the row is vetoed), the weight behind it.
    private let sums: UnsafeMutablePointer<Float>
    private let exact: UnsafeMutablePointer<Int64>
    private let rowWeights: UnsafeMutablePointer<Int32>
    /// Of each fine block: whether all of its rows have all of the weight.
    private let isEven: UnsafeMutablePointer<Bool>
    private let isOpen: UnsafeMutablePointer<Bool>
    private let column: UnsafeMutablePointer<Int32>

    init(_ source: RankSource) {
        (fine, coarse) = (source.fine, source.coarse)
        likenesses = source.likenesses
        isShared = likenesses.map { $0 != nil }
        shared = isShared.indices.filter { source.likenesses[$0] != nil }
        weights = source.steps.map(\.weight)
        neutrals = source.steps.map(\.neutral)
        weight = shared.reduce(0) { $0 + source.steps[$1].weight }
        sums = .allocate(capacity: fine.rowCount)
        exact = .allocate(capacity: fine.rowCount)
        rowWeights = .allocate(capacity: fine.rowCount)
        isEven = .allocate(capacity: fine.count)
        isOpen = .allocate(capacity: coarse.count)
        isFirst = .allocate(capacity: coarse.count)
        greatest = .allocate(capacity: fine.count)
        coarseGreatest = .allocate(capacity: coarse.count)
        column = .allocate(capacity: max(coarse.count, coarse.blockRows))
        isEven.initialize(repeating: false, count: fine.count)
        isOpen.initialize(repeating: false, count: coarse.count)
        isFirst.initialize(repeating: false, count: coarse.count)
        greatest.initialize(repeating: 0, count: fine.count)
        coarseGreatest.initialize(repeating: 0, count: coarse.count)
        column.initialize(repeating: 0, count: max(coarse.count, coarse.blockRows))
        boundCoarse(source)
    }

    /// Forgets everything, and begins with the wishes that are like this source's.
    func begin(_ source: RankSource) {
        likenesses = source.likenesses
        isOpen.update(repeating: false, count: coarse.count)
        coarseGreatest.update(repeating: 0, count: coarse.count)
        boundCoarse(source)
    }

    deinit {
        sums.deallocate()
        exact.deallocate()
        rowWeights.deallocate()
        isEven.deallocate()
        isOpen.deallocate()
        isFirst.deallocate()
        greatest.deallocate()
        coarseGreatest.deallocate()
        column.deallocate()
    }

    /// Whether the wish of this source shares what was added up.
    func fits(_ source: RankSource) -> Bool { likenesses == source.likenesses }

    /// Whether the same steps are shared, for other wishes perhaps.
    func isLike(_ source: RankSource) -> Bool { isShared == source.likenesses.map { $0 != nil } }

    /// The sums of a fine block whose coarse block is open.
    func base(of block: Int) -> BlockScan.Base {
        let start = fine.rows(of: block).lowerBound
        return BlockScan.Base(
            sums: UnsafePointer(sums + start), exact: UnsafePointer(exact + start),
            weights: UnsafePointer(rowWeights + start), weight: isEven[block] ? weight : nil,
            greatest: greatest[block], allWeight: Float(weight))
    }

    /// Fetches what ``base(of:)`` of these rows' block will be read from.
    func prefetch(_ rows: Range<Int>) { ColumnPrefetch.fetch(sums, rows, MemoryLayout<Float>.stride) }

    /// Fills the blocks of a coarse block, if that has not been done yet.
    func open(_ block: Int, _ source: RankSource) {
        guard !isOpen[block] else { return }
        isOpen[block] = true
        let rows = coarse.rows(of: block)
        let start = rows.lowerBound
        let (exact, rowWeights) = (exact + start, rowWeights + start)
        exact.initialize(repeating: 0, count: rows.count)
        rowWeights.initialize(repeating: 0, count: rows.count)
        for step in shared { add(step, rows, source) }
        let sums = sums + start
        for row in 0..<rows.count { (sums + row).initialize(to: exact[row] < 0 ? BlockScan.out : Float(exact[row])) }
        let first = start / fine.blockRows
        var greatestOfAll = BlockScan.out
        for block in first..<first + (rows.count + fine.blockRows - 1) / fine.blockRows {
            summarise(block)
            greatestOfAll = max(greatestOfAll, greatest[block])
        }
        coarseGreatest[block] = greatestOfAll
    }

    private func add(_ step: Int, _ rows: Range<Int>, _ source: RankSource) {
        let (exact, rowWeights) = (exact + rows.lowerBound, rowWeights + rows.lowerBound)
        let (own, neutral) = (weights[step], Int64(neutrals[step]))
        // A filler may take what its block's summary says for granted, so it is asked block by block.
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: fine.blockRows) {
            let block = start..<min(rows.upperBound, start + fine.blockRows)
            source.fill(step, block, ScoreColumn(base: column + (start - rows.lowerBound), count: block.count))
        }
        for row in 0..<rows.count {
            let raw = column[row]
            if raw <= -16 || exact[row] < 0 {
                exact[row] = -1
            } else if raw != -2 {
                exact[row] += Int64(own) * (raw >= 0 ? Int64(raw) : neutral)
                rowWeights[row] += own
            }
        }
    }

    private func summarise(_ block: Int) {
        var isEven = true
        var best: Int64 = -1
        for row in fine.rows(of: block) where exact[row] >= 0 {
            let missing = weight - rowWeights[row]
            isEven = isEven && missing == 0
            // A weight that is missing counts as one that earned everything: no total is lowered by that.
            best = max(best, exact[row] + Int64(missing) * Int64(Score.best))
        }
        self.isEven[block] = isEven
        greatest[block] = best < 0 ? BlockScan.out : Float(best)
    }

    /// Before a coarse block is opened, its sum is bounded by what each scorer says.
    private func boundCoarse(_ source: RankSource) {
        let all = 0..<coarse.count
        for step in shared {
            let bounds = BoundColumn(base: column, count: coarse.count)
            if !source.bounds(step, true, all, bounds) { bounds.fill(.anything) }
            for block in all {
                let bound = bounds[block]
                var value = bound.mayBeNotApplicable ? Score.best : bound.greatest
                if bound.mayBeNotKnown { value = max(value, neutrals[step]) }
                coarseGreatest[block] += bound.isVetoed ? BlockScan.out : Float(weights[step]) * Float(value)
            }
        }
        markFirst()
    }

    private func markFirst() {
        var most = BlockScan.out
        for block in 0..<coarse.count { most = max(most, coarseGreatest[block]) }
        let least = most - SharedScores.nearness * Float(weight) * Float(Score.best)
        first.removeAll(keepingCapacity: true)
        for block in 0..<coarse.count {
            isFirst[block] = coarseGreatest[block] >= least
            guard isFirst[block] else { continue }
            if let last = first.last, last.upperBound == block {
                first[first.count - 1] = last.lowerBound..<block + 1
            } else {
                first.append(block..<block + 1)
            }
        }
    }
}

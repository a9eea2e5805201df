/// Finds the best rows for one wish of a batch, in memory that serves all of its wishes.
///
/// Coarse blocks in which what is shared is best (those of the wish's own category) are looked at first; what they
/// reach rules out most of the others by one comparison each.
final class BatchSearch {
    /// Coarse blocks that are opened together: the order of blocks matters little among so few.
    private static let chunk = 32

    private let shared: SharedScores
    private let coarse: BlockMargins
    private let fine: BlockMargins
    private var scan: BlockScan
    private var queue: BlockQueue
    /// Of all steps that are not shared.
    private let ownWeight: Float
    private let said: UnsafeMutablePointer<Int32>
    private var waiting: [UInt64] = []

    init(_ source: RankSource) {
        let shared = SharedScores(source)
        self.shared = shared
        coarse = BlockMargins(source, isCoarse: true, shared: shared.isShared)
        fine = BlockMargins(source, isCoarse: false, shared: shared.isShared)
        scan = BlockScan(source, limit: 0, shared: shared.isShared)
        queue = BlockQueue()
        ownWeight = zip(source.steps, shared.isShared).reduce(0) { $1.1 ? $0 : $0 + Float($1.0.weight) }
        said = .allocate(capacity: max(1, source.steps.count))
        said.initialize(repeating: 0, count: max(1, source.steps.count))
    }

    deinit { said.deallocate() }

    /// Turns to the wish of another source of the same plan and registry; false where it shares other steps.
    func take(_ source: RankSource) -> Bool {
        if shared.fits(source) { return true }
        guard shared.isLike(source) else { return false }
        shared.begin(source)
        return true
    }

    /// What so many of these rows reach, each of which stands here once; −1 where fewer are eligible.
    func floor(of rows: [Int], count: Int, _ source: RankSource) -> Int32 {
        guard rows.count >= count else { return -1 }
        scan.begin(source, limit: 0, atLeast: -1)
        var totals: [Int32] = []
        totals.reserveCapacity(rows.count)
        for row in rows {
            shared.open(row / source.coarse.blockRows, source)
            let block = row / source.fine.blockRows
            let total = scan.total(of: row, in: source.fine.rows(of: block), base: shared.base(of: block))
            if total >= 0 { totals.append(total) }
        }
        guard totals.count >= count else { return -1 }
        totals.sort(by: >)
        return totals[count - 1]
    }

    /// The best rows, none of them under a floor that so many rows are known to reach.
    func bestRows(limit: Int, floor: Int32, _ source: RankSource) -> (entries: [BestList.Entry], scored: Int) {
        scan.begin(source, limit: limit, atLeast: floor)
        for run in shared.first { note(run, source) }
        visit(source)
        let least = leastSum
        let (sums, isFirst) = (UnsafePointer(shared.coarseGreatest), UnsafePointer(shared.isFirst))
        let count = source.coarse.count
        var start = 0
        while start < count {
            if sums[start] < least || isFirst[start] {
                start &+= 1
                continue
            }
            var end = start &+ 1
            while end < count, sums[end] >= least, !isFirst[end] { end &+= 1 }
            note(start..<end, source)
            start = end
        }
        visit(source)
        return (scan.best.sorted(), scan.scored)
    }

    /// The least sum of what is shared with which a block may reach the floor, if all else were best.
    private var leastSum: Float {
        let floor = scan.best.floor
        return Float(floor) * Float(shared.weight) - Float(Score.best - floor) * ownWeight - scan.slack
    }

    /// Notes those of some coarse blocks that may reach the floor.
    private func note(_ blocks: Range<Int>, _ source: RankSource) {
        let slack = scan.slack
        coarse.measure(
            blocks, source, sums: UnsafePointer(shared.coarseGreatest), weight: shared.weight, floor: scan.best.floor,
            slack: slack)
        for block in blocks where coarse.values[block] >= -slack {
            waiting.append(BlockQueue.entry(block, coarse.values[block] + slack))
        }
    }

    /// Looks at the coarse blocks that wait, the best chunk of them first.
    private func visit(_ source: RankSource) {
        let floor = scan.best.floor
        if waiting.count > BatchSearch.chunk { waiting.sort(by: >) }
        var next = 0
        while next < waiting.count {
            let end = min(waiting.count, next + BatchSearch.chunk)
            var blocks = waiting[next..<end].map { BlockQueue.block(of: $0) }
            next = end
            if scan.best.floor > floor {
                blocks.removeAll { block in
                    coarse.margin(
                        of: block, sum: shared.coarseGreatest[block], weight: shared.weight, floor: scan.best.floor)
                        < -scan.slack
                }
            }
            blocks.sort()
            open(blocks, source)
        }
        waiting.removeAll(keepingCapacity: true)
    }

    /// Fetches those rows of a block whose shared scores let them reach the floor.
    private func fetch(_ block: Int, _ source: RankSource) {
        let (rows, base) = (source.fine.rows(of: block), shared.base(of: block))
        let end = base.end(reaching: base.greatest - fine.values[block] - scan.slack, among: rows.count)
        source.prefetch.fetchOwnRows(rows.lowerBound..<rows.lowerBound + end)
    }

    /// Scans the fine blocks of some coarse ones, in ascending order, that may reach the floor.
    private func open(_ blocks: [Int], _ source: RankSource) {
        let (slack, floor) = (scan.slack, scan.best.floor)
        let perCoarse = source.coarse.blockRows / source.fine.blockRows
        var place = 0
        while place < blocks.count {
            let first = blocks[place]
            var end = first
            while place < blocks.count, blocks[place] == end {
                shared.open(end, source)
                end += 1
                place += 1
            }
            if place < blocks.count {
                let start = blocks[place] * perCoarse
                source.prefetch.fetchSummaries(of: start..<min(source.fine.count, start + perCoarse))
            }
            let inner = first * perCoarse..<min(source.fine.count, end * perCoarse)
            fine.measure(
                inner, source, sums: UnsafePointer(shared.greatest), weight: shared.weight, floor: floor, slack: slack)
            for block in inner where fine.values[block] >= -slack { queue.add(block, fine.values[block] + slack) }
        }
        queue.order()
        for place in 0..<queue.count {
            let block = queue[place]
            if place + 2 < queue.count { shared.prefetch(source.fine.rows(of: queue[place + 2])) }
            if place + 1 < queue.count { fetch(queue[place + 1], source) }
            fine.copy(block, to: said)
            scan.scan(block, bounds: said, base: shared.base(of: block))
        }
        queue.removeAll()
    }
}

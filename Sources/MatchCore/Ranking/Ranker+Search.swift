extension RankSource {
    /// The best rows, by looking at blocks in the order of their bounds until none can hold a winner.
    ///
    /// No order of blocks looks at fewer: those that are scored are the ones whose bound reaches the last total of the
    /// answer, and each of them might have held a winner.
    func bestRows(limit: Int) -> (entries: [BestList.Entry], scored: Int) {
        guard limit > 0, fine.rowCount > 0 else { return ([], 0) }
        var scan = BlockScan(self, limit: min(limit, fine.rowCount))
        if hasBounds { searchByBounds(&scan) } else { searchByProbes(&scan) }
        return (scan.best.sorted(), scan.scored)
    }

    private var perCoarse: Int { coarse.blockRows / fine.blockRows }

    /// The fine blocks of a coarse one.
    private func opened(_ block: Int) -> Range<Int> {
        block * perCoarse..<min(fine.count, (block + 1) * perCoarse)
    }

    private func searchByBounds(_ scan: inout BlockScan) {
        let bounds = BlockBounds(self, capacity: max(RoughBounds.runBlocks, perCoarse))
        defer { bounds.deallocate() }
        var runs = RoughBounds(self)
        var heap = BlockHeap(capacity: 256)
        // What each step says of the fine blocks that are waiting; the heap holds the number of an entry.
        var waiting: [Int32] = []
        let width = steps.count + 1
        waiting.reserveCapacity(width * 64)
        while true {
            let floor = scan.best.floor
            if let run = runs.first, run >= floor, run > heap.first?.bound ?? -1 {
                bounds.forEach(runs.pop(), isCoarse: true) { block, _, bound in
                    guard bound >= floor else { return }
                    heap.push(bound: bound, isCoarse: true, item: block)
                }
                continue
            }
            guard let next = heap.pop(), next.bound >= floor else { return }
            if let after = heap.first {
                if after.isCoarse {
                    prefetch.fetchSummaries(of: opened(after.item))
                } else {
                    prefetch.fetchRows(fine.rows(of: Int(waiting[after.item * width])))
                }
            }
            if next.isCoarse {
                bounds.forEach(opened(next.item), isCoarse: false) { block, position, bound in
                    guard bound >= floor else { return }
                    heap.push(bound: bound, isCoarse: false, item: waiting.count / width)
                    waiting.append(Int32(truncatingIfNeeded: block))
                    bounds.copy(position, to: &waiting)
                }
            } else {
                let block = Int(waiting[next.item * width])
                // At the same total a row enters only by the order of keys.
                let canEnter = next.bound > scan.best.floor || leastTieOrder[block] < scan.best.worstTieOrder
                guard canEnter else { continue }
                waiting.withUnsafeBufferPointer { waiting in
                    guard let said = waiting.baseAddress else { return }
                    scan.scan(block, bounds: said + next.item * width + 1)
                }
            }
        }
    }

    /// Where no scorer says what a block may hold, all are scored; those first of which one row, scored as a probe, is
    /// best, so that the list soon has a floor that most rows of the others do not reach.
    private func searchByProbes(_ scan: inout BlockScan) {
        let anything = Array(repeating: ScoreBound.anything.raw, count: max(1, steps.count))
        var probes = BlockHeap(capacity: coarse.count)
        for block in 0..<coarse.count {
            let rows = coarse.rows(of: block)
            let total = scan.total(of: (rows.lowerBound + rows.upperBound) / 2)
            probes.push(bound: max(0, total), isCoarse: true, item: block)
        }
        anything.withUnsafeBufferPointer { anything in
            guard let said = anything.baseAddress else { return }
            while let next = probes.pop() {
                for block in opened(next.item) {
                    if let filter, !filter.mayHold(false, block) { continue }
                    scan.scan(block, bounds: said)
                }
            }
        }
    }
}

extension RankSource {
    /// The best rows, by looking at blocks in the order of their bounds until none can hold a winner.
    ///
    /// No order of blocks looks at fewer: those that are scored are the ones whose bound reaches the last total of the
    /// answer, and each of them might have held a winner.
    func bestRows(limit: Int) -> (entries: [BestList.Entry], scored: Int) {
        guard limit > 0, fine.rowCount > 0 else { return ([], 0) }
        let scan = BlockScan(self, limit: min(limit, fine.rowCount))
        let perCoarse = coarse.blockRows / fine.blockRows
        let bounds = BlockBounds(self, capacity: max(coarse.count, perCoarse))
        defer { bounds.deallocate() }
        var heap = BlockHeap(capacity: coarse.count * 2)
        // What each step says of the fine blocks that are waiting; the heap holds the number of an entry.
        var waiting: [Int32] = []
        let width = steps.count + 1
        bounds.forEach(0..<coarse.count, isCoarse: true) { block, _, bound in
            heap.push(bound: bound, isCoarse: true, item: block)
        }
        while let next = heap.pop(), next.bound >= scan.best.floor {
            if next.isCoarse {
                let start = next.item * perCoarse
                let floor = scan.best.floor
                bounds.forEach(start..<min(fine.count, start + perCoarse), isCoarse: false) { block, position, bound in
                    guard bound >= floor else { return }
                    heap.push(bound: bound, isCoarse: false, item: waiting.count / width)
                    waiting.append(Int32(truncatingIfNeeded: block))
                    bounds.copy(position, to: &waiting)
                }
            } else {
                waiting.withUnsafeBufferPointer { waiting in
                    let block = Int(waiting[next.item * width])
                    // At the same total a row enters only by the order of keys.
                    let canEnter =
                        next.bound > scan.best.floor || leastTieOrder[block] < scan.best.worstTieOrder
                    if canEnter, let said = waiting.baseAddress {
                        scan.scan(block, bounds: said + next.item * width + 1)
                    }
                }
            }
        }
        return (scan.best.sorted(), scan.scored)
    }
}

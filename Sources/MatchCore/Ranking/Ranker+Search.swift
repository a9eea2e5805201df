extension RankSource {
    /// The best rows, by looking at blocks in the order of their bounds until none can hold a winner.
    func bestRows(limit: Int) -> (entries: [BestList.Entry], scored: Int) {
        guard limit > 0, fine.rowCount > 0 else { return ([], 0) }
        let scan = BlockScan(self, limit: min(limit, fine.rowCount))
        let perCoarse = coarse.blockRows / fine.blockRows
        let bounds = BlockBounds(self, capacity: max(coarse.count, perCoarse))
        defer { bounds.deallocate() }
        var heap = BlockHeap(capacity: coarse.count * 2)
        bounds.forEach(0..<coarse.count, isCoarse: true) { heap.push(bound: $1, isCoarse: true, block: $0) }
        while let next = heap.pop(), next.bound >= scan.best.floor {
            if next.isCoarse {
                let start = next.block * perCoarse
                bounds.forEach(start..<min(fine.count, start + perCoarse), isCoarse: false) { block, bound in
                    if bound >= scan.best.floor { heap.push(bound: bound, isCoarse: false, block: block) }
                }
            } else if next.bound > scan.best.floor || leastTieOrder[next.block] < scan.best.worstTieOrder {
                // At the same total a row enters only by the order of keys.
                scan.scan(next.block)
            }
        }
        return (scan.best.sorted(), scan.scored)
    }
}

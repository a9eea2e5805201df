internal import Dispatch
public import MatchCore

/// Ranks many wish lines over one snapshot, on several threads, and explains the best of each.
public struct MatchRun: Sendable {
    public let ranker: Ranker
    /// How many candidates each line keeps.
    public let limit: Int
    /// 1 or more; the answer is the same for any number.
    public let threads: Int

    /// Whether each ranking counts what its vetoes ruled out, which needs every row to be scored.
    public let countingVetoes: Bool

    public init(ranker: Ranker, limit: Int, threads: Int, countingVetoes: Bool = false) {
        self.countingVetoes = countingVetoes
        self.ranker = ranker
        self.limit = max(0, limit)
        self.threads = max(1, threads)
    }

    /// What one wish line got.
    public struct LineResult: Sendable {
        /// Row in the registry's wish columns.
        public var wishRow: Int
        public var ranking: Ranking
        /// One per candidate, best first.
        public var explanations: [Explanation]
    }

    /// Every wish line of the snapshot, in the order of their keys, in chunks that bound the memory held.
    public func forEachChunk(ofLines chunk: Int = 512, _ body: ([LineResult]) throws -> Void) rethrows {
        let wishes = ranker.context.registry.wishes
        var rows = Array(repeating: 0, count: wishes.count)
        for row in 0..<wishes.count { rows[Int(wishes.tieOrder[row])] = row }
        for start in stride(from: 0, to: rows.count, by: max(1, chunk)) {
            try body(results(for: Array(rows[start..<min(rows.count, start + max(1, chunk))])))
        }
    }

    /// The results for some rows, in the order given.
    public func results(for rows: [Int]) -> [LineResult] { shared(rows, result) }

    /// The candidates alone, without explanations, for some rows, in the order given. With a `filter` only those that it
    /// keeps are returned.
    public func candidates(
        for rows: [Int], filter: (@Sendable (_ row: Int, Ranking.Candidate) -> Bool)? = nil
    ) -> [[Ranking.Candidate]] {
        shared(rows) { row in
            let found = ranker.offers(for: ranker.context.registry.wishes[row], limit: limit).candidates
            return filter.map { keeps in found.filter { keeps(row, $0) } } ?? found
        }
    }

    /// The candidates alone for some rows, in the order given; nil for rows that were not reached before `isOverdue`.
    public func candidates(
        for rows: [Int], isOverdue: @Sendable () -> Bool
    ) -> [[Ranking.Candidate]?] {
        shared(rows) { row in
            isOverdue() ? nil : ranker.offers(for: ranker.context.registry.wishes[row], limit: limit).candidates
        }
    }

    /// Does the same work for every row, on all threads, and returns what came out in the order of the rows.
    private func shared<Found>(_ rows: [Int], _ work: (Int) -> Found) -> [Found] {
        guard threads > 1, rows.count > 1 else { return rows.map(work) }
        let workers = min(threads, rows.count)
        var shares: [[Found]] = Array(repeating: [], count: workers)
        shares.withUnsafeMutableBufferPointer { buffer in
            // Safe: each worker writes only the element with its own number, and all have ended before it is read.
            nonisolated(unsafe) let slots = buffer
            withoutActuallyEscaping(work) { work in
                // Safe: the work reads an immutable snapshot, and no call outlives this one.
                nonisolated(unsafe) let work = work
                DispatchQueue.concurrentPerform(iterations: workers) { worker in
                    slots[worker] = stride(from: worker, to: rows.count, by: workers).map { work(rows[$0]) }
                }
            }
        }
        return rows.indices.map { shares[$0 % workers][$0 / workers] }
    }

    private func result(for row: Int) -> LineResult {
        let registry = ranker.context.registry
        let wish = registry.wishes[row]
        let ranking = ranker.offers(for: wish, limit: limit, countingVetoes: countingVetoes)
        return LineResult(
            wishRow: row, ranking: ranking,
            explanations: ranking.candidates.map { ranker.explain(wish: wish, offer: registry.offers[$0.row]) })
    }
}

internal import Dispatch
public import MatchCore

/// Ranks many wish lines over one snapshot, on several threads, and explains the best of each.
public struct MatchRun: Sendable {
    public let ranker: FamilyRanker
    /// How many candidates each line keeps.
    public let limit: Int
    /// 1 or more; the answer is the same for any number.
    public let threads: Int

    public let vetoes: VetoCounting

    /// When what vetoes ruled out is counted, for which every offer is scored.
    public enum VetoCounting: Sendable, Hashable {
        case never
        /// To say why there is nothing.
        case whereNothingIsFound
        case always
    }

    public init(ranker: FamilyRanker, limit: Int, threads: Int, vetoes: VetoCounting = .never) {
        self.vetoes = vetoes
        self.ranker = ranker
        self.limit = max(0, limit)
        self.threads = max(1, threads)
    }

    /// One profile for every wish.
    public init(ranker: Ranker, limit: Int, threads: Int, vetoes: VetoCounting = .never) {
        self.init(ranker: FamilyRanker(ranker), limit: limit, threads: threads, vetoes: vetoes)
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

    /// The candidates alone, without explanations, for some rows, in the order given.
    public func candidates(for rows: [Int]) -> [[Ranking.Candidate]] {
        clustered(rows) { row, batch in batch.offers(for: ranker.context.registry.wishes[row]).candidates }
    }

    /// Those of the candidates that a filter keeps, for some rows, in the order given; nil where `isOverdue` came before
    /// all were looked at.
    public func candidates(
        for rows: [Int], isOverdue: @Sendable () -> Bool,
        filter: @escaping @Sendable (_ row: Int, Ranking.Candidate) -> Bool
    ) -> [[Ranking.Candidate]]? {
        let found = clustered(rows) { row, batch -> [Ranking.Candidate] in
            guard !isOverdue() else { return [] }
            return batch.offers(for: ranker.context.registry.wishes[row]).candidates.filter { filter(row, $0) }
        }
        return isOverdue() ? nil : found
    }

    /// The candidates alone for some rows, in the order given; nil for rows that were not reached before `isOverdue`.
    public func candidates(
        for rows: [Int], isOverdue: @Sendable () -> Bool
    ) -> [[Ranking.Candidate]?] {
        // What comes first is reached first, a few thousand at a time; among those the order of places is free.
        stride(from: 0, to: rows.count, by: 4_096).flatMap { start -> [[Ranking.Candidate]?] in
            let part = Array(rows[start..<min(rows.count, start + 4_096)])
            return isOverdue() ? Array(repeating: nil, count: part.count) : candidates(for: part)
        }
    }

    /// Does some work for every row, close ones after each other and each thread with a batch of its own.
    private func clustered<Found>(_ rows: [Int], _ work: (_ row: Int, FamilyBatch) -> [Found]) -> [[Found]] {
        // Rows are clustered by category and place: in their order each wish is much like the one before it.
        let order = rows.indices.sorted { rows[$0] < rows[$1] }
        let runs = stride(from: 0, to: order.count, by: 256).map { order[$0..<min(order.count, $0 + 256)] }
        let found = shared(Array(runs.indices)) { run in
            let batch = ranker.batch(limit: limit)
            return runs[run].map { place in work(rows[place], batch) }
        }
        var results: [[Found]] = Array(repeating: [], count: rows.count)
        for (run, lists) in zip(runs, found) {
            for (place, list) in zip(run, lists) { results[place] = list }
        }
        return results
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
        var ranking = ranker.offers(for: wish, limit: limit, countingVetoes: vetoes == .always)
        if vetoes == .whereNothingIsFound, ranking.candidates.isEmpty {
            ranking = ranker.offers(for: wish, limit: limit, countingVetoes: true)
        }
        return LineResult(
            wishRow: row, ranking: ranking,
            explanations: ranker.explanations(of: ranking, for: wish))
    }
}

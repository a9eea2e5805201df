public import MatchCore

extension RegistryAllocation {
    /// The pairs of all wishes and offers that the plan's prices do not cover, by row of the wish: what `--complete`
    /// has to consider besides the candidates. Empty when the plan is best over all pairs; nil where `isOverdue` came before
    /// all were looked at.
    ///
    /// Prices speak of plans within the parts and the guarantees that the problem has. Where lines are given a part of a short
    /// supply, or guarantees are not kept in full, how much that is was found among its pairs, and others may make it more: then
    /// all pairs are to be considered.
    public func uncovered(
        by plan: Plan, run: MatchRun, isOverdue: @Sendable () -> Bool = { false }
    ) -> [Int: [Ranking.Candidate]]? {
        let all = MatchRun(ranker: run.ranker, limit: run.ranker.context.registry.offers.count, threads: run.threads)
        let registry = run.ranker.context.registry
        var lineOfRow = [Int](repeating: -1, count: registry.wishes.count)
        for (line, row) in wishRows.enumerated() { lineOfRow[row] = line }
        var numberOfRow = [Int](repeating: -1, count: registry.offers.count)
        for (number, row) in offerRows.enumerated() { numberOfRow[row] = number }
        var known = Set<[Int]>()
        for pair in problem.pairs { known.insert([pair.line, pair.offer]) }
        let (lines, offers, pairs) = (lineOfRow, numberOfRow, known)
        let hangsOnAll = !plan.shortAreas.isEmpty || problem.lines.contains { $0.most < $0.quantity }
        let reading = PriceReading(plan, of: problem)
        let found = all.candidates(for: wishRows, isOverdue: isOverdue) { row, candidate in
            let (line, offer) = (lines[row], offers[candidate.row])
            guard Self.countAlike(registry.offers[candidate.row], registry.wishes[row]), offer >= 0,
                !pairs.contains([line, offer])
            else { return false }
            if hangsOnAll { return true }
            let lot = seed?.lot(line: self.lines[line].description, offer: self.offers[offer].description) ?? 0
            return !reading.covers(
                PlanProblem.Pair(line: line, offer: offer, score: Int64(candidate.total), lot: lot))
        }
        guard let found else { return nil }
        var more: [Int: [Ranking.Candidate]] = [:]
        for (line, row) in wishRows.enumerated() where !found[line].isEmpty { more[row] = found[line] }
        return more
    }
}

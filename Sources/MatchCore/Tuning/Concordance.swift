/// How well one scorer alone tells what was delivered from what was not, within the lists of the past.
public enum Concordance {
    /// Of the pairs of a delivered and a failed candidate of one list that both have a value, the share in which the
    /// delivered one's is greater; equal values count half. 0.5 is no better than a coin. Nil where there is no pair.
    ///
    /// A list counts by the fewer of its delivered and its failed: by its pairs, one week in which much was entered at
    /// once would decide alone. Decisions with the same ``Decision/wish`` are drawn together.
    public static func interval(
        of scorer: String, in history: DecisionHistory, draws: Int = 1000, seed: UInt64 = 1
    ) -> Interval? {
        guard let column = history.scorers.firstIndex(of: scorer) else { return nil }
        let clusters = Clusters(history.decisions)
        var parts = Array(repeating: (sum: 0.0, count: 0.0), count: clusters.count)
        for (index, decision) in history.decisions.enumerated() {
            let known = decision.candidates.filter { $0.values[column] >= 0 }
            let good = known.filter { $0.fate == .delivered }.map { $0.values[column] }
            let bad = known.filter { $0.fate == .declined || $0.fate == .lapsed }.map { $0.values[column] }
            guard !good.isEmpty, !bad.isEmpty else { continue }
            var right = 0.0
            for one in good { for other in bad { right += one > other ? 1 : one == other ? 0.5 : 0 } }
            let weight = Double(min(good.count, bad.count))
            parts[clusters.ofDecision[index]].sum += weight * right / Double(good.count * bad.count)
            parts[clusters.ofDecision[index]].count += weight
        }
        return Interval(ratioOf: parts, draws: draws, seed: seed)
    }
}

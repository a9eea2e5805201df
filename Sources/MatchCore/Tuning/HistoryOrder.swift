/// Orders the candidates of past lists by weights, as a ranking would.
public struct HistoryOrder: Sendable {
    let weights: [Int32]
    let neutrals: [Int32]

    public init(_ profile: ScoringProfile) {
        weights = profile.entries.map(\.weight)
        neutrals = profile.entries.map(\.neutral)
    }

    /// 0…1,000,000; −1 where a scorer vetoes.
    public func total(_ values: [Int32]) -> Int32 {
        var total = ScoreTotal()
        for (index, raw) in values.enumerated() {
            if raw >= 0 {
                total.add(value: raw, weight: weights[index])
            } else if raw == -1 {
                total.add(value: neutrals[index], weight: weights[index])
            } else if raw <= -16 {
                return -1
            }
        }
        return total.value
    }

    /// Places in the list, best first; ties go by the offers' names, never by the order in which they were shown.
    public func order(_ decision: Decision) -> [Int] {
        let totals = decision.candidates.map { total($0.values) }
        return totals.indices.sorted { left, right in
            if totals[left] != totals[right] { return totals[left] > totals[right] }
            return decision.candidates[left].offer.utf8.lexicographicallyPrecedes(decision.candidates[right].offer.utf8)
        }
    }
}

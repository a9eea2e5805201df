/// Orders the candidates of past lists by weights, as a ranking would: each list under the layers that it was judged under.
public struct HistoryOrder: Sendable {
    private let profile: ScoringProfile
    private let own: Weighing

    /// Weights and neutral values, one for each column.
    private struct Weighing: Sendable {
        var weights: [Int32]
        var neutrals: [Int32]

        init(_ resolved: ScoringProfile, columns: [String]) {
            let entries = columns.map { scorer in resolved.entries.first { $0.scorer == scorer } }
            weights = entries.map { $0?.weight ?? 0 }
            neutrals = entries.map { $0?.neutral ?? 0 }
        }
    }

    /// For a history with one value for each of the profile's ``ScoringProfile/everyScorer``.
    public init(_ profile: ScoringProfile) {
        self.profile = profile
        own = Weighing(profile.resolved().profile, columns: profile.everyScorer)
    }

    /// By the program's own weights: 0…1,000,000; −1 where a scorer vetoes.
    public func total(_ values: [Int32]) -> Int32 { total(values, own) }

    /// 0…1,000,000; −1 where a scorer vetoes.
    private func total(_ values: [Int32], _ weighing: Weighing) -> Int32 {
        var total = ScoreTotal()
        for (index, raw) in values.enumerated() {
            if raw >= 0 {
                total.add(value: raw, weight: weighing.weights[index])
            } else if raw == -1 {
                total.add(value: weighing.neutrals[index], weight: weighing.weights[index])
            } else if raw <= -16 {
                return -1
            }
        }
        return total.value
    }

    /// Places in the list, best first; ties go by the offers' names, never by the order in which they were shown.
    public func order(_ decision: Decision) -> [Int] {
        let weighing =
            decision.scopes.isEmpty
            ? own : Weighing(profile.resolved(under: decision.scopes).profile, columns: profile.everyScorer)
        let totals = decision.candidates.map { total($0.values, weighing) }
        return totals.indices.sorted { left, right in
            if totals[left] != totals[right] { return totals[left] > totals[right] }
            return decision.candidates[left].offer.utf8.lexicographicallyPrecedes(decision.candidates[right].offer.utf8)
        }
    }
}

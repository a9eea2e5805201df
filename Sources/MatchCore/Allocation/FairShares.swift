/// Raises the served share of the worst served area as far as any plan can, at the least loss of score.
///
/// Level by level: whoever has the smallest share gets one more, while nobody falls to that share. The level that cannot
/// be passed is the best worst share, and what the failed search reached is the proof. Counts of served wishes are the
/// rank function of a matroid, so no level is missed by going step by step.
struct FairShares {
    let raising: QuotaRaising
    private let sizes: [Int]
    private let areas: [Int]

    init(_ raising: QuotaRaising, areaCount: Int) {
        self.raising = raising
        sizes = (0..<areaCount).map { raising.size(of: $0) }
        areas = (0..<areaCount).filter { raising.size(of: $0) > 0 }
    }

    /// How raising ended.
    enum Outcome {
        /// What the search that could not pass the last level has reached; nil when all wishes are served.
        case raised(QuotaRaising.Closure?)
        case cut
    }

    /// Raises the shares, until `isOverdue` says yes between two levels.
    func raise(isOverdue: () -> Bool) -> Outcome {
        while let worst = areas.min(by: { share($0, isBelow: $1) }), raising.served[worst] < sizes[worst] {
            if isOverdue() { return .cut }
            let before = raising.quota
            // More than the worst share, for every area: the least whole number above share × wishes.
            let (served, wishes) = (raising.served[worst], sizes[worst])
            for area in areas { raising.quota[area] = served * sizes[area] / wishes + 1 }
            let short = areas.filter { raising.served[$0] < raising.quota[$0] }
            let mark = short.count > 1 ? raising.mark() : nil
            for area in short {
                while raising.served[area] < raising.quota[area] {
                    guard let closure = raising.raise(area) else { continue }
                    if let mark { raising.restore(mark) }
                    raising.quota = before
                    return .raised(closure)
                }
            }
        }
        return .raised(nil)
    }

    private func share(_ area: Int, isBelow other: Int) -> Bool {
        raising.served[area] * sizes[other] < raising.served[other] * sizes[area]
    }
}

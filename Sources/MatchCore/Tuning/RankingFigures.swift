#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What can be said of how a profile orders past lists.
public enum TuningMeasure: String, Sendable, Hashable, CaseIterable, Codable {
    /// Of the candidates that turned out well, the share among the first ``Backtest/recallCutoff``; over lists that are
    /// longer than that, since of a shorter one everything stands among the first, whatever the profile.
    case recall
    /// Normalised discounted cumulative gain at k, by grade (``Decision/Candidate/grade``).
    case ndcg
    /// One over the place of the first candidate that turned out well.
    case reciprocalRank
    /// Of the profile's first choices that were tried and have ended, the share that was delivered.
    case delivered
    /// Mean kilometres to the profile's first choice, where known. Less is better.
    case distance
    /// The NDCG of the best served area less that of the worst, among areas with enough decisions. Less is better.
    case areaGap

    public var isBetterWhenLess: Bool { self == .distance || self == .areaGap }
}

/// One decision's part in each measure, as numerators and denominators.
struct DecisionFigures: Sendable {
    static let ratios: [TuningMeasure] = [.recall, .ndcg, .reciprocalRank, .delivered, .distance]

    /// In the order of `ratios`.
    var parts: [(sum: Double, count: Double)]

    /// - Parameter order: the candidates' places in the list, best first.
    /// - Parameter weight: how much the decision counts, to make up for positions that are seldom looked at.
    init(_ decision: Decision, order: [Int], cutoff: Int, recallCutoff: Int, weight: Double) {
        var good = 0
        var goodAbove = 0
        var gain = 0.0
        var firstGood = 0
        for (place, index) in order.enumerated() {
            let grade = decision.candidates[index].grade
            guard grade > 0 else { continue }
            good += 1
            if firstGood == 0 { firstGood = place + 1 }
            if place < recallCutoff { goodAbove += 1 }
            guard place < cutoff else { continue }
            gain += Double(grade) / log2(Double(place) + 2)
        }
        let ideal = decision.candidates.map(\.grade).filter { $0 > 0 }.sorted(by: >).prefix(cutoff).enumerated()
            .reduce(0) { $0 + Double($1.element) / log2(Double($1.offset) + 2) }
        let counts = good > 0 ? weight : 0
        let tellsRecall = good > 0 && order.count > recallCutoff
        parts = [
            (tellsRecall ? weight * Double(goodAbove) / Double(good) : 0, tellsRecall ? counts : 0),
            (good > 0 ? weight * gain / ideal : 0, counts), (good > 0 ? weight / Double(firstGood) : 0, counts), (0, 0),
            (0, 0),
        ]
        guard let top = order.first.map({ decision.candidates[$0] }) else { return }
        switch top.fate {
        case .delivered: parts[3] = (1, 1)
        case .declined, .lapsed: parts[3] = (0, 1)
        case .passedOver, .chosen, .accepted: break
        }
        if let metres = top.metres { parts[4] = (Double(metres) / 1000, 1) }
    }

    /// Whether it says anything of recall.
    var tellsRecall: Bool { parts[0].count > 0 }

    var ndcg: (sum: Double, count: Double) { parts[1] }
}

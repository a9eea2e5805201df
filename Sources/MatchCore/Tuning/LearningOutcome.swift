/// What learning came to.
public struct LearningOutcome: Sendable {
    public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
        /// The learned weights order later decisions better, by more than noise.
        case better
        /// Enough was seen: today's weights are as good.
        case noBetter
        /// Too little was seen.
        case cannotTell
        /// The decisions do not follow the scorers' values at all, beyond chance.
        case noEvidence
    }

    public var verdict: Verdict
    public var decisions: Int
    /// Decisions with a choice between candidates.
    public var choices: Int
    /// Decisions that were foretold from earlier ones.
    public var tested = 0
    /// How much better choices are foretold with totals than from positions alone: nats per decision, with 99 %
    /// confidence.
    public var signal: Interval?
    /// Today's weights against what was learned before each decision.
    public var backtest: Backtest?
    /// Logarithms of the chance to be looked at, by position.
    public var positions: [Double] = []
    /// How much a difference of totals counts.
    public var decidedness = 0.0
    /// Decisions of wishes under other layers, of which nothing was learned.
    public var elsewhere = 0
    /// The entries that were learned for, as they are today.
    public var before: [ScoringProfile.Entry] = []
    /// The same entries as learned; only with the verdict ``Verdict/better``.
    public var after: [ScoringProfile.Entry]?
    /// The whole profile with what was learned in it; only with the verdict ``Verdict/better``; revision 0.
    public var draft: ScoringProfile?

    init(verdict: Verdict, decisions: Int, choices: Int) {
        self.verdict = verdict
        self.decisions = decisions
        self.choices = choices
    }
}

extension ScoringProfile {
    /// The same profile with other weights, one for each entry.
    public func weighted(_ weights: [Int32]) -> ScoringProfile {
        var copy = self
        for (index, weight) in weights.enumerated() where copy.entries.indices.contains(index) {
            copy.entries[index].weight = weight
        }
        return copy
    }
}

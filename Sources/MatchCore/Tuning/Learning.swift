/// Learns weights from past decisions, and says whether they are worth anything.
///
/// The weights are those of a pairwise logistic model, drawn towards today's. How strongly is chosen on the last
/// quarter of what a fold learns from; what is learned is judged only on decisions that came later. Nothing is
/// published: the outcome is a draft at most.
public struct Learning: Sendable {
    public var options: Options

    public struct Options: Sendable {
        public var bounds: [String: ClosedRange<Int32>]
        public var bias: PositionBias
        /// For a code of refusal, the scorers that it blames.
        public var reasons: [String: [String]]
        /// Later parts that what was learned before them is judged on, 1 or more.
        public var folds: Int
        /// Below so many decisions with a choice the answer is always "cannot tell".
        public var leastDecisions: Int
        /// A gain in NDCG that would be worth a change: an interval that stays below it says "no better".
        public var worthwhile: Double
        /// How strongly the weights are drawn towards today's, to choose from; in decisions.
        public var strengths: [Double]
        public var cutoff: Int
        public var draws: Int
        public var seed: UInt64

        public init(
            bounds: [String: ClosedRange<Int32>] = [:], bias: PositionBias = .estimated,
            reasons: [String: [String]] = RefusalReasons.standard, folds: Int = 4, leastDecisions: Int = 200,
            worthwhile: Double = 0.01, strengths: [Double] = [3, 30, 300], cutoff: Int = 10, draws: Int = 1000,
            seed: UInt64 = 1
        ) {
            self.bounds = bounds
            self.bias = bias
            self.reasons = reasons
            self.folds = max(1, folds)
            self.leastDecisions = max(1, leastDecisions)
            self.worthwhile = worthwhile
            self.strengths = strengths.isEmpty ? [300] : strengths.sorted(by: >)
            self.cutoff = max(1, cutoff)
            self.draws = max(1, draws)
            self.seed = seed
        }
    }

    public init(options: Options = Options()) {
        self.options = options
    }

    /// Learns from a history that has one value for each entry of the profile.
    ///
    /// - Throws: ``TuningError`` for bounds that cannot be kept, or a history that does not fit the profile.
    public func outcome(_ profile: ScoringProfile, _ history: DecisionHistory) throws(TuningError) -> LearningOutcome {
        let history = try history.columns(of: profile)
        let bounds = try WeightBounds(profile, given: options.bounds)
        let whole = Double(bounds.sum)
        let anchor = profile.entries.map { Double($0.weight) / whole }
        let fit = WeightFit(bounds: bounds, anchor: anchor, bias: options.bias)
        let choices = pairs(history, profile).choiceCount
        var outcome = LearningOutcome(verdict: .cannotTell, decisions: history.decisions.count, choices: choices)
        guard choices >= options.leastDecisions else { return outcome }

        var tested: [Decision] = []
        var today: [DecisionFigures] = []
        var learned: [DecisionFigures] = []
        var gains: [Double?] = []
        let size = history.decisions.count
        for fold in 1...options.folds {
            let start = size * fold / (options.folds + 1)
            let end = size * (fold + 1) / (options.folds + 1)
            guard start < end else { continue }
            let past = history.known(at: history.decisions[start].time)
            let future = history.part(start..<end)
            guard !past.decisions.isEmpty else { continue }
            let model = chosen(fit, past, profile)
            let blind = positionsAlone(fit, past, profile)
            let trial = profile.weighted(bounds.weights(model.shares))
            let propensity = Propensity(offsets: model.offsets)
            func figures(_ profile: ScoringProfile) -> [DecisionFigures] {
                let ranker = HistoryOrder(profile)
                return future.decisions.map {
                    DecisionFigures(
                        $0, order: ranker.order($0), cutoff: options.cutoff, weight: propensity.weight($0))
                }
            }
            today += figures(profile)
            learned += figures(trial)
            var judge = PreferenceLoss(
                pairs(future, profile), anchor: anchor, strength: 0, learnsOffsets: false)
            let (seeing, unseeing) = (judge.choiceLosses(model), judge.choiceLosses(blind))
            gains += zip(seeing, unseeing).map { seen, unseen in
                if let seen, let unseen { unseen - seen } else { nil }
            }
            tested += future.decisions
        }
        guard !tested.isEmpty else { return outcome }
        outcome.tested = tested.count
        outcome.signal = signal(gains, tested)
        let backtest = Backtest(
            decisions: tested, first: today, second: learned,
            options: Backtest.Options(cutoff: options.cutoff, draws: options.draws, seed: options.seed))
        outcome.backtest = backtest
        let final = chosen(fit, history, profile)
        outcome.positions = final.offsets
        outcome.decidedness = final.decidedness
        outcome.verdict = verdict(outcome.signal, backtest[.ndcg]?.difference)
        if outcome.verdict == .better {
            var draft = profile.weighted(bounds.weights(final.shares))
            draft.revision = 0
            outcome.draft = draft
        }
        return outcome
    }

    private func verdict(_ signal: Interval?, _ gain: Interval?) -> LearningOutcome.Verdict {
        guard let signal, signal.low > 0 else { return .noEvidence }
        guard let gain else { return .cannotTell }
        if gain.low > 0 { return .better }
        return gain.high < options.worthwhile ? .noBetter : .cannotTell
    }

    private func pairs(_ history: DecisionHistory, _ profile: ScoringProfile) -> PreferencePairs {
        PreferencePairs(history, neutrals: profile.entries.map(\.neutral), reasons: options.reasons)
    }

    /// Fits with each strength on the first three quarters, and again on all with the one that foretold the rest best.
    private func chosen(_ fit: WeightFit, _ history: DecisionHistory, _ profile: ScoringProfile) -> PreferenceModel {
        let cut = history.decisions.count * 3 / 4
        var best = options.strengths[0]
        if options.strengths.count > 1, cut > 0, cut < history.decisions.count {
            let early = pairs(history.known(at: history.decisions[cut].time), profile)
            let late = pairs(history.part(cut..<history.decisions.count), profile)
            var least = Double.infinity
            for strength in options.strengths {
                let model = fit.model(early, strength: strength)
                var judge = PreferenceLoss(late, anchor: fit.anchor, strength: 0, learnsOffsets: false)
                let losses = judge.choiceLosses(model).compactMap { $0 }
                let mean = losses.reduce(0, +) / Double(max(1, losses.count))
                // The stronger come first, and win what is as good as a tie.
                if mean < least - 1e-6 { (least, best) = (mean, strength) }
            }
        }
        return fit.model(pairs(history, profile), strength: best)
    }

    private func positionsAlone(
        _ fit: WeightFit, _ history: DecisionHistory, _ profile: ScoringProfile
    ) -> PreferenceModel {
        var fit = fit
        fit.usesTotals = false
        return fit.model(pairs(history, profile), strength: 0)
    }

    /// What the totals add to foretelling a choice beside its position, per decision.
    private func signal(_ gains: [Double?], _ decisions: [Decision]) -> Interval? {
        let clusters = Clusters(decisions)
        var sums = Array(repeating: (sum: 0.0, count: 0.0), count: clusters.count)
        for (index, gain) in gains.enumerated() {
            guard let gain else { continue }
            sums[clusters.ofDecision[index]].sum += gain
            sums[clusters.ofDecision[index]].count += 1
        }
        func mean(_ parts: [(sum: Double, count: Double)]) -> Double? {
            let whole = parts.reduce((sum: 0.0, count: 0.0)) { ($0.sum + $1.sum, $0.count + $1.count) }
            return whole.count > 0 ? whole.sum / whole.count : nil
        }
        guard clusters.count > 1 else { return nil }
        var random = TuningRandom(seed: options.seed &+ 1)
        var draws: [Double] = []
        for _ in 0..<options.draws {
            var (sum, count) = (0.0, 0.0)
            for _ in 0..<clusters.count {
                let drawn = sums[random.below(clusters.count)]
                sum += drawn.sum
                count += drawn.count
            }
            if count > 0 { draws.append(sum / count) }
        }
        return Interval(value: mean(sums), draws: draws)
    }
}

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
    /// How much better choices are foretold with totals than from positions alone: nats per decision.
    public var signal: Interval?
    /// Today's weights against what was learned before each decision.
    public var backtest: Backtest?
    /// Logarithms of the chance to be looked at, by position.
    public var positions: [Double] = []
    /// How much a difference of totals counts.
    public var decidedness = 0.0
    /// Only with the verdict ``Verdict/better``; revision 0.
    public var draft: ScoringProfile?

    init(verdict: Verdict, decisions: Int, choices: Int) {
        self.verdict = verdict
        self.decisions = decisions
        self.choices = choices
    }
}

/// Which scorers a reason of refusal blames.
public enum RefusalReasons {
    public static let standard: [String: [String]] = [
        "tooFar": ["Proximity", "ServiceArea"], "wrongSize": ["QuantityFit"], "tooLittle": ["QuantityFit"],
        "wrongItem": ["CategoryFit", "TextSimilarity"], "prefersDifferent": ["CategoryFit", "TextSimilarity"],
        "wrongTime": ["AvailabilityFit"], "tooLate": ["AvailabilityFit"], "wrongLanguage": ["LanguageFit"],
        "wrongSkill": ["SkillFit"], "unreliable": ["Trust"], "askedTooOften": ["FairShare"],
        "notMyCause": ["DonorPreference"],
    ]
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

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

    /// A way to set the scorers' parameters, and what the past looks like under it.
    public struct Setting: Sendable {
        public var profile: ScoringProfile
        /// One value for each entry of the profile; the same decisions in every setting.
        public var history: DecisionHistory

        public init(profile: ScoringProfile, history: DecisionHistory) {
            self.profile = profile
            self.history = history
        }
    }

    /// Learns weights from a history that has values for each entry of the profile.
    public func outcome(_ profile: ScoringProfile, _ history: DecisionHistory) throws(TuningError) -> LearningOutcome {
        try outcome([Setting(profile: profile, history: history)])
    }

    /// Learns weights, and which of some settings of the parameters to take; the first is today's.
    ///
    /// - Throws: ``TuningError`` for bounds that cannot be kept, or a history that does not fit the profile.
    public func outcome(_ settings: [Setting]) throws(TuningError) -> LearningOutcome {
        var trials: [Setting] = []
        for setting in settings {
            trials.append(
                Setting(profile: setting.profile, history: try setting.history.columns(of: setting.profile)))
        }
        guard let today = trials.first else {
            throw TuningError(
                .badOption, LocalizedText(zhHans: "没有可学的方案。", en: "There is no profile to learn for."))
        }
        let work = LearningWork(
            options: options, settings: trials, bounds: try WeightBounds(today.profile, given: options.bounds))
        return work.outcome()
    }
}

/// One run of learning over checked settings.
private struct LearningWork {
    let options: Learning.Options
    let settings: [Learning.Setting]
    let bounds: WeightBounds
    let anchor: [Double]

    init(options: Learning.Options, settings: [Learning.Setting], bounds: WeightBounds) {
        self.options = options
        self.settings = settings
        self.bounds = bounds
        anchor = settings[0].profile.entries.map { Double($0.weight) / Double(bounds.sum) }
    }

    private var fit: WeightFit { WeightFit(bounds: bounds, anchor: anchor, bias: options.bias) }

    func outcome() -> LearningOutcome {
        let (profile, history) = (settings[0].profile, settings[0].history)
        let choices = pairs(history, profile).choiceCount
        var outcome = LearningOutcome(verdict: .cannotTell, decisions: history.decisions.count, choices: choices)
        guard choices >= options.leastDecisions else { return outcome }
        var tested: [Decision] = []
        var today: [DecisionFigures] = []
        var learned: [DecisionFigures] = []
        var gains: [Double?] = []
        let size = history.decisions.count
        for fold in 1...options.folds {
            let range = size * fold / (options.folds + 1)..<size * (fold + 1) / (options.folds + 1)
            guard !range.isEmpty, range.lowerBound > 0 else { continue }
            let start = history.decisions[range.lowerBound].time
            let choice = chosen(before: start)
            let propensity = Propensity(offsets: choice.model.offsets)
            func figures(_ profile: ScoringProfile, _ history: DecisionHistory) -> [DecisionFigures] {
                let order = HistoryOrder(profile)
                return history.decisions[range].map {
                    DecisionFigures(
                        $0, order: order.order($0), cutoff: options.cutoff, weight: propensity.weight($0))
                }
            }
            today += figures(profile, history)
            let taken = settings[choice.setting]
            learned += figures(taken.profile.weighted(bounds.weights(choice.model.shares)), taken.history)
            gains += signals(of: choice, in: range, before: start)
            tested += history.decisions[range]
        }
        guard !tested.isEmpty else { return outcome }
        outcome.tested = tested.count
        outcome.signal = Interval(meanOf: gains, in: tested, draws: options.draws, seed: options.seed &+ 1, tail: 0.005)
        let backtest = Backtest(
            decisions: tested, first: today, second: learned,
            options: Backtest.Options(cutoff: options.cutoff, draws: options.draws, seed: options.seed))
        outcome.backtest = backtest
        let final = chosen(before: nil)
        outcome.positions = final.model.offsets
        outcome.decidedness = final.model.decidedness
        outcome.verdict = verdict(outcome.signal, backtest[.ndcg]?.difference)
        if outcome.verdict == .better {
            var draft = settings[final.setting].profile.weighted(bounds.weights(final.model.shares))
            draft.revision = 0
            outcome.draft = draft
        }
        return outcome
    }

    /// How much better each later choice is foretold with totals than from positions alone, in nats.
    ///
    /// It is asked beside a free curve of positions, even where one is declared: else a wrong declaration would pass for
    /// evidence.
    private func signals(of choice: Choice, in range: Range<Int>, before start: Timestamp) -> [Double?] {
        let (profile, history) = (settings[choice.setting].profile, settings[choice.setting].history)
        let past = pairs(history.known(at: start), profile)
        var free = fit
        free.bias = .estimated
        let sighted = options.bias == .estimated ? choice.model : free.model(past, strength: choice.strength)
        free.usesTotals = false
        let blind = free.model(past, strength: 0)
        var judge = PreferenceLoss(
            pairs(history.part(range), profile), anchor: anchor, strength: 0, learnsOffsets: false)
        let (seeing, unseeing) = (judge.choiceLosses(sighted), judge.choiceLosses(blind))
        return zip(seeing, unseeing).map { seen, unseen in
            if let seen, let unseen { unseen - seen } else { nil }
        }
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

    private struct Choice {
        var setting: Int
        var strength: Double
        var model: PreferenceModel
    }

    /// Fits each setting with each strength on the first three quarters of what was known at a moment, and again on all
    /// of it with those that foretold the rest best.
    private func chosen(before moment: Timestamp?) -> Choice {
        func known(_ history: DecisionHistory) -> DecisionHistory { moment.map { history.known(at: $0) } ?? history }
        var best = (setting: 0, strength: options.strengths[0])
        let count = known(settings[0].history).decisions.count
        let cut = count * 3 / 4
        if settings.count * options.strengths.count > 1, cut > 0 {
            var least = Double.infinity
            for (number, setting) in settings.enumerated() {
                let history = known(setting.history)
                let early = pairs(history.known(at: history.decisions[cut].time), setting.profile)
                let late = pairs(history.part(cut..<count), setting.profile)
                for strength in options.strengths {
                    let model = fit.model(early, strength: strength)
                    var judge = PreferenceLoss(late, anchor: anchor, strength: 0, learnsOffsets: false)
                    let losses = judge.choiceLosses(model).compactMap { $0 }
                    let mean = losses.reduce(0, +) / Double(max(1, losses.count))
                    // Today's setting and the stronger pull come first, and win what is as good as a tie.
                    if mean < least - 1e-6 { (least, best) = (mean, (number, strength)) }
                }
            }
        }
        let setting = settings[best.setting]
        let model = fit.model(pairs(known(setting.history), setting.profile), strength: best.strength)
        return Choice(setting: best.setting, strength: best.strength, model: model)
    }
}

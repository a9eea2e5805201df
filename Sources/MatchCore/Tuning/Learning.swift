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
        /// Later parts that what was learned before them is judged on, 1…``mostFolds``: each is learned for anew.
        public var folds: Int
        public static let mostFolds = 20
        /// Below so many decisions with a choice the answer is always "cannot tell".
        public var leastDecisions: Int
        /// A gain in NDCG that would be worth a change: an interval that stays below it says "no better".
        public var worthwhile: Double
        /// How strongly the weights are drawn towards today's, to choose from; in decisions.
        public var strengths: [Double]
        public var cutoff: Int
        public var draws: Int
        public var seed: UInt64
        /// Asked again and again while it goes on; where it says yes, learning ends with ``TuningError/Code/tooLong``.
        public var isOverdue: @Sendable () -> Bool = { false }

        public init(
            bounds: [String: ClosedRange<Int32>] = [:], bias: PositionBias = .standard,
            reasons: [String: [String]] = RefusalReasons.standard, folds: Int = 4, leastDecisions: Int = 200,
            worthwhile: Double = 0.01, strengths: [Double] = [3, 30, 300], cutoff: Int = 10, draws: Int = 1000,
            seed: UInt64 = 1
        ) {
            self.bounds = bounds
            self.bias = bias
            self.reasons = reasons
            self.folds = min(max(1, folds), Self.mostFolds)
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

    /// What totals must add to foretelling a choice, in nats, before it is evidence: about what a curve of positions loses by
    /// being kept finite where people never look past the first.
    static let leastSignal = 0.003

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
    /// - Parameters:
    ///   - settings: each with its history as ``DecisionHistory/judged(by:scorers:trees:)`` gives it, so that it is known
    ///     which layers hold for each decision.
    ///   - scope: the layer whose weights are learned, from the wishes that it alone holds for; nil for the program's own
    ///     weights, from the wishes that no layer holds for. Other decisions are counted and left out: their totals rest on
    ///     weights of other layers.
    /// - Throws: ``TuningError`` for bounds that cannot be kept, a history that does not fit the profile, or a layer that
    ///   the profile does not have.
    public func outcome(_ settings: [Setting], in scope: ProfileScope? = nil) throws(TuningError) -> LearningOutcome {
        guard let whole = settings.first?.profile else {
            throw TuningError(
                .badOption, LocalizedText(zhHans: "没有可学的方案。", en: "There is no profile to learn for."))
        }
        if let scope, !whole.layers.contains(where: { $0.scope == scope }) {
            throw TuningError(
                .badOption,
                LocalizedText(zhHans: "方案没有 \(scope) 层。", en: "The profile has no layer \(scope)."))
        }
        let scopes = scope.map { [$0] } ?? []
        var trials: [Setting] = []
        for setting in settings {
            let profile = setting.profile.resolved(under: scopes).profile
            trials.append(
                Setting(profile: profile, history: try setting.history.under(scopes).columns(of: profile)))
        }
        let today = trials[0].profile
        let work = LearningWork(
            options: options, settings: trials, bounds: try WeightBounds(today, given: options.bounds))
        var outcome = work.outcome()
        guard !options.isOverdue() else {
            throw TuningError(
                .tooLong,
                LocalizedText(
                    zhHans: "学习用时过长，已停止。请减少 folds、备选参数或决定数，或在存放数据的机器上运行。",
                    en:
                        "Learning took too long and was ended. Ask with fewer folds or choices of parameters, or run it on "
                        + "the machine that holds the data."))
        }
        outcome.elsewhere = settings[0].history.decisions.count - outcome.decisions
        outcome.before = today.entries
        outcome.after = outcome.draft?.entries
        if let learned = outcome.draft { outcome.draft = whole.taking(learned, from: today, in: scope) }
        return outcome
    }
}

extension DecisionHistory {
    /// Those that were judged under these layers alone.
    func under(_ scopes: [ProfileScope]) -> DecisionHistory {
        DecisionHistory(scorers: scorers, judged: decisions.filter { $0.scopes == scopes })
    }
}

extension ScoringProfile {
    /// A draft of the same profile with what was learned for the program or one of its layers.
    fileprivate func taking(
        _ learned: ScoringProfile, from today: ScoringProfile, in scope: ProfileScope?
    ) -> ScoringProfile {
        var draft = self
        (draft.basedOn, draft.revision) = (revision > 0 ? revision : basedOn, 0)
        for (old, new) in zip(today.entries, learned.entries) {
            if old.weight != new.weight {
                draft.set(ProfileEdit(scope: scope, scorer: new.scorer, .weight(new.weight)))
            }
            for (name, value) in new.parameters.sorted(by: { $0.key < $1.key }) where old.parameters[name] != value {
                draft.set(ProfileEdit(scope: scope, scorer: new.scorer, .parameter(name, value)))
            }
        }
        draft.layers.removeAll { $0.changes.isEmpty }
        return draft
    }

    /// What is learned is learned of entries that are there, so the change cannot fail.
    private mutating func set(_ edit: ProfileEdit) { try? apply(edit) }
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

    private var fit: WeightFit {
        var fit = WeightFit(bounds: bounds, anchor: anchor, bias: options.bias)
        fit.isOverdue = options.isOverdue
        return fit
    }

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
        // One cutoff for all folds, so that their figures can be taken together; of what was known before the first of them, so
        // that none is judged by lists that came later.
        var known: Int?
        for fold in 1...options.folds {
            let range = size * fold / (options.folds + 1)..<size * (fold + 1) / (options.folds + 1)
            guard !range.isEmpty, range.lowerBound > 0, !options.isOverdue() else { continue }
            let start = history.decisions[range.lowerBound].time
            let recallCutoff =
                known ?? Backtest.recallCutoff(of: history.known(at: start).decisions, cutoff: options.cutoff)
            known = recallCutoff
            let choice = chosen(before: start)
            let propensity = Propensity(offsets: choice.model.offsets)
            func figures(_ profile: ScoringProfile, _ history: DecisionHistory) -> [DecisionFigures] {
                let order = HistoryOrder(profile)
                return history.decisions[range].map {
                    DecisionFigures(
                        $0, order: order.order($0), cutoff: options.cutoff, recallCutoff: recallCutoff,
                        weight: propensity.weight($0))
                }
            }
            today += figures(profile, history)
            let taken = settings[choice.setting]
            learned += figures(taken.profile.weighted(bounds.weights(choice.model.shares)), taken.history)
            gains += signals(of: choice, in: range, before: start)
            tested += history.decisions[range]
        }
        guard !tested.isEmpty, !options.isOverdue() else { return outcome }
        outcome.tested = tested.count
        outcome.signal = Interval(meanOf: gains, in: tested, draws: options.draws, seed: options.seed &+ 1, tail: 0.005)
        let backtest = Backtest(
            decisions: tested, first: today, second: learned,
            options: Backtest.Options(
                cutoff: options.cutoff, draws: options.draws, seed: options.seed, bias: options.bias),
            recallCutoff: known ?? options.cutoff, offsets: [])
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
    /// evidence. And the curve is hardly held back on either side: who always takes what stands first says nothing of weights,
    /// and totals, by which the lists were ordered, must not explain what the curve was kept from explaining.
    private func signals(of choice: Choice, in range: Range<Int>, before start: Timestamp) -> [Double?] {
        let (profile, history) = (settings[choice.setting].profile, settings[choice.setting].history)
        let past = pairs(history.known(at: start), profile)
        var free = fit
        free.bias = .estimated
        (free.offsetPull, free.offsetReach) = (0.005, 10)
        let sighted = free.model(past, strength: choice.strength)
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
        guard let signal, signal.low > Learning.leastSignal else { return .noEvidence }
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

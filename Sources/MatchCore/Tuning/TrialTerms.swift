/// What a trial by areas is read by, stated in the profile that is published for it: a revision never changes, so
/// nobody chooses afterwards when to look.
public struct TrialTerms: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Per cent of the areas that the other profile serves, 1…99: where one side has no area the trial never ends.
    public var share: Int
    /// Decides each area's side, 0 or more.
    public var seed: Int64
    /// Ended choices that each side must have at the one look, see ``StopRule/horizon``.
    public var horizon: Int

    public static let usualHorizon = 200
    public static let shares = 1...99
    public static let horizons = 4...1_000_000

    public init(share: Int, seed: Int64, horizon: Int = TrialTerms.usualHorizon) {
        self.share = share
        self.seed = seed
        self.horizon = horizon
    }

    public var split: AreaSplit { AreaSplit(seed: UInt64(clamping: seed), percent: share) }
    public var rule: StopRule { StopRule(horizon: horizon) }

    /// As a difference shows it: `20 %, seed 7, 200 a side`.
    public var description: String { "\(share) %, seed \(seed), \(horizon) a side" }
}

extension ProfileCheck {
    /// What is wrong with the terms of a trial; nil where they can be kept.
    static func fault(in profile: ScoringProfile) -> LocalizedText? {
        guard let trial = profile.trial else { return nil }
        guard TrialTerms.shares.contains(trial.share), trial.seed >= 0, TrialTerms.horizons.contains(trial.horizon)
        else {
            return LocalizedText(
                zhHans: "trial：share 须为 1…99，seed 不小于 0，horizon 须为 4…1,000,000。",
                en: "'trial': share must be 1…99, seed 0 or more, horizon 4…1,000,000.")
        }
        guard profile.layers.contains(where: { $0.scope.kind == .area }) else {
            return LocalizedText(
                zhHans: "trial 说明按区划的试行何时判断，而方案没有任何区划层。请去掉 trial，或用 almoner tune split 生成。",
                en:
                    "'trial' says how a split by areas is read, and no area has a layer. Leave it out, or make the split with: "
                    + "almoner tune split")
        }
        return nil
    }
}

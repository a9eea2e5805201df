#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is shown first is chosen more, whatever it is. How much more is declared or estimated, and taken out.
public enum PositionBias: Sendable, Hashable {
    case none
    /// The chance to be looked at falls as position to the power of minus this, 0…5.
    case declared(Double)
    /// Learned beside the weights: one number for each of the first positions, one for all that follow.
    case estimated

    /// What holds for back-tests and for learning where nothing else is said.
    public static let standard = PositionBias.estimated

    /// As it is written: `none`, `estimated`, or the exponent.
    public var text: String {
        switch self {
        case .none: "none"
        case .estimated: "estimated"
        case .declared(let exponent): "\(exponent)"
        }
    }

    /// Reads what ``text`` writes, with an exponent of 0…5; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "none": self = .none
        case "estimated": self = .estimated
        default:
            guard let exponent = Double(text), (0...5).contains(exponent) else { return nil }
            self = .declared(exponent)
        }
    }

    /// Positions that get a number of their own; the last also stands for those behind it.
    static let positions = 10

    static func slot(_ position: Int) -> Int { min(max(1, position), positions) - 1 }

    /// The logarithms of the chances to be looked at, that of the first position being 0; nil where they are estimated.
    var offsets: [Double]? {
        switch self {
        case .none: Array(repeating: 0, count: PositionBias.positions)
        case .declared(let exponent): (1...PositionBias.positions).map { -exponent * log(Double($0)) }
        case .estimated: nil
        }
    }
}

extension PositionBias {
    /// Choices that it takes for an estimate.
    static let leastChoices = 200

    /// The logarithms of the chances to be looked at as a history shows them, beside what a profile's totals say; nil where
    /// there are too few choices.
    ///
    /// - Parameter history: with one value for each of the profile's ``ScoringProfile/everyScorer``.
    static func offsets(in history: DecisionHistory, under profile: ScoringProfile) -> [Double]? {
        var whole = profile.resolved().profile
        whole.entries = history.scorers.map { scorer in
            profile.entries.first { $0.scorer == scorer } ?? ScoringProfile.Entry(scorer: scorer, weight: 0)
        }
        guard let bounds = try? WeightBounds(whole) else { return nil }
        let pairs = PreferencePairs(history, neutrals: whole.entries.map(\.neutral), reasons: [:])
        guard pairs.choiceCount >= leastChoices else { return nil }
        let anchor = whole.entries.map { Double($0.weight) / Double(bounds.sum) }
        return WeightFit(bounds: bounds, anchor: anchor, bias: .estimated).model(pairs, strength: 30).offsets
    }
}

extension LearningOutcome {
    /// The chance to be looked at, by position; 1 for the first.
    public var chances: [Double] { positions.map { exp($0) } }
}

/// How much a decision counts so that those whose choice stood low, where few look, are not drowned.
struct Propensity: Sendable {
    private let weights: [Double]
    /// No decision counts more than so many.
    static let most = 10.0

    init(offsets: [Double]) {
        let first = offsets.first ?? 0
        let known = offsets.isEmpty ? Array(repeating: 0, count: PositionBias.positions) : offsets
        weights = known.map { min(Propensity.most, max(1, exp(first - $0))) }
    }

    /// By the highest position of a candidate that was chosen.
    func weight(_ decision: Decision) -> Double {
        let chosen = decision.candidates.filter { $0.fate.wasChosen }.map(\.position).min()
        return chosen.map { weights[PositionBias.slot($0)] } ?? 1
    }
}

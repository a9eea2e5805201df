#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How two profiles would have ordered the lists of the past, with intervals by which noise is called noise.
///
/// The intervals are those of a bootstrap over wishes: what lies between the tails of the draws. The gap between areas, the
/// largest of several means less the smallest, comes out too large in every draw; its interval is the spread of the draws
/// around their own middle, laid around the gap, over draws in which every area has a say.
public struct Backtest: Sendable {
    public var decisions: Int
    public var lines: [Line]
    /// Recall looks at the first so many: the cutoff, or, where no list with a choice that turned out well is longer than
    /// that, half of the longest one.
    public var recallCutoff: Int
    /// Decisions that recall is measured on: those with a choice that turned out well, from a list longer than that.
    public var recalled: Int
    /// How choices of low positions were counted: as asked for, or ``PositionBias/none`` where there were too few choices
    /// to estimate it from.
    public var bias: PositionBias
    /// The chance to be looked at by position that this came to, 1 for the first.
    public var chances: [Double]

    /// One measure of both profiles.
    public struct Line: Sendable, Hashable {
        public var measure: TuningMeasure
        /// Nil where no decision says anything of the measure.
        public var first: Interval?
        public var second: Interval?
        /// The second less the first, from the same draws.
        public var difference: Interval?

        /// What the difference means: nil where there is none to tell.
        public var verdict: Verdict? {
            guard let difference else { return nil }
            if difference.holdsZero { return .noise }
            return (difference.value < 0) == measure.isBetterWhenLess ? .better : .worse
        }
    }

    /// What the second profile is to the first.
    public enum Verdict: String, Sendable, Hashable, Codable { case better, worse, noise }

    /// What is asked of a back-test.
    public struct Options: Sendable {
        /// Lists are judged by their first so many, 1 or more.
        public var cutoff: Int
        public var draws: Int
        public var seed: UInt64
        /// Areas with fewer decisions are left out of the gap between areas.
        public var leastPerArea: Int
        public var bias: PositionBias

        /// - Parameter bias: one that is estimated is estimated once, from the history of the first profile, and counts for
        ///   both.
        public init(
            cutoff: Int = 10, draws: Int = 1000, seed: UInt64 = 1, leastPerArea: Int = 20,
            bias: PositionBias = .standard
        ) {
            self.cutoff = max(1, cutoff)
            self.draws = max(1, draws)
            self.seed = seed
            self.leastPerArea = max(1, leastPerArea)
            self.bias = bias
        }
    }

    /// Replays both profiles over the history, each with the values that are its own.
    ///
    /// - Parameter first, second: a profile, and the history with one value for each of its entries.
    public init(
        _ first: (profile: ScoringProfile, history: DecisionHistory),
        _ second: (profile: ScoringProfile, history: DecisionHistory), options: Options = Options()
    ) {
        var options = options
        let estimated =
            options.bias == .estimated ? PositionBias.offsets(in: first.history, under: first.profile) : nil
        if options.bias == .estimated, estimated == nil { options.bias = .none }
        let offsets = estimated ?? options.bias.offsets ?? []
        let propensity = Propensity(offsets: offsets)
        let recallCutoff = Self.recallCutoff(of: first.history.decisions, cutoff: options.cutoff)
        func figures(_ profile: ScoringProfile, _ history: DecisionHistory) -> [DecisionFigures] {
            let ranker = HistoryOrder(profile)
            return history.decisions.map { decision in
                DecisionFigures(
                    decision, order: ranker.order(decision), cutoff: options.cutoff, recallCutoff: recallCutoff,
                    weight: propensity.weight(decision))
            }
        }
        self.init(
            decisions: first.history.decisions, first: figures(first.profile, first.history),
            second: figures(second.profile, second.history), options: options, recallCutoff: recallCutoff,
            offsets: offsets)
    }

    /// Where most lists are shorter than the cutoff, half of a middle list: recall@10 of the few longer ones would rest on
    /// these alone.
    static func recallCutoff(of decisions: [Decision], cutoff: Int) -> Int {
        let lengths = decisions.filter { $0.candidates.contains { $0.grade > 0 } }.map(\.candidates.count).sorted()
        guard !lengths.isEmpty, 2 * lengths.count(where: { $0 > cutoff }) < lengths.count else { return cutoff }
        return max(1, lengths[lengths.count / 2] / 2)
    }

    init(
        decisions: [Decision], first: [DecisionFigures], second: [DecisionFigures], options: Options, recallCutoff: Int,
        offsets: [Double]
    ) {
        self.decisions = decisions.count
        self.recallCutoff = recallCutoff
        recalled = first.count { $0.tellsRecall }
        bias = options.bias
        chances = offsets.map { exp($0) }
        let areas = AreaIndex(decisions, least: options.leastPerArea)
        let clusters = Clusters(decisions)
        var tables = [ClusterTable(first, clusters, areas), ClusterTable(second, clusters, areas)]
        let whole = tables.map { $0.measures(Array(repeating: 1, count: clusters.count)) }
        var random = TuningRandom(seed: options.seed)
        var draws = TuningMeasure.allCases.map { _ in (first: [Double](), second: [Double](), difference: [Double]()) }
        var times = Array(repeating: 0.0, count: clusters.count)
        if clusters.count > 1 {
            for _ in 0..<options.draws {
                for index in times.indices { times[index] = 0 }
                for _ in times.indices { times[random.below(clusters.count)] += 1 }
                let drawn = tables.map { $0.measures(times) }
                for place in draws.indices {
                    if let value = drawn[0][place] { draws[place].first.append(value) }
                    if let value = drawn[1][place] { draws[place].second.append(value) }
                    if let one = drawn[0][place], let other = drawn[1][place] {
                        draws[place].difference.append(other - one)
                    }
                }
            }
        }
        tables = []
        lines = TuningMeasure.allCases.enumerated().map { place, measure in
            let (one, other) = (whole[0][place], whole[1][place])
            var gap: Double?
            if let one, let other { gap = other - one }
            if measure == .areaGap {
                return Line(
                    measure: measure, first: Interval(value: one, spreadOf: draws[place].first, least: 0),
                    second: Interval(value: other, spreadOf: draws[place].second, least: 0),
                    difference: Interval(value: gap, spreadOf: draws[place].difference))
            }
            return Line(
                measure: measure, first: Interval(value: one, draws: draws[place].first),
                second: Interval(value: other, draws: draws[place].second),
                difference: Interval(value: gap, draws: draws[place].difference))
        }
    }

    public subscript(measure: TuningMeasure) -> Line? { lines.first { $0.measure == measure } }
}

/// Which decisions are drawn together: those of one wish.
struct Clusters: Sendable {
    let ofDecision: [Int]
    let count: Int

    init(_ decisions: [Decision]) {
        var numbers: [String: Int] = [:]
        ofDecision = decisions.map { decision in
            if let number = numbers[decision.wish] { return number }
            numbers[decision.wish] = numbers.count
            return numbers.count - 1
        }
        count = numbers.count
    }
}

/// Areas with enough decisions, by number; −1 for others.
struct AreaIndex: Sendable {
    let ofDecision: [Int]
    let count: Int

    init(_ decisions: [Decision], least: Int) {
        var counts: [String: Int] = [:]
        for decision in decisions { if let area = decision.area { counts[area, default: 0] += 1 } }
        var numbers: [String: Int] = [:]
        for area in counts.keys.sorted() where counts[area, default: 0] >= least { numbers[area] = numbers.count }
        ofDecision = decisions.map { $0.area.flatMap { numbers[$0] } ?? -1 }
        count = numbers.count
    }
}

/// The sums of each cluster, so that a draw is one pass over clusters.
private struct ClusterTable {
    private let parts: [[(sum: Double, count: Double)]]
    private let areaParts: [(cluster: Int, area: Int, sum: Double, count: Double)]
    private let areaCount: Int
    /// Areas of which some decision says something; a draw that misses one of them says nothing of the gap.
    private let spokenAreas: Int

    init(_ figures: [DecisionFigures], _ clusters: Clusters, _ areas: AreaIndex) {
        let empty = Array(repeating: (sum: 0.0, count: 0.0), count: DecisionFigures.ratios.count)
        var parts = Array(repeating: empty, count: clusters.count)
        var areaParts: [(cluster: Int, area: Int, sum: Double, count: Double)] = []
        for (decision, own) in figures.enumerated() {
            let cluster = clusters.ofDecision[decision]
            for measure in empty.indices {
                parts[cluster][measure].sum += own.parts[measure].sum
                parts[cluster][measure].count += own.parts[measure].count
            }
            let area = areas.ofDecision[decision]
            if area >= 0, own.ndcg.count > 0 { areaParts.append((cluster, area, own.ndcg.sum, own.ndcg.count)) }
        }
        self.parts = parts
        self.areaParts = areaParts
        areaCount = areas.count
        spokenAreas = Set(areaParts.map(\.area)).count
    }

    /// One value per measure, each cluster counted so many times; nil where nothing speaks of the measure.
    func measures(_ times: [Double]) -> [Double?] {
        let ratios = DecisionFigures.ratios.count
        var sums = Array(repeating: (sum: 0.0, count: 0.0), count: ratios)
        for cluster in parts.indices where times[cluster] > 0 {
            for measure in 0..<ratios {
                sums[measure].sum += times[cluster] * parts[cluster][measure].sum
                sums[measure].count += times[cluster] * parts[cluster][measure].count
            }
        }
        var byArea = Array(repeating: (sum: 0.0, count: 0.0), count: areaCount)
        for part in areaParts where times[part.cluster] > 0 {
            byArea[part.area].sum += times[part.cluster] * part.sum
            byArea[part.area].count += times[part.cluster] * part.count
        }
        let means = byArea.filter { $0.count > 0 }.map { $0.sum / $0.count }
        let gap: Double? =
            if means.count > 1, means.count == spokenAreas, let most = means.max(), let least = means.min() {
                most - least
            } else { nil }
        return sums.map { $0.count > 0 ? $0.sum / $0.count : nil } + [gap]
    }
}

/// A figure with the range that holds it with 95 % confidence, where nothing else is said.
public struct Interval: Sendable, Hashable, Codable {
    public var value: Double
    public var low: Double
    public var high: Double

    public init(value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// Whether 0 is possible: then the figure, taken as a difference, may be only noise.
    public var holdsZero: Bool { low <= 0 && high >= 0 }

    /// From draws of a bootstrap: what lies between the tails, and the figure itself; nil where nothing was drawn.
    init?(value: Double?, draws: [Double], tail: Double = 0.025) {
        guard let value, let ends = Self.ends(of: draws, tail: tail) else { return nil }
        self.init(value: value, low: min(value, ends.low), high: max(value, ends.high))
    }

    /// From draws of a figure that comes out too large in every draw, such as the largest of several means less the
    /// smallest: how far the draws lie around their own middle, laid around the figure. So the interval holds the figure,
    /// whatever the draws are off by.
    ///
    /// - Parameter least: what the figure cannot be below.
    init?(value: Double?, spreadOf draws: [Double], tail: Double = 0.025, least: Double = -.infinity) {
        guard let value, let ends = Self.ends(of: draws, tail: tail) else { return nil }
        self.init(
            value: value, low: min(value, max(least, value - (ends.middle - ends.low))),
            high: value + (ends.high - ends.middle))
    }

    private static func ends(of draws: [Double], tail: Double) -> (low: Double, middle: Double, high: Double)? {
        guard !draws.isEmpty else { return nil }
        let sorted = draws.sorted()
        let last = Double(sorted.count - 1)
        return (
            sorted[Int((last * tail).rounded(.down))], sorted[sorted.count / 2],
            sorted[Int((last * (1 - tail)).rounded(.up))]
        )
    }

    /// The mean of one number per decision, nil where a decision says nothing, drawing the decisions of one wish
    /// together.
    init?(meanOf values: [Double?], in decisions: [Decision], draws: Int, seed: UInt64, tail: Double = 0.025) {
        let clusters = Clusters(decisions)
        var parts = Array(repeating: (sum: 0.0, count: 0.0), count: clusters.count)
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            parts[clusters.ofDecision[index]].sum += value
            parts[clusters.ofDecision[index]].count += 1
        }
        self.init(ratioOf: parts, draws: draws, seed: seed, tail: tail)
    }

    /// Σ sum ÷ Σ count over clusters, drawn with replacement; nil below two clusters.
    init?(ratioOf parts: [(sum: Double, count: Double)], draws: Int, seed: UInt64, tail: Double = 0.025) {
        guard parts.count > 1 else { return nil }
        let whole = parts.reduce((sum: 0.0, count: 0.0)) { ($0.sum + $1.sum, $0.count + $1.count) }
        var random = TuningRandom(seed: seed)
        var drawn: [Double] = []
        for _ in 0..<draws {
            var (sum, count) = (0.0, 0.0)
            for _ in parts.indices {
                let part = parts[random.below(parts.count)]
                sum += part.sum
                count += part.count
            }
            if count > 0 { drawn.append(sum / count) }
        }
        self.init(value: whole.count > 0 ? whole.sum / whole.count : nil, draws: drawn, tail: tail)
    }
}

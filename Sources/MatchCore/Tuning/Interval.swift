/// A figure with the range that holds it with 95 % confidence.
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

    /// From draws of a bootstrap: the 2.5th and the 97.5th percentile; nil where nothing was drawn.
    init?(value: Double?, draws: [Double]) {
        guard let value, !draws.isEmpty else { return nil }
        let sorted = draws.sorted()
        let last = Double(sorted.count - 1)
        self.init(
            value: value, low: sorted[Int((last * 0.025).rounded(.down))],
            high: sorted[Int((last * 0.975).rounded(.up))])
    }
}

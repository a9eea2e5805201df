/// The total of a pair, and the one division of the contract.
///
/// total = ⌊Σ weight · value ÷ Σ weight⌋ over the scorers that apply. With values to 10⁶, weights to 10⁴ and at
/// most 10⁵ scorers every sum is below 2⁶³.
public struct ScoreTotal: Sendable, Hashable {
    /// Σ weight · value.
    public var sum: Int64
    /// Σ weight.
    public var weight: Int64

    public init(sum: Int64 = 0, weight: Int64 = 0) {
        self.sum = sum
        self.weight = weight
    }

    /// 0…1,000,000; 0 where nothing applies.
    public var value: Int32 { weight == 0 ? 0 : Int32(truncatingIfNeeded: sum / weight) }

    /// No scorer applies, or all weights are 0.
    public var nothingApplies: Bool { weight == 0 }

    public mutating func add(value: Int32, weight: Int32) {
        sum += Int64(value) * Int64(weight)
        self.weight += Int64(weight)
    }
}

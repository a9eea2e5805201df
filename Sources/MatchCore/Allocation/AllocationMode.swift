/// What an allocation of the benchmark format maximises.
public enum AllocationMode: String, CaseIterable, Sendable {
    /// The total score; a wish may stay without an offer at 0.
    case bypass
    /// The number of wishes served, then the total score.
    case max
    /// The served share of the worst served area, then the total score.
    case fair
}

/// One offer that could serve a wish, and what that would be worth.
///
/// Eight bytes, so that a row of 32 candidates is four cache lines and a solver reads a million rows at memory speed.
public struct AllocationCandidate: Hashable, Sendable {
    /// The offer, 0 ..< offers of the instance.
    public var offer: Int32
    /// The worth of the pair, 0 ... ``AllocationInstance/greatestScore``.
    public var score: Int32

    /// Makes a candidate; the instance checks the ranges.
    public init(offer: Int32, score: Int32) {
        self.offer = offer
        self.score = score
    }
}

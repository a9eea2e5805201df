public import MatchCore

/// A suggestion that was shown: a scored pair with its explanation. It holds nothing.
public struct MatchRecord: Sendable, Hashable {
    /// 1 for the best of its wish line.
    public var rank: Int
    public var explanation: Explanation

    public init(rank: Int, explanation: Explanation) {
        self.rank = rank
        self.explanation = explanation
    }
}

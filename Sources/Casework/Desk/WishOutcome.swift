/// How a wish was closed. Only what was fulfilled counts as served.
public enum WishOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// All that was still asked for has arrived.
    case fulfilled
    /// Something has arrived, and the rest will not.
    case partly
    /// Nothing has arrived, and nothing will.
    case unfulfilled
}

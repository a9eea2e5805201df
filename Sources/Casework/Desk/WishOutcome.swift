/// How a wish was closed. Only what was fulfilled counts as served.
public enum WishOutcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// All that was still asked for has arrived.
    case fulfilled
    /// Something has arrived, and the rest will not.
    case partly
    /// Nothing has arrived, and nothing will.
    case unfulfilled
}

extension WishOutcome {
    /// Whether what arrived bears out that a wish is fulfilled: all that is wanted and was not given up, and something.
    ///
    /// Lines that state no quantity say nothing either way.
    public static func isFulfilled(_ lines: [LineState<WishPart>]) -> Bool {
        let stated = lines.filter { $0.total != nil }
        return stated.allSatisfy { $0[.received] >= ($0.total ?? 0) - $0[.cancelled] }
            && (stated.isEmpty || stated.contains { $0[.received] > 0 })
    }
}

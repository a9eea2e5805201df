/// The entries that are written and not yet sealed.
public struct HistoryTail: Hashable, Sendable {
    /// How many there are.
    public let count: Int
    /// How long the oldest has been waiting, in milliseconds; nil when there is none.
    public let oldestAge: Int64?

    /// Sealing is to follow within a second; what waits longer than this shows that no sealer runs.
    public static let longestAge: Int64 = 10_000

    /// - Parameter waiting: when each unsealed entry was written, in any order.
    public init(waiting: [Moment], asOf moment: Moment) {
        count = waiting.count
        oldestAge = waiting.min().map { max(0, moment.milliseconds(since: $0)) }
    }

    /// True when an entry has been waiting for more than ten seconds.
    public var isLate: Bool { oldestAge.map { $0 > Self.longestAge } ?? false }
}

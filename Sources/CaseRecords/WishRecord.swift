public import MatchCore

/// A wish, as the store keeps it.
public struct WishRecord: Sendable, Hashable {
    public var key: RecordKey { features.key }
    public var state: WishState
    /// What the matcher sees; its lines' `quantity` is what the balances have open.
    public var features: Wish
    /// One per line, in the order of the lines.
    public var balances: [WishBalanceRecord]

    public init(state: WishState = .open, features: Wish, balances: [WishBalanceRecord]) {
        self.state = state
        self.features = features
        self.balances = balances
    }

    /// A new wish: all that its lines ask for is open.
    public init(new features: Wish) {
        self.init(features: features, balances: features.lines.map { WishBalanceRecord(wanted: $0.quantity) })
    }
}

public enum WishState: String, Sendable, Hashable, CaseIterable {
    case open
    case closed
}

/// The need of one wish line: wanted = open + reserved + in transit + received + cancelled.
public struct WishBalanceRecord: Sendable, Hashable {
    /// Nil where the request names no quantity.
    public var wanted: Int64?
    public var open: Int64
    public var reserved: Int64 = 0
    public var inTransit: Int64 = 0
    public var received: Int64 = 0
    public var cancelled: Int64 = 0

    /// A new line: all of it is open.
    public init(wanted: Int64?) {
        self.wanted = wanted
        open = wanted ?? 0
    }
}

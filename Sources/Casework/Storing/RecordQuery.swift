public import MatchCore

/// Which records of the registry are wanted, in the order of their ids; what is nil does not matter.
public struct RecordQuery: Hashable, Sendable {
    public var state: String?
    /// The kind of an offer or a party, the lane of a wish.
    public var kind: String?
    /// Codes of the areas in which a wish or an offer lies; an empty list finds nothing.
    public var areas: [String]?
    /// Codes of the categories of which a wish or an offer has a line.
    public var categories: [String]?
    /// Whose offers.
    public var party: RecordID?
    /// Only records whose last step, or that of a claim on them, is not older.
    public var changedSince: Moment?
    /// Only what comes after this one in the order.
    public var after: RecordPlace?
    public var order: RecordOrder
    /// The newest first; in the order of their making alone.
    public var isDescending: Bool

    public init(
        state: String? = nil, kind: String? = nil, areas: [String]? = nil, categories: [String]? = nil,
        party: RecordID? = nil, changedSince: Moment? = nil, after: RecordID? = nil, order: RecordOrder = .created,
        isDescending: Bool = false
    ) {
        self.state = state
        self.kind = kind
        self.areas = areas
        self.categories = categories
        self.party = party
        self.changedSince = changedSince
        self.after = after.map { RecordPlace($0) }
        self.order = order
        self.isDescending = isDescending
    }
}

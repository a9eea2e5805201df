public import MatchCore

/// In which order records come that are asked for page by page. Among equals the oldest comes first.
public enum RecordOrder: String, Sendable, Hashable, CaseIterable {
    /// The oldest first, or the newest.
    case created
    /// Wishes whose answer is due soonest first, and those without a due time last.
    case due
    /// The most urgent wishes first.
    case urgency
    /// Offers that end soonest first, and those without an end last.
    case until
}

/// The place of a record in an order.
public struct RecordPlace: Sendable, Hashable, Comparable {
    /// What the order goes by; the same for all in the order of their making.
    public var value: Int64
    public var id: RecordID

    public init(value: Int64 = 0, _ id: RecordID) {
        self.value = value
        self.id = id
    }

    public static func < (left: RecordPlace, right: RecordPlace) -> Bool {
        (left.value, left.id) < (right.value, right.id)
    }
}

extension RecordOrder {
    /// Where a wish stands in this order.
    public func place(of wish: Wish) -> RecordPlace {
        switch self {
        case .created, .until: RecordPlace(wish.key.id)
        case .due: RecordPlace(value: wish.due?.milliseconds ?? .max, wish.key.id)
        case .urgency:
            RecordPlace(value: Int64(UrgencyGrade.critical.rawValue - wish.urgency.rawValue), wish.key.id)
        }
    }

    /// Where an offer stands in this order.
    public func place(of offer: Offer) -> RecordPlace {
        switch self {
        case .created, .due, .urgency: RecordPlace(offer.key.id)
        case .until: RecordPlace(value: (offer.window?.until).map { Int64($0.number) } ?? .max, offer.key.id)
        }
    }
}

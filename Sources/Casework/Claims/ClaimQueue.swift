public import MatchCore

/// Those who wait for an offer line that is fully claimed, in the order they came.
public struct ClaimQueue: Hashable, Sendable {
    /// One wish line's place in the queue.
    public struct Place: Hashable, Sendable {
        public let id: RecordID
        public let wishLine: RecordID
        /// What it would take, and the least that is of use to it (1…quantity).
        public let quantity: Int64
        public let least: Int64
        public let since: Moment

        /// Throws `quantity` unless 1 ≤ least ≤ quantity.
        public init(id: RecordID, wishLine: RecordID, quantity: Int64, least: Int64, since: Moment) throws {
            guard least > 0, least <= quantity else {
                throw CaseworkError(
                    .quantity, "The least of use is \(least) of \(quantity); it must be 1 to \(quantity).",
                    zhHans: "最低可用数量为 \(least)（申请 \(quantity)），应在 1 至申请数量之间。")
            }
            self.id = id
            self.wishLine = wishLine
            self.quantity = quantity
            self.least = least
            self.since = since
        }

        /// What is still waited for, at the same place, once `served` of it is claimed; nil where nothing is left.
        ///
        /// The least of use has been reached, or whoever decides took less: whatever is missing then is of use.
        public func rest(after served: Int64) throws -> Place? {
            let rest = quantity - max(0, served)
            guard rest > 0 else { return nil }
            return try Place(
                id: id, wishLine: wishLine, quantity: rest, least: served > 0 ? 1 : least, since: since)
        }
    }

    /// First come first; who came at the same moment is told apart by id.
    public private(set) var places: [Place] = []

    public init(_ places: [Place] = []) {
        for place in places { join(place) }
    }

    /// Adds a place; one that is already there changes nothing.
    public mutating func join(_ place: Place) {
        guard !places.contains(where: { $0.id == place.id }) else { return }
        let index = places.firstIndex { ($0.since, $0.id) > (place.since, place.id) } ?? places.endIndex
        places.insert(place, at: index)
    }

    /// Takes a place out of the queue; one that is not there changes nothing.
    public mutating func leave(_ id: RecordID) {
        places.removeAll { $0.id == id }
    }

    /// Says who is served with `available`, and how much each gets; the queue itself stays as it is.
    ///
    /// Nobody is overtaken: when what is left is of no use to the next, it waits for them, so that a large need
    /// is not starved by small ones.
    public func served(with available: Int64) -> [(place: Place, quantity: Int64)] {
        var left = available
        var served: [(place: Place, quantity: Int64)] = []
        for place in places {
            guard left >= place.least else { break }
            let quantity = min(left, place.quantity)
            served.append((place, quantity))
            left -= quantity
        }
        return served
    }

    /// Serves with `available`: who got all leaves, and who got a part waits for the rest at the same place.
    public mutating func serve(with available: Int64) throws -> [(place: Place, quantity: Int64)] {
        let served = served(with: available)
        for (place, quantity) in served {
            leave(place.id)
            if let rest = try place.rest(after: quantity) { join(rest) }
        }
        return served
    }
}

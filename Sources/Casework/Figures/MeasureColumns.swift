public import MatchCore

/// What the figures look at of every wish there ever was, in columns of memory: a server keeps them, so that figures take
/// a pass over a few dozen bytes a wish instead of a reading of the table that grows with the years.
///
/// Counts by the same rule as a store does (``FigureCounts``, ``MeasuredWish``); a test compares the two.
public struct MeasureColumns: Sendable {
    /// Moments in milliseconds; ``never`` for those that are not known.
    private struct Row {
        var since: Int64
        var until: Int64
        var receivedAt: Int64
        var answerDue: Int64
        var answeredAt: Int64
        var deliveryDue: Int64
        var closedAt: Int64
        var endedAt: Int64
        var ratedAt: Int64
        var rating: Int8
        /// Places in the lists of codes.
        var area: Int32
        var lane: Int32
        var channel: Int32
        /// The wish's row before this one in the list; -1 after the last.
        var next: Int32
    }

    private struct Joined {
        let party: Int32
        let wish: Int32
        var at: Int64
    }

    private struct Pair: Hashable {
        let party: Int32
        let wish: Int32
    }

    /// Things by the place at which they stand in a list.
    private struct Places<Thing: Hashable & Sendable>: Sendable {
        var all: [Thing] = []
        private var known: [Thing: Int32] = [:]

        mutating func place(of thing: Thing) -> Int32 {
            if let place = known[thing] { return place }
            let place = Int32(all.count)
            known[thing] = place
            all.append(thing)
            return place
        }
    }

    private static let never = Int64.min
    private static let none: Int32 = -1

    private var rows: [Row] = []
    /// The latest row of each wish, by its place.
    private var first: [Int32] = []
    private var joined: [Joined] = []
    private var joinedPlaces: [Pair: Int] = [:]
    private var wishes = Places<RecordID>()
    private var parties = Places<RecordID>()
    private var codes = Places<Code>()

    public init() {}

    /// Puts the rows of a wish in the place of those it had. A wish never has fewer than it had.
    public mutating func put(_ wish: RecordID, _ told: [ToldMeasures.Row]) {
        let place = Int(wishes.place(of: wish))
        if place == first.count { first.append(Self.none) }
        var free = first[place]
        for row in told {
            let packed = pack(row)
            if free != Self.none {
                let next = rows[Int(free)].next
                rows[Int(free)] = packed
                rows[Int(free)].next = next
                free = next
            } else {
                rows.append(packed)
                rows[rows.count - 1].next = first[place]
                first[place] = Int32(rows.count - 1)
            }
        }
        while free != Self.none {
            rows[Int(free)].since = .max
            free = rows[Int(free)].next
        }
    }

    /// Notes from when on a party takes part in a wish.
    public mutating func join(_ wish: RecordID, _ party: RecordID, at moment: Moment) {
        let pair = Pair(party: parties.place(of: party), wish: wishes.place(of: wish))
        if Int(pair.wish) == first.count { first.append(Self.none) }
        if let place = joinedPlaces[pair] {
            joined[place].at = moment.milliseconds
        } else {
            joinedPlaces[pair] = joined.count
            joined.append(Joined(party: pair.party, wish: pair.wish, at: moment.milliseconds))
        }
    }

    /// The figures of every group of a kind that has a wish, as they were at a moment.
    ///
    /// - Parameter rule: what counts as satisfied.
    public func figures(
        by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule
    ) -> [FigureGroup: Figures] {
        let asOf = moment.milliseconds
        var counts: [FigureCounts?] = []
        func add(_ row: Row, to group: Int32, _ counts: inout [FigureCounts?]) {
            guard row.since <= asOf, row.until > asOf else { return }
            let group = Int(group)
            if group >= counts.count { counts += [FigureCounts?](repeating: nil, count: group + 1 - counts.count) }
            if counts[group] == nil { counts[group] = FigureCounts(asOf: moment, by: rule) }
            counts[group]?.add(Self.wish(row, asOf: moment))
        }
        switch kind {
        case .all: for row in rows { add(row, to: 0, &counts) }
        case .area: for row in rows { add(row, to: row.area, &counts) }
        case .lane: for row in rows { add(row, to: row.lane, &counts) }
        case .channel: for row in rows { add(row, to: row.channel, &counts) }
        case .party:
            for entry in joined where entry.at <= asOf {
                var place = first[Int(entry.wish)]
                while place != Self.none {
                    let row = rows[Int(place)]
                    add(row, to: entry.party, &counts)
                    place = row.next
                }
            }
        }
        var figures: [FigureGroup: Figures] = [:]
        for (place, count) in counts.enumerated() {
            if let count { figures[group(kind, place)] = count.figures }
        }
        return figures
    }

    private func group(_ kind: FigureKind, _ place: Int) -> FigureGroup {
        switch kind {
        case .all: .all
        case .area: .area(codes.all[place])
        case .lane: .lane(codes.all[place])
        case .channel: .channel(codes.all[place])
        case .party: .party(parties.all[place])
        }
    }

    private mutating func pack(_ row: ToldMeasures.Row) -> Row {
        func packed(_ moment: Moment?) -> Int64 { moment?.milliseconds ?? Self.never }
        return Row(
            since: row.since.milliseconds, until: row.until?.milliseconds ?? .max,
            receivedAt: row.receivedAt.milliseconds, answerDue: packed(row.answerDue),
            answeredAt: packed(row.answeredAt), deliveryDue: packed(row.deliveryDue), closedAt: packed(row.closedAt),
            endedAt: packed(row.endedAt), ratedAt: packed(row.ratedAt), rating: Int8(row.rating ?? 0),
            area: codes.place(of: row.area), lane: codes.place(of: row.lane), channel: codes.place(of: row.channel),
            next: Self.none)
    }

    private static func wish(_ row: Row, asOf moment: Moment) -> MeasuredWish {
        func moments(_ packed: Int64) -> Moment? { packed == never ? nil : Moment(milliseconds: packed) }
        return MeasuredWish(
            knownAt: moment, receivedAt: Moment(milliseconds: row.receivedAt), answerDue: moments(row.answerDue),
            answeredAt: moments(row.answeredAt), deliveryDue: moments(row.deliveryDue), closedAt: moments(row.closedAt),
            endedAt: moments(row.endedAt), rating: row.rating == 0 ? nil : Int(row.rating),
            ratedAt: moments(row.ratedAt))
    }
}

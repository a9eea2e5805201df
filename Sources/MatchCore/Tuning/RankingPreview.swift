/// What a draft would change for the open wishes of today: which first places and which first few, for whom.
public struct RankingPreview: Sendable {
    /// How many of the first places are compared.
    public let top: Int
    public private(set) var lines = 0
    /// Wish lines whose first offer is another one.
    public private(set) var topChanged = 0
    /// Wish lines among whose first few an offer came in or went out.
    public private(set) var listChanged = 0
    /// Wish lines that have an offer now, and would have none.
    public private(set) var emptied = 0
    /// Wish lines whose first few are the same in another order, or more.
    public private(set) var orderChanged = 0
    /// The wish lines whose first offer changes, those that the draft thinks the greatest gain first.
    public private(set) var changes: [Change] = []
    /// The wish lines among whose first few an offer came in or went out, those that the draft thinks the greatest gain
    /// first.
    public private(set) var lists: [ListChange] = []
    public private(set) var areas: [String: Group] = [:]
    public private(set) var groups: [String: Group] = [:]
    public private(set) var lanes: [String: Group] = [:]
    public private(set) var parties: [String: Places] = [:]

    /// One wish line whose first offer changes.
    public struct Change: Sendable, Hashable {
        /// Row in the registry's wish columns.
        public var wishRow: Int
        /// Rows in the registry's offer columns; nil for no offer at all.
        public var before: Int?
        public var after: Int?
        /// How much better the new first offer is by the draft's totals; nil where one of them has none.
        public var gainByDraft: Int32?
        /// How much worse it is by the published totals.
        public var lossByPublished: Int32?
        public var metresBefore: Int64?
        public var metresAfter: Int64?

        public init(
            wishRow: Int, before: Int?, after: Int?, gainByDraft: Int32?, lossByPublished: Int32?, metresBefore: Int64?,
            metresAfter: Int64?
        ) {
            self.wishRow = wishRow
            self.before = before
            self.after = after
            self.gainByDraft = gainByDraft
            self.lossByPublished = lossByPublished
            self.metresBefore = metresBefore
            self.metresAfter = metresAfter
        }
    }

    /// One wish line whose first few are not the same offers.
    public struct ListChange: Sendable, Hashable {
        /// Row in the registry's wish columns.
        public var wishRow: Int
        /// By their places under the draft.
        public var cameIn: [Mover]
        /// By their places under the published profile.
        public var left: [Mover]

        public init(wishRow: Int, cameIn: [Mover], left: [Mover]) {
            self.wishRow = wishRow
            self.cameIn = cameIn
            self.left = left
        }

        /// What the list gains by the draft's totals: those that came in less those that left. Nil where the draft
        /// gives one of them no total.
        public var gainByDraft: Int64? { Self.difference(cameIn, left) { $0.byDraft } }
        /// What it loses by the published totals.
        public var lossByPublished: Int64? { Self.difference(left, cameIn) { $0.byPublished } }

        private static func difference(
            _ more: [Mover], _ less: [Mover], _ total: (Mover) -> Int32?
        ) -> Int64? {
            var sum: Int64 = 0
            for (movers, sign) in [(more, Int64(1)), (less, Int64(-1))] {
                for mover in movers {
                    guard let total = total(mover) else { return nil }
                    sum += sign * Int64(total)
                }
            }
            return sum
        }
    }

    /// An offer that came into a list, or left it.
    public struct Mover: Sendable, Hashable {
        /// Row in the registry's offer columns.
        public var row: Int
        /// Its place in the list that it stands in, 1 for the first.
        public var place: Int
        /// Its total under the draft and under the published profile; nil where that one vetoes it.
        public var byDraft: Int32?
        public var byPublished: Int32?

        public init(row: Int, place: Int, byDraft: Int32?, byPublished: Int32?) {
            self.row = row
            self.place = place
            self.byDraft = byDraft
            self.byPublished = byPublished
        }
    }

    /// What changes for the wishes of an area, a group or a lane.
    public struct Group: Sendable, Hashable {
        public var lines = 0
        public var topChanged = 0
        public var listChanged = 0
        /// Wish lines that have an offer now, and would have none.
        public var emptied = 0
        /// Wish lines whose first offer is nearer, and farther; unknown distances are in neither.
        public var nearer = 0
        public var farther = 0
        /// Sum over the changed first offers of the draft's gain and of the published profile's loss, in score units.
        public var gain: Int64 = 0
        public var loss: Int64 = 0
        /// How many have a gain, and a loss: where an offer is ruled out, or there is none, nothing can be told.
        public var gains = 0
        public var losses = 0

        /// Nil where no changed first offer has one.
        public var meanGain: Int64? { gains > 0 ? gain / Int64(gains) : nil }
        public var meanLoss: Int64? { losses > 0 ? loss / Int64(losses) : nil }
    }

    /// How often a party's offers stand first, and among the first few.
    public struct Places: Sendable, Hashable {
        public var firstBefore = 0
        public var firstAfter = 0
        public var listedBefore = 0
        public var listedAfter = 0

        public var gain: Int { firstAfter - firstBefore }
    }

    /// Where the wishes and offers of one line belong.
    public struct Belonging: Sendable {
        public var area: String
        public var groups: [String]
        public var lane: String

        public init(area: String, groups: [String], lane: String) {
            self.area = area
            self.groups = groups
            self.lane = lane
        }
    }

    public init(top: Int) {
        self.top = max(1, top)
    }

    /// Adds one wish line: its first offers under both profiles (rows), and what it means where the first one, or the
    /// list, changes.
    ///
    /// - Parameter party: what the party of an offer's row is called; nil where it has none.
    public mutating func add(
        before: [Int], after: [Int], belonging: Belonging, change: Change?, list: ListChange? = nil,
        party: (Int) -> String?
    ) {
        lines += 1
        let (old, new) = (before.prefix(top), after.prefix(top))
        let isTopChanged = old.first != new.first
        let isListChanged = Set(old) != Set(new)
        if isTopChanged { topChanged += 1 }
        if isListChanged { listChanged += 1 }
        let isEmptied = new.isEmpty && !old.isEmpty
        if isEmptied { emptied += 1 }
        if !old.elementsEqual(new) { orderChanged += 1 }
        if let change, isTopChanged { changes.append(change) }
        if let list, isListChanged { lists.append(list) }
        func note(_ group: inout Group) {
            group.lines += 1
            if isListChanged { group.listChanged += 1 }
            if isEmptied { group.emptied += 1 }
            guard isTopChanged else { return }
            group.topChanged += 1
            if let before = change?.metresBefore, let after = change?.metresAfter {
                if after < before { group.nearer += 1 }
                if after > before { group.farther += 1 }
            }
            if let gain = change?.gainByDraft {
                group.gain += Int64(gain)
                group.gains += 1
            }
            if let loss = change?.lossByPublished {
                group.loss += Int64(loss)
                group.losses += 1
            }
        }
        note(&areas[belonging.area, default: Group()])
        note(&lanes[belonging.lane, default: Group()])
        for group in belonging.groups { note(&groups[group, default: Group()]) }
        for (rows, isAfter) in [(old, false), (new, true)] {
            for (place, row) in rows.enumerated() {
                guard let name = party(row) else { continue }
                var places = parties[name, default: Places()]
                if isAfter { places.listedAfter += 1 } else { places.listedBefore += 1 }
                if place == 0 { if isAfter { places.firstAfter += 1 } else { places.firstBefore += 1 } }
                parties[name] = places
            }
        }
    }

    /// Puts the changes in order: by the draft's gain, then by row.
    public mutating func sortChanges() {
        changes.sort {
            let (one, other) = ($0.gainByDraft ?? -1, $1.gainByDraft ?? -1)
            return one != other ? one > other : $0.wishRow < $1.wishRow
        }
        lists.sort {
            let (one, other) = ($0.gainByDraft ?? .min, $1.gainByDraft ?? .min)
            return one != other ? one > other : $0.wishRow < $1.wishRow
        }
    }
}

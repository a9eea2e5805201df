/// Distances that somebody measured or drove, which win over the great circle.
public struct DistanceTable: Sendable {
    /// What it means that a pair is not in the table although its offer is.
    public enum Missing: String, Sendable, Hashable {
        /// Nothing: the great circle decides, if both places are known.
        case unknown
        /// The pair is at least as far as the farthest one listed for that offer.
        case farther
    }

    public struct Row: Sendable, Hashable {
        public var offer: RecordID
        public var wish: RecordID
        /// 0…2,000,000,000.
        public var centimetres: Int32
        public var missing: Missing

        public init(offer: RecordID, wish: RecordID, centimetres: Int32, missing: Missing) {
            self.offer = offer
            self.wish = wish
            self.centimetres = centimetres
            self.missing = missing
        }
    }

    /// For each offer (by record number): where its pairs begin in `wishes` and `centimetres`; one more at the end.
    let starts: [Int32]
    /// Record numbers of wishes, ascending within an offer.
    let wishes: [Int32]
    let centimetres: [Int32]
    /// For each offer: centimetres that stand for a missing pair; −1 where a missing pair says nothing.
    let fallback: [Int32]
    /// The same pairs by wish: where those of each wish begin in `offersByWish`, by record number.
    private let wishStarts: [Int32]
    private let offersByWish: [Int32]
    private let centimetresByWish: [Int32]

    /// What the table was made of, with the pairs of records that the snapshot does not have.
    let rows: [Row]

    public var isEmpty: Bool { wishes.isEmpty }

    init(
        offerCount: Int, pairs: [(offer: Int32, wish: Int32, centimetres: Int32, missing: Missing)], rows: [Row]
    ) {
        self.rows = rows
        let sorted = pairs.sorted { ($0.offer, $0.wish, $0.centimetres) < ($1.offer, $1.wish, $1.centimetres) }
        var starts = Array(repeating: Int32(0), count: offerCount + 1)
        var fallback = Array(repeating: Int32(-1), count: offerCount)
        var wishes: [Int32] = []
        var centimetres: [Int32] = []
        var last: (offer: Int32, wish: Int32)?
        for pair in sorted {
            if pair.missing == .farther {
                fallback[Int(pair.offer)] = max(fallback[Int(pair.offer)], pair.centimetres)
            }
            if let last, last == (pair.offer, pair.wish) { continue }
            last = (pair.offer, pair.wish)
            starts[Int(pair.offer) + 1] += 1
            wishes.append(pair.wish)
            centimetres.append(pair.centimetres)
        }
        for offer in 0..<offerCount { starts[offer + 1] += starts[offer] }
        self.starts = starts
        self.fallback = fallback
        self.wishes = wishes
        self.centimetres = centimetres
        let wishCount = Int(wishes.max() ?? -1) + 1
        var wishStarts = Array(repeating: Int32(0), count: wishCount + 1)
        for wish in wishes { wishStarts[Int(wish) + 1] += 1 }
        for wish in 0..<wishCount { wishStarts[wish + 1] += wishStarts[wish] }
        var next = wishStarts
        var offersByWish = Array(repeating: Int32(0), count: wishes.count)
        var centimetresByWish = offersByWish
        for offer in 0..<offerCount {
            for pair in Int(starts[offer])..<Int(starts[offer + 1]) {
                let place = Int(next[Int(wishes[pair])])
                next[Int(wishes[pair])] += 1
                offersByWish[place] = Int32(offer)
                centimetresByWish[place] = centimetres[pair]
            }
        }
        self.wishStarts = wishStarts
        self.offersByWish = offersByWish
        self.centimetresByWish = centimetresByWish
    }

    /// Whether any pair of the offer, by its record number, is listed.
    public func lists(offer: Int32) -> Bool {
        Int(offer) < starts.count - 1 && starts[Int(offer)] < starts[Int(offer) + 1]
    }

    /// Centimetres that stand for a pair of the offer that is not listed; nil where its absence says nothing.
    public func farthest(offer: Int32) -> Int32? {
        Int(offer) < fallback.count && fallback[Int(offer)] >= 0 ? fallback[Int(offer)] : nil
    }

    /// What the table says of one wish: centimetres for each offer by record number, −1 where it says nothing; nil
    /// where there is no table.
    public func overrides(wish: Int32) -> Column<Int32>? {
        guard !isEmpty else { return nil }
        var centimetres = fallback
        if Int(wish) < wishStarts.count - 1 {
            for pair in Int(wishStarts[Int(wish)])..<Int(wishStarts[Int(wish) + 1]) {
                centimetres[Int(offersByWish[pair])] = centimetresByWish[pair]
            }
        }
        return Column(centimetres)
    }

    /// The listed distance of a pair, by record numbers; nil where the pair is not listed.
    public func listed(offer: Int32, wish: Int32) -> Int32? {
        guard Int(offer) < starts.count - 1 else { return nil }
        var low = Int(starts[Int(offer)])
        var high = Int(starts[Int(offer) + 1])
        while low < high {
            let middle = (low + high) / 2
            if wishes[middle] < wish { low = middle + 1 } else { high = middle }
        }
        return low < Int(starts[Int(offer) + 1]) && wishes[low] == wish ? centimetres[low] : nil
    }
}

/// A plan in the making: who sits on which offer, and what a unit of each offer costs.
///
/// The columns are raw memory because the solver's inner loops touch them tens of millions of times. What makes that
/// safe: every column is allocated here with the length its comment names and freed in `deinit`; indices come only from
/// a checked ``AllocationInstance`` (offers and rows) or from entries written here; the plan never leaves the solver.
final class WorkingPlan {
    /// One unit of an offer that a wish holds.
    struct Seat {
        /// What the holder bid; meaningful only during the auction.
        var bid: Int32
        var wish: Int32
    }

    static let nobody: Int32 = -1

    let wishCount: Int
    let offerCount: Int
    /// The order that wishes and offers stand in here; it owns the rows and candidates and lives as long as the plan.
    let order: NeighbourOrder
    let rowStart: UnsafePointer<Int32>
    let rowEnd: UnsafePointer<Int32>
    let candidates: UnsafePointer<AllocationCandidate>
    /// For each offer the price of a unit, 0 ... greatest score.
    let price: UnsafeMutablePointer<Int32>
    /// For each offer where its seats begin; offerCount + 1 entries. An offer has as many seats as units, but where all
    /// units are more than two for each wish, not more than it has candidates.
    let seatStart: UnsafeMutablePointer<Int32>
    /// For each offer how many of its seats are taken; they are the first ones.
    let taken: UnsafeMutablePointer<Int32>
    /// All seats, offer after offer.
    let seats: UnsafeMutablePointer<Seat>
    /// For each wish the offer it holds, or `nobody`.
    let mate: UnsafeMutablePointer<Int32>
    /// For each wish the score of the pair it holds; 0 without one.
    let mateScore: UnsafeMutablePointer<Int32>

    /// Starts an empty plan with all prices 0.
    ///
    /// - Parameter spareSeats: How many more candidates per offer may come later.
    init(_ order: NeighbourOrder, capacities: [Int32], spareSeats: Int32 = 0) {
        self.order = order
        wishCount = order.wishCount
        offerCount = order.offerCount
        rowStart = UnsafePointer(order.rowStart)
        rowEnd = UnsafePointer(order.rowEnd)
        candidates = UnsafePointer(order.candidates)
        price = .allocate(capacity: offerCount + 1)
        seatStart = .allocate(capacity: offerCount + 2)
        taken = .allocate(capacity: offerCount + 1)
        mate = .allocate(capacity: wishCount + 1)
        mateScore = .allocate(capacity: wishCount + 1)
        price.initialize(repeating: 0, count: offerCount + 1)
        taken.initialize(repeating: 0, count: offerCount + 1)
        seatStart.initialize(repeating: 0, count: offerCount + 2)
        mate.initialize(repeating: Self.nobody, count: wishCount + 1)
        mateScore.initialize(repeating: 0, count: wishCount + 1)
        // Where there are many more units than wishes, an offer has no more seats than candidates; to count those takes a
        // pass over all of them.
        let isCounted = capacities.reduce(0) { $0 &+ Int($1) } > 2 &* wishCount
        for wish in 0..<(isCounted ? wishCount : 0) {
            for index in Int(rowStart[wish])..<Int(rowEnd[wish]) { seatStart[Int(candidates[index].offer) &+ 1] &+= 1 }
        }
        for offer in 0..<offerCount {
            let capacity = capacities[Int(order.offers[offer])]
            let limit = isCounted ? min(seatStart[offer + 1] &+ spareSeats, capacity) : capacity
            seatStart[offer + 1] = seatStart[offer] &+ limit
            // An offer without capacity costs nothing to price out of reach.
            if capacity == 0 { price[offer] = AllocationInstance.greatestScore }
        }
        let seatCount = Int(seatStart[offerCount])
        seats = .allocate(capacity: seatCount + 1)
        seats.initialize(repeating: Seat(bid: 0, wish: Self.nobody), count: seatCount + 1)
    }

    deinit {
        price.deallocate()
        seatStart.deallocate()
        taken.deallocate()
        seats.deallocate()
        mate.deallocate()
        mateScore.deallocate()
    }

    /// Where the candidates of a wish stand.
    @inline(__always)
    func row(_ wish: Int) -> Range<Int> {
        // The order writes no end before its start, so the range needs no check.
        Range(uncheckedBounds: (Int(rowStart[wish]), Int(rowEnd[wish])))
    }

    /// How many seats the offer has.
    @inline(__always)
    func seatLimit(_ offer: Int) -> Int32 { seatStart[offer &+ 1] &- seatStart[offer] }

    /// Gives a free seat of the offer to the wish.
    @inline(__always)
    func seat(_ wish: Int32, on offer: Int, score: Int32) {
        seats[Int(seatStart[offer] &+ taken[offer])].wish = wish
        taken[offer] &+= 1
        mate[Int(wish)] = Int32(truncatingIfNeeded: offer)
        mateScore[Int(wish)] = score
    }

    /// Frees the seat of a wish that holds one.
    func unseat(_ wish: Int32) {
        let offer = Int(mate[Int(wish)])
        let first = Int(seatStart[offer])
        let last = first + Int(taken[offer]) - 1
        var index = first
        while seats[index].wish != wish { index &+= 1 }
        seats[index].wish = seats[last].wish
        taken[offer] &-= 1
        mate[Int(wish)] = Self.nobody
        mateScore[Int(wish)] = 0
    }

    /// Puts `wish` on the seat that `former` holds.
    @inline(__always)
    func replace(_ former: Int32, by wish: Int32, on offer: Int, score: Int32) {
        var index = Int(seatStart[offer])
        while seats[index].wish != former { index &+= 1 }
        seats[index].wish = wish
        mate[Int(wish)] = Int32(truncatingIfNeeded: offer)
        mateScore[Int(wish)] = score
    }
}

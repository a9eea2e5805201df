internal import CPrefetch

/// The wishes by the offer that each likes best, in their own order, with where their rows stand.
///
/// Lists side by side: one that leads from wish to wish would make each read wait for the one before it. Raw memory for
/// the reasons given at ``WorkingPlan``; written only during `init`.
final class FavouriteLists {
    /// A wish and its row in the instance.
    struct Fan {
        var wish: Int32
        var rowStart: Int32
        var rowEnd: Int32
    }

    /// Wishes without candidates.
    let without: [Int32]
    /// Where the list of each offer begins; offers + 2 entries, the last of no use once the lists are made.
    private let start: UnsafeMutablePointer<Int32>
    /// One entry for each wish with candidates.
    private let fans: UnsafeMutablePointer<Fan>

    init(
        _ rows: UnsafeBufferPointer<Int32>, _ candidates: UnsafeBufferPointer<AllocationCandidate>, wishCount: Int,
        offerCount: Int
    ) {
        let start = UnsafeMutablePointer<Int32>.allocate(capacity: offerCount + 2)
        let fans = UnsafeMutablePointer<Fan>.allocate(capacity: wishCount + 1)
        start.initialize(repeating: 0, count: offerCount + 2)
        var without: [Int32] = []
        var favourites = [Int32](repeating: 0, count: wishCount)
        for wish in 0..<wishCount {
            if rows[wish] == rows[wish &+ 1] {
                without.append(Int32(truncatingIfNeeded: wish))
            } else {
                favourites[wish] = candidates[Int(rows[wish])].offer
                start[Int(favourites[wish]) &+ 2] &+= 1
            }
        }
        for offer in 0..<offerCount { start[offer &+ 2] &+= start[offer &+ 1] }
        // start[o + 1] is the next free place of offer o here, and ends as the start of o + 1.
        for wish in 0..<wishCount where rows[wish] < rows[wish &+ 1] {
            let slot = Int(favourites[wish]) &+ 1
            (fans + Int(start[slot])).initialize(
                to: Fan(wish: Int32(truncatingIfNeeded: wish), rowStart: rows[wish], rowEnd: rows[wish &+ 1]))
            start[slot] &+= 1
        }
        self.start = start
        self.fans = fans
        self.without = without
    }

    deinit {
        start.deallocate()
        fans.deallocate()
    }

    /// The wishes that like the offer best.
    @inline(__always)
    func fans(of offer: Int) -> UnsafeBufferPointer<Fan> {
        UnsafeBufferPointer(start: fans + Int(start[offer]), count: Int(start[offer &+ 1] &- start[offer]))
    }

    /// Has the place of an offer's list fetched, which ``fetchList(of:)`` will read.
    @inline(__always)
    func fetchPlace(of offer: Int) { almoner_prefetch(start + offer) }

    /// Has an offer's list fetched, which will be read soon.
    @inline(__always)
    func fetchList(of offer: Int) { almoner_prefetch(fans + Int(start[offer])) }
}

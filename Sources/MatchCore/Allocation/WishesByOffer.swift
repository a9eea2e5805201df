internal import CPrefetch

/// The candidates seen from the offers: for each offer the wishes it could serve, all of them or those within reach.
///
/// What a wish lacks at an offer is how far the offer's price would have to fall before the wish gained there as much as
/// it does where it is. A search that lowers prices mostly ends after a small fall, and most wishes lack more: lists of
/// those that lack less than `reach` take a fifth of the memory. The search asks ``certainty(of:at:price:)`` how far they
/// suffice. They hold while prices only fall; where wishes change, all are listed.
///
/// A long list is sorted by score when it is first asked for: an offer that tens of thousands want is asked often, and
/// then only the head of its list matters. Short lists are read once or twice and faster than sorted, except where a
/// session keeps all of them.
final class WishesByOffer {
    struct Entry {
        var wish: Int32
        var score: Int32
    }

    private static let shortList = 512

    private let start: UnsafeMutablePointer<Int32>
    private let entries: UnsafeMutablePointer<Entry>
    private var sorted: [Bool]
    /// Entries that came later, as a linked list of bundles per offer; -1 ends a list. `bundleRoom` bundles,
    /// `bundleCount` written.
    private var bundles: UnsafeMutablePointer<Bundle>
    private var bundleRoom = 0
    private var bundleCount = 0
    private let newestBundle: UnsafeMutablePointer<Int32>
    /// For each wish whether its row was replaced, so that entries of it may be out of date.
    private let replaced: UnsafeMutablePointer<Bool>
    /// How many entries came later; searches slow down as they grow.
    private(set) var laterCount = 0
    /// What every wish that is left out lacked at least when the lists were made; nil where none is left out.
    let reach: Int32?
    /// The prices of that time, one for each offer; empty where no wish is left out.
    private let prices: [Int32]

    /// Seven entries of one offer and what came before them, as long as a cache line, since a list of single entries
    /// makes each of them wait for the one before.
    private struct Bundle {
        static let size: Int32 = 7

        var former: Int32
        var count: Int32
        var entries: (Entry, Entry, Entry, Entry, Entry, Entry, Entry)

        init(_ entry: Entry, after former: Int32) {
            self.former = former
            count = 1
            entries = (entry, entry, entry, entry, entry, entry, entry)
        }
    }

    /// Turns the rows of the plan around; two passes over all candidates.
    ///
    /// - Parameter reach: Leaves out wishes that lack this much or more; nil for none, and every list in order.
    init(_ plan: WorkingPlan, reach: Int32?) {
        let offers = plan.offerCount
        self.reach = reach
        prices = reach == nil ? [] : Array(UnsafeBufferPointer(start: plan.price, count: offers))
        start = .allocate(capacity: offers + 2)
        sorted = [Bool](repeating: false, count: offers)
        bundles = .allocate(capacity: 1)
        newestBundle = .allocate(capacity: offers + 1)
        replaced = .allocate(capacity: plan.wishCount + 1)
        newestBundle.initialize(repeating: -1, count: offers + 1)
        replaced.initialize(repeating: false, count: plan.wishCount + 1)
        start.initialize(repeating: 0, count: offers + 2)
        let start = start
        Self.forEachPair(of: plan, reach: reach) { _, candidate in start[Int(candidate.offer) &+ 2] &+= 1 }
        for offer in 0..<offers { start[offer &+ 2] &+= start[offer &+ 1] }
        entries = .allocate(capacity: Int(start[offers &+ 1]) + 1)
        MemoryAdvice.useLargePages(entries, bytes: Int(start[offers &+ 1]) * MemoryLayout<Entry>.stride)
        // start[o + 1] is the next free place of offer o while the entries are placed, and ends as the start of o + 1.
        let entries = entries
        Self.forEachPair(of: plan, reach: reach) { wish, candidate in
            let slot = Int(candidate.offer) &+ 1
            (entries + Int(start[slot])).initialize(
                to: Entry(wish: Int32(truncatingIfNeeded: wish), score: candidate.score))
            start[slot] &+= 1
        }
        if reach == nil { for offer in 0..<offers { putInOrder(offer) } }
    }

    @inline(__always)
    private static func forEachPair(
        of plan: WorkingPlan, reach: Int32?, _ body: (_ wish: Int, AllocationCandidate) -> Void
    ) {
        let (candidates, price) = (plan.candidates, plan.price)
        for wish in 0..<plan.wishCount {
            guard let reach else {
                for index in plan.row(wish) { body(wish, candidates[index]) }
                continue
            }
            let mate = plan.mate[wish]
            let near = reach &- (mate < 0 ? 0 : plan.mateScore[wish] &- price[Int(mate)])
            for index in plan.row(wish) {
                let candidate = candidates[index]
                if price[Int(candidate.offer)] &- candidate.score < near { body(wish, candidate) }
            }
        }
    }

    /// A search that has come to an offer `at` a distance knows every exchange there that is nearer than this.
    ///
    /// A wish that is left out lacks less than it did by what the offer's price has fallen; where it is, it gains no less
    /// than it did, since no price rises while such lists are in use.
    @inline(__always)
    func certainty(of offer: Int, at: Int32, price: Int32) -> Int32 {
        guard let reach else { return .max }
        return at &+ reach &- (prices[offer] &- price)
    }

    deinit {
        start.deallocate()
        entries.deallocate()
        bundles.deallocate()
        newestBundle.deallocate()
        replaced.deallocate()
    }

    /// Takes up the new row of a wish. Entries of its former row stay, and are out of date.
    func add(_ row: [AllocationCandidate], of wish: Int32) {
        replaced[Int(wish)] = true
        // At worst each begins a bundle of its own.
        if bundleCount + row.count > bundleRoom { grow(to: max(1_024, 2 * (bundleCount + row.count))) }
        let (bundles, newestBundle) = (bundles, newestBundle)
        var made = bundleCount
        for candidate in row {
            let entry = Entry(wish: wish, score: candidate.score)
            let newest = newestBundle[Int(candidate.offer)]
            if newest >= 0, bundles[Int(newest)].count < Bundle.size {
                Self.entries(of: bundles + Int(newest))[Int(bundles[Int(newest)].count)] = entry
                bundles[Int(newest)].count &+= 1
            } else {
                (bundles + made).initialize(to: Bundle(entry, after: newest))
                newestBundle[Int(candidate.offer)] = Int32(truncatingIfNeeded: made)
                made &+= 1
            }
        }
        bundleCount = made
        laterCount += row.count
    }

    /// The entries of a bundle, `Bundle.size` of them.
    @inline(__always)
    private static func entries(of bundle: UnsafeMutablePointer<Bundle>) -> UnsafeMutablePointer<Entry> {
        UnsafeMutableRawPointer(bundle).advanced(by: 8).assumingMemoryBound(to: Entry.self)
    }

    private func grow(to room: Int) {
        let wider = UnsafeMutablePointer<Bundle>.allocate(capacity: room)
        wider.moveInitialize(from: bundles, count: bundleCount)
        bundles.deallocate()
        bundles = wider
        bundleRoom = room
    }

    /// Whether the row of a wish may differ from the entries that name it.
    @inline(__always)
    func isReplaced(_ wish: Int32) -> Bool { replaced[Int(wish)] }

    /// Calls `body` with each entry of the offer that came later, in no order.
    @inline(__always)
    func forEachLater(of offer: Int, _ body: (Entry) -> Void) {
        var index = newestBundle[offer]
        while index >= 0 {
            let bundle = bundles + Int(index)
            let entries = Self.entries(of: bundle)
            for place in 0..<Int(bundle.pointee.count) { body(entries[place]) }
            index = bundle.pointee.former
        }
    }

    /// Has the head of an offer's list fetched, which a search will read soon.
    @inline(__always)
    func fetch(_ offer: Int) {
        let first = entries + Int(start[offer])
        almoner_prefetch(first)
        almoner_prefetch(first + 8)
    }

    /// The wishes that name the offer, without those that came later.
    ///
    /// - Returns: the entries, and whether the best score comes first.
    func wishes(of offer: Int) -> (entries: UnsafeMutableBufferPointer<Entry>, inOrder: Bool) {
        let list = list(of: offer)
        if sorted[offer] { return (list, true) }
        guard list.count > Self.shortList else { return (list, false) }
        putInOrder(offer)
        return (list, true)
    }

    private func putInOrder(_ offer: Int) {
        var list = list(of: offer)
        list.sort { $0.score != $1.score ? $0.score > $1.score : $0.wish < $1.wish }
        sorted[offer] = true
    }

    private func list(of offer: Int) -> UnsafeMutableBufferPointer<Entry> {
        UnsafeMutableBufferPointer(
            start: entries + Int(start[offer]), count: Int(start[offer &+ 1] &- start[offer]))
    }
}

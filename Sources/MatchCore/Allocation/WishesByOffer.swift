internal import CPrefetch

/// The candidates seen from the offers: for each offer the wishes it could serve, all of them or those within reach.
///
/// What a wish lacks at an offer is how far the offer's price would have to fall before the wish gained there as much as
/// it does where it is. A search that lowers prices mostly ends after a small fall, and most wishes lack more: lists of
/// those that lack less than `reach` take a fifth of the memory. The search asks ``certainty(of:at:price:)`` how far they
/// suffice. They hold while prices only fall; where wishes change, all are listed. Within a list those that lack little
/// come first, since most searches end before they need the others: measured at 1,000,000 × 32, a third of their time.
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
    /// What the first entries of a list lack at most, as a part of the reach. Measured: 1/3 to 1/12 differ little.
    private static let nearPart: Int32 = 6

    /// What a search asks of an offer's list, in one record, since it comes to an offer that lies anywhere.
    private struct Head {
        /// Where the list begins; it ends where that of the next offer does.
        var start: Int32
        /// Where the entries that lack less than `nearness` end. The others follow.
        var nearEnd: Int32
        /// The price of the offer when the lists were made.
        var price: Int32
        /// The last bundle of entries that came later; -1 for none.
        var newestBundle: Int32
    }

    /// One for each offer, and one more where the last list ends.
    private let heads: UnsafeMutablePointer<Head>
    private let nearness: Int32
    private let entries: UnsafeMutablePointer<Entry>
    /// For each offer whether its list was put in order.
    private var sorted: [Bool]
    /// Entries that came later, as a linked list of bundles per offer; -1 ends a list. `bundleRoom` bundles,
    /// `bundleCount` written.
    private var bundles: UnsafeMutablePointer<Bundle>
    private var bundleRoom = 0
    private var bundleCount = 0
    /// For each wish whether its row was replaced, so that entries of it may be out of date.
    private let replaced: UnsafeMutablePointer<Bool>
    /// How many entries came later; searches slow down as they grow.
    private(set) var laterCount = 0
    /// What every wish that is left out lacked at least when the lists were made; nil where none is left out.
    let reach: Int32?

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
        nearness = (reach ?? .max) / Self.nearPart
        sorted = [Bool](repeating: reach == nil, count: offers)
        bundles = .allocate(capacity: 1)
        replaced = .allocate(capacity: plan.wishCount + 1)
        replaced.initialize(repeating: false, count: plan.wishCount + 1)
        let farStart = UnsafeMutablePointer<Int32>.allocate(capacity: offers + 1)
        let nearEnd = UnsafeMutablePointer<Int32>.allocate(capacity: offers + 1)
        defer {
            farStart.deallocate()
            nearEnd.deallocate()
        }
        farStart.initialize(repeating: 0, count: offers + 1)
        Self.forEachPair(of: plan, reach: reach) { _, candidate, _ in farStart[Int(candidate.offer)] &+= 1 }
        heads = .allocate(capacity: offers + 1)
        var end: Int32 = 0
        for offer in 0...offers {
            let price = offer < offers ? plan.price[offer] : 0
            (heads + offer).initialize(to: Head(start: end, nearEnd: end, price: price, newestBundle: -1))
            (nearEnd + offer).initialize(to: end)
            end &+= farStart[offer]
            farStart[offer] = end
        }
        entries = .allocate(capacity: Int(end) + 1)
        MemoryAdvice.useLargePages(entries, bytes: Int(end) * MemoryLayout<Entry>.stride)
        // The near entries fill a list from its start, the others from its end; the two meet where the near ones end.
        let (entries, nearness) = (entries, nearness)
        Self.forEachPair(of: plan, reach: reach) { wish, candidate, lack in
            let offer = Int(candidate.offer)
            var place = nearEnd[offer]
            if lack < nearness {
                nearEnd[offer] = place &+ 1
            } else {
                place = farStart[offer] &- 1
                farStart[offer] = place
            }
            (entries + Int(place)).initialize(
                to: Entry(wish: Int32(truncatingIfNeeded: wish), score: candidate.score))
        }
        for offer in 0..<offers { heads[offer].nearEnd = nearEnd[offer] }
        if reach == nil { for offer in 0..<offers { putInOrder(offer) } }
    }

    /// Calls `body` with each pair and what the wish lacks; all pairs, as if they lacked nothing, without a reach.
    @inline(__always)
    private static func forEachPair(
        of plan: WorkingPlan, reach: Int32?, _ body: (_ wish: Int, AllocationCandidate, _ lack: Int32) -> Void
    ) {
        let (candidates, price) = (plan.candidates, plan.price)
        for wish in 0..<plan.wishCount {
            guard let reach else {
                for index in plan.row(wish) { body(wish, candidates[index], 0) }
                continue
            }
            let mate = plan.mate[wish]
            let gain = mate < 0 ? 0 : plan.mateScore[wish] &- price[Int(mate)]
            for index in plan.row(wish) {
                let candidate = candidates[index]
                let lack = price[Int(candidate.offer)] &- candidate.score &+ gain
                if lack < reach { body(wish, candidate, lack) }
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
        return at &+ reach &- (heads[offer].price &- price)
    }

    /// Every exchange there by the entries behind the near ones is at least this far, by the same reasoning.
    @inline(__always)
    func nearCertainty(of offer: Int, at: Int32, price: Int32) -> Int32 {
        guard reach != nil else { return .max }
        return at &+ nearness &- (heads[offer].price &- price)
    }

    deinit {
        heads.deallocate()
        entries.deallocate()
        bundles.deallocate()
        replaced.deallocate()
    }

    /// Takes up the new row of a wish. Entries of its former row stay, and are out of date.
    func add(_ row: [AllocationCandidate], of wish: Int32) {
        replaced[Int(wish)] = true
        // At worst each begins a bundle of its own.
        if bundleCount + row.count > bundleRoom { grow(to: max(1_024, 2 * (bundleCount + row.count))) }
        let (bundles, heads) = (bundles, heads)
        var made = bundleCount
        for candidate in row {
            let entry = Entry(wish: wish, score: candidate.score)
            let newest = heads[Int(candidate.offer)].newestBundle
            if newest >= 0, bundles[Int(newest)].count < Bundle.size {
                Self.entries(of: bundles + Int(newest))[Int(bundles[Int(newest)].count)] = entry
                bundles[Int(newest)].count &+= 1
            } else {
                (bundles + made).initialize(to: Bundle(entry, after: newest))
                heads[Int(candidate.offer)].newestBundle = Int32(truncatingIfNeeded: made)
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
        var index = heads[offer].newestBundle
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
        let first = entries + Int(heads[offer].start)
        almoner_prefetch(first)
        almoner_prefetch(first + 8)
    }

    /// The wishes that name an offer, without those that came later.
    struct Listed {
        /// All of them where they are in order, best score first; else those that lack little.
        var near: UnsafeMutableBufferPointer<Entry>
        /// The others; ``nearCertainty(of:at:price:)`` says when they matter.
        var others: UnsafeMutableBufferPointer<Entry>
        var inOrder: Bool
    }

    /// The wishes that name the offer.
    @inline(__always)
    func wishes(of offer: Int) -> Listed {
        let list = list(of: offer)
        if !sorted[offer], list.count > Self.shortList { putInOrder(offer) }
        let near = sorted[offer] ? list.count : Int(heads[offer].nearEnd &- heads[offer].start)
        return Listed(
            near: .init(rebasing: list[..<near]), others: .init(rebasing: list[near...]), inOrder: sorted[offer])
    }

    private func putInOrder(_ offer: Int) {
        var list = list(of: offer)
        list.sort { $0.score != $1.score ? $0.score > $1.score : $0.wish < $1.wish }
        sorted[offer] = true
    }

    private func list(of offer: Int) -> UnsafeMutableBufferPointer<Entry> {
        UnsafeMutableBufferPointer(
            start: entries + Int(heads[offer].start), count: Int(heads[offer &+ 1].start &- heads[offer].start))
    }
}

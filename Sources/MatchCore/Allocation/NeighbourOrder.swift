internal import CPrefetch

/// An instance rearranged so that wishes that compete stand side by side in memory.
///
/// Wishes arrive in any order, so rivals lie megabytes apart and every bid waits for memory. Here offers are numbered
/// breadth first through the wishes that like them best, and each wish stands with its favourite offer: measured at
/// 100,000 × 32, the auction takes a quarter of the time and the whole solve less than half. The search goes by patches,
/// since the edge of one that grew over a whole city would be longer than the cache: at 1,000,000 × 32 a tenth less time
/// for the auction.
///
/// Raw memory for the reasons given at ``WorkingPlan``; each column is allocated here with the length its comment
/// names, written only during `init`, and freed in `deinit`.
final class NeighbourOrder {
    private static let batchSize = 16
    /// How many offers a patch has. Measured at 1,000,000 × 32: 500 to 4,000 differ little.
    private static let patchSize = 2_000
    /// A patch grows by so many of the best candidates of each wish; by all of them it would fray.
    private static let nearCount = 8

    let wishCount: Int
    let offerCount: Int
    /// For each place in the order the number of the wish in the instance; wishCount entries.
    let wishes: UnsafeMutablePointer<Int32>
    /// For each place in the order the number of the offer in the instance; offerCount entries.
    let offers: UnsafeMutablePointer<Int32>
    /// For each offer of the instance its place in the order; offerCount entries.
    let placeOfOffer: UnsafeMutablePointer<Int32>
    /// Where the row of each wish begins and ends; wishCount entries each.
    let rowStart: UnsafeMutablePointer<Int32>
    let rowEnd: UnsafeMutablePointer<Int32>
    /// Candidates in the new order, offers as places; `room` entries, `used` of them written.
    let candidates: UnsafeMutablePointer<AllocationCandidate>
    private let room: Int
    private var used = 0

    /// - Parameter spare: Room for candidates that ``replaceRow(of:with:)`` adds later.
    init(_ instance: AllocationInstance, spare: Int = 0) {
        wishCount = instance.wishCount
        offerCount = instance.offerCount
        wishes = .allocate(capacity: wishCount + 1)
        offers = .allocate(capacity: offerCount + 1)
        placeOfOffer = .allocate(capacity: offerCount + 1)
        rowStart = .allocate(capacity: wishCount + 1)
        rowEnd = .allocate(capacity: wishCount + 1)
        room = instance.candidates.count + spare
        candidates = .allocate(capacity: room + 1)
        MemoryAdvice.useLargePages(candidates, bytes: room * MemoryLayout<AllocationCandidate>.stride)
        placeOfOffer.initialize(repeating: -1, count: offerCount + 1)
        instance.rowStart.withUnsafeBufferPointer { rows in
            instance.candidates.withUnsafeBufferPointer { all in arrange(rows, all) }
        }
    }

    deinit {
        wishes.deallocate()
        offers.deallocate()
        placeOfOffer.deallocate()
        rowStart.deallocate()
        rowEnd.deallocate()
        candidates.deallocate()
    }

    /// Writes another row for a wish: over the old one where it fits, else behind all rows.
    ///
    /// - Parameter row: Best score first, offers as places.
    /// - Returns: whether there was room.
    func replaceRow(of place: Int, with row: [AllocationCandidate]) -> Bool {
        var start = Int(rowStart[place])
        if row.count > Int(rowEnd[place]) - start {
            guard used + row.count <= room else { return false }
            start = used
            used += row.count
        }
        for (index, candidate) in row.enumerated() { (candidates + start + index).initialize(to: candidate) }
        rowStart[place] = Int32(truncatingIfNeeded: start)
        rowEnd[place] = Int32(truncatingIfNeeded: start + row.count)
        return true
    }

    private func arrange(_ rows: UnsafeBufferPointer<Int32>, _ all: UnsafeBufferPointer<AllocationCandidate>) {
        let favourites = FavouriteLists(rows, all, wishCount: wishCount, offerCount: offerCount)
        var placed = 0
        var numbered = 0
        var edge = 0
        /// Gives an offer its place when it is first seen.
        func place(of offer: Int32) -> Int32 {
            if placeOfOffer[Int(offer)] < 0 {
                placeOfOffer[Int(offer)] = Int32(truncatingIfNeeded: numbered)
                offers[numbered] = offer
                numbered &+= 1
            }
            return placeOfOffer[Int(offer)]
        }
        // For each place the last patch that the offer was put on the list of; `.max` once its wishes are placed.
        var patchOfPlace = [Int32](repeating: 0, count: offerCount)
        var patch: Int32 = 0
        var listed: [Int32] = []
        var leftOver: [Int32] = []
        var batch: [FavouriteLists.Fan] = []
        var coming: [FavouriteLists.Fan] = []
        for start in 0..<offerCount where !favourites.fans(of: start).isEmpty {
            leftOver.append(Int32(truncatingIfNeeded: start))
            // The newest first: what lies around it is still in the cache.
            while let seed = leftOver.popLast() {
                let seedPlace = Int(place(of: seed))
                if patchOfPlace[seedPlace] == .max { continue }
                patch &+= 1
                patchOfPlace[seedPlace] = patch
                listed.removeAll(keepingCapacity: true)
                listed.append(seed)
                var visited = 0
                // Offers are taken by batches. While one is copied, the rows of the next are fetched, and the lists of the
                // one after that: they lie anywhere in memory, and reads that do not wait for one another overlap.
                repeat {
                    coming.removeAll(keepingCapacity: true)
                    let end = min(listed.count, visited &+ Self.batchSize, Self.patchSize)
                    while visited < end {
                        let offer = Int(listed[visited])
                        visited &+= 1
                        patchOfPlace[Int(placeOfOffer[offer])] = .max
                        for fan in favourites.fans(of: offer) {
                            coming.append(fan)
                            fetch(all, from: Int(fan.rowStart), to: Int(fan.rowEnd))
                        }
                    }
                    for index in end..<max(end, min(listed.count, end &+ Self.batchSize)) {
                        favourites.fetchList(of: Int(listed[index]))
                    }
                    for fan in batch {
                        rowStart[placed] = Int32(truncatingIfNeeded: edge)
                        let near = edge &+ Self.nearCount
                        for index in Int(fan.rowStart)..<Int(fan.rowEnd) {
                            let candidate = all[index]
                            let place = place(of: candidate.offer)
                            if edge < near, patchOfPlace[Int(place)] < patch {
                                patchOfPlace[Int(place)] = patch
                                listed.append(candidate.offer)
                                favourites.fetchPlace(of: Int(candidate.offer))
                            }
                            (candidates + edge).initialize(
                                to: AllocationCandidate(offer: place, score: candidate.score))
                            edge &+= 1
                        }
                        wishes[placed] = fan.wish
                        rowEnd[placed] = Int32(truncatingIfNeeded: edge)
                        placed &+= 1
                    }
                    swap(&batch, &coming)
                } while !batch.isEmpty || visited < min(listed.count, Self.patchSize)
                leftOver.append(contentsOf: listed[visited...])
            }
        }
        for wish in favourites.without {
            wishes[placed] = wish
            rowStart[placed] = Int32(truncatingIfNeeded: edge)
            rowEnd[placed] = Int32(truncatingIfNeeded: edge)
            placed += 1
        }
        used = edge
        for offer in 0..<offerCount where placeOfOffer[offer] < 0 {
            placeOfOffer[offer] = Int32(truncatingIfNeeded: numbered)
            offers[numbered] = Int32(truncatingIfNeeded: offer)
            numbered += 1
        }
    }

    /// Asks for every cache line of a row that is not empty.
    @inline(__always)
    private func fetch(_ all: UnsafeBufferPointer<AllocationCandidate>, from start: Int, to end: Int) {
        guard let first = all.baseAddress else { return }
        for index in stride(from: start, to: end, by: 8) { almoner_prefetch(first + index) }
        almoner_prefetch(first + end - 1)
    }
}

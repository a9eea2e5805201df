/// The candidates seen from the offers: for each offer the wishes it could serve.
///
/// A long list is sorted by score when it is first asked for: an offer that tens of thousands want is asked often, and
/// then only the head of its list matters. Short lists are read faster than sorted.
final class WishesByOffer {
    struct Entry {
        var wish: Int32
        var score: Int32
    }

    private static let shortList = 512

    private let start: UnsafeMutablePointer<Int32>
    private let entries: UnsafeMutablePointer<Entry>
    private var sorted: [Bool]
    /// Entries that came later, as a linked list per offer; -1 ends a list. `laterRoom` entries, `laterCount` written.
    private var later: UnsafeMutablePointer<Later>
    private var laterRoom = 0
    private let laterHead: UnsafeMutablePointer<Int32>
    /// For each wish whether its row was replaced, so that entries of it may be out of date.
    private let replaced: UnsafeMutablePointer<Bool>
    /// How many entries came later; searches slow down as they grow.
    private(set) var laterCount = 0

    private struct Later {
        var entry: Entry
        var next: Int32
    }

    /// Turns the rows of the plan around; two passes over all candidates.
    init(_ plan: WorkingPlan) {
        let offers = plan.offerCount
        start = .allocate(capacity: offers + 2)
        sorted = [Bool](repeating: false, count: offers)
        later = .allocate(capacity: 1)
        laterHead = .allocate(capacity: offers + 1)
        replaced = .allocate(capacity: plan.wishCount + 1)
        laterHead.initialize(repeating: -1, count: offers + 1)
        replaced.initialize(repeating: false, count: plan.wishCount + 1)
        start.initialize(repeating: 0, count: offers + 2)
        for wish in 0..<plan.wishCount {
            for index in plan.row(wish) { start[Int(plan.candidates[index].offer) &+ 2] &+= 1 }
        }
        for offer in 0..<offers { start[offer &+ 2] &+= start[offer &+ 1] }
        entries = .allocate(capacity: Int(start[offers &+ 1]) + 1)
        MemoryAdvice.useLargePages(entries, bytes: Int(start[offers &+ 1]) * MemoryLayout<Entry>.stride)
        // start[o + 1] is the next free place of offer o while the entries are placed, and ends as the start of o + 1.
        for wish in 0..<plan.wishCount {
            for index in plan.row(wish) {
                let candidate = plan.candidates[index]
                let slot = Int(candidate.offer) &+ 1
                (entries + Int(start[slot])).initialize(
                    to: Entry(wish: Int32(truncatingIfNeeded: wish), score: candidate.score))
                start[slot] &+= 1
            }
        }
    }

    deinit {
        start.deallocate()
        entries.deallocate()
        later.deallocate()
        laterHead.deallocate()
        replaced.deallocate()
    }

    /// Takes up the new row of a wish. Entries of its former row stay, and are out of date.
    func add(_ row: [AllocationCandidate], of wish: Int32) {
        replaced[Int(wish)] = true
        if laterCount + row.count > laterRoom { grow(to: max(1_024, 2 * (laterCount + row.count))) }
        let (later, laterHead) = (later, laterHead)
        var count = laterCount
        for candidate in row {
            let offer = Int(candidate.offer)
            (later + count).initialize(
                to: Later(entry: Entry(wish: wish, score: candidate.score), next: laterHead[offer]))
            laterHead[offer] = Int32(truncatingIfNeeded: count)
            count &+= 1
        }
        laterCount = count
    }

    private func grow(to room: Int) {
        let wider = UnsafeMutablePointer<Later>.allocate(capacity: room)
        wider.moveInitialize(from: later, count: laterCount)
        later.deallocate()
        later = wider
        laterRoom = room
    }

    /// Whether the row of a wish may differ from the entries that name it.
    @inline(__always)
    func isReplaced(_ wish: Int32) -> Bool { replaced[Int(wish)] }

    /// Calls `body` with each entry of the offer that came later, in no order.
    @inline(__always)
    func forEachLater(of offer: Int, _ body: (Entry) -> Void) {
        var index = laterHead[offer]
        while index >= 0 {
            body(later[Int(index)].entry)
            index = later[Int(index)].next
        }
    }

    /// The wishes that name the offer, without those that came later.
    ///
    /// - Returns: the entries, and whether the best score comes first.
    func wishes(of offer: Int) -> (entries: UnsafeMutableBufferPointer<Entry>, inOrder: Bool) {
        var list = UnsafeMutableBufferPointer(
            start: entries + Int(start[offer]), count: Int(start[offer &+ 1] &- start[offer]))
        guard list.count > Self.shortList else { return (list, false) }
        if !sorted[offer] {
            sorted[offer] = true
            list.sort { $0.score != $1.score ? $0.score > $1.score : $0.wish < $1.wish }
        }
        return (list, true)
    }
}

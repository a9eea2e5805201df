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
    /// Entries that came later, as a linked list per offer; -1 ends a list. Empty until the first comes.
    private var laterHead: [Int32] = []
    private var later: [(entry: Entry, next: Int32)] = []
    /// For each wish whether its row was replaced, so that entries of it may be out of date.
    private var replaced: [Bool] = []

    /// Turns the rows of the plan around; two passes over all candidates.
    init(_ plan: WorkingPlan) {
        let offers = plan.offerCount
        start = .allocate(capacity: offers + 2)
        sorted = [Bool](repeating: false, count: offers)
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
    }

    /// How many entries came later; searches slow down as they grow.
    var laterCount: Int { later.count }
    /// Whether any row was replaced.
    var hasLater: Bool { !replaced.isEmpty }

    /// Takes up the new row of a wish. Entries of its former row stay, and are out of date.
    func add(_ row: [AllocationCandidate], of wish: Int32, in plan: WorkingPlan) {
        if replaced.isEmpty {
            replaced = [Bool](repeating: false, count: plan.wishCount)
            laterHead = [Int32](repeating: -1, count: plan.offerCount)
        }
        replaced[Int(wish)] = true
        for candidate in row {
            later.append((Entry(wish: wish, score: candidate.score), laterHead[Int(candidate.offer)]))
            laterHead[Int(candidate.offer)] = Int32(truncatingIfNeeded: later.count - 1)
        }
    }

    /// Whether the row of a wish may differ from the entries that name it.
    @inline(__always)
    func isReplaced(_ wish: Int32) -> Bool { !replaced.isEmpty && replaced[Int(wish)] }

    /// Calls `body` with each entry of the offer that came later, in no order.
    func forEachLater(of offer: Int, _ body: (Entry) -> Void) {
        guard hasLater else { return }
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

/// The candidates seen from the offers: for each offer the wishes it could serve.
///
/// A list is sorted by score when it is first asked for: few are, but an offer that tens of thousands want is asked
/// often, and then only the head of its list matters.
final class WishesByOffer {
    struct Entry {
        var wish: Int32
        var score: Int32
    }

    private let start: UnsafeMutablePointer<Int32>
    private let entries: UnsafeMutablePointer<Entry>
    private var sorted: [Bool]

    /// Turns the rows of the plan around; two passes over all candidates.
    init(_ plan: WorkingPlan) {
        let offers = plan.offerCount
        let edges = Int(plan.rowStart[plan.wishCount])
        start = .allocate(capacity: offers + 2)
        entries = .allocate(capacity: edges + 1)
        sorted = [Bool](repeating: false, count: offers)
        start.initialize(repeating: 0, count: offers + 2)
        for index in 0..<edges { start[Int(plan.candidates[index].offer) &+ 2] &+= 1 }
        for offer in 0..<offers { start[offer &+ 2] &+= start[offer &+ 1] }
        // start[o + 1] is the next free place of offer o while the entries are placed, and ends as the start of o + 1.
        for wish in 0..<plan.wishCount {
            for index in Int(plan.rowStart[wish])..<Int(plan.rowStart[wish &+ 1]) {
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

    /// The wishes that name the offer, best score first.
    func wishes(of offer: Int) -> UnsafeMutableBufferPointer<Entry> {
        var list = UnsafeMutableBufferPointer(
            start: entries + Int(start[offer]), count: Int(start[offer &+ 1] &- start[offer]))
        if !sorted[offer] {
            sorted[offer] = true
            list.sort { $0.score != $1.score ? $0.score > $1.score : $0.wish < $1.wish }
        }
        return list
    }
}

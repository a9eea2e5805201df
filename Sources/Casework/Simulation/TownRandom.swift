internal import MatchCore

/// The same numbers for the same seed on every machine (SplitMix64). Never for secrets.
struct TownRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// True in `percent` of 100 cases.
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// What is still to happen in the town, the earliest first; what was noted first goes first at the same moment.
struct TownAgenda {
    enum Errand {
        case answer(RecordID), approval(RecordID), match(RecordID), reply(RecordID), dispatch(RecordID)
        case receive(RecordID), confirm(RecordID), rate(RecordID), close(RecordID), giveUp(RecordID)
        case reconsider(RecordID), pause(RecordID), resume(RecordID), moreTime(RecordID), family(RecordID)
    }

    private var heap: [(at: Moment, number: Int, errand: Errand)] = []
    private var count = 0

    var next: Moment? { heap.first?.at }

    mutating func add(_ errand: Errand, at moment: Moment) {
        count += 1
        heap.append((moment, count, errand))
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func take() -> (at: Moment, errand: Errand)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) {
                    least = child
                }
                if least == parent { break }
                heap.swapAt(parent, least)
                parent = least
            }
        }
        return (first.at, first.errand)
    }

    private func isBefore(_ one: Int, _ other: Int) -> Bool {
        (heap[one].at, heap[one].number) < (heap[other].at, heap[other].number)
    }
}

/// Numbers that look random and are the same for the same seed on every machine and with every compiler (SplitMix64).
///
/// Each record has a source of its own, made of the seed, the kind of record and its number, so that a larger city
/// begins with the same records and no record need be kept to make the next. The standard library's `random(in:)` and
/// `shuffled` are not used: how they spend the bits is not promised.
struct CityRandom {
    /// What a source is for.
    enum Stream: UInt64 {
        case deck, names, party, facts, offer, wish, village
    }

    private var state: UInt64

    init(seed: UInt64, _ stream: Stream, _ index: Int = 0) {
        state = CityRandom.mixed(CityRandom.mixed(seed &+ stream.rawValue << 56) &+ UInt64(truncatingIfNeeded: index))
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var bits = value &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    mutating func next() -> UInt64 {
        let value = CityRandom.mixed(state)
        state &+= 0x9E37_79B9_7F4A_7C15
        return value
    }

    /// From 0 to `bound` − 1; `bound` must be positive. The bias of the multiplication is below 2⁻³² here.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(below(Int(range.upperBound - range.lowerBound) + 1))
    }

    /// True in `percent` of 100 cases.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of the elements; the list must not be empty.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// A number around 0, −`most`…`most`, the nearer the likelier.
    mutating func scatter(_ most: Int) -> Int { below(most + 1) - below(most + 1) }
}

/// A list to draw from, some elements more often than others.
struct WeightedList<Element: Sendable>: Sendable {
    private let elements: [Element]
    private let ends: [Int]

    init(_ elements: [(Element, weight: Int)]) {
        let likely = elements.filter { $0.weight > 0 }
        self.elements = likely.map(\.0)
        var total = 0
        ends = likely.map { element in
            total += element.weight
            return total
        }
    }

    var isEmpty: Bool { elements.isEmpty }

    /// One element; the list must not be empty.
    func drawn(by random: inout CityRandom) -> Element {
        let value = random.below(ends[ends.count - 1])
        var low = 0
        var high = ends.count - 1
        while low < high {
            let middle = (low + high) / 2
            if value < ends[middle] { high = middle } else { low = middle + 1 }
        }
        return elements[low]
    }
}

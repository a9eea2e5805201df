/// A random source that gives the same numbers for the same seed on every machine (SplitMix64).
///
/// For tests and generated data, never for secrets.
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }

    /// True in `percent` of 100 cases.
    public mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// One of the elements; the list must not be empty.
    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }

    /// From 0 to `most` different elements, in random order.
    public mutating func some<Element>(of elements: [Element], atMost most: Int) -> [Element] {
        let count = Int.random(in: 0...min(most, elements.count), using: &self)
        return Array(elements.shuffled(using: &self).prefix(count))
    }
}

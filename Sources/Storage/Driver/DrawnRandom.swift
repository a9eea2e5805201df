/// A generator over a source of chance that was handed in.
struct DrawnRandom: RandomNumberGenerator {
    let draw: @Sendable () -> UInt64

    mutating func next() -> UInt64 { draw() }
}

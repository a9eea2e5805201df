/// The value that each part of one whole earns, as ``Score/share(_:of:)`` has it, without a division or a branch: a loop
/// over it is vectorised.
public struct ShareOfWhole: Sendable {
    @usableFromInline let scale: Double
    @usableFromInline let offset: Double

    /// Nil outside 1…100,000,000, where rounding might show.
    @inlinable
    public init?(_ whole: Int64) {
        guard (1...100_000_000).contains(whole) else { return nil }
        // (10⁶ · part + ½) ÷ whole stands at least ½ ÷ whole off every whole number, so less ½ it rounds to the floor;
        // adding 3 · 2⁵¹ rounds, and leaves the number in the low bits.
        scale = 1_000_000 / Double(whole)
        offset = 0.5 / Double(whole) - 0.5
    }

    /// For 0…whole; for other numbers some number, never a trap.
    @inlinable @inline(__always)
    public func value(of part: Int32) -> Int32 {
        Int32(truncatingIfNeeded: ((Double(part) * scale + offset) + 6_755_399_441_055_744).bitPattern)
    }
}

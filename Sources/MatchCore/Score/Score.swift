/// What a scorer says of one pair.
///
/// In a column a score is one Int32: 0…1,000,000 for a value, −1 not known, −2 not applicable, and −16 − code for
/// a veto.
public enum Score: Sendable, Hashable {
    /// 0 (worst) …1,000,000 (best).
    case value(Int32)
    /// Something that the score rests on is missing; the profile's neutral value counts.
    case notKnown
    /// The question does not arise for this pair; the scorer leaves both sums.
    case notApplicable
    /// The pair must not be matched. The code is the index of the veto in the scorer's descriptor.
    case veto(Int32)

    public static let best: Int32 = 1_000_000

    @inlinable
    public init(raw: Int32) {
        switch raw {
        case 0...Score.best: self = .value(raw)
        case -1: self = .notKnown
        case -2: self = .notApplicable
        default: self = .veto(-16 &- raw)
        }
    }

    @inlinable
    public var raw: Int32 {
        switch self {
        case .value(let value): value
        case .notKnown: -1
        case .notApplicable: -2
        case .veto(let code): -16 &- code
        }
    }

    /// The value that a share of `part` in `whole` earns: floor of 10⁶ · part ÷ whole, from 0 to 10⁶.
    ///
    /// Both are at most ``Quantity/greatest``; a whole of 0 or less counts as fully met.
    @inlinable @inline(__always)
    public static func share(_ part: Int64, of whole: Int64) -> Int32 {
        if part >= whole { return best }
        if part <= 0 { return 0 }
        // Dividing in floating point is quicker, and exact here: 10⁶ · part is below 2⁵³, and a quotient that is no
        // whole number lies at least 1 ÷ whole below the next one, far more than half a unit of its last place.
        if whole < 1 << 33 { return Int32(truncatingIfNeeded: Int64(Double(part &* 1_000_000) / Double(whole))) }
        return Int32(truncatingIfNeeded: part &* 1_000_000 / whole)
    }

    /// The value nearest to a fraction, clamped to 0…1; a fraction that is not a number counts as 0.
    @inlinable @inline(__always)
    public static func fraction(_ fraction: Float) -> Int32 {
        // 2²³ + x has x, rounded, in its low bits: a conversion that cannot trap, and that a loop vectorises.
        let shifted = min(1, max(0, fraction)) * 1_000_000 + 8_388_608
        return Int32(truncatingIfNeeded: shifted.bitPattern & 0x7F_FFFF)
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Numbers that look random and are the same for the same seed (SplitMix64).
public struct TuningRandom: Sendable {
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

    /// 0 up to 1, without 1.
    public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// From 0 to `bound` − 1; `bound` must be positive.
    public mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// A draw of the standard Gumbel distribution: added to a utility and maximised it makes a logit choice.
    public mutating func gumbel() -> Double { -log(-log(max(unit(), 0x1p-53))) }
}

import MatchCore

/// exp(−distance ÷ decay) as a score, by arithmetic alone.
///
/// The exponential of the C library differs from one version to the next in its last bits; this one is the same on
/// every machine and for ever, so that a stored score is recomputed exactly, and a loop over it is vectorised.
package struct DecayCurve: Sendable {
    /// 1 ÷ decay, per centimetre.
    private let rate: Float
    /// Whether every distance from 6,671 km on scores 0, so that far ones need not be told apart.
    let isZeroFarAway: Bool

    init(metres: Int64) {
        rate = 1 / Float(metres * 100)
        isZeroFarAway = Score.fraction(Self.exponential(negated: EarthPosition.nearestFarCentimetres * rate)) == 0
    }

    /// 0…1,000,000 for a distance of 0 or more.
    @inline(__always)
    func value(centimetres: Float) -> Int32 {
        Score.fraction(Self.exponential(negated: centimetres * rate))
    }

    /// e to the power −x for x ≥ 0, with a relative error below 2 × 10⁻⁷ up to x = 80; beyond, that of 80 (10⁻³⁵).
    @inline(__always)
    package static func exponential(negated x: Float) -> Float {
        let bounded = min(x, 80)
        // −x = r − n · ln 2 with a whole n ≥ 0 and |r| ≤ ln 2 ÷ 2. Adding 3 · 2²² rounds to a whole number and
        // leaves it in the low bits.
        let shift: Float = 12_582_912
        let shifted = bounded * 1.442_695_04 + shift
        let n = shifted - shift
        // ln 2 in two parts, the first with few enough bits that its product with n is exact.
        let r = (n * 0.693_359_375 - bounded) - n * 2.121_944_4e-4
        // The Taylor series of e to the power r; the next term is below 6 × 10⁻⁹.
        var series: Float = 1 / 5_040
        series = series * r + 1 / 720
        series = series * r + 1 / 120
        series = series * r + 1 / 24
        series = series * r + 1 / 6
        series = series * r + 0.5
        series = series * r + 1
        series = series * r + 1
        // 2 to the power −n, put together from its bits: n is at most 116.
        let exponent = 127 &- (shifted.bitPattern &- shift.bitPattern)
        return series * Float(bitPattern: exponent &<< 23)
    }
}

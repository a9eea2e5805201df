import MatchCore

/// The column that is filled, while it holds distances: the bits of centimetres as 32-bit floating point, below 0
/// where not known.
///
/// Measuring and scoring are two loops. In one, each row would wait for the long chain of operations of the row
/// before it; in two short ones the processor works on several rows at once.
struct DistanceColumn {
    private let base: UnsafeMutablePointer<Int32>
    private let count: Int

    init(_ column: ScoreColumn) {
        base = column.base
        count = column.count
    }

    /// Great-circle distances to the places from row `first` on.
    func measure(from: EarthPosition?, to places: PlaceColumns, first: Int, curve: DecayCurve) {
        let notKnown = Int32(bitPattern: Float(-1).bitPattern)
        guard let from else { return base.update(repeating: notKnown, count: count) }
        let (x, y, z) = (places.x.base + first, places.y.base + first, places.z.base + first)
        // A place that is not known stands in the middle of the Earth.
        if curve.isZeroFarAway {
            for row in 0..<count {
                let (toX, toY, toZ) = (x[row], y[row], z[row])
                let chord = EarthPosition.chord(from.x, from.y, from.z, toX, toY, toZ)
                let bits = Int32(bitPattern: EarthPosition.nearArcCentimetres(chord: chord).bitPattern)
                base[row] = toX | toY | toZ == 0 ? notKnown : bits
            }
        } else {
            for row in 0..<count {
                let (toX, toY, toZ) = (x[row], y[row], z[row])
                let centimetres = EarthPosition.centimetres(from.x, from.y, from.z, toX, toY, toZ)
                let bits = Int32(bitPattern: centimetres.bitPattern)
                base[row] = toX | toY | toZ == 0 ? notKnown : bits
            }
        }
    }

    @inline(__always)
    func set(_ row: Int, centimetres: Float) {
        base[row] = Int32(bitPattern: centimetres.bitPattern)
    }

    /// Turns the distances into scores.
    func score(by curve: DecayCurve) {
        for row in 0..<count {
            let bits = base[row]
            let value = curve.value(centimetres: Float(bitPattern: UInt32(bitPattern: bits)))
            // The sign is the upper bit of the pattern: shifted down it is −1, the raw `.notKnown`, or 0. A branch
            // here would keep the loop from being vectorised.
            base[row] = value | bits >> 31
        }
    }
}

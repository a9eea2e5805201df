#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A point on the unit sphere, each coordinate in units of 2⁻³⁰.
///
/// A unit is 6 mm on the ground. Differences of the whole numbers are exact, so a distance keeps its relative
/// precision down to metres even in 32-bit floating point, and a block of them is computed without sines.
public struct EarthPosition: Sendable, Hashable {
    public var x: Int32
    public var y: Int32
    public var z: Int32

    public init(x: Int32, y: Int32, z: Int32) {
        self.x = x
        self.y = y
        self.z = z
    }

    public init(_ point: GeoPoint) {
        let latitude = point.latitudeDegrees * .pi / 180
        let longitude = point.longitudeDegrees * .pi / 180
        let unit = 1_073_741_824.0
        x = Int32((cos(latitude) * cos(longitude) * unit).rounded())
        y = Int32((cos(latitude) * sin(longitude) * unit).rounded())
        z = Int32((sin(latitude) * unit).rounded())
    }

    /// Great-circle distance on a sphere of radius 6,371 km: a whole number of centimetres, 0…2.002 × 10⁹.
    ///
    /// Arithmetic alone, without branches, tables or traps, so that a loop over columns is vectorised and the
    /// answer is the same on every machine.
    @inlinable @inline(__always)
    public static func centimetres(_ ax: Int32, _ ay: Int32, _ az: Int32, _ bx: Int32, _ by: Int32, _ bz: Int32)
        -> Float
    {
        arcCentimetres(chord: chord(ax, ay, az, bx, by, bz))
    }

    @inlinable
    public func centimetres(to other: EarthPosition) -> Float {
        EarthPosition.centimetres(x, y, z, other.x, other.y, other.z)
    }

    /// The straight line through the unit sphere, 0…2.
    @inlinable @inline(__always)
    public static func chord(_ ax: Int32, _ ay: Int32, _ az: Int32, _ bx: Int32, _ by: Int32, _ bz: Int32) -> Float {
        // At exact antipodes on an axis the difference is 2³¹ and wraps to −2³¹, whose square is the same.
        let dx = Float(ax &- bx)
        let dy = Float(ay &- by)
        let dz = Float(az &- bz)
        let scale: Float = 1 / 1_073_741_824
        return SquareRoot.of(dx * dx + dy * dy + dz * dz) * scale
    }

    /// No chord of more than 1 (an arc of 60°, 6,671.7 km) is as near as this; up to a chord of 1
    /// ``nearArcCentimetres(chord:)`` is exact.
    @inlinable public static var nearestFarCentimetres: Float { 667_000_000 }

    /// The arc that belongs to a chord of the unit sphere (0…2), in whole centimetres.
    @inlinable @inline(__always)
    public static func arcCentimetres(chord: Float) -> Float {
        let half = min(chord, 2) * 0.5
        // Beyond 0.5 through the complement, asin(h) = π/2 − 2·asin(√((1 − h)/2)), so that the series sees at
        // most 0.5.
        let isFar = half > 0.5
        let root = isFar ? SquareRoot.of((1 - half) * 0.5) : half
        let squared = isFar ? (1 - half) * 0.5 : half * half
        let arc = arcSine(root, squared: squared)
        return wholeCentimetres(angle: isFar ? Float.pi / 2 - 2 * arc : arc)
    }

    /// The same as ``arcCentimetres(chord:)`` for a chord up to 1, at half the price; for a longer one a distance
    /// that is too short, and still at least that of a chord of 1.
    @inlinable @inline(__always)
    public static func nearArcCentimetres(chord: Float) -> Float {
        let half = min(chord, 2) * 0.5
        return wholeCentimetres(angle: arcSine(half, squared: half * half))
    }

    /// asin(h) = h + h³/6 + 3h⁵/40 + 15h⁷/336 + …, with an error below 10⁻⁶ up to 0.5.
    @inlinable @inline(__always)
    static func arcSine(_ half: Float, squared: Float) -> Float {
        var series: Float = 0.017_352_764
        series = series * squared + 0.022_372_159
        series = series * squared + 0.030_381_944
        series = series * squared + 0.044_642_857
        series = series * squared + 0.075
        series = series * squared + 0.166_666_67
        return half + half * squared * series
    }

    @inlinable @inline(__always)
    static func wholeCentimetres(angle: Float) -> Float {
        // 2 · 6,371 km in centimetres, as the nearest 32-bit number.
        let diameter: Float = 1_274_200_064
        // Adding and taking away 2²³ rounds to a whole number without leaving floating point.
        return (diameter * angle + 8_388_608) - 8_388_608
    }
}

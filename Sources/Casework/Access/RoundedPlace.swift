public import MatchCore

extension GeoPoint {
    /// Degrees of the cells that places are rounded to, in units of 10⁻⁷: 0.01°, about 1.1 km from south to north.
    public static let cell: Int32 = 100_000

    /// The middle of the cell that the point lies in: the same each time, so that asking often tells nothing more.
    public var rounded: GeoPoint {
        var point = self
        point.latitude = Self.middle(latitude, most: 900_000_000)
        point.longitude = Self.middle(longitude, most: 1_800_000_000)
        return point
    }

    private static func middle(_ value: Int32, most: Int32) -> Int32 {
        // Euclid's: cells are of one size on both sides of 0. The last cell lies inside the range.
        let number = (value >= 0 ? value : value - (cell - 1)) / cell
        return max(-most, min(number * cell + cell / 2, most - cell / 2))
    }
}

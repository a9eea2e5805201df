internal import MatchCore

/// A town, street or park of the generated city.
struct Town: Sendable {
    var area: String
    var centre: GeoPoint
    /// How far from the centre people live, in metres.
    var radius: Int
    /// How often somebody here speaks Hakka at home.
    var hakkaPercent: Int
    var villages: [Village]

    struct Village: Sendable {
        var area: String
        var name: String
        var centre: GeoPoint
    }
}

extension GeoPoint {
    /// The point so many metres to the north and east, near enough for a city at 23° north: 1 metre is 90 and 98 units
    /// of 10⁻⁷ degree. Rounded to 10⁻⁵ degree, about a metre.
    func moved(north: Int, east: Int) -> GeoPoint {
        func rounded(_ value: Int64) -> Int64 { (value + 50) / 100 * 100 }
        return GeoPoint(
            latitudeE7: rounded(Int64(latitude) + Int64(north) * 90),
            longitudeE7: rounded(Int64(longitude) + Int64(east) * 98)) ?? self
    }
}

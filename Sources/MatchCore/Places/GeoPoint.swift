/// A WGS-84 point, in units of 10⁻⁷ degree.
public struct GeoPoint: Sendable, Hashable {
    /// −900,000,000…900,000,000.
    public var latitude: Int32
    /// −1,800,000,000…1,800,000,000.
    public var longitude: Int32

    /// Nil outside the ranges, or where a number is not finite.
    public init?(latitude: Double, longitude: Double) {
        guard (-90.0...90.0).contains(latitude), (-180.0...180.0).contains(longitude) else { return nil }
        self.latitude = Int32((latitude * 1e7).rounded())
        self.longitude = Int32((longitude * 1e7).rounded())
    }

    /// Nil outside the ranges.
    public init?(latitudeE7: Int64, longitudeE7: Int64) {
        guard (-900_000_000...900_000_000).contains(latitudeE7), (-1_800_000_000...1_800_000_000).contains(longitudeE7)
        else { return nil }
        latitude = Int32(latitudeE7)
        longitude = Int32(longitudeE7)
    }

    public var latitudeDegrees: Double { Double(latitude) / 1e7 }
    public var longitudeDegrees: Double { Double(longitude) / 1e7 }
}

/// Where something is: a point, the area it lies in, or both; neither where the place is not known.
public struct Place: Sendable, Hashable {
    public var point: GeoPoint?
    public var area: String?

    public init(point: GeoPoint? = nil, area: String? = nil) {
        self.point = point
        self.area = area
    }
}

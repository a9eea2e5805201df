internal import Casework
public import MatchCore
public import Wire

/// What names a record: its id here, and where it came from.
public struct RecordNameView: Described, Hashable {
    public let id: RecordID
    public let source: String
    public let externalID: String?

    public init(_ key: RecordKey) {
        id = key.id
        source = key.source
        externalID = key.externalID
    }

    /// The id alone: what a record is called elsewhere may tell whose it is.
    init(anonymous key: RecordKey) {
        id = key.id
        source = ""
        externalID = nil
    }

    /// What a person types to name the record.
    public var handle: String { externalID ?? id.description }

    public static let schema = JSONSchema.object(
        "RecordName",
        [
            .required("id", .id, "The id here.", "本系统编号。"),
            .required("source", .text(0...64), "Where it came from.", "来源。"),
            .optional("externalID", .text(1...200), "Its id there.", "外部编号。"),
        ])
    public static let sample = RecordNameView(RecordKey(source: "hotline", externalID: "W-12", id: .sample(3)))
}

/// Where something is.
public struct PlaceView: Described, Hashable {
    public let area: String?
    public let latitude: Double?
    public let longitude: Double?

    public init(_ place: Place) {
        area = place.area
        latitude = place.point?.latitudeDegrees
        longitude = place.point?.longitudeDegrees
    }

    /// As much of a place as may be seen: the village or the town, and the point, exact or rounded.
    init(_ place: Place, seeing parts: AccessParts, in areas: AreaTree) {
        area = parts.contains(.area) ? place.area : parts.contains(.town) ? place.area.map { areas.town(of: $0) } : nil
        let point =
            if parts.contains(.exactPlace) { place.point } else if parts.contains(.roundedPlace) {
                place.point?.rounded
            } else { GeoPoint?.none }
        latitude = point?.latitudeDegrees
        longitude = point?.longitudeDegrees
    }

    /// The place as matching knows it; nil where it says nothing.
    public var place: Place {
        var point: GeoPoint?
        if let latitude, let longitude { point = GeoPoint(latitude: latitude, longitude: longitude) }
        return Place(point: point, area: area)
    }

    public static let schema = JSONSchema.object(
        "Place",
        [
            .optional("area", .area, "Code of the area.", "区划代码。"),
            .optional("latitude", .number(-90...90), "Degrees, WGS-84.", "纬度（WGS-84）。"),
            .optional("longitude", .number(-180...180), "Degrees, WGS-84.", "经度（WGS-84）。"),
        ])
    public static let sample = PlaceView(
        Place(point: GeoPoint(latitude: 22.8164, longitude: 113.6731), area: "441900121"))
}

extension JSONSchema.Property {
    /// The days and hours of a wish or an offer.
    static let availability: [JSONSchema.Property] = [
        .optional("from", .day, "The first day.", "开始日期。"),
        .optional("until", .day, "The last day.", "结束日期。"),
        .optional("hours", .text(1...2_000), "Hours of the week, such as 'mon-fri 9-17'.", "每周时段，如 mon-fri 9-17。"),
    ]
}

internal import CaseRecords
public import MatchCore

/// What a viewer sees of a wish. JSON keys are stable.
public struct WishView: Sendable, Hashable, Codable {
    public var id: RecordID
    public var source: String
    public var externalID: String?
    public var lane: String
    public var state: String
    public var urgency: String
    /// 0…4.
    public var hardship: Int?
    public var submitted: Timestamp?
    public var due: Timestamp?
    public var area: String?
    /// Degrees × 10⁷.
    public var latitudeE7: Int32?
    public var longitudeE7: Int32?
    public var groups: [String]
    public var languages: [String]
    /// `2026-11-01`.
    public var from: String?
    public var until: String?
    public var hours: String?
    public var skills: [String]
    public var qualifications: [String]
    public var text: String
    public var lines: [Line]

    public struct Line: Sendable, Hashable, Codable {
        public var number: Int
        public var category: String?
        public var unit: String
        /// Nil where the request names no quantity.
        public var wanted: Int64?
        public var open: Int64
        public var reserved: Int64
        public var inTransit: Int64
        public var received: Int64
        public var cancelled: Int64
        public var estimatedPriceFen: Int64?
        public var whole: Bool
    }

    init(_ record: WishRecord) {
        let features = record.features
        id = features.key.id
        source = features.key.source
        externalID = features.key.externalID
        lane = features.lane.code
        state = record.state.rawValue
        urgency = features.urgency.code
        hardship = features.hardship
        submitted = features.submitted
        due = features.due
        area = features.place.area
        latitudeE7 = features.place.point?.latitude
        longitudeE7 = features.place.point?.longitude
        groups = features.groups
        languages = features.languages
        from = features.window?.from?.description
        until = features.window?.until?.description
        hours = features.hours?.description
        skills = features.skills
        qualifications = features.requiredQualifications
        text = features.text
        lines = zip(features.lines, record.balances).map { line, balance in
            Line(
                number: line.number, category: line.category, unit: line.unit.code, wanted: balance.wanted,
                open: balance.open, reserved: balance.reserved, inTransit: balance.inTransit,
                received: balance.received, cancelled: balance.cancelled, estimatedPriceFen: line.estimatedPriceFen,
                whole: line.isWhole)
        }
    }
}

internal import CaseRecords
public import MatchCore

/// What a viewer sees of an offer. JSON keys are stable.
public struct OfferView: Sendable, Hashable, Codable {
    public var id: RecordID
    public var source: String
    public var externalID: String?
    public var party: RecordID
    public var kind: String
    public var state: String
    public var received: Timestamp?
    public var area: String?
    /// Degrees × 10⁷.
    public var latitudeE7: Int32?
    public var longitudeE7: Int32?
    public var delivers: Bool
    public var remote: Bool
    public var serviceAreas: [String]
    /// Metres.
    public var serviceRadius: Int?
    /// `2026-11-01`.
    public var from: String?
    public var until: String?
    /// `mon-fri 9-17, sat 9-12`.
    public var hours: String?
    public var skills: [String]
    public var qualifications: [String]
    public var languages: [String]
    public var text: String
    public var lines: [Line]

    public struct Line: Sendable, Hashable, Codable {
        public var number: Int
        public var category: String?
        public var unit: String
        /// Nil where the party states no quantity.
        public var pledged: Int64?
        public var available: Int64
        public var reserved: Int64
        public var inTransit: Int64
        public var received: Int64
        public var withdrawn: Int64
    }

    init(_ record: OfferRecord) {
        let features = record.features
        id = features.key.id
        source = features.key.source
        externalID = features.key.externalID
        party = features.party
        kind = features.kind.code
        state = record.state.rawValue
        received = record.received
        area = features.place.area
        latitudeE7 = features.place.point?.latitude
        longitudeE7 = features.place.point?.longitude
        delivers = features.delivers
        remote = features.isRemote
        serviceAreas = features.serviceAreas
        serviceRadius = features.serviceRadiusMetres
        from = features.window?.from?.description
        until = features.window?.until?.description
        hours = features.hours?.description
        skills = features.skills
        qualifications = features.qualifications
        languages = features.languages
        text = features.text
        lines = zip(features.lines, record.balances).map { line, balance in
            Line(
                number: line.number, category: line.category, unit: line.unit.code, pledged: balance.pledged,
                available: balance.available, reserved: balance.reserved, inTransit: balance.inTransit,
                received: balance.received, withdrawn: balance.withdrawn)
        }
    }
}

internal import CaseRecords
public import MatchCore

/// What a viewer sees of a party. JSON keys are stable.
public struct PartyView: Sendable, Hashable, Codable {
    public var id: RecordID
    public var source: String
    public var externalID: String?
    public var name: String
    public var kind: String
    public var state: String
    public var identityVerified: Bool?
    public var claimsEnded: Int?
    public var claimsDelivered: Int?
    public var lastConfirmed: Timestamp?
    /// 0…1,000,000.
    public var statedTrust: Int?
    /// 0…1,000,000.
    public var fatigue: Int?
    public var wantsGroups: [String]
    public var wantsAreas: [String]
    public var wantsCategories: [String]
    public var excludesGroups: [String]
    public var excludesAreas: [String]
    public var excludesCategories: [String]

    init(_ record: PartyRecord) {
        let features = record.features
        id = record.key.id
        source = record.key.source
        externalID = record.key.externalID
        name = record.name
        kind = features.kind.code
        state = record.state.rawValue
        identityVerified = features.isIdentityVerified
        claimsEnded = features.claimsEnded
        claimsDelivered = features.claimsDelivered
        lastConfirmed = features.lastConfirmed
        statedTrust = features.statedTrust
        fatigue = features.fatigue
        wantsGroups = features.preference.groups
        wantsAreas = features.preference.areas
        wantsCategories = features.preference.categories
        excludesGroups = features.preference.excludedGroups
        excludesAreas = features.preference.excludedAreas
        excludesCategories = features.preference.excludedCategories
    }
}

import Casework
import MatchCore

/// A place, as `--json` prints it.
struct PlaceRecord: Encodable {
    var area: String?
    var latitude: Double?
    var longitude: Double?

    init(_ place: Place) {
        area = place.area
        latitude = place.point?.latitudeDegrees
        longitude = place.point?.longitudeDegrees
    }
}

/// A party, as `--json` prints it.
struct PartyRecordJSON: Encodable {
    var record: RecordName
    var name: String
    var kind: String
    var state: String
    var isIdentityVerified: Bool?
    var lastConfirmed: String?
    var fatigue: Int?
    var groups: [String]
    var areas: [String]
    var categories: [String]
    var excludes: [String]

    init(_ party: RegisteredParty) {
        record = RecordName(party.key)
        name = party.name
        kind = party.features.kind.code
        state = party.state
        isIdentityVerified = party.features.isIdentityVerified
        lastConfirmed = party.features.lastConfirmed?.description
        fatigue = party.features.fatigue
        let preference = party.features.preference
        groups = preference.groups
        areas = preference.areas
        categories = preference.categories
        excludes = preference.excludedGroups + preference.excludedAreas + preference.excludedCategories
    }
}

/// An offer, as `--json` prints it.
struct OfferRecordJSON: Encodable {
    var record: RecordName
    var party: String
    var kind: String
    var state: String
    var received: String?
    var place: PlaceRecord
    var delivers: Bool
    var isRemote: Bool
    var serviceAreas: [String]
    var serviceRadiusMetres: Int?
    var from: String?
    var until: String?
    var hours: String?
    var skills: [String]
    var qualifications: [String]
    var languages: [String]
    var text: String
    var lines: [Line]

    struct Line: Encodable {
        var number: Int
        var category: String?
        var unit: String
        var pledged: Int64?
        var available: Int64?
    }

    init(_ offer: RegisteredOffer) {
        let features = offer.features
        record = RecordName(features.key)
        party = features.party.description
        kind = features.kind.code
        state = offer.state
        received = offer.received?.description
        place = PlaceRecord(features.place)
        delivers = features.delivers
        isRemote = features.isRemote
        serviceAreas = features.serviceAreas
        serviceRadiusMetres = features.serviceRadiusMetres
        from = features.window?.from?.description
        until = features.window?.until?.description
        hours = features.hours?.description
        skills = features.skills
        qualifications = features.qualifications
        languages = features.languages
        text = features.text
        lines = zip(features.lines, offer.pledged).map { line, pledged in
            Line(
                number: line.number, category: line.category, unit: line.unit.code, pledged: pledged,
                available: line.available)
        }
    }
}

/// A wish, as `--json` prints it.
struct WishRecordJSON: Encodable {
    var record: RecordName
    var lane: String
    var urgency: String
    var state: String
    var hardship: Int?
    var submitted: String?
    var due: String?
    var place: PlaceRecord
    var groups: [String]
    var languages: [String]
    var from: String?
    var until: String?
    var hours: String?
    var skills: [String]
    var requiredQualifications: [String]
    var text: String
    var lines: [Line]

    struct Line: Encodable {
        var number: Int
        var category: String?
        var unit: String
        var wanted: Int64?
        var open: Int64?
        var estimatedPriceFen: Int64?
        var isWhole: Bool
    }

    init(_ wish: RegisteredWish) {
        let features = wish.features
        record = RecordName(features.key)
        lane = features.lane.code
        urgency = features.urgency.code
        state = wish.state
        hardship = features.hardship
        submitted = features.submitted?.description
        due = features.due?.description
        place = PlaceRecord(features.place)
        groups = features.groups
        languages = features.languages
        from = features.window?.from?.description
        until = features.window?.until?.description
        hours = features.hours?.description
        skills = features.skills
        requiredQualifications = features.requiredQualifications
        text = features.text
        lines = zip(features.lines, wish.wanted).map { line, wanted in
            Line(
                number: line.number, category: line.category, unit: line.unit.code, wanted: wanted,
                open: line.quantity, estimatedPriceFen: line.estimatedPriceFen, isWhole: line.isWhole)
        }
    }
}

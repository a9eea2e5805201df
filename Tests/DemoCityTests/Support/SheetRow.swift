import CaseRecords
import Exchange
import MatchCore

/// A row by the names of its columns, and what it says, read with nothing of the code that wrote it.
struct SheetRow {
    let cells: [String: String]

    static func read(_ path: String) throws -> [SheetRow] { try read(try CSVReader(FileSource(path: path))) }

    static func read(_ reader: CSVReader) throws -> [SheetRow] {
        var rows: [SheetRow] = []
        while let row = try reader.next() {
            rows.append(SheetRow(cells: Dictionary(zip(reader.header, row.texts)) { first, _ in first }))
        }
        return rows
    }

    subscript(column: String) -> String { cells[column] ?? "" }

    func optional(_ column: String) -> String? { self[column].isEmpty ? nil : self[column] }

    func number(_ column: String) -> Int64? { Int64(self[column]) }

    func list(_ column: String) -> [String] { self[column].split(separator: "|").map(String.init) }

    func truth(_ column: String) -> Bool? { ["yes": true, "no": false][self[column]] }

    func moment(_ column: String) -> Timestamp? {
        let text = self[column]
        guard text.utf8.count == 24, let day = Day(text.prefix(10)) else { return nil }
        let parts = text.dropFirst(11).dropLast().split { $0 == ":" || $0 == "." }.compactMap { Int64($0) }
        let time = ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3]
        return Timestamp(milliseconds: Int64(day.number) * 86_400_000 + time)
    }

    var point: GeoPoint? {
        guard let latitude = Double(self["latitude"]), let longitude = Double(self["longitude"]) else { return nil }
        return GeoPoint(latitude: latitude, longitude: longitude)
    }

    var window: DayWindow? {
        let window = DayWindow(from: Day(self["from"]), until: Day(self["until"]))
        return window.from == nil && window.until == nil ? nil : window
    }

    var key: RecordKey { RecordKey(source: "demo", externalID: self["externalID"], id: RecordID(high: 0, low: 0)) }

    var party: PartyRecord {
        PartyRecord(
            key: key, name: self["name"],
            features: Party(
                id: key.id, kind: PartyKind(code: self["kind"])!, isIdentityVerified: truth("verified"),
                claimsEnded: number("claimsEnded").map { Int($0) },
                claimsDelivered: number("claimsDelivered").map { Int($0) }, lastConfirmed: moment("confirmedAt"),
                statedTrust: number("statedTrust").map { Int($0) }, fatigue: number("fatigue").map { Int($0) },
                preference: DonorPreference(
                    groups: list("preferredGroups"), areas: list("preferredAreas"),
                    categories: list("preferredCategories"), excludedGroups: list("excludedGroups"),
                    excludedAreas: list("excludedAreas"), excludedCategories: list("excludedCategories"))))
    }

    var offer: OfferRecord {
        let line = OfferLine(
            number: Int(self["line"])!, category: optional("category"), available: number("quantity"),
            unit: Unit(code: self["unit"])!)
        return OfferRecord(
            new: Offer(
                key: key, party: RecordID(high: 0, low: 0), kind: OfferKind(code: self["kind"])!,
                place: Place(point: point, area: optional("area")), delivers: truth("delivers")!,
                isRemote: truth("remote")!, serviceAreas: list("serviceAreas"),
                serviceRadiusMetres: number("serviceRadius").map { Int($0) }, window: window,
                hours: optional("hours").flatMap { WeeklyHours($0) }, skills: list("skills"),
                qualifications: list("qualifications"), languages: list("languages"), text: self["text"],
                lines: [line]),
            received: moment("receivedAt"))
    }

    var wish: WishRecord {
        let line = WishLine(
            number: Int(self["line"])!, category: optional("category"), quantity: number("quantity"),
            unit: Unit(code: self["unit"])!, estimatedPriceFen: number("estimatedPriceFen"), isWhole: truth("whole")!)
        return WishRecord(
            new: Wish(
                key: key, lane: Lane(code: self["lane"])!, urgency: UrgencyGrade(code: self["urgency"])!,
                hardship: number("hardship").map { Int($0) }, submitted: moment("submittedAt"), due: moment("due"),
                place: Place(point: point, area: optional("area")), groups: list("groups"),
                languages: list("languages"), window: window, hours: optional("hours").flatMap { WeeklyHours($0) },
                skills: list("skills"), requiredQualifications: list("qualifications"), text: self["text"],
                lines: [line]))
    }
}

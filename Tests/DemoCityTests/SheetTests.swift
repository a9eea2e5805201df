import CaseRecords
import Exchange
import MatchCore
import Testing

/// The columns of the product's own files hold every field of a party, an offer and a wish.
struct SheetTests {
    private func row(_ columns: [String], _ cells: [String]) throws -> SheetRow {
        var bytes: [UInt8] = []
        var writer = CSVWriter { bytes += $0 }
        try writer.write(columns)
        try writer.write(cells)
        try writer.finish()
        return try #require(try SheetRow.read(try CSVReader(BytesSource(bytes))).first)
    }

    private func key(_ id: String) -> RecordKey {
        RecordKey(source: "demo", externalID: id, id: RecordID(high: 0, low: 0))
    }

    @Test(arguments: [true, false])
    func partyComesBackWhole(isFull: Bool) throws {
        var party = Party(id: key("P1").id, kind: .fund)
        if isFull {
            party = Party(
                id: key("P1").id, kind: .enterprise, isIdentityVerified: false, claimsEnded: 9, claimsDelivered: 7,
                lastConfirmed: Timestamp(milliseconds: 1_793_000_000_123), statedTrust: 812_500, fatigue: 250_001,
                preference: DonorPreference(
                    groups: ["children", "elders"], areas: ["441900"], categories: ["school"],
                    excludedGroups: ["homeless"], excludedAreas: ["441900003"], excludedCategories: ["cost", "aid"]))
        }
        let read = try row(PartySheet.columns, PartySheet.cells(of: party, externalID: "P1", name: "示例, \"厂\"")).party
        #expect(read.features == party)
        #expect(read.key.externalID == "P1")
        #expect(read.name == "示例, \"厂\"")
    }

    @Test(arguments: [true, false])
    func offerComesBackWhole(isFull: Bool) throws {
        var offer = Offer(
            key: key("O1"), party: RecordID(high: 0, low: 0), lines: [OfferLine(category: nil, available: nil)])
        if isFull {
            offer = Offer(
                key: key("O1"), party: RecordID(high: 0, low: 0), kind: .transport,
                place: Place(point: GeoPoint(latitudeE7: -5_000_001, longitudeE7: 1_139_000_000), area: "441900119"),
                delivers: true, isRemote: true, serviceAreas: ["441900", "441900119"], serviceRadiusMetres: 8_000,
                window: DayWindow(from: Day("2026-11-01"), until: Day("2027-02-28")),
                hours: WeeklyHours("mon-fri 9-12, sat 14-18"), skills: ["driving", "nurse"],
                qualifications: ["nurse"], languages: ["yue", "hak"], text: "=1+1\n多行",
                lines: [OfferLine(number: 2, category: "transport.medical", available: 12, unit: .minute)])
        }
        let received = isFull ? Timestamp(milliseconds: 1_793_000_000_000) : nil
        let cells = OfferSheet.cells(of: offer.lines[0], in: offer, party: "P7", received: received)
        let read = try row(OfferSheet.columns, cells)
        #expect(read.offer.features == offer)
        #expect(read.offer.received == received)
        #expect(read["party"] == "P7")
    }

    @Test(arguments: [true, false])
    func wishComesBackWhole(isFull: Bool) throws {
        var wish = Wish(key: key("W1"), lines: [WishLine(category: nil, quantity: nil)])
        if isFull {
            wish = Wish(
                key: key("W1"), lane: .microProject, urgency: .critical, hardship: 4,
                submitted: Timestamp(milliseconds: 1_793_000_000_000), due: Timestamp(milliseconds: 1_794_000_000_000),
                place: Place(point: GeoPoint(latitudeE7: 230_000_000, longitudeE7: 1_137_000_010), area: "441900"),
                groups: ["elders", "livingAlone"], languages: ["csl"],
                window: DayWindow(from: nil, until: Day("2026-12-31")), hours: WeeklyHours("mon-sun 0-24"),
                skills: ["nurse", "listening"], requiredQualifications: ["nurse"], text: "－社工，\"代填\"",
                lines: [
                    WishLine(
                        number: 3, category: "care.nurse", quantity: 120, unit: .minute, estimatedPriceFen: 250,
                        isWhole: true)
                ])
        }
        let read = try row(WishSheet.columns, WishSheet.cells(of: wish.lines[0], in: wish))
        #expect(read.wish.features == wish)
    }
}

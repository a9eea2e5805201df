import AlmonerTesting
import CaseRecords
import Casework
import MatchCore
import Storage

/// A store in memory with one program, and records that use every field.
struct Fixture {
    let database: any Database
    private let store: SQLCaseStore

    init() throws {
        database = try TestDatabase.empty()
        try Schema.migrate(database, at: 0)
        let program = Programs.Program(
            code: "dongguan", name: LocalizedText(zhHans: "东莞", en: "Dongguan"), utcOffsetSeconds: 28_800)
        _ = try Programs(database: database).create(program, at: Timestamp(milliseconds: 0))
        store = SQLCaseStore(database: database, program: "dongguan", vault: try TestDatabase.vault(for: database))
    }

    func read<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result { try store.blockingRead(body) }
    func write<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result {
        try store.blockingWrite(body)
    }

    static let areas = AreaTree.empty
    static let categories = CategoryTree.empty

    static func party(_ number: UInt128) -> PartyRecord {
        let key = RecordKey(source: "test", externalID: "party-\(number)", id: RecordID(number))
        return PartyRecord(
            key: key, name: "示例商行",
            features: Party(
                id: key.id, kind: .enterprise, isIdentityVerified: false, claimsEnded: 7, claimsDelivered: 6,
                lastConfirmed: Timestamp(milliseconds: 1_690_000_000_000), statedTrust: 910_000, fatigue: 120_000,
                preference: DonorPreference(
                    groups: ["children"], areas: ["441900119"], categories: ["school"], excludedGroups: ["elders"],
                    excludedAreas: ["441900121"], excludedCategories: ["cost"])))
    }

    static func offer(_ number: UInt128, of party: PartyRecord) -> OfferRecord {
        OfferRecord(
            new: Offer(
                key: RecordKey(source: "test", externalID: "offer-\(number)", id: RecordID(number)),
                party: party.key.id,
                kind: .service, place: Place(point: GeoPoint(latitude: 22.8, longitude: 113.7), area: "441900119"),
                delivers: true, isRemote: true, serviceAreas: ["441900119", "441900121"], serviceRadiusMetres: 5_000,
                window: DayWindow(from: Day("2026-01-01"), until: nil), hours: WeeklyHours("mon-fri 9-17, sat 9-12"),
                skills: ["tutoring"], qualifications: ["teacher"], languages: ["yue", "cmn"], text: "课后辅导",
                lines: [
                    OfferLine(number: 1, category: "school.desk", available: 5),
                    OfferLine(number: 2, category: nil, available: nil, unit: .minute),
                ]), received: Timestamp(milliseconds: 1_695_000_000_123))
    }

    static func wish(_ number: UInt128) -> WishRecord {
        WishRecord(
            new: Wish(
                key: RecordKey(source: "test", externalID: "wish-\(number)", id: RecordID(number)), lane: .microProject,
                urgency: .critical, hardship: 3, submitted: Timestamp(milliseconds: 1_700_000_000_000),
                due: Timestamp(milliseconds: 1_700_086_400_000),
                place: Place(point: GeoPoint(latitude: -22.8, longitude: -113.7), area: "441900121"),
                groups: ["children", "lowIncome"], languages: ["hak"],
                window: DayWindow(from: Day("2026-01-01"), until: Day("2026-02-01")), hours: WeeklyHours("sun 0-24"),
                skills: ["tutoring"], requiredQualifications: ["teacher"], text: "一张学习桌椅",
                lines: [
                    WishLine(
                        category: "school.desk", quantity: 2, unit: .piece, estimatedPriceFen: 48_000, isWhole: true)
                ]))
    }
}

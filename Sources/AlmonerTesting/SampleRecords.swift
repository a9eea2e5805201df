import MatchCore

/// Draws the records of a ``RegistrySample``.
struct SampleRecords {
    private var random: SeededRandom
    private let now: Timestamp
    private let skills: [String]
    private let languages: [String]
    private let groups: [String]
    private let areaCodes = SampleTrees.areas.areas.map(\.code) + ["unheard-of"]
    private let categoryCodes = SampleTrees.categories.categories.map(\.code) + ["unheard-of"]

    init(seed: UInt64, now: Timestamp) {
        random = SeededRandom(seed: seed)
        self.now = now
        // Up to 32 words fill one plane of a set column.
        let extra = seed % 2 == 1 ? 40 : 0
        skills = ["driving", "nursing", "tutoring", "plumbing"] + (0..<extra).map { "skill\($0)" }
        languages = ["cmn", "yue", "hak", "en", "csl"] + (0..<extra).map { "language\($0)" }
        groups = ["children", "elders", "disabled"] + (0..<extra).map { "group\($0)" }
    }

    static func id(_ kind: UInt64, _ number: Int) -> RecordID { RecordID(high: kind, low: UInt64(number) + 1) }

    mutating func party(_ number: Int) -> Party {
        let ended: Int? = random.pick([nil, 0, 1, 20, 2_000_000])
        return Party(
            id: Self.id(1, number), kind: random.pick(PartyKind.allCases),
            isIdentityVerified: random.pick([nil, true, false]), claimsEnded: ended,
            claimsDelivered: ended.map { Int.random(in: 0...$0, using: &random) },
            lastConfirmed: moment(), statedTrust: random.pick([nil, nil, nil, 0, 412_345, 1_000_000]),
            fatigue: random.pick([nil, 0, 333_333, 1_000_000]), preference: preference())
    }

    private mutating func preference() -> DonorPreference {
        guard random.chance(60) else { return DonorPreference() }
        let unknown = ["unheard-of"]
        return DonorPreference(
            groups: random.some(of: groups, atMost: 3), areas: random.chance(40) ? areas(2) : [],
            categories: random.chance(40) ? random.some(of: categoryCodes, atMost: 2) : [],
            excludedGroups: random.chance(30) ? random.some(of: groups + unknown, atMost: 2) : [],
            excludedAreas: random.chance(30) ? areas(1) : [],
            excludedCategories: random.chance(30) ? random.some(of: categoryCodes, atMost: 1) : [])
    }

    mutating func offer(_ number: Int, parties: Int) -> Offer {
        Offer(
            key: key(2, number), party: Self.id(1, Int.random(in: 0...parties, using: &random)),
            kind: random.pick(OfferKind.allCases), place: place(), delivers: random.chance(20),
            isRemote: random.chance(15), serviceAreas: random.chance(40) ? areas(2) : [],
            serviceRadiusMetres: random.pick([nil, nil, 0, 500, 10_000, 1_000_000, 30_000_000]), window: window(),
            hours: hours(), skills: random.some(of: skills, atMost: 4),
            qualifications: random.chance(40) ? random.some(of: skills, atMost: 2) : [],
            languages: random.some(of: languages, atMost: 3), text: text(),
            lines: (1...lineCount()).map { line in
                OfferLine(
                    number: line, category: random.chance(15) ? nil : random.pick(categoryCodes),
                    available: quantity(), unit: random.pick(Unit.allCases))
            })
    }

    mutating func wish(_ number: Int) -> Wish {
        Wish(
            key: key(3, number), lane: random.pick(Lane.allCases), urgency: random.pick(UrgencyGrade.allCases),
            hardship: random.pick([nil, 0, 1, 2, 3, 4]), submitted: moment(), due: moment(), place: place(),
            groups: random.some(of: groups, atMost: 3), languages: random.some(of: languages, atMost: 2),
            window: window(), hours: hours(), skills: random.some(of: skills, atMost: 3),
            requiredQualifications: random.chance(25) ? random.some(of: skills, atMost: 2) : [], text: text(),
            lines: (1...lineCount()).map { line in
                WishLine(
                    number: line, category: random.chance(15) ? nil : random.pick(categoryCodes),
                    quantity: quantity(), unit: random.pick(Unit.allCases),
                    estimatedPriceFen: random.chance(40) ? nil : quantity(), isWhole: random.chance(50))
            })
    }

    mutating func distances(offers: Int, wishes: Int) -> [DistanceTable.Row] {
        guard offers > 0, wishes > 0 else { return [] }
        var rows: [DistanceTable.Row] = []
        for offer in 0..<offers where random.chance(30) {
            let missing: DistanceTable.Missing = random.chance(50) ? .unknown : .farther
            for _ in 0..<3 {
                rows.append(
                    .init(
                        offer: Self.id(2, offer), wish: Self.id(3, Int.random(in: 0..<wishes, using: &random)),
                        centimetres: random.pick([0, 1, 123_456, 1_000_000, 50_000_017, 2_000_000_000]),
                        missing: missing))
            }
        }
        return rows
    }

    private mutating func key(_ kind: UInt64, _ number: Int) -> RecordKey {
        RecordKey(
            source: random.pick(["sample", "town"]), externalID: random.chance(20) ? nil : "K\(number % 50)",
            id: Self.id(kind, number))
    }

    private mutating func lineCount() -> Int { random.chance(20) ? 3 : 1 }

    private mutating func areas(_ most: Int) -> [String] { random.some(of: areaCodes, atMost: most) }

    private mutating func place() -> Place {
        let area = random.chance(30) ? nil : random.pick(areaCodes)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3: return Place(area: area)
        case 3: return Place(point: random.pick(Self.extremePoints), area: area)
        default:
            let latitude = Double.random(in: 22.6...23.2, using: &random)
            let longitude = Double.random(in: 113.5...114.3, using: &random)
            return Place(point: GeoPoint(latitude: latitude, longitude: longitude), area: area)
        }
    }

    private static let extremePoints: [GeoPoint?] = [
        GeoPoint(latitude: 90, longitude: 0), GeoPoint(latitude: -90, longitude: 0),
        GeoPoint(latitude: 0, longitude: 180), GeoPoint(latitude: 0, longitude: -180),
        GeoPoint(latitude: 0, longitude: 0), GeoPoint(latitude: 23.02, longitude: 113.75),
    ]

    private mutating func quantity() -> Int64? {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: nil
        case 2: 0
        case 3, 4: Int64.random(in: 1...8, using: &random)
        case 5: Int64.random(in: 1...1_000, using: &random)
        case 6: Int64.random(in: 1...100_000_000, using: &random)
        case 7: Quantity.greatest - Int64.random(in: 0...1, using: &random)
        case 8: Int64.random(in: 1...Quantity.greatest, using: &random)
        default: 60
        }
    }

    private mutating func window() -> DayWindow? {
        let first = Day(number: 20_760 + Int32.random(in: 0..<60, using: &random))
        let last = Day(number: first.number + Int32.random(in: 0..<40, using: &random))
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<3: return nil
        case 3: return DayWindow(from: nil, until: nil)
        case 4: return DayWindow(from: first, until: nil)
        case 5: return DayWindow(from: nil, until: last)
        case 6: return DayWindow(from: Day(year: 1, month: 1, day: 1), until: Day(year: 9999, month: 12, day: 31))
        // The wrong way round: intake refuses it, and nothing must fall over it.
        case 7: return DayWindow(from: last, until: first)
        default: return DayWindow(from: first, until: last)
        }
    }

    private mutating func hours() -> WeeklyHours? {
        random.pick([
            nil, nil, WeeklyHours("mon-fri 9-17"), WeeklyHours("sat-sun 8-20"), WeeklyHours("wed 14-16"),
            WeeklyHours("mon-sun 0-24"), WeeklyHours { _ in false },
        ])
    }

    private mutating func moment() -> Timestamp? {
        let day: Int64 = 86_400_000
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: return nil
        case 2: return Timestamp(milliseconds: now.milliseconds + Int64.random(in: 1...40, using: &random) * day)
        case 3: return now
        case 4: return Timestamp(milliseconds: 0)
        default: return Timestamp(milliseconds: now.milliseconds - Int64.random(in: 0...400 * day, using: &random))
        }
    }

    private mutating func text() -> String {
        random.pick([
            "", "一张学习桌椅", "单边拐杖一副", "一台电风扇,老人怕热", "轮倚", "wheelchair for my mother", "Fan wanted",
            "村口加装路灯", "辅导孩子功课 twice a week", "ＦＡＮ", "。", "桌",
        ])
    }
}

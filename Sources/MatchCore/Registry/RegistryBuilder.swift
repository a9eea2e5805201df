/// Makes a ``Registry`` from records, one at a time, so that a million of them need not stand in memory as values.
///
/// Parties come before their offers; everything else in any order. Codes that the trees do not have count as not
/// known: what may be stored was decided at intake, not here.
public struct RegistryBuilder: Sendable {
    private let areas: AreaTree
    private let categories: CategoryTree
    private let cutter: GramCutter
    private let blocks: BlockSizes
    private var offers = OfferColumnsBuilder()
    private var wishes = WishColumnsBuilder()
    private var parties: [Party] = []
    private var partyNumbers: [RecordID: Int32] = [:]
    private var preferences: [DonorPreference] = [DonorPreference()]
    private var preferenceNumbers: [DonorPreference: Int32] = [DonorPreference(): 0]
    private var partyPreferences: [Int32] = []
    private var vocabularies = Vocabularies()
    private var hours: [WeeklyHours] = []
    private var hoursNumbers: [WeeklyHours: Int32] = [:]
    private var areaSets: [[Int32]] = []
    private var areaSetNumbers: [[Int32]: Int32] = [:]
    private var distances: [DistanceTable.Row] = []
    private var gramNumbers: [Gram: Int32] = [:]
    private var grams: [Gram] = []
    private var gramCounts: [Int32] = []
    private var textCount = 0

    public init(areas: AreaTree, categories: CategoryTree, blocks: BlockSizes = BlockSizes()) {
        self.blocks = blocks
        self.areas = areas
        self.categories = categories
        cutter = GramCutter(categories: categories)
    }

    public mutating func add(_ party: Party) {
        partyNumbers[party.id] = Int32(parties.count)
        parties.append(party)
        if let number = preferenceNumbers[party.preference] {
            partyPreferences.append(number)
        } else {
            let number = Int32(preferences.count)
            preferenceNumbers[party.preference] = number
            preferences.append(party.preference)
            partyPreferences.append(number)
            for group in party.preference.groups + party.preference.excludedGroups {
                _ = vocabularies.groups.intern(group)
            }
        }
    }

    public mutating func add(_ offer: Offer) {
        let record = Int32(offers.keys.count)
        offers.keys.append(offer.key)
        let party = partyNumbers[offer.party] ?? -1
        let hours = intern(offer.hours)
        let serviceAreas = intern(serviceAreas: offer.serviceAreas)
        for (position, line) in offer.lines.enumerated() {
            offers.record.append(record)
            offers.lineNumber.append(Int32(clamping: line.number))
            offers.party.append(party)
            offers.kind.append(offer.kind.rawValue)
            offers.category.append(line.category.flatMap { categories.tree.index(of: $0) } ?? -1)
            offers.unit.append(line.unit.rawValue)
            offers.available.append(line.available.map { min(max(0, $0), Quantity.greatest) } ?? -1)
            offers.delivery.append((offer.delivers ? 1 : 0) | (offer.isRemote ? 2 : 0))
            offers.firstDay.append(offer.window?.from?.number ?? .min)
            offers.lastDay.append(offer.window?.until?.number ?? .max)
            offers.hours.append(hours)
            offers.skills.append(offer.skills, in: &vocabularies.skills)
            offers.qualifications.append(offer.qualifications, in: &vocabularies.skills)
            offers.languages.append(offer.languages, in: &vocabularies.languages)
            offers.serviceAreas.append(serviceAreas)
            offers.serviceRadius.append(offer.serviceRadiusMetres.map { Int32(clamping: max(0, $0)) } ?? -1)
            if position == 0 {
                offers.places.append(offer.place, areas: areas)
                offers.texts.append(intern(text: offer.text))
            } else {
                offers.places.repeatLast()
                offers.texts.repeatLast()
            }
        }
    }

    public mutating func add(_ wish: Wish) {
        let record = Int32(wishes.keys.count)
        wishes.keys.append(wish.key)
        let hours = intern(wish.hours)
        for (position, line) in wish.lines.enumerated() {
            wishes.record.append(record)
            wishes.lineNumber.append(Int32(clamping: line.number))
            wishes.lane.append(wish.lane.rawValue)
            wishes.urgency.append(wish.urgency.rawValue)
            wishes.hardship.append(wish.hardship.map { Int8(clamping: min(max(0, $0), 4)) } ?? -1)
            wishes.submitted.append(wish.submitted?.milliseconds ?? .min)
            wishes.due.append(wish.due?.milliseconds ?? .min)
            wishes.category.append(line.category.flatMap { categories.tree.index(of: $0) } ?? -1)
            wishes.unit.append(line.unit.rawValue)
            wishes.wanted.append(line.quantity.map { min(max(0, $0), Quantity.greatest) } ?? -1)
            wishes.price.append(line.estimatedPriceFen.map { min(max(0, $0), Quantity.greatest) } ?? -1)
            wishes.isWhole.append(line.isWhole)
            wishes.firstDay.append(wish.window?.from?.number ?? .min)
            wishes.lastDay.append(wish.window?.until?.number ?? .max)
            wishes.hours.append(hours)
            wishes.skills.append(wish.skills, in: &vocabularies.skills)
            wishes.qualifications.append(wish.requiredQualifications, in: &vocabularies.skills)
            wishes.languages.append(wish.languages, in: &vocabularies.languages)
            wishes.groups.append(wish.groups, in: &vocabularies.groups)
            if position == 0 {
                wishes.places.append(wish.place, areas: areas)
                wishes.texts.append(intern(text: wish.text))
            } else {
                wishes.places.repeatLast()
                wishes.texts.repeatLast()
            }
        }
    }

    public mutating func add(_ distance: DistanceTable.Row) {
        distances.append(distance)
    }

    public func build() -> Registry {
        let gramTable = GramTable(grams: grams, counts: gramCounts, textCount: textCount)
        let partyColumns = PartyColumns(parties, preferences: preferences.map(prepared), numbers: partyPreferences)
        let offerColumns = OfferColumns(
            offers, parties: partyColumns, vocabularies: vocabularies, grams: gramTable, blocks: blocks)
        let wishColumns = WishColumns(wishes, vocabularies: vocabularies, grams: gramTable, blocks: blocks)
        return Registry(
            areas: areas, categories: categories, offers: offerColumns, wishes: wishColumns,
            parties: partyColumns,
            distances: distanceTable(), vocabularies: vocabularies, hours: hours, areaSets: areaSets,
            grams: gramTable)
    }

    private func distanceTable() -> DistanceTable {
        guard !distances.isEmpty else { return DistanceTable(offerCount: 0, pairs: []) }
        var offerNumbers: [RecordID: Int32] = [:]
        for (number, key) in offers.keys.enumerated() { offerNumbers[key.id] = Int32(number) }
        var wishNumbers: [RecordID: Int32] = [:]
        for (number, key) in wishes.keys.enumerated() { wishNumbers[key.id] = Int32(number) }
        return DistanceTable(
            offerCount: offers.keys.count,
            pairs: distances.compactMap { row in
                guard let offer = offerNumbers[row.offer], let wish = wishNumbers[row.wish] else { return nil }
                return (offer, wish, row.centimetres, row.missing)
            })
    }

    private func prepared(_ preference: DonorPreference) -> PreparedPreference {
        func bits(_ words: [String]) -> [UInt32] {
            var planes = Array(repeating: UInt32(0), count: max(1, (vocabularies.groups.count + 31) / 32))
            for word in words {
                guard let number = vocabularies.groups.number(of: word) else { continue }
                planes[Int(number) / 32] |= 1 << UInt32(number % 32)
            }
            return planes
        }
        return PreparedPreference(
            groups: bits(preference.groups), excludedGroups: bits(preference.excludedGroups),
            areas: preference.areas.compactMap { areas.tree.index(of: $0) },
            excludedAreas: preference.excludedAreas.compactMap { areas.tree.index(of: $0) },
            categories: preference.categories.compactMap { categories.tree.index(of: $0) },
            excludedCategories: preference.excludedCategories.compactMap { categories.tree.index(of: $0) })
    }

    private mutating func intern(_ weekly: WeeklyHours?) -> Int32 {
        guard let weekly else { return -1 }
        if let number = hoursNumbers[weekly] { return number }
        let number = Int32(hours.count)
        hours.append(weekly)
        hoursNumbers[weekly] = number
        return number
    }

    private mutating func intern(serviceAreas codes: [String]) -> Int32 {
        let set = codes.compactMap { areas.tree.index(of: $0) }.sorted()
        // Areas that the tree does not have serve nobody, so an offer that names only such stays restricted.
        guard !codes.isEmpty else { return -1 }
        if let number = areaSetNumbers[set] { return number }
        let number = Int32(areaSets.count)
        areaSets.append(set)
        areaSetNumbers[set] = number
        return number
    }

    private mutating func intern(text: String) -> [Int32] {
        guard !text.isEmpty else { return [] }
        textCount += 1
        var numbers: [Int32] = []
        for gram in cutter.grams(of: text) {
            if let number = gramNumbers[gram] {
                gramCounts[Int(number)] += 1
                numbers.append(number)
            } else {
                let number = Int32(grams.count)
                gramNumbers[gram] = number
                grams.append(gram)
                gramCounts.append(1)
                numbers.append(number)
            }
        }
        return numbers.sorted()
    }
}

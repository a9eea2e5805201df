/// Makes a ``Registry`` from records, one at a time, so that a million of them need not stand in memory as values.
///
/// Parties come before their offers; everything else in any order. Codes that the trees do not have count as not
/// known: what may be stored was decided at intake, not here.
public struct RegistryBuilder: Sendable {
    private let areas: AreaTree
    private let categories: CategoryTree
    private let cutter: GramCutter
    private let blocks: BlockSizes
    private let words: WordTable?
    /// Internal for what is copied from one snapshot to another.
    var offers = OfferColumnsBuilder()
    var wishes = WishColumnsBuilder()
    var parties = PartyColumnsBuilder()
    var distances: [DistanceTable.Row] = []
    var gramCounts = GramCounts()
    /// Offers by number whose party is not here, by their party.
    var strays: [RecordID: [Int32]] = [:]
    private var lexicon: Lexicon

    /// - Parameter words: how rare each word is; nil counts it among the texts that are added.
    public init(
        areas: AreaTree, categories: CategoryTree, words: WordTable? = nil, blocks: BlockSizes = BlockSizes()
    ) {
        self.init(
            areas: areas, categories: categories, cutter: GramCutter(categories: categories), blocks: blocks,
            lexicon: Lexicon(), words: words)
    }

    /// Continues the numbers of another registry of the same trees.
    init(
        areas: AreaTree, categories: CategoryTree, cutter: GramCutter, blocks: BlockSizes, lexicon: Lexicon,
        words: WordTable? = nil
    ) {
        self.areas = areas
        self.categories = categories
        self.cutter = cutter
        self.blocks = blocks
        self.lexicon = lexicon
        self.words = words
    }

    public mutating func add(_ party: Party) {
        parties.append(party, prepared(party.preference))
    }

    public mutating func add(_ offer: Offer) {
        let record = Int32(offers.keys.count)
        offers.keys.append(offer.key)
        let party = parties.number(of: offer.party) ?? -1
        if party < 0 { strays[offer.party, default: []].append(record) }
        let hours = lexicon.intern(offer.hours)
        let serviceAreas = lexicon.intern(serviceAreas: offer.serviceAreas, areas.tree)
        let skills = lexicon.intern(skills: offer.skills)
        let qualifications = lexicon.intern(skills: offer.qualifications)
        let languages = lexicon.intern(languages: offer.languages)
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
            offers.skills.append(skills)
            offers.qualifications.append(qualifications)
            offers.languages.append(languages)
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
        let hours = lexicon.intern(wish.hours)
        let skills = lexicon.intern(skills: wish.skills)
        let qualifications = lexicon.intern(skills: wish.requiredQualifications)
        let languages = lexicon.intern(languages: wish.languages)
        let groups = lexicon.intern(groups: wish.groups)
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
            wishes.skills.append(skills)
            wishes.qualifications.append(qualifications)
            wishes.languages.append(languages)
            wishes.groups.append(groups)
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
        build(
            with: words.map { GramTable(grams: lexicon.grams, table: $0) }
                ?? GramTable(grams: lexicon.grams, counts: gramCounts))
    }

    /// `grams` covers the lexicon.
    func build(with grams: GramTable) -> Registry {
        let vocabularies = lexicon.vocabularies
        let partyColumns = PartyColumns(parties, groupPlanes: SetColumns.planeCount(vocabularies.groups.count))
        let offerColumns = OfferColumns(
            offers, parties: partyColumns, vocabularies: vocabularies, grams: grams, blocks: blocks)
        let wishColumns = WishColumns(wishes, vocabularies: vocabularies, grams: grams, blocks: blocks)
        return Registry(
            areas: areas, categories: categories, offers: offerColumns, wishes: wishColumns, parties: partyColumns,
            distances: distanceTable(), grams: grams, lexicon: lexicon, strays: strays)
    }

    /// The table that these texts would have on top of the rarities of another.
    func grams(extending table: GramTable) -> GramTable { table.extended(to: lexicon.grams) }

    private func distanceTable() -> DistanceTable {
        guard !distances.isEmpty else { return DistanceTable(offerCount: 0, pairs: [], rows: []) }
        var offerNumbers: [RecordID: Int32] = [:]
        for (number, key) in offers.keys.enumerated() { offerNumbers[key.id] = Int32(number) }
        var wishNumbers: [RecordID: Int32] = [:]
        for (number, key) in wishes.keys.enumerated() { wishNumbers[key.id] = Int32(number) }
        return DistanceTable(
            offerCount: offers.keys.count,
            pairs: distances.compactMap { row in
                guard let offer = offerNumbers[row.offer], let wish = wishNumbers[row.wish] else { return nil }
                return (offer, wish, row.centimetres, row.missing)
            }, rows: distances)
    }

    private mutating func prepared(_ preference: DonorPreference) -> PreparedPreference {
        let groups = lexicon.intern(groups: preference.groups)
        let excluded = lexicon.intern(groups: preference.excludedGroups)
        let planeCount = SetColumns.planeCount(lexicon.vocabularies.groups.count)
        func bits(_ words: [Int32]) -> [UInt32] {
            var planes = Array(repeating: UInt32(0), count: words.isEmpty ? 0 : planeCount)
            for word in words { planes[Int(word) / 32] |= 1 << UInt32(word % 32) }
            return planes
        }
        return PreparedPreference(
            groups: bits(groups), excludedGroups: bits(excluded),
            areas: preference.areas.compactMap { areas.tree.index(of: $0) },
            excludedAreas: preference.excludedAreas.compactMap { areas.tree.index(of: $0) },
            categories: preference.categories.compactMap { categories.tree.index(of: $0) },
            excludedCategories: preference.excludedCategories.compactMap { categories.tree.index(of: $0) })
    }

    private mutating func intern(text: String) -> [Int32] {
        guard !text.isEmpty else { return [] }
        let numbers = lexicon.intern(grams: cutter.grams(of: text))
        gramCounts.add(numbers)
        return numbers
    }
}

/// Makes a part from records that stand in others and from new ones.
struct PartMaker {
    /// Where parties are looked for, the newest facts first.
    private let sources: [LivePart]
    private var builder: RegistryBuilder
    /// For each part that records were taken from, the number here of each of its parties; −2 where not looked up.
    private var numbers: [ObjectIdentifier: [Int32]] = [:]

    /// `stack` holds the parts as they stand, the newest last; numbers continue those of its lexicon.
    init(_ stack: [LivePart], cutter: GramCutter, blocks: BlockSizes, after lexicon: Lexicon, trees: Registry) {
        sources = stack.reversed()
        builder = RegistryBuilder(
            areas: trees.areas, categories: trees.categories, cutter: cutter, blocks: blocks, lexicon: lexicon)
    }

    mutating func add(_ party: Party) { builder.add(party) }

    mutating func add(_ offer: Offer) {
        _ = number(of: offer.party)
        builder.add(offer)
    }

    mutating func add(_ wish: Wish) { builder.add(wish) }

    mutating func add(_ distances: [DistanceTable.Row]) { builder.distances += distances }

    mutating func setAvailable(_ change: RegistryChanges.LineQuantity) {
        builder.setAvailable(line: change.line, change.quantity)
    }

    mutating func setWanted(_ change: RegistryChanges.LineQuantity) {
        builder.setWanted(line: change.line, change.quantity)
    }

    /// Takes over the newest facts of a party, where it is known.
    mutating func copy(party id: RecordID) { _ = number(of: id) }

    /// Takes over every party of a part that is not here yet.
    mutating func copyParties(of live: LivePart) {
        for id in live.registry.parties.ids { _ = number(of: id) }
    }

    /// Takes over what still stands of a part, without the records named.
    mutating func copyRecords(of live: LivePart, without left: TouchedRecords = TouchedRecords()) {
        let registry = live.registry
        for record in 0..<registry.offers.keys.count where !live.isGone(offer: record) {
            if left.offers.isEmpty || !left.offers.contains(registry.offers.keys[record].id) {
                copy(offer: record, of: live)
            }
        }
        for record in 0..<registry.wishes.keys.count where !live.isGone(wish: record) {
            if left.wishes.isEmpty || !left.wishes.contains(registry.wishes.keys[record].id) {
                copy(wish: record, of: live)
            }
        }
    }

    mutating func copy(offer record: Int, of live: LivePart) {
        let rows = live.part.rows(ofOffer: record)
        let own = rows.first.map { live.registry.offers.party[Int($0)] } ?? -1
        let party: Int32
        if own >= 0 {
            party = number(of: Int(own), in: live)
        } else if let stray = live.part.strayParty(ofOffer: record) {
            party = number(of: stray)
            if party < 0 { builder.strays[stray, default: []].append(Int32(builder.offers.keys.count)) }
        } else {
            party = -1
        }
        builder.copy(offer: record, rows: rows, of: live.registry, party: party)
    }

    mutating func copy(wish record: Int, of live: LivePart) {
        builder.copy(wish: record, rows: live.part.rows(ofWish: record), of: live.registry)
    }

    /// With the rarities of a table that is carried on, or with those that the texts here have.
    func part(carryingOn table: GramTable?) -> RegistryPart {
        RegistryPart(table.map { builder.build(with: builder.grams(extending: $0)) } ?? builder.build())
    }

    /// −1 where nobody knows the party.
    private mutating func number(of id: RecordID) -> Int32 {
        if let number = builder.parties.number(of: id) { return number }
        for source in sources {
            guard let known = source.part.party(id) else { continue }
            builder.copy(party: known, of: source.registry)
            return builder.parties.number(of: id) ?? -1
        }
        return -1
    }

    private mutating func number(of party: Int, in live: LivePart) -> Int32 {
        let key = ObjectIdentifier(live.part)
        if let known = numbers[key]?[party], known > -2 { return known }
        let found = number(of: live.registry.parties.ids[party])
        numbers[key, default: Array(repeating: -2, count: live.registry.parties.count)][party] = found
        return found
    }
}

/// Records and parties that a change is about.
struct TouchedRecords: Sendable {
    var offers: Set<RecordID> = []
    var wishes: Set<RecordID> = []
    var parties: Set<RecordID> = []

    mutating func formUnion(_ other: TouchedRecords) {
        offers.formUnion(other.offers)
        wishes.formUnion(other.wishes)
        parties.formUnion(other.parties)
    }
}

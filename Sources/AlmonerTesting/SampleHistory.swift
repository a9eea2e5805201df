public import MatchCore

/// The records of a made-up registry and how they change, step by step: registered, changed, claimed, withdrawn.
///
/// It keeps what is true after each step as plain records, so that a registry can be built of them afresh.
public struct SampleHistory {
    public private(set) var parties: [RecordID: Party] = [:]
    public private(set) var offers: [RecordID: Offer] = [:]
    public private(set) var wishes: [RecordID: Wish] = [:]
    private var distances: [DistanceTable.Row] = []
    private var records: SampleRecords
    private var random: SeededRandom
    private var counts = (parties: 0, offers: 0, wishes: 0)
    private let blocks: BlockSizes

    public init(
        seed: UInt64, offers offerCount: Int, wishes wishCount: Int, withDistances: Bool = false,
        blocks: BlockSizes = BlockSizes()
    ) {
        records = SampleRecords(seed: seed, now: RegistrySample.now)
        random = SeededRandom(seed: seed &* 31 &+ 7)
        self.blocks = blocks
        for _ in 0..<offerCount / 3 { keep(newParty()) }
        for _ in 0..<offerCount { keep(newOffer()) }
        for _ in 0..<wishCount { keep(newWish()) }
        if withDistances { distances = records.distances(offers: offerCount + 5, wishes: wishCount + 5) }
    }

    /// What is true now, in an order of its own, ready to be built.
    ///
    /// - Parameter words: how rare each word is; nil counts it.
    public func builder(words: WordTable? = nil) -> RegistryBuilder {
        var builder = RegistryBuilder(
            areas: SampleTrees.areas, categories: SampleTrees.categories, words: words, blocks: blocks)
        for party in parties.values.sorted(by: { $0.id < $1.id }) { builder.add(party) }
        for offer in offers.values.sorted(by: { $0.key.id > $1.key.id }) { builder.add(offer) }
        for wish in wishes.values.sorted(by: { $0.key.id < $1.key.id }) { builder.add(wish) }
        for row in distances { builder.add(row) }
        return builder
    }

    /// A table of the words that are there now.
    public func words(revision: Int = 1) -> WordTable {
        var counter = WordCounter(categories: SampleTrees.categories)
        for offer in offers.values { counter.add(offer.text, of: offer.party) }
        for wish in wishes.values { counter.add(wish.text, of: wish.key.id) }
        return WordTable(
            revision: revision, texts: counter.texts, body: counter.body(SampleTrees.categories),
            categories: SampleTrees.categories)
    }

    /// Draws the next changes and makes them true.
    public mutating func step(changes count: Int) -> RegistryChanges {
        var changes = RegistryChanges()
        var touched: Set<RecordID> = []
        for _ in 0..<count {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: changes.parties.append(keep(newParty()))
            case 1:
                guard let old = someID(parties.keys), touched.insert(old).inserted else { continue }
                var party = records.party(0)
                party.id = old
                changes.parties.append(keep(party))
            case 2, 3, 4: changes.offers.append(keep(newOffer()))
            case 5:
                guard let old = someID(offers.keys), touched.insert(old).inserted, let key = offers[old]?.key else {
                    continue
                }
                var offer = newOffer()
                offer.key = key
                changes.offers.append(keep(offer))
            case 6, 7:
                guard let id = someID(offers.keys), touched.insert(id).inserted, var offer = offers[id],
                    let line = offer.lines.indices.randomElement(using: &random)
                else { continue }
                offer.lines[line].available = random.pick([nil, 0, 1, 5, 40])
                keep(offer)
                changes.available.append(
                    .init(record: id, line: offer.lines[line].number, quantity: offer.lines[line].available))
            case 8:
                guard let id = someID(wishes.keys), touched.insert(id).inserted, var wish = wishes[id],
                    let line = wish.lines.indices.randomElement(using: &random)
                else { continue }
                wish.lines[line].quantity = random.pick([nil, 1, 5, 40])
                keep(wish)
                changes.wanted.append(
                    .init(record: id, line: wish.lines[line].number, quantity: wish.lines[line].quantity))
            case 9: changes.wishes.append(keep(newWish()))
            case 10:
                guard let id = someID(offers.keys), touched.insert(id).inserted else { continue }
                offers[id] = nil
                changes.withdrawnOffers.append(id)
            default:
                guard let id = someID(wishes.keys), touched.insert(id).inserted else { continue }
                wishes[id] = nil
                changes.withdrawnWishes.append(id)
            }
        }
        return changes
    }

    private mutating func newParty() -> Party {
        counts.parties += 1
        return records.party(counts.parties - 1)
    }

    /// Now and then of a party that nobody knows yet.
    private mutating func newOffer() -> Offer {
        counts.offers += 1
        return records.offer(counts.offers - 1, parties: counts.parties + 1)
    }

    private mutating func newWish() -> Wish {
        counts.wishes += 1
        return records.wish(counts.wishes - 1)
    }

    @discardableResult
    private mutating func keep(_ party: Party) -> Party {
        parties[party.id] = party
        return party
    }

    @discardableResult
    private mutating func keep(_ offer: Offer) -> Offer {
        offers[offer.key.id] = offer
        return offer
    }

    @discardableResult
    private mutating func keep(_ wish: Wish) -> Wish {
        wishes[wish.key.id] = wish
        return wish
    }

    private mutating func someID(_ ids: some Collection<RecordID>) -> RecordID? {
        ids.sorted().randomElement(using: &random)
    }
}

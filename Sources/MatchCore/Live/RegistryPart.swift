/// One immutable snapshot among those that a ``RegistryView`` is made of, with indices to find its records.
final class RegistryPart: Sendable {
    let registry: Registry
    private let offers: RecordIndex
    private let wishes: RecordIndex
    private let parties: RecordIndex
    /// The party of each offer whose party is not in the snapshot, by the offer's number.
    private let strayParties: [Int32: RecordID]

    init(_ registry: Registry) {
        self.registry = registry
        let (offerKeys, wishKeys, ids) = (registry.offers.keys, registry.wishes.keys, registry.parties.ids)
        offers = RecordIndex(count: offerKeys.count, records: registry.offers.record) { offerKeys[$0].id }
        wishes = RecordIndex(count: wishKeys.count, records: registry.wishes.record) { wishKeys[$0].id }
        parties = RecordIndex(count: ids.count, records: Column([])) { ids[$0] }
        strayParties = Dictionary(
            uniqueKeysWithValues: registry.strays.flatMap { party, records in records.map { ($0, party) } })
    }

    var rowCount: Int { registry.offers.count + registry.wishes.count }

    func offer(_ id: RecordID) -> Int? { offers.record(of: id) { registry.offers.keys[$0].id } }

    func wish(_ id: RecordID) -> Int? { wishes.record(of: id) { registry.wishes.keys[$0].id } }

    func party(_ id: RecordID) -> Int? { parties.record(of: id) { registry.parties.ids[$0] } }

    func rows(ofOffer record: Int) -> UnsafeBufferPointer<Int32> { offers.rows(of: record) }

    func rows(ofWish record: Int) -> UnsafeBufferPointer<Int32> { wishes.rows(of: record) }

    /// Nil where the party is in the snapshot.
    func strayParty(ofOffer record: Int) -> RecordID? { strayParties[Int32(record)] }

    /// The offers of a party, by their numbers.
    func offers(of party: RecordID) -> Set<Int> {
        var found = Set((registry.strays[party] ?? []).map { Int($0) })
        if let number = self.party(party) {
            // A sequential look at four bytes a row costs less than an index that is kept for it.
            let column = registry.offers.party
            for row in 0..<column.count where column.base[row] == Int32(number) {
                found.insert(Int(registry.offers.record[row]))
            }
        }
        return found
    }
}

/// A part, and which of its records were replaced or withdrawn since it was made.
struct LivePart: Sendable {
    let part: RegistryPart
    /// Records and rows that no longer stand; nil where all do.
    private(set) var goneOffers: RowMask?
    private(set) var goneWishes: RowMask?
    private(set) var goneOfferRows: RowMask?
    private(set) var goneWishRows: RowMask?

    init(_ part: RegistryPart) {
        self.part = part
    }

    var registry: Registry { part.registry }

    /// Rows that still stand.
    var rowCount: Int { part.rowCount - goneRowCount }

    var goneRowCount: Int { (goneOfferRows?.count ?? 0) + (goneWishRows?.count ?? 0) }

    /// The number of an offer that still stands.
    func offer(_ id: RecordID) -> Int? { part.offer(id).flatMap { isGone(offer: $0) ? nil : $0 } }

    func wish(_ id: RecordID) -> Int? { part.wish(id).flatMap { isGone(wish: $0) ? nil : $0 } }

    func isGone(offer record: Int) -> Bool { goneOffers?.contains(record) ?? false }

    func isGone(wish record: Int) -> Bool { goneWishes?.contains(record) ?? false }

    mutating func remove(offer id: RecordID) {
        guard let record = offer(id) else { return }
        LivePart.insert([record], into: &goneOffers, count: registry.offers.keys.count)
        LivePart.insert(
            part.rows(ofOffer: record).map { Int($0) }, into: &goneOfferRows, count: registry.offers.count)
    }

    mutating func remove(wish id: RecordID) {
        guard let record = wish(id) else { return }
        LivePart.insert([record], into: &goneWishes, count: registry.wishes.keys.count)
        LivePart.insert(
            part.rows(ofWish: record).map { Int($0) }, into: &goneWishRows, count: registry.wishes.count)
    }

    private static func insert(_ numbers: [Int], into mask: inout RowMask?, count: Int) {
        var grown = mask ?? RowMask(rowCount: count)
        mask = nil
        for number in numbers { grown.insert(number) }
        mask = grown
    }
}

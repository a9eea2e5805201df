/// A program as it stood at one moment: a large snapshot and a few small ones with what changed since.
///
/// A view never changes. Whoever holds one ranks over it for as long as it likes, whatever is registered meanwhile.
public final class RegistryView: Sendable {
    /// Counts up with every change; 0 is the registry that a ``LiveRegistry`` began with.
    public let version: Int
    /// The large one first. A record stands in at most one of them.
    let parts: [LivePart]
    /// The part whose lexicon reads them all.
    let newest: Registry
    /// For the wishes of one part (the row) and the offers of another: both, in the newest lexicon.
    private let pairs: [[Registry]]

    /// Each part continues the lexicon of the one before it.
    init(version: Int, base: LivePart, others: [LivePart]) {
        self.version = version
        parts = [base] + others
        let newest = (others.last ?? base).registry
        self.newest = newest
        let parts = parts
        pairs = parts.map { wishes in
            parts.map { offers in
                guard parts.count > 1 else { return offers.registry }
                return Registry(
                    areas: newest.areas, categories: newest.categories, offers: offers.registry.offers,
                    wishes: wishes.registry.wishes, parties: offers.registry.parties,
                    distances: offers.registry.distances, grams: newest.grams, lexicon: newest.lexicon, strays: [:])
            }
        }
    }

    /// The areas by whose numbers a ``RankFilter`` names them.
    public var areas: AreaTree { newest.areas }

    public var offerLineCount: Int {
        parts.reduce(0) { $0 + $1.registry.offers.count - ($1.goneOfferRows?.count ?? 0) }
    }

    public var wishLineCount: Int {
        parts.reduce(0) { $0 + $1.registry.wishes.count - ($1.goneWishRows?.count ?? 0) }
    }

    /// The lines of an offer, by their numbers; empty where it does not stand.
    public func offer(_ id: RecordID) -> [OfferRow] {
        for live in parts {
            guard let record = live.offer(id) else { continue }
            return live.part.rows(ofOffer: record).map { OfferRow(columns: live.registry.offers, row: Int($0)) }
                .sorted { $0.lineNumber < $1.lineNumber }
        }
        return []
    }

    /// The lines of a wish, by their numbers; empty where it does not stand.
    public func wish(_ id: RecordID) -> [WishRow] {
        for live in parts {
            guard let record = live.wish(id) else { continue }
            return live.part.rows(ofWish: record).map { WishRow(columns: live.registry.wishes, row: Int($0)) }
                .sorted { $0.lineNumber < $1.lineNumber }
        }
        return []
    }

    /// Visits every line of every wish.
    public func forEachWishLine(_ body: (WishRow) -> Void) {
        for live in parts {
            for row in 0..<live.registry.wishes.count where !(live.goneWishRows?.contains(row) ?? false) {
                body(live.registry.wishes[row])
            }
        }
    }

    /// Visits every line of every offer.
    public func forEachOfferLine(_ body: (OfferRow) -> Void) {
        for live in parts {
            for row in 0..<live.registry.offers.count where !(live.goneOfferRows?.contains(row) ?? false) {
                body(live.registry.offers[row])
            }
        }
    }

    /// The part that a row stands in; the first one for a row of another view.
    func part(of wish: WishRow) -> Int { parts.firstIndex { $0.registry.wishes === wish.columns } ?? 0 }

    func part(of offer: OfferRow) -> Int { parts.firstIndex { $0.registry.offers === offer.columns } ?? 0 }

    /// What scorers need for wishes of one part and offers of another.
    func registry(wishes: Int, offers: Int) -> Registry { pairs[wishes][offers] }
}

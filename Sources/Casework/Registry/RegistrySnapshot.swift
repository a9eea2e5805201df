internal import CaseRecords
public import MatchCore

/// Reads the registry that matching works on from a store.
public enum RegistrySnapshot {
    /// Everything that can be matched now: open wishes with something open, open offers of active parties.
    public static func load(
        from store: any CaseTransaction, areas: AreaTree, categories: CategoryTree, for eyes: Eyes = .coordinators
    ) throws -> Registry {
        var builder = RegistryBuilder(
            areas: areas, categories: categories, words: try store.wordTable()?.table(categories))
        var sites = try Sites(store)
        try forEachRecord(
            in: store, areas: areas, categories: categories, for: eyes, party: { builder.add($0) },
            offer: { offer in
                sites.add(offer: offer.key)
                builder.add(offer)
            },
            wish: { wish in
                sites.add(wish: wish.key)
                builder.add(wish)
            })
        // A distance is as exact as its sites are.
        guard eyes == .coordinators else { return builder.build() }
        try store.forEachDistance { distance in sites.rows(of: distance).forEach { builder.add($0) } }
        return builder.build()
    }

    /// Visits what can be matched now, as some eyes may see it: the parties, then their offers, then the wishes.
    static func forEachRecord(
        in store: any CaseTransaction, areas: AreaTree, categories: CategoryTree, for eyes: Eyes,
        party visitParty: (Party) throws -> Void, offer visitOffer: (Offer) throws -> Void,
        wish visitWish: (Wish) throws -> Void
    ) throws {
        var active: Set<RecordID> = []
        try store.forEachPartyFeatures { state, party in
            guard state == .active else { return }
            active.insert(party.id)
            try visitParty(party)
        }
        try store.forEachOffer { offer in
            guard offer.state == .open, active.contains(offer.features.party) else { return }
            try visitOffer(offer.features)
        }
        let unapproved = try store.wishesBeforeApproval(among: nil)
        let (unmatched, unlooked) = (
            try store.heldWishes(by: [.matching], among: nil), try store.heldWishes(by: [.sensitive], among: nil)
        )
        // Donors get what is published, and that has no groups.
        let derived = eyes == .coordinators ? try store.derivedGroups(among: nil) : [:]
        try store.forEachWish { wish in
            guard wish.state == .open, !unmatched.contains(wish.key.id),
                var features = matchable(wish.features, categories)
            else { return }
            features.join(derived[wish.key.id])
            if unlooked.contains(wish.key.id) { features.hideSensitive() }
            // Scorers read approved wording only.
            if unapproved.contains(wish.key.id) {
                guard eyes == .coordinators else { return }
                features.text = ""
            }
            try visitWish(eyes == .donors ? features.published(areas: areas) : features)
        }
    }

    /// What matching sees of an open wish: the lines that have something open, priced by the catalogue where nobody
    /// named a price. Nil where nothing is open.
    public static func matchable(_ wish: Wish, _ categories: CategoryTree) -> Wish? {
        var features = wish
        // A line that has nothing open is served; one that names no quantity stays a need.
        features.lines = features.lines.filter { $0.quantity.map { $0 > 0 } ?? true }
        for index in features.lines.indices { estimate(&features.lines[index], categories) }
        return features.lines.isEmpty ? nil : features
    }

    /// A line for which nobody named a price has the catalogue's for matching, so that an offer of money can be held
    /// against it. The stored wish keeps saying that none was named.
    private static func estimate(_ line: inout WishLine, _ categories: CategoryTree) {
        guard line.estimatedPriceFen == nil, line.unit != .fen,
            let category = line.category.flatMap({ categories[$0] }),
            category.unit == line.unit
        else { return }
        line.estimatedPriceFen = category.typicalPriceFen
    }
}

extension Wish {
    /// Adds the groups that follow from the household's file to those that were stated.
    mutating func join(_ derived: [Code]?) {
        for group in derived ?? [] where !groups.contains(group.text) { groups.append(group.text) }
    }

    /// Takes away what the person has not agreed to have looked at: hardship and groups.
    mutating func hideSensitive() {
        groups = []
        hardship = nil
    }
}

/// Which offers and wishes are at which site of the distance tables.
private struct Sites {
    private var stated: [RecordID: String] = [:]
    private var offers: [String: [RecordID]] = [:]
    private var wishes: [String: [RecordID]] = [:]

    init(_ store: any CaseTransaction) throws {
        for kind in [RecordKind.offer, .wish] { try store.forEachSite(of: kind) { stated[$1] = $0 } }
    }

    mutating func add(offer: RecordKey) {
        if let site = stated[offer.id] ?? offer.externalID { offers[site, default: []].append(offer.id) }
    }

    mutating func add(wish: RecordKey) {
        if let site = stated[wish.id] ?? wish.externalID { wishes[site, default: []].append(wish.id) }
    }

    /// The distance stands between every offer of the one site and every wish of the other.
    func rows(of distance: SiteDistance) -> [DistanceTable.Row] {
        guard let offers = offers[distance.offerSite], let wishes = wishes[distance.wishSite] else { return [] }
        return offers.flatMap { offer in
            wishes.map { wish in
                DistanceTable.Row(
                    offer: offer, wish: wish, centimetres: distance.centimetres, missing: distance.missing)
            }
        }
    }
}

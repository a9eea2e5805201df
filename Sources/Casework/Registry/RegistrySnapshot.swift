internal import CaseRecords
public import MatchCore

/// Reads the registry that matching works on from a store.
public enum RegistrySnapshot {
    /// Everything that can be matched now: open wishes with something open, open offers of active parties.
    public static func load(from store: any CaseTransaction, areas: AreaTree, categories: CategoryTree) throws
        -> Registry
    {
        var builder = RegistryBuilder(areas: areas, categories: categories)
        var active: Set<RecordID> = []
        try store.forEachParty { party in
            guard party.state == .active else { return }
            active.insert(party.key.id)
            builder.add(party.features)
        }
        try store.forEachOffer { offer in
            guard offer.state == .open, active.contains(offer.features.party) else { return }
            builder.add(offer.features)
        }
        try store.forEachWish { wish in
            guard wish.state == .open else { return }
            var features = wish.features
            // A line that has nothing open is served; one that names no quantity stays a need.
            features.lines = features.lines.filter { $0.quantity.map { $0 > 0 } ?? true }
            for index in features.lines.indices { estimate(&features.lines[index], categories) }
            if !features.lines.isEmpty { builder.add(features) }
        }
        try store.forEachDistance { builder.add($0) }
        return builder.build()
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

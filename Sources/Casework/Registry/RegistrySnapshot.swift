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
            if !features.lines.isEmpty { builder.add(features) }
        }
        try store.forEachDistance { builder.add($0) }
        return builder.build()
    }
}

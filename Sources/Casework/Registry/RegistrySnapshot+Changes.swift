internal import CaseRecords
public import MatchCore

extension RegistrySnapshot {
    /// What records that were touched are now, for a registry that was loaded before: after it, the registry is as if it
    /// were loaded again. Nil where only that will do.
    public static func changes(
        of touches: RegistryTouches, in store: any CaseTransaction, areas: AreaTree, categories: CategoryTree,
        for eyes: Eyes = .coordinators
    ) throws -> RegistryChanges? {
        guard !touches.isEverything else { return nil }
        var changes = RegistryChanges()
        for party in try store.parties(Array(touches.parties)) {
            // All of its offers go with it, and come back with it.
            guard party.state == .active else { return nil }
            changes.parties.append(party.features)
        }
        let offers = try store.offers(Array(touches.offers)).filter { $0.state == .open }
        let active = Set(
            try store.parties(Array(Set(offers.map(\.features.party)))).filter { $0.state == .active }.map(\.key.id))
        changes.offers = offers.map(\.features).filter { active.contains($0.party) }
        changes.withdrawnOffers = Array(touches.offers.subtracting(changes.offers.map(\.key.id)))
        let unmatched = try store.heldWishes(by: [.matching], among: Array(touches.wishes))
        changes.wishes = try store.wishes(Array(touches.wishes))
            .filter { $0.state == .open && !unmatched.contains($0.key.id) }
            .compactMap { matchable($0.features, categories) }
        if eyes == .coordinators {
            let derived = try store.derivedGroups(among: changes.wishes.map(\.key.id))
            for index in changes.wishes.indices { changes.wishes[index].join(derived[changes.wishes[index].key.id]) }
        }
        let unlooked = try store.heldWishes(by: [.sensitive], among: changes.wishes.map(\.key.id))
        for index in changes.wishes.indices where unlooked.contains(changes.wishes[index].key.id) {
            changes.wishes[index].hideSensitive()
        }
        if !changes.wishes.isEmpty {
            let unapproved = try store.wishesBeforeApproval(among: changes.wishes.map(\.key.id))
            for index in changes.wishes.indices where unapproved.contains(changes.wishes[index].key.id) {
                changes.wishes[index].text = ""
            }
            if eyes == .donors {
                changes.wishes = changes.wishes.filter { !unapproved.contains($0.key.id) }
                    .map { $0.published(areas: areas) }
            }
        }
        changes.withdrawnWishes = Array(touches.wishes.subtracting(changes.wishes.map(\.key.id)))
        return changes
    }
}

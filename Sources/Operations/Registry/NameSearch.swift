public import Casework
internal import Exchange
internal import MatchCore

/// Looks names up in the registry of one transaction.
public struct NameSearch {
    private let store: any CaseTransaction
    private let kind: RecordKind

    /// Above this many records only ids and external ids are looked up, because every record would have to be read.
    static let greatestSearch = 50_000

    public init(_ store: any CaseTransaction, _ kind: RecordKind) {
        self.store = store
        self.kind = kind
    }

    public func find(_ text: String) throws -> NameFinding {
        if let id = RecordID(text), try exists(id) { return NameFinding(id: id) }
        let same = try store.ids(of: kind, externalID: text, limit: 3)
        if same.count == 1 { return NameFinding(id: same[0]) }
        if same.count > 1 { return NameFinding(several: same.map(\.description)) }
        guard try store.count(of: kind) <= Self.greatestSearch else {
            return NameFinding(
                near: Suggestion(try store.externalIDs(of: kind, near: text, limit: 20)).closest(to: text))
        }
        switch NameIndex(try everything()).find(text) {
        case .found(let id): return NameFinding(id: id)
        case .ambiguous(let names): return NameFinding(several: names)
        case .closest(let names): return NameFinding(near: names)
        }
    }

    private func exists(_ id: RecordID) throws -> Bool {
        let reader = RegistryReader(store)
        switch kind {
        case .party: return try reader.party(id) != nil
        case .offer: return try reader.offer(id) != nil
        case .wish: return try reader.wish(id) != nil
        }
    }

    private func everything() throws -> [(item: RecordID, names: [String])] {
        let reader = RegistryReader(store)
        var found: [(item: RecordID, names: [String])] = []
        switch kind {
        case .party: try reader.forEachParty { found.append(($0.key.id, [$0.key.handle, $0.name])) }
        case .offer: try reader.forEachOffer { found.append(($0.key.id, [$0.key.handle, $0.features.text])) }
        case .wish:
            // Nobody finds a person by words that nobody has approved.
            let unapproved = try store.wishesBeforeApproval(among: nil)
            try reader.forEachWish { wish in
                let words = unapproved.contains(wish.key.id) ? [] : [wish.features.text]
                found.append((wish.key.id, [wish.key.handle] + words))
            }
        }
        return found
    }
}

public import Casework
internal import Exchange
internal import MatchCore

/// Looks names up in the registry of one transaction.
public struct NameSearch {
    private let store: any CaseTransaction
    private let kind: RecordKind
    /// Who searches; nil for whoever sees everything.
    private let searcher: OperationContext?
    /// For whom what is shown is noted as read; nil on the machine with the files.
    private let reader: OperationContext?

    /// Above this many records only ids and external ids are looked up, because every record would have to be read.
    static let greatestSearch = 50_000

    public init(_ store: any CaseTransaction, _ kind: RecordKind) {
        (self.store, self.kind, searcher, reader) = (store, kind, nil, nil)
    }

    /// Finds what the viewer of the context may see, and by what it is called to the viewer: outsiders do not know the
    /// external ids of wishes.
    init(_ store: any CaseTransaction, _ kind: RecordKind, by reader: OperationContext) {
        self.store = store
        self.kind = kind
        self.reader = reader
        searcher = Self.seesAll(kind, reader) ? nil : reader
    }

    /// Whether the viewer sees every record of a kind with its name and words, so that none has to be looked at.
    private static func seesAll(_ kind: RecordKind, _ context: OperationContext) -> Bool {
        let isUnlimited = context.viewer.areas.isEmpty
        switch kind {
        case .party: return context.parts(of: .party).isSuperset(of: [.existence, .handle, .name])
        case .offer: return context.parts(of: .offer).isSuperset(of: [.existence, .handle])
        case .wish:
            return AccessStage.allCases.filter { $0 != .always }.allSatisfy {
                context.parts(of: .wish, at: $0, isWithin: isUnlimited).isSuperset(of: [.existence, .handle, .wording])
            }
        }
    }

    private static let mostForOthers = 20

    public func find(_ text: String) throws -> NameFinding {
        if let id = RecordID(text), try exists(id) { return NameFinding(id: id) }
        let same = try store.ids(of: kind, externalID: text, limit: 100).filter(isKnownByHandle).prefix(3)
        if same.count == 1 { return NameFinding(id: same[0]) }
        if same.count > 1 { return NameFinding(several: same.map(\.description)) }
        guard try store.count(of: kind) <= Self.greatestSearch else {
            guard searcher == nil else { return NameFinding() }
            return NameFinding(
                near: Suggestion(try store.externalIDs(of: kind, near: text, limit: 20)).closest(to: text))
        }
        let all = try everything()
        switch NameIndex(all).find(text) {
        case .found(let id): return NameFinding(id: id)
        case .ambiguous(let names):
            try note(names, among: all)
            // Whoever works elsewhere is told that there are others, and not what they all say.
            return NameFinding(several: searcher == nil ? names : Array(names.prefix(Self.mostForOthers)))
        case .closest(let names):
            try note(names, among: all)
            return NameFinding(near: names)
        }
    }

    /// Notes as read what is sealed of the names that are shown: those of people, and words that nobody has approved.
    private func note(_ names: [String], among all: [(item: RecordID, names: [String])]) throws {
        guard let reader, kind != .offer else { return }
        let shown = Set(names)
        for (id, own) in all {
            guard own.contains(where: shown.contains) else { continue }
            switch kind {
            case .party:
                guard let party = try reader.registry.party(id), shown.contains(party.name) else { continue }
                if party.features.kind.isPerson, !reader.viewer.isParty(id) { reader.note(.name, of: id) }
            case .wish:
                guard let wish = try reader.registry.wish(id), shown.contains(wish.features.text) else { continue }
                if try !reader.sight(of: wish).isApproved { reader.note(.wording, of: id) }
            case .offer: break
            }
        }
    }

    private func exists(_ id: RecordID) throws -> Bool {
        let reader = RegistryReader(store)
        switch kind {
        case .party: return try reader.party(id).map(isSeen) ?? false
        case .offer: return try reader.offer(id).map(isSeen) ?? false
        case .wish: return try reader.wish(id).map(isSeen) ?? false
        }
    }

    /// Whether the viewer may know what other systems call the record: who does not is not told that it is there.
    private func isKnownByHandle(_ id: RecordID) throws -> Bool {
        guard kind == .wish, let searcher else { return try exists(id) }
        guard let wish = try RegistryReader(store).wish(id) else { return false }
        return try searcher.sight(of: wish).parts.isSuperset(of: [.existence, .handle])
    }

    private func isSeen(_ party: RegisteredParty) -> Bool {
        searcher.map { $0.sees(.party, isOwn: $0.viewer.isParty(party.key.id)) } ?? true
    }

    private func isSeen(_ offer: RegisteredOffer) -> Bool {
        searcher.map { $0.sees(.offer, isOwn: $0.viewer.isParty(offer.features.party)) } ?? true
    }

    private func isSeen(_ wish: RegisteredWish) throws -> Bool {
        try searcher.map { try $0.sight(of: wish).parts.contains(.existence) } ?? true
    }

    private func everything() throws -> [(item: RecordID, names: [String])] {
        let reader = RegistryReader(store)
        var found: [(item: RecordID, names: [String])] = []
        switch kind {
        case .party:
            try reader.forEachParty { if isSeen($0) { found.append(($0.key.id, [$0.key.handle, $0.name])) } }
        case .offer:
            try reader.forEachOffer { if isSeen($0) { found.append(($0.key.id, [$0.key.handle, $0.features.text])) } }
        case .wish:
            try reader.forEachWish { wish in
                guard let searcher else {
                    return found.append((wish.key.id, [wish.key.handle, wish.features.text]))
                }
                let sight = try searcher.sight(of: wish)
                if sight.parts.contains(.existence) { found.append((wish.key.id, sight.words(of: wish))) }
            }
        }
        return found
    }
}

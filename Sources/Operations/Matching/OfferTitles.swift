internal import Casework
internal import MatchCore
internal import Synchronization

/// What an offer is called by: its words, or else its items; and who offers.
public struct OfferTitle: Sendable, Hashable {
    let words: String
    let categories: [String?]
    let party: RecordID

    init(_ offer: RegisteredOffer) {
        words = offer.features.text
        categories = offer.features.lines.map(\.category)
        party = offer.features.party
    }
}

/// What a party is called.
struct PartyTitle: Sendable, Hashable {
    let name: String
    /// Whether it is somebody's own name, which is on record where it is read: those of organisations are public.
    let isPersonal: Bool

    init(_ party: RegisteredParty) {
        name = party.name
        isPersonal = party.features.kind.isPerson
    }
}

extension PartyKind {
    /// Whether such a party is, or may be, one person.
    var isPerson: Bool { [.donor, .volunteer].contains(self) }
}

/// Offers and their parties, as they are called.
public struct OfferTitles: Sendable {
    var offers: [RecordID: OfferTitle] = [:]
    /// Those parties of the offers that exist.
    var parties: [RecordID: PartyTitle] = [:]

    /// Reads those that are missing. What does not exist stays missing.
    mutating func complete(_ ids: [RecordID], in store: any CaseTransaction) throws {
        let registry = RegistryReader(store)
        let missing = ids.filter { offers[$0] == nil }
        if !missing.isEmpty {
            for (id, offer) in try registry.offers(missing) { offers[id] = OfferTitle(offer) }
        }
        let unnamed = Set(ids.compactMap { offers[$0]?.party }).filter { parties[$0] == nil }
        if !unnamed.isEmpty {
            for (id, party) in try registry.parties(Array(unnamed)) { parties[id] = PartyTitle(party) }
        }
    }
}

/// The titles that a server gave lately, as long as nothing of them has changed: the same offers stand in many rankings.
final class TitleShelf: Sendable {
    private struct State {
        /// Everything that the store's log names until here was taken away.
        var version: UInt64 = 0
        var titles = OfferTitles()
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// - Parameter capacity: how many offers are kept; beyond, all are read anew.
    init(capacity: Int = 20_000) {
        self.capacity = capacity
    }

    func titles(of ids: [RecordID], in store: any CaseTransaction) throws -> OfferTitles {
        guard let version = store.registryVersion else {
            var titles = OfferTitles()
            try titles.complete(ids, in: store)
            return titles
        }
        var titles = state.withLock { state in
            if state.version < version { Self.forget(&state, until: version, store) }
            // A transaction that began before what is kept: it may know another title, and reads its own.
            return state.version == version ? Self.kept(ids, in: state.titles) : OfferTitles()
        }
        try titles.complete(ids, in: store)
        state.withLock { state in
            guard state.version == version else { return }
            if state.titles.offers.count + titles.offers.count > capacity { state.titles = OfferTitles() }
            state.titles.offers.merge(titles.offers) { $1 }
            state.titles.parties.merge(titles.parties) { $1 }
        }
        return titles
    }

    private static func kept(_ ids: [RecordID], in all: OfferTitles) -> OfferTitles {
        var titles = OfferTitles()
        for id in ids {
            guard let offer = all.offers[id] else { continue }
            titles.offers[id] = offer
            titles.parties[offer.party] = all.parties[offer.party]
        }
        return titles
    }

    private static func forget(_ state: inout State, until version: UInt64, _ store: any CaseTransaction) {
        let touches = store.registryTouches(after: state.version)
        if touches.isEverything {
            state.titles = OfferTitles()
        } else {
            for id in touches.offers { state.titles.offers[id] = nil }
            for id in touches.parties { state.titles.parties[id] = nil }
        }
        state.version = version
    }
}

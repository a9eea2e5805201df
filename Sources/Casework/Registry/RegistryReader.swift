internal import CaseRecords
public import MatchCore

/// Shows the registry to those who work with it: lists, single records, names that people type.
public struct RegistryReader {
    private let transaction: any CaseTransaction

    public init(_ transaction: any CaseTransaction) {
        self.transaction = transaction
    }

    // MARK: Lists

    public func forEachParty(_ body: (RegisteredParty) throws -> Void) throws {
        try transaction.forEachParty { try body(RegisteredParty($0)) }
    }

    public func forEachOffer(_ body: (RegisteredOffer) throws -> Void) throws {
        try transaction.forEachOffer { try body(RegisteredOffer($0)) }
    }

    public func forEachWish(_ body: (RegisteredWish) throws -> Void) throws {
        try transaction.forEachWish { try body(RegisteredWish($0)) }
    }

    public func parties(_ query: RecordQuery, limit: Int) throws -> [RegisteredParty] {
        try transaction.parties(query, limit: limit).map { RegisteredParty($0) }
    }

    public func offers(_ query: RecordQuery, limit: Int) throws -> [RegisteredOffer] {
        try transaction.offers(query, limit: limit).map { RegisteredOffer($0) }
    }

    public func wishes(_ query: RecordQuery, limit: Int) throws -> [RegisteredWish] {
        try transaction.wishes(query, limit: limit).map { RegisteredWish($0) }
    }

    // MARK: Single records

    public func party(_ id: RecordID) throws -> RegisteredParty? {
        try transaction.party(id).map { RegisteredParty($0) }
    }

    public func offer(_ id: RecordID) throws -> RegisteredOffer? {
        try transaction.offer(id).map { RegisteredOffer($0) }
    }

    public func wish(_ id: RecordID) throws -> RegisteredWish? { try transaction.wish(id).map { RegisteredWish($0) } }

    // MARK: Many at once

    /// Those that exist, by their ids.
    public func parties(_ ids: [RecordID]) throws -> [RecordID: RegisteredParty] {
        Dictionary(try transaction.parties(ids).map { ($0.key.id, RegisteredParty($0)) }) { $1 }
    }

    public func offers(_ ids: [RecordID]) throws -> [RecordID: RegisteredOffer] {
        Dictionary(try transaction.offers(ids).map { ($0.key.id, RegisteredOffer($0)) }) { $1 }
    }

    public func wishes(_ ids: [RecordID]) throws -> [RecordID: RegisteredWish] {
        Dictionary(try transaction.wishes(ids).map { ($0.key.id, RegisteredWish($0)) }) { $1 }
    }

    // MARK: Stored suggestions

    /// Every stored suggestion; `damaged` hears of those that cannot be read or were altered.
    public func forEachStored(
        wish: RecordID? = nil, damaged: (_ place: String, _ fault: String) throws -> Void,
        _ body: (_ rank: Int, Explanation) throws -> Void
    ) throws {
        try transaction.forEachMatch(wish: wish) { match in
            switch match {
            case .intact(let record): try body(record.rank, record.explanation)
            case .faulty(let place, let fault): try damaged(place, fault)
            }
        }
    }
}

extension RegisteredParty {
    init(_ record: PartyRecord) {
        self.init(key: record.key, name: record.name, state: record.state.rawValue, features: record.features)
    }
}

extension RegisteredOffer {
    init(_ record: OfferRecord) {
        self.init(
            state: record.state.rawValue, received: record.received, features: record.features,
            promises: record.balances.map {
                RegisteredOffer.Promise(
                    pledged: $0.pledged, reserved: $0.reserved, inTransit: $0.inTransit, received: $0.received,
                    withdrawn: $0.withdrawn)
            })
    }
}

extension RegisteredWish {
    init(_ record: WishRecord) {
        self.init(
            state: record.state.rawValue, features: record.features,
            needs: record.balances.map {
                RegisteredWish.Need(
                    wanted: $0.wanted, reserved: $0.reserved, inTransit: $0.inTransit, received: $0.received,
                    cancelled: $0.cancelled)
            })
    }
}

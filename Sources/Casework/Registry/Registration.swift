internal import CaseRecords
public import MatchCore

/// Admits inbound values to the registry: checks them, gives them an id, and saves them in the caller's transaction.
///
/// A record that is already there, by source and external id, keeps its id; the same content twice changes nothing.
public struct Registration<Random: RandomNumberGenerator> {
    private let admission: Admission
    private let now: Timestamp
    private var identifiers: IdentifierSource<Random>

    /// `random` gives the random bits of new ids.
    public init(areas: AreaTree, categories: CategoryTree, now: Timestamp, random: Random) {
        admission = Admission(areas: areas, categories: categories)
        self.now = now
        identifiers = IdentifierSource(random: random)
    }

    /// An id for a new record; a record that is already stored keeps its own.
    public mutating func newID() -> RecordID { identifiers.next(at: now) }

    /// Registers a party. `features.id` and the key's id are given by ``newID()``.
    /// Throws ``AdmissionRefusal``, or what the store throws.
    public func register(
        _ party: Party, name: String, key: RecordKey, in transaction: any CaseTransaction
    ) throws -> SaveOutcome {
        let record = PartyRecord(key: key, name: name, features: party)
        try refuse(admission.faults(in: record))
        return try transaction.save(record)
    }

    public func register(
        _ offer: Offer, received: Timestamp?, in transaction: any CaseTransaction
    ) throws -> SaveOutcome {
        let record = OfferRecord(new: offer, received: received)
        try refuse(admission.faults(in: record))
        return try transaction.save(record)
    }

    public func register(_ wish: Wish, in transaction: any CaseTransaction) throws -> SaveOutcome {
        let record = WishRecord(new: wish)
        try refuse(admission.faults(in: record))
        return try transaction.save(record)
    }

    /// What speaks against a value, without saving it.
    public func faults(in party: Party, name: String, key: RecordKey) -> [AdmissionFault] {
        admission.faults(in: PartyRecord(key: key, name: name, features: party))
    }

    public func faults(in offer: Offer) -> [AdmissionFault] { admission.faults(in: OfferRecord(new: offer)) }
    public func faults(in wish: Wish) -> [AdmissionFault] { admission.faults(in: WishRecord(new: wish)) }

    private func refuse(_ faults: [AdmissionFault]) throws {
        if !faults.isEmpty { throw AdmissionRefusal(faults: faults) }
    }
}

/// A record that may not enter, with all that is wrong with it.
public struct AdmissionRefusal: Error, Sendable, CustomStringConvertible {
    public var faults: [AdmissionFault]

    public init(faults: [AdmissionFault]) {
        self.faults = faults
    }

    public var description: String { faults.map { "\($0.field): \($0.message.en)" }.joined(separator: " ") }
}

extension CaseTransaction {
    /// The id of a party by the id that its source gave it; nil where it is not registered.
    public func partyID(source: String, externalID: String) throws -> RecordID? {
        try party(source: source, externalID: externalID)?.key.id
    }

    public func offerID(source: String, externalID: String) throws -> RecordID? {
        try offer(source: source, externalID: externalID)?.key.id
    }

    public func wishID(source: String, externalID: String) throws -> RecordID? {
        try wish(source: source, externalID: externalID)?.key.id
    }
}

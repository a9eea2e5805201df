import Casework
import Exchange
import MatchCore

/// Enters mapped records into the registry, one transaction long.
struct RecordIntake {
    private let transaction: any CaseTransaction
    private let mapping: Mapping
    private let builder: RecordBuilder
    private let registrar: Registrar
    private let now: Timestamp
    private var identifiers = IdentifierSource(random: SystemRandomNumberGenerator())
    /// Parties by external id, those of this file and those that were looked up.
    private var parties: [String: RecordID] = [:]
    private var sites: (offers: [String: [RecordID]], wishes: [String: [RecordID]])?
    /// A fault of the store, which ends the import.
    private(set) var failure: (any Error)?

    init(
        transaction: any CaseTransaction, mapping: Mapping, builder: RecordBuilder, admission: Admission,
        rules: CaseRules,
        opensCases: Bool = true, now: Timestamp
    ) {
        self.transaction = transaction
        self.mapping = mapping
        self.builder = builder
        let identifiers = SharedIdentifiers(now: now)
        registrar = Registrar(
            transaction: transaction, admission: admission,
            desk: CaseDesk(
                rules: rules, store: transaction, actor: .system, now: Moment(milliseconds: now.milliseconds),
                newID: { identifiers.next() }), opening: opensCases ? .importFile : nil)
        self.now = now
    }

    /// Returns what became of the record; nothing where it is at fault, and then `remarks` says why.
    mutating func enter(_ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks) -> [SaveOutcome] {
        do {
            switch mapping.kind {
            case .parties: return try enterParty(record, &remarks)
            case .offers: return try enterOffer(record, &remarks)
            case .wishes: return try enterWish(record, &remarks)
            case .distances: return try enterDistance(record, &remarks)
            case .areas: return []
            }
        } catch let refusal as AdmissionRefusal {
            remarks.faults += refusal.faults.map { ($0.field, $0.message) }
        } catch {
            failure = error
        }
        return []
    }

    private mutating func enterParty(
        _ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks
    ) throws -> [SaveOutcome] {
        let id = identifiers.next(at: now)
        let (party, name) = builder.party(record, id: id, &remarks)
        guard remarks.faults.isEmpty else { return [] }
        return [try registrar.admit(party, key: builder.key(record, id: id), name: name)]
    }

    private mutating func enterOffer(
        _ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks
    ) throws -> [SaveOutcome] {
        guard let party = try party(of: record, &remarks) else { return [] }
        let offer = builder.offer(record, id: identifiers.next(at: now), party: party, &remarks)
        guard remarks.faults.isEmpty else { return [] }
        let received = record.timestamp("receivedAt").map(Timestamp.init(milliseconds:))
        return [try registrar.admit(offer, received: received, site: record.text("site"))]
    }

    private mutating func enterWish(
        _ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks
    ) throws -> [SaveOutcome] {
        let wish = builder.wish(record, id: identifiers.next(at: now), &remarks)
        guard remarks.faults.isEmpty else { return [] }
        return [try registrar.admit(wish, site: record.text("site"))]
    }

    /// The party of an offer: one of the registry with this external id (of this source, else of any other), or a new
    /// one made of what the row says. An offer that names no party is its own party's only one.
    private mutating func party(
        of record: MappedRecord, _ remarks: inout RecordBuilder.Remarks
    ) throws -> RecordID? {
        let externalID = record.text("party.externalID") ?? record.text("party.name") ?? record.text("externalID") ?? ""
        if let known = parties[externalID] { return known }
        if let stored = try registrar.party(source: mapping.source, externalID: externalID) {
            parties[externalID] = stored
            return stored
        }
        let elsewhere = try transaction.ids(of: .party, externalID: externalID, limit: 2)
        if elsewhere.count == 1 {
            parties[externalID] = elsewhere[0]
            return elsewhere[0]
        }
        let id = identifiers.next(at: now)
        let (party, name) = builder.offeringParty(record, id: id, &remarks)
        guard remarks.faults.isEmpty else { return nil }
        let key = RecordKey(source: mapping.source, externalID: externalID, id: id)
        let saved = try registrar.admit(party, key: key, name: name.isEmpty ? externalID : name)
        parties[externalID] = saved.id
        return saved.id
    }

    /// A distance stands between every offer and every wish of its two sites.
    private mutating func enterDistance(
        _ record: MappedRecord, _ remarks: inout RecordBuilder.Remarks
    ) throws -> [SaveOutcome] {
        let offers = try ids(of: .offer, named: record.text("offer") ?? "")
        let wishes = try ids(of: .wish, named: record.text("wish") ?? "")
        for (field, kind, found) in [("offer", RecordKind.offer, offers), ("wish", .wish, wishes)] where found.isEmpty {
            let name = record.text(field) ?? ""
            remarks.warnings.append(
                (
                    field,
                    both(
                        "登记中没有“\(name)”，此距离未用。",
                        "The registry has no \(kind.rawValue) '\(name)'; the distance is not used.")
                ))
        }
        let metres = record.integer("distance") ?? 0
        guard metres <= 20_020_000 else {
            remarks.faults.append(
                (
                    "distance",
                    both("\(metres) 米超过地球周长的一半。", "\(metres) metres is more than half the way round the Earth.")
                ))
            return []
        }
        let missing: DistanceTable.Missing = mapping.missingDistance == .farther ? .farther : .unknown
        var outcomes: [SaveOutcome] = []
        for offer in offers {
            for wish in wishes {
                outcomes.append(
                    try registrar.admit(
                        DistanceTable.Row(
                            offer: offer, wish: wish, centimetres: Int32(metres * 100), missing: missing)))
            }
        }
        return outcomes
    }

    private mutating func ids(of kind: RecordKind, named name: String) throws -> [RecordID] {
        if sites == nil {
            var loaded: (offers: [String: [RecordID]], wishes: [String: [RecordID]]) = ([:], [:])
            try transaction.forEachSite(of: .offer) { loaded.offers[$0, default: []].append($1) }
            try transaction.forEachSite(of: .wish) { loaded.wishes[$0, default: []].append($1) }
            sites = loaded
        }
        if let found = kind == .offer ? sites?.offers[name] : sites?.wishes[name] { return found }
        return try transaction.ids(of: kind, externalID: name, limit: 8)
    }
}

/// Ids for what the desk makes besides the records themselves: clocks.
private final class SharedIdentifiers {
    private var source = IdentifierSource(random: SystemRandomNumberGenerator())
    private let now: Timestamp

    init(now: Timestamp) { self.now = now }

    func next() -> RecordID { source.next(at: now) }
}

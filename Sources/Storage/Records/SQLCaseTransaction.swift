internal import CaseRecords
internal import Casework
internal import MatchCore

/// One transaction of casework over SQL.
final class SQLCaseTransaction: CaseTransaction {
    let connection: any Connection
    let program: String
    private let partyRows: PartyTable
    private let offerRows: OfferTable
    private let wishRows: WishTable
    let sealing: HistorySealing
    /// Opens and seals what is personal.
    let vault: VaultSession
    /// The end of the chain, once it was read or moved in this transaction.
    var lastHead: ChainHead?
    /// The last place in the order of sealing that this transaction gave, or saw when it gave its first.
    var lastWaiting: RecordID?

    /// What goes into the feed of changes.
    var journal = ChangeJournal()
    /// When what is noted happened.
    let clock: @Sendable () -> Moment

    /// Hears what this transaction changes.
    let marks: ChangeMarks
    /// How far it sees into this process's log; nil where others change the registry too.
    private let own: SeenRegistry?
    private let shared: SharedRegistryLog?
    private var hasLooked = false
    private var found: SeenRegistry?

    init(
        connection: any Connection, program: String, vault: VaultSession, sealing: HistorySealing = .inTransaction,
        marks: ChangeMarks = ChangeMarks(), seen: SeenRegistry? = nil, shared: SharedRegistryLog? = nil,
        clock: @escaping @Sendable () -> Moment = HostClock.now
    ) {
        self.clock = clock
        self.marks = marks
        own = seen
        self.shared = shared
        self.connection = connection
        self.program = program
        self.sealing = sealing
        self.vault = vault
        partyRows = PartyTable(connection: connection, program: program, vault: vault)
        offerRows = OfferTable(connection: connection, program: program, vault: vault)
        wishRows = WishTable(connection: connection, program: program, vault: vault)
    }

    /// Looked up where it is asked for, since most transactions do not; nil where it is not known.
    private var seen: SeenRegistry? {
        if let own { return own }
        if !hasLooked, let shared, let connection = connection as? any SharedConnection {
            hasLooked = true
            found = try? shared.seen(on: connection, program: program)
        }
        return found
    }

    /// Tells other nodes what this transaction changes of what they keep in memory.
    func publishMarks() throws {
        let touches = marks.all.touches
        guard !touches.isEmpty, let connection = connection as? any SharedConnection else { return }
        try TouchTable(connection: connection, program: program).insert(touches)
    }

    var registryVersion: UInt64? { seen?.version }

    func registryTouches(after version: UInt64) -> RegistryTouches {
        if let seen { return seen.log.touches(after: version, through: seen.version) }
        var everything = RegistryTouches()
        everything.insertEverything()
        return everything
    }

    var notedReads: Set<SealedRead> { vault.reads }

    // MARK: Parties

    func save(_ party: PartyRecord) throws -> SaveOutcome {
        if try partyRows.insert(party) {
            marks.mark(.party, party.key.id)
            try note(.party, party.key.id, .created)
            return .created(party.key.id)
        }
        guard let stored = try stored(party.key, by: self.party(_:), self.party(source:externalID:)) else {
            throw Self.keyTaken(party.key)
        }
        var merged = party
        merged.key = stored.key
        merged.features.id = stored.key.id
        // Who was paused or closed is not opened by a file that is imported again.
        merged.state = stored.state
        if merged == stored { return .unchanged(stored.key.id) }
        marks.mark(.party, stored.key.id)
        try note(.party, stored.key.id, .changed)
        try partyRows.update(merged)
        return .changed(stored.key.id)
    }

    func party(_ id: RecordID) throws -> PartyRecord? { try partyRows.first(where: "id = $2", [SQLValue(id)]) }

    func party(source: String, externalID: String) throws -> PartyRecord? {
        try partyRows.first(where: "external_id = $2 AND source = $3", [SQLValue(externalID), SQLValue(source)])
    }

    func forEachParty(_ body: (PartyRecord) throws -> Void) throws { try partyRows.forEach { try body($0) } }

    func forEachPartyFeatures(_ body: (PartyState, Party) throws -> Void) throws {
        try partyRows.forEachFeatures(body)
    }

    func parties(_ ids: [RecordID]) throws -> [PartyRecord] {
        var found: [PartyRecord] = []
        try forEachGroup(of: ids, "id") { try partyRows.forEach(where: $0, $1) { found.append($0) } }
        return found
    }

    func parties(_ query: RecordQuery, limit: Int) throws -> [PartyRecord] {
        let (condition, parameters) = query.condition(
            on: "id", table: "party", kind: "kind", lines: nil, program: program, limit: limit)
        var found: [PartyRecord] = []
        try partyRows.forEach(where: condition, Array(parameters.dropFirst())) { found.append($0) }
        return query.isDescending ? found.reversed() : found
    }

    func setState(_ state: PartyState, ofParty party: RecordID) throws {
        // What a party may give depends on its state: its offers are ranked, or not, from now.
        marks.mark(.party, party)
        try note(.party, party, state == .closed ? .ended : .changed)
        try connection.forEach(
            "SELECT id FROM offer WHERE program = $1 AND party_id = $2", [.text(program), SQLValue(party)]
        ) { marks.mark(.offer, try $0[0]) }
        try connection.run(
            "UPDATE party SET state = $3 WHERE program = $1 AND id = $2",
            [.text(program), SQLValue(party), .text(state.rawValue)])
    }

    // MARK: Offers

    func save(_ offer: OfferRecord) throws -> SaveOutcome {
        if try offerRows.insert(offer) {
            marks.mark(.offer, offer.key.id)
            try note(.offer, offer.key.id, .created)
            return .created(offer.key.id)
        }
        guard let stored = try stored(offer.key, by: self.offer(_:), self.offer(source:externalID:)) else {
            throw Self.keyTaken(offer.key)
        }
        var merged = offer
        merged.features.key = stored.key
        // Whether it is paused or withdrawn is for casework to say, never for a file that is imported again.
        merged.state = stored.state
        if stored.features.kind == .money { merged.keepBudgets(of: stored, on: try funds.lines(of: stored.key.id)) }
        if merged.says(sameAs: stored) { return .unchanged(stored.key.id) }
        marks.mark(.offer, stored.key.id)
        try note(.offer, stored.key.id, .changed)
        try offerRows.update(stored, to: merged)
        return .changed(stored.key.id)
    }

    func offer(_ id: RecordID) throws -> OfferRecord? { try offerRows.first(where: "o.id = $2", [SQLValue(id)]) }

    func offer(source: String, externalID: String) throws -> OfferRecord? {
        try offerRows.first(where: "o.external_id = $2 AND o.source = $3", [SQLValue(externalID), SQLValue(source)])
    }

    func forEachOffer(_ body: (OfferRecord) throws -> Void) throws { try offerRows.forEach { try body($0) } }

    func offers(_ ids: [RecordID]) throws -> [OfferRecord] {
        var found: [OfferRecord] = []
        try forEachGroup(of: ids, "o.id") { try offerRows.forEach(where: $0, $1) { found.append($0) } }
        return found
    }

    func offers(_ query: RecordQuery, limit: Int) throws -> [OfferRecord] {
        let (condition, parameters) = query.condition(
            on: "o.id", table: "offer", kind: "kind", lines: ("offer_line", "offer_id"), program: program, limit: limit)
        var found: [OfferRecord] = []
        try offerRows.forEach(where: condition, Array(parameters.dropFirst())) { found.append($0) }
        return query.isDescending ? found.reversed() : found
    }

    func setState(_ state: OfferState, of offer: RecordID) throws {
        marks.mark(.offer, offer)
        try note(.offer, offer, state == .withdrawn ? .ended : .changed)
        try connection.run(
            "UPDATE offer SET state = $3 WHERE program = $1 AND id = $2",
            [.text(program), SQLValue(offer), .text(state.rawValue)])
    }

    // MARK: Wishes

    func save(_ wish: WishRecord) throws -> SaveOutcome {
        if try wishRows.insert(wish) {
            marks.mark(.wish, wish.key.id)
            try note(.wish, wish.key.id, .created)
            return .created(wish.key.id)
        }
        guard let stored = try stored(wish.key, by: self.wish(_:), self.wish(source:externalID:)) else {
            throw Self.keyTaken(wish.key)
        }
        var merged = wish
        merged.features.key = stored.key
        // Whether it is closed is for casework to say, never for a file that is imported again.
        merged.state = stored.state
        if merged.says(sameAs: stored) { return .unchanged(stored.key.id) }
        marks.mark(.wish, stored.key.id)
        try note(.wish, stored.key.id, .changed)
        try wishRows.update(stored, to: merged)
        return .changed(stored.key.id)
    }

    func wish(_ id: RecordID) throws -> WishRecord? { try wishRows.first(where: "w.id = $2", [SQLValue(id)]) }

    func wish(source: String, externalID: String) throws -> WishRecord? {
        try wishRows.first(where: "w.external_id = $2 AND w.source = $3", [SQLValue(externalID), SQLValue(source)])
    }

    func forEachWish(_ body: (WishRecord) throws -> Void) throws { try wishRows.forEach { try body($0) } }

    func wishes(_ ids: [RecordID]) throws -> [WishRecord] {
        var found: [WishRecord] = []
        try forEachGroup(of: ids, "w.id") { try wishRows.forEach(where: $0, $1) { found.append($0) } }
        return found
    }

    func wishes(_ query: RecordQuery, limit: Int) throws -> [WishRecord] {
        let (condition, parameters) = query.condition(
            on: "w.id", table: "wish", kind: "lane", lines: ("wish_line", "wish_id"), program: program, limit: limit)
        var found: [WishRecord] = []
        try wishRows.forEach(where: condition, Array(parameters.dropFirst())) { found.append($0) }
        return query.isDescending ? found.reversed() : found
    }

    // MARK: Names that people type

    func ids(of kind: RecordKind, externalID: String, limit: Int) throws -> [RecordID] {
        try connection.all(
            "SELECT id FROM \(kind.rawValue) WHERE program = $1 AND external_id = $2 ORDER BY source LIMIT $3",
            [.text(program), .text(externalID), SQLValue(limit)]
        ).map { try $0[0] }
    }

    func externalIDs(of kind: RecordKind, near text: String, limit: Int) throws -> [String] {
        // The index begins with the program and the external id, so names that sort close to the text are near in it.
        let after = try connection.all(
            """
            SELECT external_id FROM \(kind.rawValue) WHERE program = $1 AND external_id >= $2
            ORDER BY external_id LIMIT $3
            """, [.text(program), .text(text), SQLValue(limit)])
        let before = try connection.all(
            """
            SELECT external_id FROM \(kind.rawValue) WHERE program = $1 AND external_id < $2
            ORDER BY external_id DESC LIMIT $3
            """, [.text(program), .text(text), SQLValue(limit)])
        return try (after + before).map { try $0[0] }
    }

    func count(of kind: RecordKind) throws -> Int {
        try connection.require("SELECT COUNT(*) FROM \(kind.rawValue) WHERE program = $1", [.text(program)])[0]
    }

    // MARK: Distances

    func save(_ distance: SiteDistance) throws -> SaveKind {
        marks.markEverything()
        let values: [SQLValue] = [
            .text(program), .text(distance.offerSite), .text(distance.wishSite), SQLValue(distance.centimetres),
            .text(distance.missing.rawValue),
        ]
        let inserted = try connection.run(
            """
            INSERT INTO distance (program, offer_site, wish_site, centimetres, missing) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """, values)
        if inserted == 1 { return .created }
        let changed = try connection.run(
            """
            UPDATE distance SET centimetres = $4, missing = $5
            WHERE program = $1 AND offer_site = $2 AND wish_site = $3 AND (centimetres <> $4 OR missing <> $5)
            """, values)
        return changed == 1 ? .changed : .unchanged
    }

    func forEachDistance(_ body: (SiteDistance) throws -> Void) throws {
        try connection.forEach(
            "SELECT offer_site, wish_site, centimetres, missing FROM distance WHERE program = $1", [.text(program)]
        ) { row in
            let missing: String = try row[3]
            try body(
                SiteDistance(
                    offerSite: try row[0], wishSite: try row[1], centimetres: try row[2],
                    missing: DistanceTable.Missing(rawValue: missing) ?? .unknown))
        }
    }

    func setSite(_ site: String?, of kind: RecordKind, _ id: RecordID) throws {
        marks.mark(kind, id)
        guard let site else {
            try connection.run(
                "DELETE FROM site WHERE program = $1 AND kind = $2 AND record_id = $3",
                [.text(program), .text(kind.rawValue), SQLValue(id)])
            return
        }
        try connection.run(
            """
            INSERT INTO site (program, kind, record_id, name) VALUES ($1, $2, $3, $4)
            ON CONFLICT (program, kind, record_id) DO UPDATE SET name = excluded.name
            """, [.text(program), .text(kind.rawValue), SQLValue(id), .text(site)])
    }

    func site(of kind: RecordKind, _ id: RecordID) throws -> String? {
        try connection.first(
            "SELECT name FROM site WHERE program = $1 AND kind = $2 AND record_id = $3",
            [.text(program), .text(kind.rawValue), SQLValue(id)]
        ).map { try $0[0] }
    }

    func forEachSite(of kind: RecordKind, _ body: (_ site: String, _ id: RecordID) throws -> Void) throws {
        try connection.forEach(
            "SELECT name, record_id FROM site WHERE program = $1 AND kind = $2",
            [.text(program), .text(kind.rawValue)]
        ) { try body(try $0[0], try $0[1]) }
    }

    /// Conditions for some ids at a time, in few lengths, so that few statements are prepared.
    private func forEachGroup(
        of ids: [RecordID], _ column: String, _ body: (_ condition: String, _ parameters: [SQLValue]) throws -> Void
    ) throws {
        var rest = Array(Set(ids))[...]
        while let last = rest.last {
            let length = rest.count <= 4 ? 4 : rest.count <= 20 ? 20 : 100
            var group = rest.prefix(length).map { SQLValue($0) }
            rest = rest.dropFirst(length)
            while group.count < length { group.append(SQLValue(last)) }
            let places = (0..<length).map { "$\($0 + 2)" }.joined(separator: ", ")
            try body("AND \(column) IN (\(places))", group)
        }
    }

    private func stored<Record>(
        _ key: RecordKey, by id: (RecordID) throws -> Record?, _ externalID: (String, String) throws -> Record?
    ) throws -> Record? {
        if let external = key.externalID, let record = try externalID(key.source, external) { return record }
        return try id(key.id)
    }

    private static func keyTaken(_ key: RecordKey) -> DatabaseError {
        DatabaseError(.uniqueViolation, message: "The record \(key.handle) collides with another one. Import it again.")
    }
}

extension OfferRecord {
    /// Whether a file that says this would change nothing in what is stored: balances count by what is pledged, and a line
    /// that the file no longer lists by whether anything of it is left to take back.
    /// What a budget comes to is set with the budget, never by a file that is imported again, whether or not it lists the
    /// line.
    fileprivate mutating func keepBudgets(of stored: OfferRecord, on numbers: Set<Int>) {
        for (line, balance) in zip(stored.features.lines, stored.balances) where numbers.contains(line.number) {
            if let index = features.lines.firstIndex(where: { $0.number == line.number }) {
                balances[index] = OfferBalanceRecord(pledged: balance.pledged)
                features.lines[index].available = balance.pledged
            } else {
                features.lines.append(line)
                balances.append(OfferBalanceRecord(pledged: balance.pledged))
            }
        }
    }

    fileprivate func says(sameAs stored: OfferRecord) -> Bool {
        var kept = Dictionary(
            uniqueKeysWithValues: zip(stored.features.lines, stored.balances).map { ($0.number, ($0, $1)) })
        for (line, balance) in zip(features.lines, balances) {
            guard var (known, held) = kept.removeValue(forKey: line.number), held.pledged == balance.pledged else {
                return false
            }
            (known.available, held) = (line.available, balance)
            guard known == line else { return false }
        }
        guard kept.values.allSatisfy({ $1.pledged != nil && $1.available == 0 }) else { return false }
        var adjusted = stored
        (adjusted.features.lines, adjusted.balances) = (features.lines, balances)
        return self == adjusted
    }
}

extension WishRecord {
    fileprivate func says(sameAs stored: WishRecord) -> Bool {
        var kept = Dictionary(
            uniqueKeysWithValues: zip(stored.features.lines, stored.balances).map { ($0.number, ($0, $1)) })
        for (line, balance) in zip(features.lines, balances) {
            guard var (known, held) = kept.removeValue(forKey: line.number), held.wanted == balance.wanted else {
                return false
            }
            (known.quantity, held) = (line.quantity, balance)
            guard known == line else { return false }
        }
        guard kept.values.allSatisfy({ $1.wanted != nil && $1.open == 0 }) else { return false }
        var adjusted = stored
        (adjusted.features.lines, adjusted.balances) = (features.lines, balances)
        return self == adjusted
    }
}

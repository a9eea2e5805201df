internal import CaseRecords
internal import Casework
internal import MatchCore

/// The parties, offers and wishes of one transaction.
extension SQLCaseTransaction {
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
        guard query.order != .created else { return query.isDescending ? found.reversed() : found }
        let order = query.order
        return Array(found.sorted { order.place(of: $0.features) < order.place(of: $1.features) }.prefix(limit))
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
        guard query.order != .created else { return query.isDescending ? found.reversed() : found }
        let order = query.order
        return Array(found.sorted { order.place(of: $0.features) < order.place(of: $1.features) }.prefix(limit))
    }

    // MARK: Words

    private var wordRow: WordTableRow { WordTableRow(connection: connection, program: program) }

    func wordTable() throws -> StoredWords? { try wordRow.first() }
    func wordFacts() throws -> StoredWords.Facts? { try wordRow.facts() }

    func replace(_ standing: StoredWords.Facts?, with words: StoredWords) throws -> Bool {
        // Every text weighs otherwise from now on.
        marks.markEverything()
        return try wordRow.replace(standing, with: words)
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

    /// Conditions for some ids at a time, in few lengths, so that few statements are prepared.
    func forEachGroup(
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

internal import Casework
internal import MatchCore
internal import Sealing

/// The rows as they stand, for comparing them with the history.
extension SQLCaseTransaction {
    func forEachOfferLine(_ body: (LineReference, LineState<OfferPart>) throws -> Void) throws {
        try ledger.forEachLine(body)
    }

    func forEachWishLine(_ body: (LineReference, LineState<WishPart>) throws -> Void) throws {
        try ledger.forEachLine(body)
    }

    func forEachClock(_ body: (AuditedRow<ServiceClock>) throws -> Void) throws {
        try ClockTable(connection: connection, program: program).forEachAudited(body)
    }

    func forEachApproval(_ body: (AuditedRow<ApprovalCase>) throws -> Void) throws {
        try ApprovalTable(connection: connection, program: program).forEachAudited(body)
    }

    func forEachNote(_ body: (AuditedNote) throws -> Void) throws {
        try notes.forEachAudited(body)
    }

    func forEachWaiting(_ body: (HistoryEntry) throws -> Void) throws {
        for waiting in try HistoryTable(connection: connection, program: program).waiting(limit: Int(Int32.max)) {
            try body(waiting.entry)
        }
    }

    func erasedHolders() throws -> Set<RecordID> { Set(try vault.erasures().map(\.person)) }

    func forEachInbound(_ body: (AuditedInbound) throws -> Void) throws {
        try connection.forEach("SELECT id, wish_id, words FROM inbox WHERE program = $1", [.text(program)]) { row in
            let id: RecordID = try row[0]
            let words = try vault.standing(of: try row[2], at: InboxTable.place(of: id)) { _ in nil }
            try body(AuditedInbound(id: id, wish: try row[1], words: words))
        }
    }

    func forEachOfferState(_ body: (RecordID, Casework.Code) throws -> Void) throws {
        try connection.forEach("SELECT id, state FROM offer WHERE program = $1", [.text(program)]) {
            try body(try $0[0], try $0[1])
        }
    }

    func forEachPartyState(_ body: (RecordID, Casework.Code) throws -> Void) throws {
        try connection.forEach("SELECT id, state FROM party WHERE program = $1", [.text(program)]) {
            try body(try $0[0], try $0[1])
        }
    }

    func forEachHouseholdFile(
        _ body: (_ household: RecordID, _ members: Set<RecordID>, _ wishes: Set<RecordID>) throws -> Void
    ) throws {
        func sets(_ sql: String) throws -> [RecordID: Set<RecordID>] {
            var found: [RecordID: Set<RecordID>] = [:]
            try connection.forEach(sql, [.text(program)]) { row in
                found[try row[0] as RecordID, default: []].insert(try row[1])
            }
            return found
        }
        let members = try sets(
            "SELECT household_id, person_id FROM household_member WHERE program = $1 AND to_at IS NULL")
        let wishes = try sets("SELECT household_id, wish_id FROM household_wish WHERE program = $1")
        try connection.forEach("SELECT id FROM household WHERE program = $1", [.text(program)]) { row in
            let id: RecordID = try row[0]
            try body(id, members[id] ?? [], wishes[id] ?? [])
        }
    }

    func forEachMeasure(_ body: (_ wish: RecordID, _ rows: [ToldMeasures.Row]) throws -> Void) throws {
        try measures.forEachWish { try body($0, $1) }
    }

    func forEachMeasure(
        of wishes: [RecordID], _ body: (_ wish: RecordID, _ rows: [ToldMeasures.Row]) throws -> Void
    ) throws {
        try forEachGroup(of: wishes, "wish_id") { condition, ids in
            try measures.forEachWish(where: condition, ids) { try body($0, $1) }
        }
    }

    func forEachMeasuredParty(
        _ body: (_ wish: RecordID, _ party: RecordID, _ joined: Moment) throws -> Void
    ) throws { try measures.forEachParty { try body($0, $1, $2) } }

    func forEachMeasuredParty(
        of wishes: [RecordID], _ body: (_ wish: RecordID, _ party: RecordID, _ joined: Moment) throws -> Void
    ) throws {
        try forEachGroup(of: wishes, "wish_id") { condition, ids in
            try measures.forEachParty(where: condition, ids) { try body($0, $1, $2) }
        }
    }
}

extension VaultSession {
    /// What became of sealed words, without the words.
    ///
    /// - Parameter digest: of the words as they were sealed; nil where they have none.
    func standing(
        of column: String?, at place: SealedPlace, digest: (String) -> Casework.Code?
    ) throws -> AuditedNote.Words {
        guard let column, !column.isEmpty else { return .gone }
        do {
            return .kept(try open(column, at: place).flatMap(digest))
        } catch let error as SealError {
            switch error.code {
            case .erased: return .gone
            case .altered, .plain: return .unreadable
            // Without its keys nothing can be said of any word.
            default: throw error
            }
        }
    }
}

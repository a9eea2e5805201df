internal import Casework
internal import MatchCore

/// Who puts an entry into the chain.
public enum HistorySealing: Sendable {
    /// The transaction itself: for a store with one writer, whose commits come one after the other.
    case inTransaction
    /// A sealer of its own, within a second: so that the chain does not serialise many writers.
    case apart
}

extension SQLCaseTransaction {
    private var rows: HistoryTable { HistoryTable(connection: connection, program: program) }
    var measures: MeasureTable { MeasureTable(connection: connection, program: program) }
    var notes: NoteTable {
        NoteTable(connection: connection, program: program, vault: vault, random: random)
    }

    func append(_ entry: HistoryEntry) throws {
        switch sealing {
        case .inTransaction:
            var head = try chainHead()
            for sealed in try head.seal([entry]) { try rows.insert(sealed) }
            lastHead = head
        case .apart:
            // Behind all that is committed and waits: who acts on what somebody did is sealed after them, whatever the
            // clocks of the two nodes say.
            if let turn = try connection.turn() {
                try rows.insertWaiting(entry, turn: turn)
            } else {
                lastWaiting = try rows.insertWaiting(entry, after: lastWaiting ?? rows.lastWaiting())
            }
        }
        for fact in CaseFact.facts(in: entry) {
            try measures.take(fact)
            // Nodes keep the figures' rows of each wish in memory.
            marks.mark(.wish, fact.wish)
        }
    }

    func history(of subjects: [RecordID]) throws -> [HistoryEntry] { try rows.all(of: subjects) }

    func lastStep(on subject: RecordID, besides actions: Set<Casework.Code>) throws -> Moment? {
        try rows.lastStep(on: subject, besides: actions)
    }

    func forEachSealed(after number: Int64, _ body: (Int64, SealedEntry?) throws -> Bool) throws {
        try rows.forEach(after: number, body)
    }

    func chainHead() throws -> ChainHead {
        if let lastHead { return lastHead }
        let program = try programCode()
        let head = try rows.head(of: program) ?? .empty(program)
        lastHead = head
        return head
    }

    func chainHead(at number: Int64) throws -> ChainHead? { try rows.head(of: programCode(), at: number) }

    func tail(asOf moment: Moment) throws -> HistoryTail { HistoryTail(waiting: try rows.waitingTimes(), asOf: moment) }

    func hasTail() throws -> Bool { try rows.lastWaiting() != nil }

    func seal(limit: Int) throws -> Int {
        let waiting = try rows.waiting(limit: limit)
        var head = try chainHead()
        for (sealed, row) in zip(try head.seal(waiting.map(\.entry)), waiting) {
            try rows.insert(sealed)
            try rows.deleteWaiting(row.id)
        }
        lastHead = head
        return waiting.count
    }

    func save(_ note: Note) throws -> Casework.Code { try notes.insert(note) }
    func note(_ id: RecordID) throws -> Note? { try notes.first(id) }

    func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        let (head, pending, noted) = (lastHead, vault.pending, journal.pending.count)
        journal.depth += 1
        defer { journal.depth -= 1 }
        do {
            return try connection.savepoint(body)
        } catch {
            lastHead = head
            vault.pending = pending
            journal.shorten(to: noted)
            throw error
        }
    }
}

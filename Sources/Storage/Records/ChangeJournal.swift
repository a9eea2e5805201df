internal import Casework
internal import MatchCore

/// What one transaction has changed and not yet written into the feed.
struct ChangeJournal {
    /// In the order in which it happened; savepoints are undone by shortening it.
    private(set) var pending: [Change] = []
    /// The transaction's number, once something was written.
    private var number: Int64?
    private var written: Int64 = 0
    /// How many savepoints are open: what one of them may still undo is not written.
    var depth = 0

    /// Beyond so many the entries are written before the transaction ends, so that an import takes bounded memory.
    static let most = 4_096

    var isFull: Bool { pending.count >= Self.most && depth == 0 }

    mutating func append(_ change: Change) { pending.append(change) }

    mutating func shorten(to count: Int) { pending.removeLast(pending.count - count) }

    /// Writes what is pending, each record once: what was made and changed was made, and what ended has ended.
    ///
    /// - Parameter noted: the newest timeline that this process has seen noted; nil where there is but one server.
    mutating func write(
        to connection: any Connection, program: String, at moment: Moment, noted: NotedTimeline? = nil
    ) throws {
        guard !pending.isEmpty else { return }
        // Only before it has written anything: a note of its own might still be undone with it.
        if number == nil, let noted, let connection = connection as? any SharedConnection {
            try ChangeTimelines(connection: connection, program: program)
                .note(connection.timeline, noted: noted.newest)
        }
        struct Key: Hashable {
            let kind: Change.Kind
            let subject: String
        }
        var places: [Key: Int] = [:]
        var changes: [Change] = []
        for change in pending {
            let key = Key(kind: change.kind, subject: change.subject)
            guard let place = places[key] else {
                places[key] = changes.count
                changes.append(change)
                continue
            }
            let before = changes[place].what
            if change.what == .ended || before == .ended { changes[place] = change }
        }
        let number = try self.number ?? connection.transactionNumber(in: program)
        try ChangeTable(connection: connection, program: program).insert(
            changes, transaction: number, from: written + 1, at: moment)
        self.number = number
        written += Int64(changes.count)
        pending.removeAll(keepingCapacity: true)
    }
}

extension SQLCaseTransaction {
    private var feed: ChangeTable { ChangeTable(connection: connection, program: program) }

    func changes(behind place: ChangePlace, limit: Int) throws -> [KeptChange] {
        try feed.all(behind: place, limit: limit)
    }

    func forgottenChanges() throws -> ChangePlace { try feed.forgotten() }
    func lastChange() throws -> ChangePlace { try feed.last() }
    func holdsChange(_ place: ChangePlace) throws -> Bool {
        try ChangeTimelines(connection: connection, program: program).holds(place)
    }

    func forgetChanges(before moment: Moment, limit: Int) throws -> Int {
        try feed.forget(before: moment, limit: limit)
    }

    /// Notes a change for the feed.
    func note(_ kind: Change.Kind, _ id: RecordID, _ what: Change.What) throws {
        try note(Change(kind, id.description, what))
    }

    func note(_ change: Change) throws {
        journal.append(change)
        if journal.isFull { try writeJournal() }
    }

    /// Whether a row of a table is there: tells what is made from what is changed.
    func isKept(_ table: String, _ column: String, _ id: RecordID) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM \(table) WHERE program = $1 AND \(column) = $2", [.text(program), SQLValue(id)]) != nil
    }

    /// Writes what was noted into the feed; called before the transaction ends.
    func writeJournal() throws {
        if !journal.pending.isEmpty { marks.markEntries() }
        try journal.write(to: connection, program: program, at: clock(), noted: shared?.noted)
    }
}

extension SQLCaseTransaction {
    /// Runs the body of a writing transaction, and then writes what it noted.
    func ending<Result>(_ body: (any CaseTransaction) throws -> Result) throws -> Result {
        let result = try body(self)
        try writeJournal()
        return result
    }
}

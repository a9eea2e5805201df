internal import Casework
internal import MatchCore
internal import Sealing

/// Adds to the history and reads it. Rows are never changed.
struct HistoryTable {
    let connection: any Connection
    let program: String

    func insert(_ sealed: SealedEntry) throws {
        try connection.run(
            """
            INSERT INTO history (program, number, at, subject, action, entry, hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .text(program), SQLValue(sealed.number), SQLValue(sealed.entry.at), SQLValue(sealed.entry.subject),
                SQLValue(sealed.entry.action), .blob(sealed.entry.canonicalBytes), .blob(sealed.hash.bytes),
            ])
    }

    /// Puts an entry into the queue for the sealer, behind `last`, and returns its place: the moment, then a count of
    /// those of one moment, then some bits of the entry itself.
    func insertWaiting(_ entry: HistoryEntry, after last: RecordID?) throws -> RecordID {
        let bytes = entry.canonicalBytes
        let mixed = bytes.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 } >> 24
        var id = RecordID(high: UInt64(clamping: entry.at.milliseconds), low: mixed)
        if let last, last.high >= id.high {
            let count = (last.low >> 40) + 1
            id =
                count >> 24 == 0
                ? RecordID(high: last.high, low: count << 40 | mixed) : RecordID(high: last.high + 1, low: mixed)
        }
        // Two writers who cannot see each other may say the same at the same moment: the later one takes the next id.
        while try connection.run(
            """
            INSERT INTO history_waiting (program, id, at, subject, action, entry) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(program), SQLValue(id), SQLValue(entry.at), SQLValue(entry.subject), SQLValue(entry.action),
                .blob(bytes),
            ]) == 0
        { id.low &+= 1 }
        return id
    }

    /// Puts an entry into the queue for the sealer, at a place that the database gave.
    func insertWaiting(_ entry: HistoryEntry, turn: Int64) throws {
        try connection.run(
            """
            INSERT INTO history_waiting (program, id, at, subject, action, entry) VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .text(program), SQLValue(RecordID(high: UInt64(turn), low: 0)), SQLValue(entry.at),
                SQLValue(entry.subject), SQLValue(entry.action), .blob(entry.canonicalBytes),
            ])
    }

    /// The last place in the queue; nil when nothing waits.
    func lastWaiting() throws -> RecordID? {
        try connection.first(
            "SELECT id FROM history_waiting WHERE program = $1 ORDER BY id DESC LIMIT 1", [.text(program)]
        ).map { try $0[0] }
    }

    func waiting(limit: Int) throws -> [(id: RecordID, entry: HistoryEntry)] {
        try connection.all(
            "SELECT id, entry FROM history_waiting WHERE program = $1 ORDER BY id LIMIT $2",
            [.text(program), SQLValue(limit)]
        ).map { (id: try $0[0], entry: try entry($0[1])) }
    }

    func deleteWaiting(_ id: RecordID) throws {
        try connection.run(
            "DELETE FROM history_waiting WHERE program = $1 AND id = $2", [.text(program), SQLValue(id)])
    }

    func waitingTimes() throws -> [Moment] {
        try connection.all("SELECT at FROM history_waiting WHERE program = $1", [.text(program)]).map { try $0[0] }
    }

    func head(of program: Casework.Code, at number: Int64? = nil) throws -> ChainHead? {
        let row =
            try number.map { number in
                try connection.first(
                    "SELECT number, hash FROM history WHERE program = $1 AND number = $2",
                    [.text(self.program), SQLValue(number)])
            }
            ?? connection.first(
                "SELECT number, hash FROM history WHERE program = $1 ORDER BY number DESC LIMIT 1",
                [.text(self.program)])
        guard let row else { return number == nil || number == 0 ? .empty(program) : nil }
        guard let hash = HistoryHash(try row[1]) else {
            throw DatabaseError(
                .wrongType, message: "The history's last hash is not 32 bytes. Run: almoner audit verify")
        }
        return ChainHead(program: program, number: try row[0], hash: hash)
    }

    func all(of subjects: [RecordID]) throws -> [HistoryEntry] {
        var rows: [(order: Int64, id: String, entry: HistoryEntry)] = []
        for subject in Set(subjects) {
            let key: [SQLValue] = [.text(program), SQLValue(subject)]
            rows += try connection.all("SELECT number, entry FROM history WHERE program = $1 AND subject = $2", key)
                .map { (try $0[0], "", try entry($0[1])) }
            rows += try connection.all("SELECT id, entry FROM history_waiting WHERE program = $1 AND subject = $2", key)
                .map { (Int64.max, try $0[0], try entry($0[1])) }
        }
        return rows.sorted { ($0.order, $0.id) < ($1.order, $1.id) }.map(\.entry)
    }

    func lastStep(on subject: RecordID, besides actions: Set<Casework.Code>) throws -> Moment? {
        // A list of names that the program itself wrote: it holds no parameter.
        let others = actions.sorted().map { "'\($0.text)'" }.joined(separator: ", ")
        let key: [SQLValue] = [.text(program), SQLValue(subject)]
        let moments = try ["history", "history_waiting"].compactMap { table -> Moment? in
            try connection.first(
                """
                SELECT at FROM \(table) WHERE program = $1 AND subject = $2 AND action NOT IN (\(others))
                ORDER BY at DESC LIMIT 1
                """, key
            ).map { try $0[0] }
        }
        return moments.max()
    }

    func forEach(after number: Int64, _ body: (Int64, SealedEntry?) throws -> Bool) throws {
        let cursor = try connection.prepare(
            """
            SELECT number, at, subject, action, entry, hash FROM history WHERE program = $1 AND number > $2
            ORDER BY number
            """
        ).rows([.text(program), SQLValue(number)])
        defer { cursor.close() }
        while let row = try cursor.next() {
            let number: Int64 = try row[0]
            guard try body(number, sealed(row, number)) else { return }
        }
    }

    /// Nil when the bytes are no entry, or the columns beside them tell another story.
    private func sealed(_ row: SQLRow, _ number: Int64) -> SealedEntry? {
        guard let bytes = try? row[4] as [UInt8], let entry = HistoryEntry(canonicalBytes: bytes),
            let hashBytes = try? row[5] as [UInt8], let hash = HistoryHash(hashBytes),
            (try? row[1] as Moment) == entry.at, (try? row[2] as RecordID) == entry.subject,
            (try? row[3] as Casework.Code) == entry.action
        else { return nil }
        return SealedEntry(number: number, entry: entry, hash: hash)
    }

    private func entry(_ bytes: [UInt8]) throws -> HistoryEntry {
        guard let entry = HistoryEntry(canonicalBytes: bytes) else {
            throw DatabaseError(.wrongType, message: "A history entry cannot be read. Run: almoner audit verify")
        }
        return entry
    }
}

/// Reads and writes the words that the history refers to.
struct NoteTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession
    /// Chooses the salts of digests.
    let random: @Sendable () -> UInt64

    private static func place(of note: RecordID) -> SealedPlace {
        SealedPlace("note", "words", row: note.description)
    }

    /// Whose note it is: what is said of a claim, a clock or an approval is said of its wish, and what is said of the clock
    /// of an inbound record of that record's.
    private func holder(of subject: RecordID) throws -> RecordID {
        for (table, column, id) in [
            ("claim", "wish_id", "id"), ("approval_case", "wish_id", "id"), ("clock", "subject", "id"),
            ("inbox", "wish_id", "id"), ("offer", "party_id", "id"),
        ] {
            let row = try connection.first(
                "SELECT \(column) FROM \(table) WHERE program = $1 AND \(id) = $2", [.text(program), SQLValue(subject)])
            if let row, let holder: RecordID = try row[0] {
                return table == "clock" ? try self.holder(of: holder) : holder
            }
        }
        return subject
    }

    func insert(_ note: Note) throws -> Casework.Code {
        var random = DrawnRandom(draw: random)
        let salted = SaltedWords(note.words ?? "", random: &random)
        try connection.run(
            """
            INSERT INTO note (program, id, kind, subject, words, version, made_at, made_by)
            VALUES ($1, $2, $3, $4, $5, 2, $6, $7)
            """,
            [
                .text(program), SQLValue(note.id), SQLValue(note.kind), SQLValue(note.subject),
                try vault.seal(salted.text, for: Self.place(of: note.id), of: try holder(of: note.subject)),
                SQLValue(note.madeAt), SQLValue(note.madeBy),
            ])
        return salted.digest
    }

    /// Each note without its words, in no order.
    func forEachAudited(_ body: (AuditedNote) throws -> Void) throws {
        // Whose they are is looked up after the rows have been read: one statement at a time.
        var rows: [(id: RecordID, subject: RecordID, words: AuditedNote.Words)] = []
        try connection.forEach("SELECT id, subject, words FROM note WHERE program = $1", [.text(program)]) { row in
            let id: RecordID = try row[0]
            let words = try vault.standing(of: try row[2], at: Self.place(of: id)) { SaltedWords(kept: $0)?.digest }
            rows.append((id, try row[1], words))
        }
        for row in rows {
            let holder = row.words == .gone ? try holder(of: row.subject) : row.subject
            try body(AuditedNote(id: row.id, about: [row.subject, holder], words: row.words))
        }
    }

    /// Puts sealed words in the place of open ones.
    func replace(_ id: RecordID, about subject: RecordID, with words: String) throws {
        try connection.run(
            "UPDATE note SET words = $3, version = 1 WHERE program = $1 AND id = $2",
            [
                .text(program), SQLValue(id),
                try vault.seal(words, for: Self.place(of: id), of: try holder(of: subject)),
            ])
    }

    func first(_ id: RecordID) throws -> Note? {
        try connection.first(
            "SELECT kind, subject, words, made_at, made_by FROM note WHERE program = $1 AND id = $2",
            [.text(program), SQLValue(id)]
        ).map { row in
            Note(
                id: id, kind: try row[0], subject: try row[1],
                words: try vault.open(try row[2], at: Self.place(of: id)).map { SaltedWords(kept: $0)?.words ?? $0 },
                madeAt: try row[3],
                madeBy: try row[4])
        }
    }
}

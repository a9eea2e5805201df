internal import Casework
internal import MatchCore
internal import Sealing

/// Seals what an older version of the program left in the open: a few rows in each transaction, and what is sealed is not
/// looked at again, so that it may end at any time and go on later.
public struct OldRows {
    private let store: SQLCaseStore
    private let database: any Database
    private let program: String

    public init(database: any Database, store: SQLCaseStore, program: String) {
        self.database = database
        self.store = store
        self.program = program
    }

    /// How many rows stand in the open.
    public func count() throws -> Int {
        try database.blockingRead { connection in
            try Part.allCases.reduce(0) { count, part in
                let row = try connection.require(
                    "SELECT COUNT(*) FROM \(part.table) WHERE program = $1 AND \(part.isOpen)", [.text(program)])
                return try count + row[0]
            }
        }
    }

    /// What became of the rows that stood in the open.
    public struct Outcome: Sendable, Hashable {
        public var sealed = 0
        /// Wishes and offers that cannot be read, because somebody changed or damaged them: they are left as they are, for `doctor` to
        /// name, and keep nobody from the rest.
        public var unreadable = 0
    }

    /// Seals all of them, and leaves nothing of what they were in the file or its log.
    ///
    /// - Parameter progress: called with how many rows were sealed so far.
    @discardableResult
    public func seal(batch: Int = 200, _ progress: (Int) throws -> Void = { _ in }) throws -> Outcome {
        let outcome = try seal(Part.allCases, batch, progress)
        // Only now, or a crash before would leave what was deleted in the file and nobody to notice.
        try DueCompaction(of: database, program: program).run()
        try store.vault.setSealed(program)
        return outcome
    }

    /// Seals what stood in the open until migration 24: lists of suggestions, digests of requests, how grave a hardship is, and
    /// how offers are worded. To be called when a database was opened for writing: where there are none it is a look into five
    /// indexes, and into whether somebody who sealed them before has left anything of them in the file.
    ///
    /// - Parameter progress: called with how many rows were sealed so far.
    @discardableResult
    public func sealLists(batch: Int = 500, _ progress: (Int) throws -> Void = { _ in }) throws -> Outcome {
        let outcome = try seal([.suggestions, .pastSuggestions, .requests, .hardships, .offers], batch, progress)
        try DueCompaction(of: database, program: program).run()
        return outcome
    }

    private func seal(_ parts: [Part], _ batch: Int, _ progress: (Int) throws -> Void) throws -> Outcome {
        let vault = try store.vault
        var outcome = Outcome()
        for part in parts {
            var place: RecordID?
            while true {
                let done = try database.blockingWrite { connection in
                    let session = vault.session(program)
                    let transaction = SQLCaseTransaction(connection: connection, program: program, vault: session)
                    let rows = Rows(
                        connection: connection, program: program, vault: session, transaction: transaction,
                        salt: vault.requestSalt)
                    let done = try part.seal(rows, batch, behind: place)
                    if done.sealed > 0 { try DueCompaction(of: database, program: program).note(on: connection) }
                    try session.flush()
                    return done
                }
                outcome.sealed += done.sealed
                outcome.unreadable += done.unreadable
                if done.sealed > 0 { try progress(outcome.sealed) }
                if done.isLast { break }
                place = done.last
            }
        }
        return outcome
    }

    /// What was done in one transaction.
    private struct Batch {
        var sealed: Int
        var unreadable = 0
        var isLast: Bool
        /// Where the next one begins, of rows that are gone through in the order of their ids.
        var last: RecordID?

        /// Where what is sealed is not found again.
        init(sealed: Int) {
            self.sealed = sealed
            isLast = sealed == 0
        }

        /// Where what cannot be sealed would be.
        init(sealed: Int, unreadable: Int, behind last: RecordID?) {
            (self.sealed, self.unreadable, self.last) = (sealed, unreadable, last)
            isLast = last == nil
        }
    }

    private struct Rows {
        let connection: any Connection
        let program: String
        let vault: VaultSession
        let transaction: SQLCaseTransaction
        let salt: [UInt8]

        func all(_ columns: String, _ part: Part, _ batch: Int) throws -> [SQLRow] {
            try connection.all(
                "SELECT \(columns) FROM \(part.table) WHERE program = $1 AND \(part.isOpen) LIMIT $2",
                [.text(program), SQLValue(batch)])
        }

        /// The next ids behind one.
        func ids(_ part: Part, _ batch: Int, behind id: RecordID?) throws -> [RecordID] {
            try connection.all(
                """
                SELECT id FROM \(part.table) WHERE program = $1 AND \(part.isOpen) AND id > $3 ORDER BY id LIMIT $2
                """, [.text(program), SQLValue(batch), id.map { SQLValue($0) } ?? .text("")]
            ).map { try $0[0] }
        }
    }

    /// The tables that held personal fields in the open.
    private enum Part: CaseIterable {
        case inbox, traits, members, circumstances, households, notes, parties, wishes, offers, suggestions,
            pastSuggestions
        case requests, hardships

        var table: String {
            switch self {
            case .inbox: "inbox"
            case .traits: "intake_trait"
            case .members: "household_member"
            case .circumstances: "household_circumstance"
            case .households: "household"
            case .notes: "note"
            case .parties: "party"
            case .wishes, .hardships: "wish"
            case .offers: "offer"
            case .suggestions: "suggestion"
            case .pastSuggestions: "past_suggestion"
            case .requests: "key_use"
            }
        }

        var isOpen: String {
            func isText(_ column: String) -> String {
                "\(column) <> '' AND substr(\(column), 1, 2) <> '\(SealedText.prefix)'"
            }
            return switch self {
            case .inbox, .notes: isText("words")
            case .traits, .members: "birth_year IS NOT NULL"
            case .circumstances: "sealed IS NULL"
            case .households: isText("because")
            case .parties: isText("name")
            case .wishes: "(wording <> '' OR latitude_e7 IS NOT NULL)"
            // There is an index of these.
            case .offers: "(wording <> '' OR latitude_e7 IS NOT NULL)"
            case .suggestions, .pastSuggestions: "digest <> ''"
            case .requests: "bound_to = 'open'"
            case .hardships: "hardship IS NOT NULL"
            }
        }

        /// Reads through the records and writes them back, which seals them.
        func seal(_ rows: Rows, _ batch: Int, behind place: RecordID?) throws -> Batch {
            let (transaction, program) = (rows.transaction, SQLValue.text(rows.program))
            switch self {
            case .inbox:
                let found = try rows.all("id, received_at, wish_id, words", self, batch)
                for row in found {
                    let (id, wish): (RecordID, RecordID?) = (try row[0], try row[2])
                    try rows.connection.run(
                        "UPDATE inbox SET words = $3 WHERE program = $1 AND id = $2",
                        [
                            program, SQLValue(id),
                            try rows.vault.seal(
                                try row[3], for: InboxTable.place(of: id),
                                of: wish ?? KeyHolder.queue(at: (try row[1] as Moment).milliseconds)),
                        ])
                }
                return Batch(sealed: found.count)
            case .traits:
                let found = try rows.all("wish_id", self, batch)
                for row in found {
                    if let traits = try transaction.traits(of: try row[0]) { try transaction.save(traits) }
                }
                return Batch(sealed: found.count)
            case .members:
                let found = try rows.all("household_id, person_id, from_at, birth_year", self, batch)
                for row in found {
                    let (household, person, from): (RecordID, RecordID, Moment) = (try row[0], try row[1], try row[2])
                    let year: Int = try row[3]
                    try rows.connection.run(
                        """
                        UPDATE household_member SET birth_year = NULL, sealed = $5
                        WHERE program = $1 AND household_id = $2 AND person_id = $3 AND from_at = $4
                        """,
                        [
                            program, SQLValue(household), SQLValue(person), SQLValue(from),
                            try rows.vault.seal(
                                "\(year)", for: HouseholdTable.member(household, person, from), of: person),
                        ])
                }
                return Batch(sealed: found.count)
            case .circumstances, .households:
                let key = self == .circumstances ? "household_id" : "id"
                let found = try rows.all(key, self, batch)
                for id in Set(try found.map { try $0[0] as RecordID }) {
                    guard let (household, watch) = try transaction.household(id) else { continue }
                    try transaction.save(household, watch: watch)
                }
                return Batch(sealed: found.count)
            case .notes:
                let found = try rows.all("id, subject, words", self, batch)
                for row in found { try transaction.notes.replace(try row[0], about: try row[1], with: try row[2]) }
                return Batch(sealed: found.count)
            case .parties:
                let found = try rows.all("id", self, batch)
                let parties = PartyTable(connection: rows.connection, program: rows.program, vault: rows.vault)
                for row in found { if let party = try transaction.party(try row[0]) { try parties.update(party) } }
                return Batch(sealed: found.count)
            case .wishes, .hardships: return try sealWishes(rows, batch, behind: place)
            case .offers: return try sealOffers(rows, batch, behind: place)
            case .suggestions, .pastSuggestions:
                let found = try rows.all(
                    "wish_id, wish_line, as_of, place, COALESCE(CAST(total AS TEXT), '-'), digest, entries", self, batch
                )
                // A damaged one is left as it is for the audit to name, and not looked for again.
                return Batch(sealed: try found.count { try sealList($0, rows) })
            case .requests:
                let found = try rows.all("digest, fingerprint", self, batch)
                for row in found {
                    let (digest, fingerprint): ([UInt8], [UInt8]) = (try row[0], try row[1])
                    let keyed = RequestDigest(salt: rows.salt)
                    try rows.connection.run(
                        """
                        UPDATE key_use SET digest = $3, fingerprint = $4, answer = $3, bound_to = NULL
                        WHERE program = $1 AND digest = $2
                        """,
                        [program, .blob(digest), .blob(keyed.keyed(digest)), .blob(keyed.keyed(fingerprint))])
                }
                return Batch(sealed: found.count)
            }
        }

        private func sealWishes(_ rows: Rows, _ batch: Int, behind place: RecordID?) throws -> Batch {
            let wishes = WishTable(connection: rows.connection, program: rows.program, vault: rows.vault)
            return try sealEach(rows, batch, behind: place) { id in
                guard let wish = try rows.transaction.wish(id) else { return }
                try wishes.sealOld(wish)
            } ofErased: { id in
                try rows.connection.run(
                    "UPDATE wish SET hardship = NULL WHERE program = $1 AND id = $2",
                    [.text(rows.program), SQLValue(id)])
            }
        }

        private func sealOffers(_ rows: Rows, _ batch: Int, behind place: RecordID?) throws -> Batch {
            let offers = OfferTable(connection: rows.connection, program: rows.program, vault: rows.vault)
            return try sealEach(rows, batch, behind: place) { id in
                guard let offer = try rows.transaction.offer(id) else { return }
                try offers.sealOld(offer)
            } ofErased: { id in
                // An older version left the words of an offer standing when its party was erased.
                try offers.clearOld(id)
            }
        }

        /// Goes through the records in the order of their ids. One that cannot be read is left as it is.
        private func sealEach(
            _ rows: Rows, _ batch: Int, behind place: RecordID?, _ seal: (RecordID) throws -> Void,
            ofErased clear: (RecordID) throws -> Void
        ) throws -> Batch {
            let found = try rows.ids(self, batch, behind: place)
            var (sealed, unreadable) = (0, 0)
            for id in found {
                do {
                    try seal(id)
                    sealed += 1
                } catch let error as SealError where error.code == .erased {
                    try clear(id)
                    sealed += 1
                } catch let error as SealError where SealError.Code.ofOneRow.contains(error.code) {
                    unreadable += 1
                }
            }
            return Batch(sealed: sealed, unreadable: unreadable, behind: found.last)
        }

        /// Returns whether the row could be read as one that stands in the open.
        private func sealList(_ row: SQLRow, _ rows: Rows) throws -> Bool {
            guard let entries: String = try? row[6], !entries.hasPrefix(SealedText.prefix),
                let digest: String = try? row[5], let total: String = try? row[4],
                let said = SuggestionText("\(total)\n\(digest)\n\(entries)")
            else { return false }
            let (wish, line): (RecordID, Int) = (try row[0], try row[1])
            let (asOf, rank): (Timestamp, Int) = (try row[2], try row[3])
            let key: [SQLValue] = [
                .text(rows.program), SQLValue(wish), SQLValue(line), SQLValue(asOf), SQLValue(rank),
            ]
            let condition = "program = $1 AND wish_id = $2 AND wish_line = $3 AND as_of = $4 AND place = $5"
            do {
                let place = SuggestionText.place(wish: wish, line: line, at: asOf, rank: rank)
                let sealed = try rows.vault.seal(said.text, for: place, of: wish)
                try rows.connection.run(
                    "UPDATE \(table) SET entries = $6, total = NULL, digest = '' WHERE \(condition)", key + [sealed])
            } catch let error as SealError where error.code == .erased {
                try rows.connection.run("DELETE FROM \(table) WHERE \(condition)", key)
            }
            return true
        }
    }
}

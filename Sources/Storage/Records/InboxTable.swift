internal import Casework
internal import MatchCore
internal import Sealing

/// Reads and writes what came in. Words are written once and never changed.
struct InboxTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    private static let columns = """
        id, channel, external_id, event, words, received_at, taken_by, wish_id, closed_at
        """

    static func place(of record: RecordID) -> SealedPlace {
        SealedPlace("inbox", "words", row: record.description)
    }

    /// What nobody has linked yet is sealed under the key of its week's queue.
    func take(_ record: InboxRecord) throws -> InboxRecord {
        let inserted = try connection.run(
            """
            INSERT INTO inbox (program, id, channel, external_id, event, words, received_at, taken_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """,
            [
                .text(program), SQLValue(record.id), SQLValue(record.channel), SQLValue(record.externalID),
                SQLValue(record.event),
                try vault.seal(
                    record.words, for: Self.place(of: record.id),
                    of: KeyHolder.queue(at: record.receivedAt.milliseconds)), SQLValue(record.receivedAt),
                SQLValue(record.takenBy),
            ])
        if inserted == 1 { return record }
        let kept = try all(
            "AND channel = $2 AND external_id = $3", [SQLValue(record.channel), SQLValue(record.externalID)])
        guard let kept = try kept.first ?? all("AND id = $2", [SQLValue(record.id)]).first else {
            throw DatabaseError(.uniqueViolation, message: "The inbound record collides with another. Send it again.")
        }
        return kept
    }

    /// Links a record to its wish, under whose key the words are from now on.
    func link(_ record: RecordID, toWish wish: RecordID, at moment: Moment) throws {
        guard let kept = try all("AND id = $2", [SQLValue(record)]).first else { return }
        try connection.run(
            "UPDATE inbox SET wish_id = $3, closed_at = $4, words = $5 WHERE program = $1 AND id = $2",
            [
                .text(program), SQLValue(record), SQLValue(wish), SQLValue(moment),
                try vault.seal(kept.words, for: Self.place(of: record), of: wish),
            ])
        let traits = TraitTable(connection: connection, program: program, vault: vault)
        if let said = try traits.all("AND wish_id = $2", [SQLValue(record)]).first {
            try traits.save(said, under: wish)
        }
    }

    func remove(_ record: RecordID) throws {
        for (table, column) in [("intake_trait", "wish_id"), ("inbox", "id")] {
            try connection.run(
                "DELETE FROM \(table) WHERE program = $1 AND \(column) = $2", [.text(program), SQLValue(record)])
        }
    }

    func unconfirmed(receivedBefore moment: Moment, limit: Int) throws -> [RecordID] {
        try connection.all(
            """
            SELECT id FROM inbox WHERE program = $1 AND closed_at IS NULL AND received_at < $2
            ORDER BY received_at, id LIMIT $3
            """, [.text(program), SQLValue(moment), SQLValue(limit)]
        ).map { try $0[0] }
    }

    func all(_ query: InboxQuery, limit: Int) throws -> [InboxRecord] {
        var conditions = Conditions(program: program)
        switch query.isWaiting {
        case true?: conditions.add("closed_at IS NULL")
        case false?: conditions.add("closed_at IS NOT NULL")
        case nil: break
        }
        conditions.add("channel =", query.channel)
        conditions.add("event =", query.event)
        conditions.add("received_at >=", query.since)
        conditions.add("taken_by =", query.takenBy)
        conditions.add(wish: "wish_id", in: query.areas, orNone: true)
        let order: String
        if query.isWaiting == true {
            order = "received_at, id"
            if let behind = query.behind { conditions.add(behind: ("received_at", "id"), behind.time, behind.id) }
        } else {
            // The order in which they were taken in, which needs no index of its own.
            order = "id"
            conditions.add("id >", query.behind?.id)
        }
        let limit = conditions.place(SQLValue(limit))
        return try all(
            "\(conditions.text) ORDER BY \(order) LIMIT \(limit)", Array(conditions.parameters.dropFirst()))
    }

    func all(_ condition: String, _ parameters: [SQLValue]) throws -> [InboxRecord] {
        try connection.all(
            "SELECT \(Self.columns) FROM inbox WHERE program = $1 \(condition)", [.text(program)] + parameters
        ).map { row in
            let id: RecordID = try row[0]
            return InboxRecord(
                id: id, channel: try row[1], externalID: try row[2], event: try row[3],
                keptWords: try vault.open(try row[4], at: Self.place(of: id)) ?? "", receivedAt: try row[5],
                takenBy: try row[6], wish: try row[7],
                closedAt: try row[8])
        }
    }
}

/// Reads and writes what is compared to find duplicates.
struct TraitTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    private static let columns = """
        wish_id, received_at, identity_key, phone_key, name_key, address_key, street, birth_year, categories, sealed
        """

    private static func place(of record: RecordID) -> SealedPlace {
        SealedPlace("intake_trait", "sealed", row: record.description)
    }

    /// - Parameter owner: whose key seals the year of birth: by default the record's, or its queue's where it waits.
    func save(_ traits: IntakeTraits, under owner: RecordID? = nil) throws {
        let year = try traits.birthYear.map { year in
            try vault.seal(
                "\(year)", for: Self.place(of: traits.record), of: try owner ?? holder(of: traits.record))
        }
        try connection.run(
            """
            INSERT INTO intake_trait (program, \(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10)
            ON CONFLICT (program, wish_id) DO UPDATE SET identity_key = excluded.identity_key,
                phone_key = excluded.phone_key, name_key = excluded.name_key, address_key = excluded.address_key,
                street = excluded.street, birth_year = NULL, categories = excluded.categories,
                sealed = excluded.sealed
            """,
            [
                .text(program), SQLValue(traits.record), SQLValue(traits.receivedAt), SQLValue(traits.identity),
                SQLValue(traits.phone), SQLValue(traits.name), SQLValue(traits.address), SQLValue(traits.street),
                ListColumn.encode(traits.categories.map(\.text).sorted()), year ?? .null,
            ])
    }

    private func holder(of record: RecordID) throws -> RecordID {
        let row = try connection.first(
            "SELECT received_at, wish_id FROM inbox WHERE program = $1 AND id = $2", [.text(program), SQLValue(record)])
        guard let row else { return record }
        return try row[1] as RecordID? ?? KeyHolder.queue(at: (try row[0] as Moment).milliseconds)
    }

    func all(_ condition: String, _ parameters: [SQLValue]) throws -> [IntakeTraits] {
        try connection.all(
            "SELECT \(Self.columns) FROM intake_trait WHERE program = $1 \(condition)", [.text(program)] + parameters
        ).map { row in
            let categories = try row.list(8).compactMap { Casework.Code($0) }
            var traits = IntakeTraits(record: try row[0], receivedAt: try row[1], categories: Set(categories))
            traits.identity = try row[2]
            traits.phone = try row[3]
            traits.name = try row[4]
            traits.address = try row[5]
            traits.street = try row[6]
            traits.birthYear = try row[7]
            if let year = try vault.open(try row[9], at: Self.place(of: traits.record)) { traits.birthYear = Int(year) }
            return traits
        }
    }

    func sharing(with traits: IntakeTraits, window: ClosedRange<Moment>, limit: Int) throws -> [IntakeTraits] {
        var found: [RecordID: IntakeTraits] = [:]
        let keys: [(column: String, key: BlindKey?)] = [
            ("identity_key", traits.identity), ("phone_key", traits.phone), ("name_key", traits.name),
            ("address_key", traits.address),
        ]
        for (column, key) in keys {
            guard let key else { continue }
            for other in try all(
                """
                AND \(column) = $2 AND received_at >= $3 AND received_at <= $4 ORDER BY received_at DESC LIMIT $5
                """, [SQLValue(key), SQLValue(window.lowerBound), SQLValue(window.upperBound), SQLValue(limit)])
            { found[other.record] = other }
        }
        return found.values.sorted { ($0.receivedAt, $0.record) < ($1.receivedAt, $1.record) }
    }
}

/// Reads and adds to what people decided about pairs of requests.
struct VerdictTable {
    let connection: any Connection
    let program: String

    func insert(_ judgement: DuplicateBook.Judgement, id: RecordID) throws {
        try connection.run(
            """
            INSERT INTO duplicate_verdict (program, id, first_wish, second_wish, verdict, judged_by, judged_at, reason,
                note_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .text(program), SQLValue(id), SQLValue(judgement.pair.first), SQLValue(judgement.pair.second),
                SQLValue(judgement.verdict), SQLValue(judgement.by), SQLValue(judgement.at),
                SQLValue(judgement.reason.code), SQLValue(judgement.reason.note),
            ])
    }

    func book() throws -> DuplicateBook {
        DuplicateBook(
            judgements: try connection.all(
                """
                SELECT first_wish, second_wish, verdict, judged_by, judged_at, reason, note_id FROM duplicate_verdict
                WHERE program = $1 ORDER BY judged_at, id
                """, [.text(program)]
            ).map { row in
                DuplicateBook.Judgement(
                    pair: RecordPair(try row[0], try row[1]), verdict: try row[2], by: try row[3], at: try row[4],
                    reason: Reason(try row[5], note: try row[6]))
            })
    }
}

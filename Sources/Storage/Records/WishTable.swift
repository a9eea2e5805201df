internal import CaseRecords
internal import MatchCore
internal import Sealing

/// Reads and writes wishes with their lines.
struct WishTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    static func sealed(_ wish: RecordID) -> SealedPlace { SealedPlace("wish", "sealed", row: wish.description) }

    private static let columns = """
        id, source, external_id, state, lane, urgency, hardship, submitted_at, due_at, area, latitude_e7, longitude_e7,
        groups_of, languages, first_day, last_day, hours, skills, qualifications, wording
        """
    private static let joined = """
        SELECT w.id, w.source, w.external_id, w.state, w.lane, w.urgency, w.hardship, w.submitted_at, w.due_at, w.area,
            w.latitude_e7, w.longitude_e7, w.groups_of, w.languages, w.first_day, w.last_day, w.hours, w.skills,
            w.qualifications, w.wording, l.line, l.category, l.unit, l.wanted, l.open, l.reserved, l.in_transit,
            l.received, l.cancelled, l.price_fen, l.is_whole, w.sealed
        FROM wish w JOIN wish_line l ON l.program = w.program AND l.wish_id = w.id
        """

    func insert(_ wish: WishRecord) throws -> Bool {
        let inserted = try connection.run(
            """
            INSERT INTO wish (program, \(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
            ON CONFLICT DO NOTHING
            """, [.text(program)] + values(of: wish))
        guard inserted == 1 else { return false }
        try seal(wish)
        for (line, balance) in zip(wish.features.lines, wish.balances) { try insert(line, balance, of: wish.key.id) }
        return true
    }

    /// Puts the new content in place of the stored one; balances move by the difference of what is wanted.
    func update(_ stored: WishRecord, to wish: WishRecord) throws {
        try connection.run(
            """
            UPDATE wish SET source = $3, external_id = $4, state = $5, lane = $6, urgency = $7, hardship = $8,
                submitted_at = $9, due_at = $10, area = $11, latitude_e7 = $12, longitude_e7 = $13, groups_of = $14,
                languages = $15, first_day = $16, last_day = $17, hours = $18, skills = $19, qualifications = $20,
                wording = $21
            WHERE program = $1 AND id = $2
            """, [.text(program)] + values(of: wish))
        try seal(wish)
        let storedNumbers = Set(stored.features.lines.map(\.number))
        for (line, balance) in zip(wish.features.lines, wish.balances) {
            if storedNumbers.contains(line.number) {
                try connection.run(
                    """
                    UPDATE wish_line SET category = $4, unit = $5, open = open + COALESCE($6, 0) - COALESCE(wanted, 0),
                        wanted = $6, price_fen = $7, is_whole = $8
                    WHERE program = $1 AND wish_id = $2 AND line = $3
                    """,
                    [
                        .text(program), SQLValue(wish.key.id), SQLValue(line.number), SQLValue(line.category),
                        SQLValue(line.unit), SQLValue(balance.wanted), SQLValue(line.estimatedPriceFen),
                        SQLValue(line.isWhole),
                    ])
            } else {
                try insert(line, balance, of: wish.key.id)
            }
        }
        for number in storedNumbers.subtracting(wish.features.lines.map(\.number)) {
            // As with offers: what is no longer listed is no longer wanted, and is wanted anew when it is listed again.
            try connection.run(
                """
                UPDATE wish_line SET wanted = COALESCE(wanted, 0) - open, open = 0
                WHERE program = $1 AND wish_id = $2 AND line = $3
                """, [.text(program), SQLValue(wish.key.id), SQLValue(number)])
        }
    }

    /// Where exactly it is, how it is worded and how grave the hardship is, under the key of the wish.
    private func seal(_ wish: WishRecord) throws {
        let features = wish.features
        let said = SealedParts(point: features.place.point, text: features.text, hardship: features.hardship)
        try connection.run(
            "UPDATE wish SET sealed = $3 WHERE program = $1 AND id = $2",
            [
                .text(program), SQLValue(wish.key.id),
                try vault.seal(said.column, for: Self.sealed(wish.key.id), of: wish.key.id),
            ])
    }

    /// Seals what an older version left in the open.
    func sealOld(_ wish: WishRecord) throws {
        try seal(wish)
        try connection.run(
            """
            UPDATE wish SET latitude_e7 = NULL, longitude_e7 = NULL, wording = '', hardship = NULL
            WHERE program = $1 AND id = $2
            """,
            [.text(program), SQLValue(wish.key.id)])
    }

    func first(where condition: String, _ parameters: [SQLValue]) throws -> WishRecord? {
        var result: WishRecord?
        try forEach(where: "AND \(condition)", parameters) { result = $0 }
        return result
    }

    func forEach(where condition: String = "", _ parameters: [SQLValue] = [], _ body: (WishRecord) throws -> Void)
        throws
    {
        var current: WishRecord?
        try connection.forEach(
            "\(Self.joined) WHERE w.program = $1 \(condition) ORDER BY w.id, l.line", [.text(program)] + parameters
        ) { row in
            let id: RecordID = try row[0]
            if current?.key.id != id {
                if let current { try body(current) }
                current = try decode(row)
            }
            let (line, balance) = try decodeLine(row)
            current?.features.lines.append(line)
            current?.balances.append(balance)
        }
        if let current { try body(current) }
    }

    private func insert(_ line: WishLine, _ balance: WishBalanceRecord, of wish: RecordID) throws {
        try connection.run(
            """
            INSERT INTO wish_line (program, wish_id, line, category, unit, wanted, open, reserved, in_transit, received,
                cancelled, price_fen, is_whole)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .text(program), SQLValue(wish), SQLValue(line.number), SQLValue(line.category), SQLValue(line.unit),
                SQLValue(balance.wanted), SQLValue(balance.open), SQLValue(balance.reserved),
                SQLValue(balance.inTransit), SQLValue(balance.received), SQLValue(balance.cancelled),
                SQLValue(line.estimatedPriceFen), SQLValue(line.isWhole),
            ])
    }

    private func values(of wish: WishRecord) -> [SQLValue] {
        let features = wish.features
        return [
            SQLValue(features.key.id), SQLValue(features.key.source), SQLValue(features.key.externalID),
            SQLValue(wish.state.rawValue), SQLValue(features.lane), SQLValue(features.urgency),
            .null, SQLValue(features.submitted), SQLValue(features.due),
        ] + features.place.openValues + [
            ListColumn.encode(features.groups), ListColumn.encode(features.languages), SQLValue(features.window?.from),
            SQLValue(features.window?.until), SQLValue(features.hours.map(\.description)),
            ListColumn.encode(features.skills), ListColumn.encode(features.requiredQualifications), .text(""),
        ]
    }

    private func decode(_ row: SQLRow) throws -> WishRecord {
        let state: String = try row[3]
        let key = try row.key(id: 0, source: 1, externalID: 2)
        let said = SealedParts(column: try vault.open(try row[31], at: Self.sealed(key.id)))
        return WishRecord(
            state: WishState(rawValue: state) ?? .closed,
            features: Wish(
                key: key, lane: try row[4], urgency: try row[5],
                hardship: try said?.hardship ?? row[6], submitted: try row[7], due: try row[8],
                place: try row.place(area: 9, latitude: 10, longitude: 11, sealed: said), groups: try row.list(12),
                languages: try row.list(13), window: try row.window(from: 14, until: 15), hours: try row.hours(16),
                skills: try row.list(17), requiredQualifications: try row.list(18),
                text: try said?.text ?? row[19], lines: []),
            balances: [])
    }

    private func decodeLine(_ row: SQLRow) throws -> (WishLine, WishBalanceRecord) {
        var balance = WishBalanceRecord(wanted: try row[23])
        balance.open = try row[24]
        balance.reserved = try row[25]
        balance.inTransit = try row[26]
        balance.received = try row[27]
        balance.cancelled = try row[28]
        let line = WishLine(
            number: try row[20], category: try row[21], quantity: balance.wanted == nil ? nil : balance.open,
            unit: try row[22], estimatedPriceFen: try row[29], isWhole: try row[30])
        return (line, balance)
    }
}

internal import CaseRecords
internal import MatchCore
internal import Sealing

/// Reads and writes offers with their lines.
struct OfferTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    static func sealed(_ offer: RecordID) -> SealedPlace { SealedPlace("offer", "sealed", row: offer.description) }

    private static let columns = """
        id, source, external_id, party_id, state, kind, received_at, area, latitude_e7, longitude_e7, delivers,
        is_remote, service_areas, service_radius, first_day, last_day, hours, skills, qualifications, languages, wording
        """
    private static let joined = """
        SELECT o.id, o.source, o.external_id, o.party_id, o.state, o.kind, o.received_at, o.area, o.latitude_e7,
            o.longitude_e7, o.delivers, o.is_remote, o.service_areas, o.service_radius, o.first_day, o.last_day, o.hours,
            o.skills, o.qualifications, o.languages, o.wording, l.line, l.category, l.unit, l.pledged, l.available,
            l.reserved, l.in_transit, l.received, l.withdrawn, o.sealed
        FROM offer o JOIN offer_line l ON l.program = o.program AND l.offer_id = o.id
        """

    func insert(_ offer: OfferRecord) throws -> Bool {
        let inserted = try connection.run(
            """
            INSERT INTO offer (program, \(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            ON CONFLICT DO NOTHING
            """, [.text(program)] + values(of: offer))
        guard inserted == 1 else { return false }
        try seal(offer)
        for (line, balance) in zip(offer.features.lines, offer.balances) {
            try insert(line, balance, of: offer.key.id)
        }
        return true
    }

    /// Puts the new content in place of the stored one; balances move by the difference of the pledges.
    func update(_ stored: OfferRecord, to offer: OfferRecord) throws {
        try connection.run(
            """
            UPDATE offer SET source = $3, external_id = $4, party_id = $5, state = $6, kind = $7, received_at = $8,
                area = $9, latitude_e7 = $10, longitude_e7 = $11, delivers = $12, is_remote = $13, service_areas = $14,
                service_radius = $15, first_day = $16, last_day = $17, hours = $18, skills = $19, qualifications = $20,
                languages = $21, wording = $22
            WHERE program = $1 AND id = $2
            """, [.text(program)] + values(of: offer))
        try seal(offer)
        let storedNumbers = Set(stored.features.lines.map(\.number))
        for (line, balance) in zip(offer.features.lines, offer.balances) {
            if storedNumbers.contains(line.number) {
                try connection.run(
                    """
                    UPDATE offer_line SET category = $4, unit = $5,
                        available = available + COALESCE($6, 0) - COALESCE(pledged, 0), pledged = $6
                    WHERE program = $1 AND offer_id = $2 AND line = $3
                    """,
                    [
                        .text(program), SQLValue(offer.key.id), SQLValue(line.number), SQLValue(line.category),
                        SQLValue(line.unit), SQLValue(balance.pledged),
                    ])
            } else {
                try insert(line, balance, of: offer.key.id)
            }
        }
        for number in storedNumbers.subtracting(offer.features.lines.map(\.number)) {
            // A line that the party no longer lists is pledged no further than it has been claimed, as if the file said 0:
            // listed again, it is pledged anew, and what a person withdrew stays withdrawn.
            try connection.run(
                """
                UPDATE offer_line SET pledged = COALESCE(pledged, 0) - available, available = 0
                WHERE program = $1 AND offer_id = $2 AND line = $3
                """, [.text(program), SQLValue(offer.key.id), SQLValue(number)])
        }
    }

    /// Where exactly it is and how it is worded, under the key of its party.
    private func seal(_ offer: OfferRecord) throws {
        let said = SealedParts(point: offer.features.place.point, text: offer.features.text)
        try connection.run(
            "UPDATE offer SET sealed = $3 WHERE program = $1 AND id = $2",
            [
                .text(program), SQLValue(offer.key.id),
                try vault.seal(said.column, for: Self.sealed(offer.key.id), of: offer.features.party),
            ])
    }

    /// Seals what an older version left in the open.
    func sealOld(_ offer: OfferRecord) throws {
        try seal(offer)
        try connection.run(
            "UPDATE offer SET latitude_e7 = NULL, longitude_e7 = NULL, wording = '' WHERE program = $1 AND id = $2",
            [.text(program), SQLValue(offer.key.id)])
    }

    /// Takes away what an older version left in the open of a party that was erased since.
    func clearOld(_ offer: RecordID) throws {
        try connection.run(
            """
            UPDATE offer SET latitude_e7 = NULL, longitude_e7 = NULL, wording = '', sealed = NULL
            WHERE program = $1 AND id = $2
            """, [.text(program), SQLValue(offer)])
    }

    func first(where condition: String, _ parameters: [SQLValue]) throws -> OfferRecord? {
        var result: OfferRecord?
        try forEach(where: "AND \(condition)", parameters) { result = $0 }
        return result
    }

    func forEach(where condition: String = "", _ parameters: [SQLValue] = [], _ body: (OfferRecord) throws -> Void)
        throws
    {
        var current: OfferRecord?
        try connection.forEach(
            "\(Self.joined) WHERE o.program = $1 \(condition) ORDER BY o.id, l.line", [.text(program)] + parameters
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

    private func insert(_ line: OfferLine, _ balance: OfferBalanceRecord, of offer: RecordID) throws {
        try connection.run(
            """
            INSERT INTO offer_line (program, offer_id, line, category, unit, pledged, available, reserved, in_transit,
                received, withdrawn)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                .text(program), SQLValue(offer), SQLValue(line.number), SQLValue(line.category), SQLValue(line.unit),
                SQLValue(balance.pledged), SQLValue(balance.available), SQLValue(balance.reserved),
                SQLValue(balance.inTransit), SQLValue(balance.received), SQLValue(balance.withdrawn),
            ])
    }

    private func values(of offer: OfferRecord) -> [SQLValue] {
        let features = offer.features
        return [
            SQLValue(features.key.id), SQLValue(features.key.source), SQLValue(features.key.externalID),
            SQLValue(features.party), SQLValue(offer.state.rawValue), SQLValue(features.kind), SQLValue(offer.received),
        ] + features.place.openValues + [
            SQLValue(features.delivers), SQLValue(features.isRemote), ListColumn.encode(features.serviceAreas),
            SQLValue(features.serviceRadiusMetres), SQLValue(features.window?.from), SQLValue(features.window?.until),
            SQLValue(features.hours.map(\.description)), ListColumn.encode(features.skills),
            ListColumn.encode(features.qualifications), ListColumn.encode(features.languages), .text(""),
        ]
    }

    private func decode(_ row: SQLRow) throws -> OfferRecord {
        let state: String = try row[4]
        let key = try row.key(id: 0, source: 1, externalID: 2)
        let said = SealedParts(column: try vault.open(try row[30], at: Self.sealed(key.id)))
        return OfferRecord(
            state: OfferState(rawValue: state) ?? .withdrawn, received: try row[6],
            features: Offer(
                key: key, party: try row[3], kind: try row[5],
                place: try row.place(area: 7, latitude: 8, longitude: 9, sealed: said), delivers: try row[10],
                isRemote: try row[11],
                serviceAreas: try row.list(12), serviceRadiusMetres: try row[13],
                window: try row.window(from: 14, until: 15), hours: try row.hours(16), skills: try row.list(17),
                qualifications: try row.list(18), languages: try row.list(19), text: try text(row[20], sealed: said),
                lines: []),
            balances: [])
    }

    /// What an older version wrote beside a sealed place stands in the open until it is sealed.
    private func text(_ open: String, sealed: SealedParts?) -> String {
        sealed.flatMap { $0.text.isEmpty ? nil : $0.text } ?? open
    }

    private func decodeLine(_ row: SQLRow) throws -> (OfferLine, OfferBalanceRecord) {
        var balance = OfferBalanceRecord(pledged: try row[24])
        balance.available = try row[25]
        balance.reserved = try row[26]
        balance.inTransit = try row[27]
        balance.received = try row[28]
        balance.withdrawn = try row[29]
        let line = OfferLine(
            number: try row[21], category: try row[22],
            available: balance.pledged == nil ? nil : balance.available, unit: try row[23])
        return (line, balance)
    }
}

internal import CaseRecords
internal import MatchCore
internal import Sealing

/// Reads and writes parties.
struct PartyTable {
    let connection: any Connection
    let program: String
    let vault: VaultSession

    static func name(of party: RecordID) -> SealedPlace { SealedPlace("party", "name", row: party.description) }

    private static let columns = """
        id, source, external_id, name, kind, state, is_verified, claims_ended, claims_delivered, confirmed_at,
        stated_trust, fatigue, wanted_groups, wanted_areas, wanted_categories, excluded_groups, excluded_areas,
        excluded_categories
        """

    /// False where one with its key is there: then nothing is sealed, and no key made for an id that is not used.
    func insert(_ party: PartyRecord) throws -> Bool {
        let inserted = try connection.run(
            """
            INSERT INTO party (program, \(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            ON CONFLICT DO NOTHING
            """, [.text(program)] + values(of: party, name: .text("")))
        guard inserted == 1 else { return false }
        if !party.name.isEmpty {
            try connection.run(
                "UPDATE party SET name = $3 WHERE program = $1 AND id = $2",
                [.text(program), SQLValue(party.key.id), try sealedName(of: party)])
        }
        return true
    }

    private func sealedName(of party: PartyRecord) throws -> SQLValue {
        try vault.seal(party.name, for: Self.name(of: party.key.id), of: party.key.id)
    }

    func update(_ party: PartyRecord) throws {
        try connection.run(
            """
            UPDATE party SET source = $3, external_id = $4, name = $5, kind = $6, state = $7, is_verified = $8,
                claims_ended = $9, claims_delivered = $10, confirmed_at = $11, stated_trust = $12, fatigue = $13,
                wanted_groups = $14, wanted_areas = $15, wanted_categories = $16, excluded_groups = $17,
                excluded_areas = $18, excluded_categories = $19
            WHERE program = $1 AND id = $2
            """, [.text(program)] + values(of: party, name: try sealedName(of: party)))
    }

    func first(where condition: String, _ parameters: [SQLValue]) throws -> PartyRecord? {
        try connection.first(
            "SELECT \(Self.columns) FROM party WHERE program = $1 AND \(condition)", [.text(program)] + parameters
        ).map(decode)
    }

    /// What matching looks at: nobody's name is opened.
    func forEachFeatures(_ body: (PartyState, Party) throws -> Void) throws {
        try connection.forEach(
            "SELECT \(Self.columns) FROM party WHERE program = $1 ORDER BY id", [.text(program)]
        ) { row in
            let party = try decode(row, name: "")
            try body(party.state, party.features)
        }
    }

    func forEach(where condition: String = "", _ parameters: [SQLValue] = [], _ body: (PartyRecord) throws -> Void)
        throws
    {
        try connection.forEach(
            "SELECT \(Self.columns) FROM party WHERE program = $1 \(condition) ORDER BY id",
            [.text(program)] + parameters
        ) { try body(decode($0)) }
    }

    private func values(of party: PartyRecord, name: SQLValue) -> [SQLValue] {
        let features = party.features
        let preference = features.preference
        return [
            SQLValue(party.key.id), SQLValue(party.key.source), SQLValue(party.key.externalID), name,
            SQLValue(features.kind), SQLValue(party.state.rawValue), SQLValue(features.isIdentityVerified),
            SQLValue(features.claimsEnded), SQLValue(features.claimsDelivered), SQLValue(features.lastConfirmed),
            SQLValue(features.statedTrust), SQLValue(features.fatigue), ListColumn.encode(preference.groups),
            ListColumn.encode(preference.areas), ListColumn.encode(preference.categories),
            ListColumn.encode(preference.excludedGroups), ListColumn.encode(preference.excludedAreas),
            ListColumn.encode(preference.excludedCategories),
        ]
    }

    private func decode(_ row: SQLRow) throws -> PartyRecord {
        let name = try vault.open(try row[3], at: Self.name(of: try row[0]))
        return try decode(row, name: name ?? "")
    }

    private func decode(_ row: SQLRow, name: String) throws -> PartyRecord {
        let key = try row.key(id: 0, source: 1, externalID: 2)
        let state: String = try row[5]
        return PartyRecord(
            key: key, name: name, state: PartyState(rawValue: state) ?? .closed,
            features: Party(
                id: key.id, kind: try row[4], isIdentityVerified: try row[6], claimsEnded: try row[7],
                claimsDelivered: try row[8], lastConfirmed: try row[9], statedTrust: try row[10], fatigue: try row[11],
                preference: DonorPreference(
                    groups: try row.list(12), areas: try row.list(13), categories: try row.list(14),
                    excludedGroups: try row.list(15), excludedAreas: try row.list(16),
                    excludedCategories: try row.list(17))))
    }
}

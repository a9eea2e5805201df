internal import Casework
internal import MatchCore

/// Reads and writes claims.
struct ClaimTable {
    let connection: any Connection
    let program: String

    private static let columns = """
        id, offer_id, offer_line, wish_id, wish_line, party_id, quantity, state, answer_hours, dispatch_hours,
        renewals_allowed, lease_end, lease_renewals, legs, version, changed_at, made_at
        """

    func insert(_ kept: KeptClaim) throws {
        let claim = kept.claim
        try connection.run(
            """
            INSERT INTO claim (program, \(Self.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """,
            [
                .text(program), SQLValue(claim.id), SQLValue(kept.offer.record), SQLValue(kept.offer.number),
                SQLValue(kept.wish.record), SQLValue(kept.wish.number), SQLValue(claim.party),
                SQLValue(claim.quantity), SQLValue(claim.state), SQLValue(claim.terms.answerHours),
                SQLValue(claim.terms.dispatchHours), SQLValue(claim.terms.renewals), SQLValue(claim.lease?.end),
                SQLValue(claim.lease?.renewals ?? 0), .text(LegText.encode(claim.legs)), SQLValue(claim.version),
                SQLValue(claim.changedAt), SQLValue(kept.madeAt),
            ])
    }

    func update(_ claim: Claim, from version: Int) throws -> Bool {
        try connection.run(
            """
            UPDATE claim SET quantity = $4, state = $5, lease_end = $6, lease_renewals = $7, legs = $8, version = $9,
                changed_at = $10
            WHERE program = $1 AND id = $2 AND version = $3
            """,
            [
                .text(program), SQLValue(claim.id), SQLValue(version), SQLValue(claim.quantity),
                SQLValue(claim.state), SQLValue(claim.lease?.end), SQLValue(claim.lease?.renewals ?? 0),
                .text(LegText.encode(claim.legs)), SQLValue(claim.version), SQLValue(claim.changedAt),
            ]) == 1
    }

    func first(_ id: RecordID) throws -> KeptClaim? {
        try all("AND id = $2", [SQLValue(id)]).first
    }

    func all(_ condition: String, _ parameters: [SQLValue]) throws -> [KeptClaim] {
        try connection.all(
            "SELECT \(Self.columns) FROM claim WHERE program = $1 \(condition)", [.text(program)] + parameters
        ).map(decode)
    }

    func all(_ filter: ClaimFilter, limit: Int) throws -> [KeptClaim] {
        var parameters: [SQLValue] = [.text(program)]
        var conditions = ""
        func add(_ comparison: String, _ value: SQLValue?) {
            guard let value else { return }
            parameters.append(value)
            conditions += " AND \(comparison) $\(parameters.count)"
        }
        add("state =", filter.state.map { SQLValue($0) })
        add("party_id =", filter.party.map { SQLValue($0) })
        add("offer_id =", filter.offer.map { SQLValue($0) })
        add("wish_id =", filter.wish.map { SQLValue($0) })
        add("changed_at >=", filter.changedSince.map { SQLValue($0) })
        if let areas = filter.areas {
            let places = areas.map { area in
                parameters.append(.text(area))
                return "$\(parameters.count)"
            }
            let list = places.isEmpty ? "''" : places.joined(separator: ", ")
            conditions += " AND wish_id IN (SELECT id FROM wish WHERE program = $1 AND area IN (\(list)))"
        }
        if let behind = filter.behind {
            add("changed_at <=", SQLValue(behind.changedAt))
            let time = parameters.count
            parameters.append(SQLValue(behind.claim))
            conditions += " AND (changed_at < $\(time) OR id < $\(parameters.count))"
        }
        parameters.append(SQLValue(limit))
        return try all(
            "\(conditions) ORDER BY changed_at DESC, id DESC LIMIT $\(parameters.count)", Array(parameters.dropFirst()))
    }

    func promised(since moment: Moment) throws -> [PromisedUnits] {
        try connection.all(
            """
            SELECT claim.party_id, offer_line.unit, CAST(SUM(claim.quantity) AS BIGINT)
            FROM claim JOIN offer_line ON offer_line.program = claim.program
                AND offer_line.offer_id = claim.offer_id AND offer_line.line = claim.offer_line
            WHERE claim.program = $1 AND claim.made_at >= $2
                AND claim.state NOT IN ('declined', 'expired', 'released', 'returned')
            GROUP BY claim.party_id, offer_line.unit
            ORDER BY claim.party_id, offer_line.unit
            """, [.text(program), SQLValue(moment)]
        ).map { row in
            PromisedUnits(key: PromisedUnits.Key(party: try row[0], unit: try row[1]), quantity: try row[2])
        }
    }

    private func decode(_ row: SQLRow) throws -> KeptClaim {
        let offer = LineReference(try row[1], try row[2])
        let wish = LineReference(try row[3], try row[4])
        let end: Moment? = try row[11]
        let renewals: Int = try row[12]
        let claim = Claim(
            id: try row[0], offerLine: offer.id, wishLine: wish.id, wish: wish.record, party: try row[5],
            quantity: try row[6], state: try row[7],
            terms: try LeaseTerms(answerHours: try row[8], dispatchHours: try row[9], renewals: try row[10]),
            lease: end.map { Lease(end: $0, renewals: renewals) }, legs: try LegText.decode(try row[13]),
            version: try row[14], changedAt: try row[15])
        return KeptClaim(claim: claim, offer: offer, wish: wish, madeAt: try row[16])
    }
}

/// The legs of a claim in one column: `carrier,ID,0|fitter,,0`.
enum LegText {
    static func encode(_ legs: [Leg]) -> String {
        legs.map { "\($0.kind.rawValue),\($0.party?.description ?? ""),\($0.isDone ? 1 : 0)" }.joined(separator: "|")
    }

    static func decode(_ text: String) throws -> [Leg] {
        try text.split(separator: "|").map { leg in
            let parts = leg.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 3, let kind = Leg.Kind(rawValue: String(parts[0])) else {
                throw DatabaseError(.wrongType, message: "The legs of a claim cannot be read. Mend the row.")
            }
            return Leg(kind, party: RecordID(parts[1]), isDone: parts[2] == "1")
        }
    }
}

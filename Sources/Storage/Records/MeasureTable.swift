internal import Casework
internal import MatchCore

/// What the figures look at, computed from the history as its entries are written: one row a wish, and one more for each
/// time that something known before was replaced (a due time, a closing, a rating), so that the figures can be told as
/// of any moment without reading the history again.
struct MeasureTable {
    static let holds = Int64.max

    let connection: any Connection
    let program: String

    func take(_ fact: CaseFact) throws {
        switch fact.kind {
        case .received(let area, let lane, let channel):
            try connection.run(
                """
                INSERT INTO wish_measure (program, wish_id, until_at, since_at, area, lane, channel, received_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $4) ON CONFLICT DO NOTHING
                """,
                [
                    .text(program), SQLValue(fact.wish), SQLValue(Self.holds), SQLValue(fact.at), SQLValue(area),
                    SQLValue(lane), SQLValue(channel),
                ])
        case .joined(let party):
            try connection.run(
                """
                INSERT INTO wish_party (program, wish_id, party_id, joined_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT DO NOTHING
                """, [.text(program), SQLValue(fact.wish), SQLValue(party), SQLValue(fact.at)])
        case .answered: try set("answered_at = COALESCE(answered_at, $4)", fact, SQLValue(fact.at))
        case .ended: try set("ended_at = COALESCE(ended_at, $4)", fact, SQLValue(fact.at))
        case .answerDue(let due): try replace("answer_due", fact, with: SQLValue(due))
        case .deliveryDue(let due): try replace("delivery_due", fact, with: SQLValue(due))
        case .closed: try replace("closed_at", fact, with: SQLValue(fact.at))
        case .reopened: try replace("closed_at", fact, with: .null)
        case .rated(let stars):
            try replace("rating", fact, with: SQLValue(stars))
            try set("rated_at = $4", fact, SQLValue(fact.at))
        }
    }

    private func set(_ assignment: String, _ fact: CaseFact, _ value: SQLValue) throws {
        try connection.run(
            "UPDATE wish_measure SET \(assignment) WHERE program = $1 AND wish_id = $2 AND until_at = $3",
            [.text(program), SQLValue(fact.wish), SQLValue(Self.holds), value])
    }

    /// A first value is only noted; another one begins a new row, and the old row keeps what was known until now.
    private func replace(_ column: String, _ fact: CaseFact, with value: SQLValue) throws {
        // A due time that becomes known after the start was not known before.
        let firstCounts = column == "closed_at" || column == "rating" ? "AND \(column) IS NOT NULL" : ""
        try connection.run(
            """
            INSERT INTO wish_measure (program, wish_id, until_at, since_at, area, lane, channel, received_at, answer_due,
                answered_at, delivery_due, closed_at, ended_at, rating, rated_at)
            SELECT program, wish_id, $4, since_at, area, lane, channel, received_at, answer_due, answered_at,
                delivery_due, closed_at, ended_at, rating, rated_at
            FROM wish_measure
            WHERE program = $1 AND wish_id = $2 AND until_at = $3 AND since_at < $4 \(firstCounts)
            """, [.text(program), SQLValue(fact.wish), SQLValue(Self.holds), SQLValue(fact.at)])
        try connection.run(
            """
            UPDATE wish_measure SET \(column) = $5, since_at = CASE
                WHEN since_at < $4 \(firstCounts) THEN $4 ELSE since_at END
            WHERE program = $1 AND wish_id = $2 AND until_at = $3
            """, [.text(program), SQLValue(fact.wish), SQLValue(Self.holds), SQLValue(fact.at), value])
    }

    func figures(by kind: FigureKind, asOf moment: Moment) throws -> [FigureGroup: Figures] {
        let parameters: [SQLValue] = [.text(program), SQLValue(moment)]
        let spans = try connection.all(
            """
            \(Self.known(by: kind)), ranked AS (
                SELECT grp, closed - received_at AS span,
                    ROW_NUMBER() OVER (PARTITION BY grp ORDER BY closed - received_at) AS place,
                    COUNT(*) OVER (PARTITION BY grp) AS whole
                FROM known WHERE closed IS NOT NULL AND ended IS NULL)
            SELECT grp, place, whole, span FROM ranked
            WHERE place = (whole * 50 + 99) / 100 OR place = (whole * 95 + 99) / 100
            """, parameters)
        var days: [String: (median: Double?, high: Double?)] = [:]
        for row in spans {
            let (group, place, whole, span): (String, Int64, Int64, Int64) = (
                try row[0], try row[1], try row[2], try row[3]
            )
            let length = Double(max(0, span)) / 86_400_000
            if place == (whole * 50 + 99) / 100 { days[group, default: (nil, nil)].median = length }
            if place == (whole * 95 + 99) / 100 { days[group, default: (nil, nil)].high = length }
        }
        var figures: [FigureGroup: Figures] = [:]
        for row in try connection.all("\(Self.known(by: kind)) \(Self.counts)", parameters) {
            let name: String = try row[0]
            guard let group = FigureGroup(kind, name) else { continue }
            func share(_ part: Int, _ whole: Int) throws -> Share { Share(try row[part], of: try row[whole]) }
            figures[group] = Figures(
                wishes: try row[1], replied: try share(2, 3), repliedOnTime: try share(4, 3),
                satisfied: try share(5, 6), onTime: try share(7, 8), medianDays: days[name]?.median,
                days95: days[name]?.high)
        }
        return figures
    }

    /// The rows that held at `$2`, with what happened later left out.
    private static func known(by kind: FigureKind) -> String {
        let group: String
        var join = ""
        switch kind {
        case .all: group = "'all'"
        case .area, .lane, .channel: group = "m.\(kind.rawValue)"
        case .party:
            group = "p.party_id"
            join = """
                JOIN wish_party p ON p.program = m.program AND p.wish_id = m.wish_id AND p.joined_at <= $2
                """
        }
        return """
            WITH known AS (
                SELECT \(group) AS grp, m.received_at, m.answer_due, m.delivery_due,
                    CASE WHEN m.answered_at <= $2 THEN m.answered_at END AS answered,
                    CASE WHEN m.closed_at <= $2 THEN m.closed_at END AS closed,
                    CASE WHEN m.ended_at <= $2 THEN m.ended_at END AS ended,
                    CASE WHEN m.rated_at <= $2 THEN m.rating END AS rating
                FROM wish_measure m \(join)
                WHERE m.program = $1 AND m.since_at <= $2 AND m.until_at > $2)
            """
    }

    private static let counts = """
        SELECT grp, COUNT(*),
            SUM(CASE WHEN answered IS NOT NULL THEN 1 ELSE 0 END),
            SUM(CASE WHEN answered IS NOT NULL OR answer_due < $2 THEN 1 ELSE 0 END),
            SUM(CASE WHEN answered <= COALESCE(answer_due, answered) THEN 1 ELSE 0 END),
            SUM(CASE WHEN rating >= 4 THEN 1 ELSE 0 END),
            SUM(CASE WHEN rating IS NOT NULL THEN 1 ELSE 0 END),
            SUM(CASE WHEN ended IS NULL AND closed <= COALESCE(delivery_due, closed) THEN 1 ELSE 0 END),
            SUM(CASE WHEN ended IS NULL AND (closed IS NOT NULL OR delivery_due < $2) THEN 1 ELSE 0 END)
        FROM known GROUP BY grp
        """
}

extension FigureGroup {
    fileprivate init?(_ kind: FigureKind, _ name: String) {
        switch kind {
        case .all: self = .all
        case .area, .lane, .channel:
            guard let code = Casework.Code(name) else { return nil }
            self = kind == .area ? .area(code) : kind == .lane ? .lane(code) : .channel(code)
        case .party:
            guard let id = RecordID(name) else { return nil }
            self = .party(id)
        }
    }
}

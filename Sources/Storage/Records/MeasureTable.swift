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
        case .moved(let area): try replace("area", fact, with: SQLValue(area))
        case .joined(let party):
            try connection.run(
                """
                INSERT INTO wish_party (program, wish_id, party_id, joined_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT DO NOTHING
                """, [.text(program), SQLValue(fact.wish), SQLValue(party), SQLValue(fact.at)])
        case .answered:
            // One that is entered late was known in every row that held since.
            try connection.run(
                """
                UPDATE wish_measure SET answered_at = $3
                WHERE program = $1 AND wish_id = $2 AND until_at > $3 AND (answered_at IS NULL OR answered_at > $3)
                """, [.text(program), SQLValue(fact.wish), SQLValue(fact.at)])
        case .ended: try set("ended_at = COALESCE(ended_at, $4)", fact, SQLValue(fact.at))
        case .answerDue(let due): try replace("answer_due", fact, with: SQLValue(due))
        case .deliveryDue(let due):
            // Once a round was late, the wish was: the due time of another round is no second chance.
            if try !wasLate(fact.wish) { try replace("delivery_due", fact, with: SQLValue(due)) }
        case .closed(let isServed):
            try replace("closed_at", fact, with: SQLValue(fact.at))
            // Both times together say that it was closed without being fulfilled.
            try set("ended_at = $4", fact, isServed ? .null : SQLValue(fact.at))
        case .reopened:
            try replace("closed_at", fact, with: .null)
            try set("ended_at = $4", fact, .null)
        case .rated(let stars):
            try replace("rating", fact, with: SQLValue(stars))
            try set("rated_at = $4", fact, SQLValue(fact.at))
        }
    }

    /// All rows of each wish, one wish after another.
    ///
    /// - Parameter condition: begins with `AND`; its parameters begin at `$2`.
    func forEachWish(
        where condition: String = "", _ parameters: [SQLValue] = [],
        _ body: (_ wish: RecordID, _ rows: [ToldMeasures.Row]) throws -> Void
    ) throws {
        var (wish, rows): (RecordID?, [ToldMeasures.Row]) = (nil, [])
        try connection.forEach(
            """
            SELECT wish_id, until_at, since_at, area, lane, channel, received_at, answer_due, answered_at, delivery_due,
                closed_at, ended_at, rating, rated_at
            FROM wish_measure WHERE program = $1 \(condition) ORDER BY wish_id, until_at
            """, [.text(program)] + parameters
        ) { row in
            let id: RecordID = try row[0]
            if let wish, wish != id {
                try body(wish, rows)
                rows = []
            }
            wish = id
            var kept = ToldMeasures.Row(
                since: try row[2], area: try row[3], lane: try row[4], channel: try row[5], receivedAt: try row[6])
            let until: Int64 = try row[1]
            kept.until = until == Self.holds ? nil : Moment(milliseconds: until)
            kept.answerDue = try row[7]
            kept.answeredAt = try row[8]
            kept.deliveryDue = try row[9]
            kept.closedAt = try row[10]
            kept.endedAt = try row[11]
            kept.rating = try row[12]
            kept.ratedAt = try row[13]
            rows.append(kept)
        }
        if let wish { try body(wish, rows) }
    }

    /// Each party that took part in a wish; the condition as for the rows.
    func forEachParty(
        where condition: String = "", _ parameters: [SQLValue] = [],
        _ body: (_ wish: RecordID, _ party: RecordID, _ joined: Moment) throws -> Void
    ) throws {
        try connection.forEach(
            "SELECT wish_id, party_id, joined_at FROM wish_party WHERE program = $1 \(condition)",
            [.text(program)] + parameters
        ) { try body(try $0[0], try $0[1], try $0[2]) }
    }

    /// Whether it was closed late, in whatever round: the row that held until it was opened again says so.
    private func wasLate(_ wish: RecordID) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM wish_measure
            WHERE program = $1 AND wish_id = $2 AND closed_at > delivery_due LIMIT 1
            """, [.text(program), SQLValue(wish)]) != nil
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

    /// One pass over the rows that held at the moment. What is counted and how stands in `FigureCounts`, so that the
    /// figures have one definition, and a pass in SQL that sorts by group, and another one for the median, is spared.
    func figures(by kind: FigureKind, asOf moment: Moment, satisfaction rule: SatisfactionRule) throws
        -> [FigureGroup: Figures]
    {
        var places: [String: Int] = [:]
        var counts: [FigureCounts] = []
        var last: (name: String, place: Int)?
        try connection.forEach(Self.rows(by: kind), [.text(program), SQLValue(moment)]) { row in
            let name: String = try row[0]
            let place: Int
            if let last, last.name == name {
                place = last.place
            } else if let known = places[name] {
                place = known
            } else {
                place = counts.count
                places[name] = place
                counts.append(FigureCounts(asOf: moment, by: rule))
            }
            last = (name, place)
            counts[place].add(
                MeasuredWish(
                    knownAt: moment, receivedAt: try row[1], answerDue: try row[2], answeredAt: try row[3],
                    deliveryDue: try row[4], closedAt: try row[5], endedAt: try row[6], rating: try row[8],
                    ratedAt: try row[7]))
        }
        var figures: [FigureGroup: Figures] = [:]
        for (name, place) in places {
            if let group = FigureGroup(kind, name) { figures[group] = counts[place].figures }
        }
        return figures
    }

    /// The rows that held at `$2`, with the name of each one's group.
    private static func rows(by kind: FigureKind) -> String {
        let group =
            switch kind {
            case .all: "'all'"
            case .area, .lane, .channel: "m.\(kind.rawValue)"
            case .party: "p.party_id"
            }
        let columns = """
            m.received_at, m.answer_due, m.answered_at, m.delivery_due, m.closed_at, m.ended_at, m.rated_at, m.rating
            """
        let held = "m.program = $1 AND m.since_at <= $2 AND m.until_at > $2"
        guard kind == .party else { return "SELECT \(group), \(columns) FROM wish_measure m WHERE \(held)" }
        return """
            SELECT \(group), \(columns) FROM wish_party p
            JOIN wish_measure m ON m.program = p.program AND m.wish_id = p.wish_id
            WHERE p.program = $1 AND p.joined_at <= $2 AND \(held)
            """
    }
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

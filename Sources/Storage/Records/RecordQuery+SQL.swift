internal import CaseRecords
internal import Casework
internal import MatchCore

extension RecordQuery {
    /// A condition on `key` that picks the records of one page, and its parameters; the first is the program.
    ///
    /// - Parameters:
    ///   - kind: the column that tells kinds apart.
    ///   - lines: the table of the lines with the column that names the record, where it has lines.
    func condition(
        on key: String, table: String, kind column: String, lines: (table: String, key: String)?, program: String,
        limit: Int
    ) -> (condition: String, parameters: [SQLValue]) {
        var parameters: [SQLValue] = [.text(program)]
        var conditions = ""
        func placeholder(_ value: SQLValue) -> String {
            parameters.append(value)
            return "$\(parameters.count)"
        }
        func list(_ values: [String]) -> String {
            values.isEmpty ? "NULL" : values.map { placeholder(.text($0)) }.joined(separator: ", ")
        }
        if let state, order.column == nil { conditions += " AND state = \(placeholder(.text(state)))" }
        if let kind { conditions += " AND \(column) = \(placeholder(.text(kind)))" }
        if let areas { conditions += " AND area IN (\(list(areas)))" }
        if let party { conditions += " AND party_id = \(placeholder(SQLValue(party)))" }
        if let changedSince { conditions += changed(placeholder(SQLValue(changedSince)), in: table) }
        let value = order.column
        if let after, let value {
            // The first part is what the index goes by.
            let (least, id) = (placeholder(.integer(after.value)), placeholder(SQLValue(after.id)))
            conditions += " AND \(value) >= \(least) AND (\(value) > \(least) OR id > \(id))"
        } else if let after {
            conditions += " AND id \(isDescending ? "<" : ">") \(placeholder(SQLValue(after.id)))"
        }
        if let categories, let lines {
            conditions += """
                 AND EXISTS (SELECT 1 FROM \(lines.table) c WHERE c.program = $1 AND c.\(lines.key) = \(table).id
                AND c.category IN (\(list(categories))))
                """
        }
        let last = placeholder(SQLValue(limit))
        if let value {
            // Each state is an index's own stretch: what is open is not looked for among all that ever ended.
            let stretches = (state.map { [$0] } ?? Self.states(of: table)).map { state in
                """
                SELECT id FROM (SELECT id FROM \(table) WHERE program = $1 AND state = '\(state)'\(conditions)
                ORDER BY \(value), id LIMIT \(last)) AS of_\(state)
                """
            }
            return ("AND \(key) IN (\(stretches.joined(separator: " UNION ALL ")))", parameters)
        }
        return (
            """
            AND \(key) IN (SELECT id FROM \(table) WHERE program = $1\(conditions)
            ORDER BY id\(isDescending ? " DESC" : "") LIMIT \(last))
            """, parameters
        )
    }

    private static func states(of table: String) -> [String] {
        table == "wish" ? WishState.allCases.map(\.rawValue) : OfferState.allCases.map(\.rawValue)
    }

    /// A record has changed when it took a step, or a claim on it or the approval of a wish did. Of each history only the
    /// last entry is looked at, so that a long one costs no more.
    private func changed(_ moment: String, in table: String) -> String {
        func tookStep(_ subject: String) -> String {
            """
            ((SELECT h.at FROM history h WHERE h.program = $1 AND h.subject = \(subject)
                ORDER BY h.number DESC LIMIT 1) >= \(moment)
            OR \(subject) IN (SELECT q.subject FROM history_waiting q WHERE q.program = $1 AND q.at >= \(moment)))
            """
        }
        let approval =
            table == "wish"
            ? """
             OR EXISTS (SELECT 1 FROM approval_case a WHERE a.program = $1 AND a.wish_id = wish.id AND \(tookStep("a.id")))
            """ : ""
        return """
             AND (\(tookStep("\(table).id"))
            OR EXISTS (SELECT 1 FROM claim k WHERE k.program = $1 AND k.\(table)_id = \(table).id
                AND k.changed_at >= \(moment))\(approval))
            """
    }
}

extension RecordOrder {
    /// What the index of an order goes by, never null; nil for the order of ids. The migration `listOrder` says the same.
    var column: String? {
        switch self {
        case .created: nil
        case .due: Self.due
        case .urgency: Self.urgency
        case .until: Self.until
        }
    }

    static let due = "COALESCE(due_at, 9223372036854775807)"
    static let urgency = "CASE urgency WHEN 'critical' THEN 0 WHEN 'urgent' THEN 1 ELSE 2 END"
    static let until = "COALESCE(last_day, 9223372036854775807)"
}

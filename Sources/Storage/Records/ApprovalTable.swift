internal import Casework
internal import MatchCore

/// Reads and writes approval cases: the whole case as one text, what lists ask for beside it.
struct ApprovalTable {
    let connection: any Connection
    let program: String

    func save(_ approval: ApprovalCase) throws {
        try connection.run(
            """
            INSERT INTO approval_case (program, id, wish_id, path, path_version, status, step, amount, is_approved,
                notice_until, papers_due, changed_at, body)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (program, id) DO UPDATE SET status = excluded.status, step = excluded.step,
                amount = excluded.amount, is_approved = excluded.is_approved, notice_until = excluded.notice_until,
                papers_due = excluded.papers_due, changed_at = excluded.changed_at, body = excluded.body
            """,
            [
                .text(program), SQLValue(approval.id), SQLValue(approval.request.wish), SQLValue(approval.path.id),
                SQLValue(approval.path.version), approval.status.code, SQLValue(approval.step?.id),
                SQLValue(Self.column(approval.request.amount)), SQLValue(approval.isApproved),
                SQLValue(approval.notice?.until),
                SQLValue(approval.papersDue), SQLValue(approval.changedAt), try JSONColumn.encode(approval),
            ])
    }

    /// Each case, and whether the columns that lists look at say the same of it.
    func forEachAudited(_ body: (AuditedRow<ApprovalCase>) throws -> Void) throws {
        try connection.forEach(
            """
            SELECT body, status, step, amount, is_approved, notice_until, papers_due, wish_id FROM approval_case
            WHERE program = $1
            """, [.text(program)]
        ) { row in
            let approval = try JSONColumn.decode(ApprovalCase.self, try row[0])
            let columns: [SQLValue] = [
                .text(try row[1]), SQLValue(try row[2] as String?), SQLValue(try row[3] as Int64),
                SQLValue(try row[4] as Bool), SQLValue(try row[5] as Moment?), SQLValue(try row[6] as Moment?),
                .text(try row[7]),
            ]
            let told: [SQLValue] = [
                approval.status.code, SQLValue(approval.step?.id.text), SQLValue(Self.column(approval.request.amount)),
                SQLValue(approval.isApproved), SQLValue(approval.notice?.until), SQLValue(approval.papersDue),
                SQLValue(approval.request.wish),
            ]
            try body(AuditedRow(approval, agrees: columns == told))
        }
    }

    /// The column that lists look at holds 0 for what nobody knows; 0 is no amount.
    private static func column(_ amount: Int64?) -> Int64 { amount ?? 0 }

    func all(_ query: ApprovalQuery, limit: Int) throws -> [ApprovalCase] {
        var conditions = Conditions(program: program)
        conditions.add("status =", query.status?.rawValue)
        conditions.add("step =", query.step)
        conditions.add(wish: "wish_id", in: query.areas)
        if query.onNotice { conditions.add("notice_until IS NOT NULL") }
        if let behind = query.behind { conditions.add(behind: ("changed_at", "id"), behind.time, behind.id) }
        let limit = conditions.place(SQLValue(limit))
        return try all(
            "\(conditions.text) ORDER BY changed_at, id LIMIT \(limit)", Array(conditions.parameters.dropFirst()))
    }

    func all(_ condition: String, _ parameters: [SQLValue]) throws -> [ApprovalCase] {
        try connection.all(
            "SELECT body FROM approval_case WHERE program = $1 \(condition)", [.text(program)] + parameters
        ).map { try JSONColumn.decode(ApprovalCase.self, try $0[0]) }
    }
}

extension ApprovalCase.Status {
    fileprivate var code: SQLValue {
        switch self {
        case .open: "open"
        case .completed: "completed"
        case .refused: "refused"
        case .revoked: "revoked"
        case .ended: "ended"
        }
    }
}

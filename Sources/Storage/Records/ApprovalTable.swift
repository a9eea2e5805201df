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
                SQLValue(approval.request.amount), SQLValue(approval.isApproved), SQLValue(approval.notice?.until),
                SQLValue(approval.papersDue), SQLValue(approval.changedAt), try JSONColumn.encode(approval),
            ])
    }

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

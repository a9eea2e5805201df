internal import Casework
internal import MatchCore

/// The rows as they stand, for comparing them with the history.
extension SQLCaseTransaction {
    func forEachOfferLine(_ body: (LineReference, LineState<OfferPart>) throws -> Void) throws {
        try connection.forEach(
            """
            SELECT offer_id, line, unit, category, pledged, available, reserved, in_transit, received, withdrawn
            FROM offer_line WHERE program = $1
            """, [.text(program)]
        ) { row in
            try body(
                LineReference(try row[0], try row[1]),
                LineState(
                    unit: try row[2], category: try row[3], total: try row[4],
                    parts: [
                        .available: try row[5], .reserved: try row[6], .inTransit: try row[7], .received: try row[8],
                        .withdrawn: try row[9],
                    ]))
        }
    }

    func forEachWishLine(_ body: (LineReference, LineState<WishPart>) throws -> Void) throws {
        try connection.forEach(
            """
            SELECT wish_id, line, unit, category, wanted, open, reserved, in_transit, received, cancelled
            FROM wish_line WHERE program = $1
            """, [.text(program)]
        ) { row in
            try body(
                LineReference(try row[0], try row[1]),
                LineState(
                    unit: try row[2], category: try row[3], total: try row[4],
                    parts: [
                        .open: try row[5], .reserved: try row[6], .inTransit: try row[7], .received: try row[8],
                        .cancelled: try row[9],
                    ]))
        }
    }

    func forEachClock(_ body: (AuditedRow<ServiceClock>) throws -> Void) throws {
        try ClockTable(connection: connection, program: program).forEachAudited(body)
    }

    func forEachApproval(_ body: (AuditedRow<ApprovalCase>) throws -> Void) throws {
        try ApprovalTable(connection: connection, program: program).forEachAudited(body)
    }

    func forEachNote(_ body: (AuditedNote) throws -> Void) throws {
        try NoteTable(connection: connection, program: program, vault: vault).forEachAudited(body)
    }

    func forEachWaiting(_ body: (HistoryEntry) throws -> Void) throws {
        for waiting in try HistoryTable(connection: connection, program: program).waiting(limit: Int(Int32.max)) {
            try body(waiting.entry)
        }
    }
}

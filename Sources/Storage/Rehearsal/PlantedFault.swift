/// A fault that is put into a rehearsal's database on purpose, to see that it is found. Never for a program in use.
public enum PlantedFault: String, Sendable, CaseIterable {
    /// A quantity moves that no claim holds.
    case ledger
    /// A clock that was missed asks for nothing any more.
    case clock
    /// An entry of the history is changed.
    case history

    /// Plants the fault; false where there is nothing yet to spoil.
    public func plant(in database: any Database, program: String) throws -> Bool {
        try database.blockingWrite { connection in
            switch self {
            case .ledger:
                return try connection.run(
                    """
                    UPDATE offer_line SET available = available - 1, reserved = reserved + 1
                    WHERE program = $1 AND available > 0
                    """, [.text(program)]) > 0
            case .clock:
                return try connection.run(
                    """
                    UPDATE clock SET next_work_at = NULL
                    WHERE program = $1 AND ended_at IS NULL AND due_at IS NOT NULL AND next_work_at IS NOT NULL
                    """, [.text(program)]) > 0
            case .history:
                try HistoryGuard.remove(from: connection)
                return try connection.run(
                    """
                    UPDATE history SET at = at + 1 WHERE program = $1
                        AND number = (SELECT MAX(number) / 2 FROM history WHERE program = $1)
                    """, [.text(program)]) > 0
            }
        }
    }
}

internal import Casework
internal import MatchCore

/// That the file of a database has to be written anew without what was deleted from it. It is noted in the transaction that
/// deletes and taken back when the file has been written, so that where a process ends in between the next one does it.
///
/// A database on a server keeps no such file, and nothing is noted in it.
struct DueCompaction {
    private let database: any Database
    private let program: String
    private static let name = "compactionDue"

    init(of database: any Database, program: String) {
        self.database = database
        self.program = program
    }

    /// To be called in the transaction that deletes.
    func note(on connection: any Connection) throws {
        guard database is SQLiteDatabase else { return }
        try connection.run(
            """
            INSERT INTO program_setting (program, name, value, changed_at, changed_by) VALUES ($1, $2, '1', 0, $3)
            ON CONFLICT (program, name) DO NOTHING
            """, [.text(program), .text(Self.name), SQLValue(CaseActor.system.id)])
    }

    /// Writes the file anew where that is due; returns whether it was.
    @discardableResult
    func run() throws -> Bool {
        guard let file = database as? SQLiteDatabase else { return false }
        let key: [SQLValue] = [.text(program), .text(Self.name)]
        let isDue = try file.blockingRead {
            try $0.first("SELECT 1 FROM program_setting WHERE program = $1 AND name = $2", key) != nil
        }
        guard isDue else { return false }
        try file.compact()
        try file.blockingWrite { try $0.run("DELETE FROM program_setting WHERE program = $1 AND name = $2", key) }
        return true
    }
}

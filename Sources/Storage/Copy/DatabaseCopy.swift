internal import Crypto

/// Moves everything that one database holds into another of any kind.
///
/// Tables are copied in the order of their keys, some thousand rows in a transaction. So a copy that was broken off goes on
/// where the target ends; nothing else is noted. Nobody may write to either database meanwhile: the verification at the end
/// finds what was written all the same.
public struct DatabaseCopy {
    /// What one table came to.
    public struct TableReport: Sendable, Hashable {
        public var table: String
        public var rows: Int64
        /// Rows that were there from an earlier run.
        public var resumed: Int64
        /// SHA-256 over all rows in the order of the key, the same on both sides.
        public var digest: String
    }

    private let source: any Database
    private let target: any Database
    private let milliseconds: Int64
    private static let rowsAtOnce = 2_000

    /// Both have this version's schema.
    ///
    /// - Parameter milliseconds: now, in UTC.
    public init(from source: any Database, to target: any Database, at milliseconds: Int64) {
        self.source = source
        self.target = target
        self.milliseconds = milliseconds
    }

    /// Copies what is missing and compares every table. Throws `conflict` where the source has unsealed history, or the
    /// target holds what the source does not.
    ///
    /// - Parameter progress: told the table, the rows of it that are done, and how many it has.
    public func run(_ progress: (_ table: String, _ done: Int64, _ of: Int64) -> Void = { _, _, _ in }) throws
        -> [TableReport]
    {
        // Of a newer schema this program does not know every table.
        try Migrator(Schema.migrations).checkExact(source)
        try Migrator(Schema.migrations).checkExact(target)
        let tables = try TableShape.all()
        let waiting = try count(TableShape(name: "history_waiting", columns: [], key: [], parents: []), in: source)
        guard waiting == 0 else {
            throw DatabaseError(
                .conflict,
                message: "\(waiting) entries of the source's history wait for their numbers. Run `almoner audit head` "
                    + "or any command that writes there, with no server running, and copy again.")
        }
        var resumed: [String: Int64] = [:]
        for table in tables {
            let (there, total) = (try count(table, in: target), try count(table, in: source))
            guard there <= total else { throw Self.differs(table) }
            resumed[table.name] = there
        }
        for table in tables { try copy(table, progress) }
        try noteMove()
        return try tables.map { table in
            let (one, other) = (try digest(of: table, in: source), try digest(of: table, in: target))
            guard one == other else { throw Self.differs(table) }
            return TableReport(
                table: table.name, rows: other.rows, resumed: resumed[table.name] ?? 0, digest: other.digest)
        }
    }

    private static func differs(_ table: TableShape) -> DatabaseError {
        DatabaseError(
            .conflict,
            message:
                "The table \(table.name) of the target is not the source's. Somebody has written to one of them; copy "
                + "into a database without tables, with both at rest.")
    }

    private func count(_ table: TableShape, in database: any Database) throws -> Int64 {
        try database.blockingRead { try $0.require("SELECT COUNT(*) FROM \(table.name)")[0] }
    }

    /// Copies everything into an empty target as it stands at one moment, whoever writes to the source meanwhile: all of it is
    /// read in one transaction. Entries of the history that wait for their numbers come along, and wait there.
    ///
    /// Throws `conflict` for a target that holds something.
    public func runAtOneMoment() throws {
        try Migrator(Schema.migrations).checkExact(source)
        try Migrator(Schema.migrations).checkExact(target)
        let tables = try TableShape.all()
        for table in tables where try count(table, in: target) > 0 {
            throw DatabaseError(
                .conflict,
                message: "The table \(table.name) of the target is not empty. Copy into a database without tables.")
        }
        try source.blockingRead { connection in
            for table in tables {
                try copy(table, from: connection, done: 0, total: 0, behind: nil) { _, _, _ in }
            }
        }
        try noteMove()
    }

    /// The feed of changes begins anew in the target, and no place of the source's may pass for one of it.
    private func noteMove() throws {
        let source = source
        try target.blockingWrite { connection in
            try ChangeTimelines.noteMove(on: connection, at: milliseconds) { program in
                try source.blockingRead { try ChangeTimelines(connection: $0, program: program).newest() }
            }
        }
    }

    private func copy(_ table: TableShape, _ progress: (String, Int64, Int64) -> Void) throws {
        let total = try count(table, in: source)
        let done = try count(table, in: target)
        let last = try target.blockingRead { try $0.first(table.last)?.values }
        try source.blockingRead { try copy(table, from: $0, done: done, total: total, behind: last, progress) }
    }

    private func copy(
        _ table: TableShape, from source: any Connection, done: Int64, total: Int64, behind last: [SQLValue]?,
        _ progress: (String, Int64, Int64) -> Void
    ) throws {
        var done = done
        do {
            let rows = try source.prepare(table.select(behind: last != nil)).rows(last ?? [])
            var isComplete = false
            while !isComplete {
                var batch: [[SQLValue]] = []
                while batch.count < Self.rowsAtOnce {
                    guard let row = try rows.next() else {
                        isComplete = true
                        break
                    }
                    batch.append(row.values)
                }
                guard !batch.isEmpty else { break }
                let values = batch
                _ = try target.blockingWrite { try $0.prepare(table.insert).runAll(values) }
                done += Int64(batch.count)
                progress(table.name, done, total)
            }
        }
    }

    private func digest(of table: TableShape, in database: any Database) throws -> (rows: Int64, digest: String) {
        try database.blockingRead { connection in
            var hash = SHA256()
            var rows: Int64 = 0
            try connection.forEach(table.select(behind: false)) { row in
                rows += 1
                for value in row.values { hash.update(data: Self.bytes(of: value)) }
            }
            let digits = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return (rows, digits)
        }
    }

    /// A value so that no two rows have the same bytes: its kind, its length, itself.
    private static func bytes(of value: SQLValue) -> [UInt8] {
        let (kind, content): (UInt8, [UInt8]) =
            switch value {
            case .null: (0, [])
            case .integer(let integer): (1, Array(String(integer).utf8))
            case .text(let text): (2, Array(text.utf8))
            case .blob(let bytes): (3, bytes)
            }
        return [kind] + (0..<8).map { UInt8(truncatingIfNeeded: content.count >> ($0 * 8)) } + content
    }
}

internal import Crypto

/// Moves everything that one database holds into another of any kind.
///
/// Tables are copied in the order of their keys, some thousand rows in a transaction. So a copy that was broken off goes on
/// where the target ends; until it is complete, nothing else opens the target. Nobody may write to either database
/// meanwhile: where nodes serve one of them, or another copy is under way, nothing is begun, and the verification at the end
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

    /// The end of a program's history, the same on both sides.
    public struct Head: Sendable, Hashable {
        public var program: String
        /// How many entries the chain has.
        public var number: Int64
        /// In hexadecimal digits.
        public var hash: String
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

    /// Copies what is missing and compares every table. Throws `conflict` where the source has unsealed history, the
    /// target holds what the source does not, or nodes serve one of them; `busy` where another copy is under way.
    ///
    /// - Parameter progress: told the table, the rows of it that are done, and how many it has.
    public func run(_ progress: (_ table: String, _ done: Int64, _ of: Int64) -> Void = { _, _, _ in }) throws
        -> [TableReport]
    {
        // Of a newer schema this program does not know every table.
        try Migrator(Schema.migrations).checkExact(source)
        try Migrator(Schema.migrations, resumesCopy: true).checkExact(target)
        return try Self.alone(with: source) { try Self.alone(with: target) { try copyAll(progress) } }
    }

    private static func alone<Result>(with database: any Database, _ body: () throws -> Result) throws -> Result {
        // A file is this process's own for as long as it is open.
        guard let shared = database as? any SharedDatabase else { return try body() }
        return try shared.alone(at: "copy", body)
    }

    private func checkNobodyServes() throws {
        for (database, side) in [(source, "source"), (target, "target")] {
            guard let shared = database as? any SharedDatabase else { continue }
            let now = try shared.blockingMilliseconds()
            let nodes: Int64 = try shared.blockingRead {
                try $0.require("SELECT COUNT(*) FROM node_lease WHERE until_at > $1", [.integer(now)])[0]
            }
            guard nodes == 0 else {
                throw DatabaseError(
                    .conflict,
                    message: "Nodes serve the \(side) (\(nodes)). Stop them and copy again; one that was killed "
                        + "counts for \(NodeRegister.length / 1_000) s more.")
            }
        }
    }

    private func copyAll(_ progress: (_ table: String, _ done: Int64, _ of: Int64) -> Void) throws -> [TableReport] {
        try checkNobodyServes()
        let tables = try TableShape.all()
        let waiting = try count(TableShape(name: "history_waiting", columns: [], key: [], parents: []), in: source)
        guard waiting == 0 else {
            throw DatabaseError(
                .conflict,
                message: "Entries of the source's history (\(waiting)) wait for their numbers. Run `almoner init` "
                    + "there, which gives them and changes nothing else, with no server running, and copy again.")
        }
        var resumed: [String: Int64] = [:]
        var isBehind = false
        for table in tables {
            let (there, total) = (try count(table, in: target), try count(table, in: source))
            guard there <= total else { throw Self.differs(table) }
            resumed[table.name] = there
            isBehind = isBehind || there < total
        }
        // From the first row to the comparison nobody may take it for the whole; a target that has all is not touched.
        if isBehind { try target.blockingWrite { try CopyMark.set(on: $0, at: milliseconds) } }
        for table in tables { try copy(table, progress) }
        try noteMove()
        let reports = try tables.map { table in
            let (one, other) = (try digest(of: table, in: source), try digest(of: table, in: target))
            guard one == other else { throw Self.differs(table) }
            return TableReport(
                table: table.name, rows: other.rows, resumed: resumed[table.name] ?? 0, digest: other.digest)
        }
        try checkNobodyServes()
        try target.blockingWrite { try CopyMark.remove(on: $0) }
        return reports
    }

    /// Where the history of each program ends. Throws `conflict` where that is not the same on both sides.
    public func heads() throws -> [Head] {
        let (one, other) = (try heads(in: source), try heads(in: target))
        guard one == other else {
            throw DatabaseError(
                .conflict, message: "The history of the target does not end where the source's does. Copy again.")
        }
        return one
    }

    private func heads(in database: any Database) throws -> [Head] {
        try database.blockingRead { connection in
            try connection.all(
                """
                SELECT program, number, hash FROM history h
                WHERE number = (SELECT MAX(number) FROM history WHERE program = h.program) ORDER BY program
                """
            ).map { row in
                let hash: [UInt8] = try row[2]
                return Head(program: try row[0], number: try row[1], hash: Self.digits(hash))
            }
        }
    }

    private static func digits(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
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
        try target.blockingWrite { try CopyMark.set(on: $0, at: milliseconds) }
        try source.blockingRead { connection in
            for table in tables {
                try copy(table, from: connection, done: 0, total: 0, behind: nil) { _, _, _ in }
            }
        }
        try noteMove()
        try target.blockingWrite { try CopyMark.remove(on: $0) }
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
            return (rows, Self.digits(hash.finalize()))
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

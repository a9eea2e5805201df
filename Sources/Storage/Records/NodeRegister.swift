public import MatchCore

/// The nodes that serve a program, each of which says now and then that it is there.
///
/// By their number each takes its share of what is limited for all of them together, and a step of the schema that they
/// would not survive waits until they are gone.
public struct NodeRegister: Sendable {
    private let database: any Database
    private let program: String
    private let node: RecordID

    /// How long a node that has fallen silent still counts, in milliseconds.
    public static let length: Int64 = 16_000
    /// After how long a node says again that it is there, in milliseconds; in between it only looks who else is.
    static let renewal: Int64 = 10_000

    /// - Parameter node: an id that the node keeps while it runs.
    public init(database: any Database, program: String, node: RecordID) {
        self.database = database
        self.program = program
        self.node = node
    }

    /// What a node finds when it says that it is there.
    public struct Finding: Sendable, Hashable {
        /// How many nodes there are, this one among them.
        public let nodes: Int
        /// How many of them have a smaller id.
        public let rank: Int
        /// Whether this one did not count until now: it has just come, or its lease was over and the others took its share.
        public let isBack: Bool
    }

    /// Says that the node is there, where it has not lately; returns how many are. Throws `schemaNewer` where the database has
    /// been brought to a schema that this program does not work on.
    ///
    /// - Parameter milliseconds: now, in UTC, by the clock that all nodes go by.
    public func renew(at milliseconds: Int64) async throws -> Finding {
        if let found = try await look(at: milliseconds) { return found }
        return try await database.write { [program, node] connection in
            try Migrator(Schema.migrations).checkTolerated(on: connection)
            let before: Int64? = try connection.first(
                "SELECT until_at FROM node_lease WHERE program = $1 AND node = $2", [.text(program), SQLValue(node)]
            ).map { try $0[0] }
            try connection.run(
                """
                INSERT INTO node_lease (program, node, schema_number, until_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (program, node) DO UPDATE SET until_at = excluded.until_at
                """,
                [
                    .text(program), SQLValue(node), SQLValue(Schema.migrations.count),
                    .integer(milliseconds + Self.length),
                ])
            // What is long over is nobody's any more.
            try connection.run(
                "DELETE FROM node_lease WHERE program = $1 AND until_at < $2",
                [.text(program), .integer(milliseconds - 10 * Self.length)])
            let row = try connection.require(
                """
                SELECT COUNT(*), COUNT(CASE WHEN node < $3 THEN 1 END) FROM node_lease
                WHERE program = $1 AND until_at > $2
                """, [.text(program), .integer(milliseconds), SQLValue(node)])
            return Finding(
                nodes: try row[0], rank: try row[1], isBack: before.map { $0 <= milliseconds } ?? true)
        }
    }

    /// Which nodes are there, where this one has said lately that it is; nil where it has to say so again.
    ///
    /// It changes nothing, so that a quiet node takes no transaction numbers.
    private func look(at milliseconds: Int64) async throws -> Finding? {
        try await database.read { [program, node] connection in
            try Migrator(Schema.migrations).checkTolerated(on: connection)
            let row = try connection.require(
                """
                SELECT COUNT(*), COUNT(CASE WHEN node < $3 THEN 1 END),
                    COALESCE(MAX(CASE WHEN node = $3 THEN until_at ELSE 0 END), 0)
                FROM node_lease WHERE program = $1 AND until_at > $2
                """, [.text(program), .integer(milliseconds), SQLValue(node)])
            let until: Int64 = try row[2]
            // A lease that goes on for longer than one that is taken now is of a clock that was set wrong.
            let left = until - milliseconds
            guard Self.length - Self.renewal < left, left <= Self.length else { return nil }
            return Finding(nodes: try row[0], rank: try row[1], isBack: false)
        }
    }

    /// Says that the node goes.
    public func leave() async throws {
        try await database.write { [program, node] connection in
            _ = try connection.run(
                "DELETE FROM node_lease WHERE program = $1 AND node = $2", [.text(program), SQLValue(node)])
        }
    }
}

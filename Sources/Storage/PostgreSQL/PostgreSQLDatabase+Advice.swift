internal import CLibPQ

/// What a server's settings mean for the safety of what is kept there.
public struct ServerAdvice: Sendable, Hashable {
    public enum Finding: String, Sendable, CaseIterable {
        /// Commits are not on the disk when they are reported.
        case noFsync
        /// Pages may be torn when the machine fails.
        case noFullPageWrites
        /// Several hosts are named, and a primary that dies takes acknowledged changes with it.
        case asynchronousReplication
        /// The places that the server has are fewer than what a few nodes open.
        case fewConnections
        /// The client library is older than 15.
        case oldLibrary
    }

    /// PostgreSQL's version, such as 150018.
    public var version: Int
    public var findings: [Finding]
    /// How many connections the server takes, and how many this process may open.
    public var places: Int
    public var ours: Int
}

extension PostgreSQLDatabase {
    /// Looks at the server's settings, for `almoner doctor`.
    public func advice() throws -> ServerAdvice {
        let row = try blockingRead { connection in
            try connection.require(
                """
                SELECT current_setting('server_version_num') AS version, current_setting('fsync') AS fsync,
                    current_setting('full_page_writes') AS pages,
                    current_setting('synchronous_standby_names') AS standbys,
                    current_setting('max_connections') AS places
                """)
        }
        var findings: [ServerAdvice.Finding] = []
        if try row["fsync"] as String != "on" { findings.append(.noFsync) }
        if try row["pages"] as String != "on" { findings.append(.noFullPageWrites) }
        if address.hosts.count > 1, try (row["standbys"] as String).isEmpty {
            findings.append(.asynchronousReplication)
        }
        let places = Int(try row["places"] as String) ?? 0
        // A node for the work, one that takes over, and room for a person.
        let ours = options.readers + options.writers + 2
        if places < 2 * ours + 10 { findings.append(.fewConnections) }
        if PQlibVersion() < 150_000 { findings.append(.oldLibrary) }
        return ServerAdvice(
            version: Int(try row["version"] as String) ?? 0, findings: findings, places: places, ours: ours)
    }
}

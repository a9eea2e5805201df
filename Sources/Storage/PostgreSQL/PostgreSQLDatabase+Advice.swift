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
        /// Standbys are to be waited for, and none that counts is streaming: commits wait for ever.
        case noSynchronousStandby
        /// Several hosts are named, and this user may not see whether a standby follows.
        case replicationUnseen
        /// The places that the server has are fewer than the nodes open.
        case fewConnections
        /// The client library is older than 15.
        case oldLibrary
    }

    /// PostgreSQL's version, such as 150018.
    public var version: Int
    public var findings: [Finding]
    /// How many connections the server takes from this user, those set aside for administrators taken off.
    public var places: Int
    /// How many connections one node may open.
    public var ours: Int
    /// Nodes that serve now.
    public var nodes: Int
    /// How many connections the nodes need: those that serve and one that takes over, two at least, and ten for people and
    /// backups.
    public var needed: Int
    /// Standbys that a commit waits for and that are streaming; nil where that cannot be seen.
    public var synchronousStandbys: Int?
}

/// What a server says of itself, as far as advice rests on it.
struct ServerSettings: Sendable {
    var version = 150_000
    var fsync = "on"
    var fullPageWrites = "on"
    /// `synchronous_standby_names`; empty where nobody is waited for.
    var standbyNames = ""
    var maxConnections = 100
    /// Of those, for administrators.
    var reserved = 3
    /// What the role and the database allow; −1 for no limit.
    var roleLimit = -1
    var databaseLimit = -1
    var nodes = 0
    /// Standbys that follow, how many of them say how, and how many stream as a synchronous one.
    var standbys = (all: 0, seen: 0, synchronous: 0)
    /// Whether this user is told of standbys.
    var seesReplication = true

}

extension ServerAdvice {
    /// - Parameters:
    ///   - hosts: how many servers the address names.
    ///   - ours: how many connections one node may open.
    ///   - library: libpq's version, such as 150018.
    init(_ settings: ServerSettings, hosts: Int, ours: Int, library: Int) {
        var findings: [Finding] = []
        if settings.fsync != "on" { findings.append(.noFsync) }
        if settings.fullPageWrites != "on" { findings.append(.noFullPageWrites) }
        let waits = !settings.standbyNames.isEmpty
        let isSeen = settings.seesReplication && settings.standbys.seen == settings.standbys.all
        if hosts > 1, !waits { findings.append(.asynchronousReplication) }
        if waits, isSeen, settings.standbys.synchronous == 0 { findings.append(.noSynchronousStandby) }
        if hosts > 1, waits, !isSeen { findings.append(.replicationUnseen) }
        var places = settings.maxConnections - settings.reserved
        for limit in [settings.roleLimit, settings.databaseLimit] where limit >= 0 { places = min(places, limit) }
        let needed = max(2, settings.nodes + 1) * ours + 10
        if places < needed { findings.append(.fewConnections) }
        if library < 150_000 { findings.append(.oldLibrary) }
        self.init(
            version: settings.version, findings: findings, places: places, ours: ours, nodes: settings.nodes,
            needed: needed, synchronousStandbys: isSeen ? settings.standbys.synchronous : nil)
    }
}

extension PostgreSQLDatabase {
    /// Looks at the server's settings, its standbys and the nodes that it has, for `almoner doctor`.
    public func advice() throws -> ServerAdvice {
        ServerAdvice(
            try serverSettings(), hosts: address.hosts.count, ours: options.readers + options.writers + 2,
            library: Int(PQlibVersion()))
    }

    private func serverSettings() throws -> ServerSettings {
        let now = try blockingMilliseconds()
        return try blockingRead { connection in
            let row = try connection.require(
                """
                SELECT current_setting('server_version_num') AS version, current_setting('fsync') AS fsync,
                    current_setting('full_page_writes') AS pages,
                    current_setting('synchronous_standby_names') AS standbys,
                    current_setting('max_connections') AS places,
                    current_setting('superuser_reserved_connections') AS reserved,
                    (SELECT CAST(rolconnlimit AS BIGINT) FROM pg_roles WHERE rolname = current_user) AS role_limit,
                    (SELECT CAST(datconnlimit AS BIGINT) FROM pg_database WHERE datname = current_database())
                        AS database_limit,
                    (SELECT COUNT(*) FROM pg_roles WHERE rolname = current_user
                        AND (rolsuper OR pg_has_role(current_user, 'pg_read_all_stats', 'MEMBER'))) AS sees
                """)
            let standbys = try connection.require(
                """
                SELECT COUNT(*), COUNT(sync_state), COALESCE(SUM(CASE WHEN state = 'streaming'
                    AND sync_state IN ('sync', 'quorum') THEN 1 ELSE 0 END), 0) FROM pg_stat_replication
                """)
            let nodes = try connection.require("SELECT COUNT(*) FROM node_lease WHERE until_at > $1", [.integer(now)])
            func number(_ name: String) throws -> Int { Int(try row[name] as String) ?? 0 }
            let (sees, role, database): (Int, Int?, Int?) = (
                try row["sees"], try row["role_limit"], try row["database_limit"]
            )
            return ServerSettings(
                version: try number("version"), fsync: try row["fsync"], fullPageWrites: try row["pages"],
                standbyNames: try row["standbys"],
                maxConnections: try number("places"), reserved: try number("reserved"), roleLimit: role ?? -1,
                databaseLimit: database ?? -1, nodes: try nodes[0],
                standbys: (try standbys[0], try standbys[1], try standbys[2]), seesReplication: sees > 0)
        }
    }
}

/// The servers that may hold the database, and which of them takes writes.
///
/// Where several are named, each is asked, and the one with the highest timeline wins: a primary that was replaced and
/// comes back as it was still believes that it is one. No server below a timeline that was seen is ever used again.
final class PostgreSQLHosts: Sendable {
    private let address: PostgreSQLAddress
    private let options: PostgreSQLDatabase.Options
    private let highestTimeline = Guarded(0)
    private let hearer = Guarded<(@Sendable () -> Void)?>(nil)

    init(_ address: PostgreSQLAddress, options: PostgreSQLDatabase.Options) {
        self.address = address
        self.options = options
    }

    /// Opens a link to the server that takes writes. Throws `connectionLost` where none is reached, and `cannotOpen` or
    /// `misconfigured` where it cannot be used.
    func connect() throws -> PostgreSQLLink {
        var best: (link: PostgreSQLLink, session: PostgreSQLSession)?
        var failure: DatabaseError?
        for host in address.hosts {
            do {
                let link = try PostgreSQLLink(parameters(for: host), host: host)
                let session = try PostgreSQLSession(settingUp: link, options: options)
                guard let timeline = session.timeline else {
                    failure = failure ?? Self.noPrimary
                    continue
                }
                if best.map({ $0.session.timeline ?? 0 < timeline }) ?? true { best = (link, session) }
            } catch let error as DatabaseError {
                // What is wrong with a server that answers says more than that another does not.
                if failure == nil || error.code != .connectionLost { failure = error }
            }
        }
        guard let best else { throw failure ?? Self.noPrimary }
        try best.session.checkFit()
        let timeline = best.session.timeline ?? 0
        best.link.timeline = timeline
        let (highest, earlier) = highestTimeline.withLock { highest in
            defer { highest = max(highest, timeline) }
            return (max(highest, timeline), highest)
        }
        guard timeline == highest else { throw Self.noPrimary }
        if earlier > 0, timeline > earlier { hearer.withLock { $0 }?() }
        return best.link
    }

    /// Whether no other server is known to have taken the place of the one that a link leads to.
    func isCurrent(_ link: PostgreSQLLink) -> Bool { highestTimeline.withLock { link.timeline >= $0 } }

    /// Whether a server is there, whatever it thinks of us. Blocks for some seconds where it is not.
    @Sendable func answers(_ host: PostgreSQLAddress.Host) -> Bool {
        PostgreSQLLink.answers(parameters(for: host, isStandby: true))
    }

    /// Calls the body, which must not wait, when another server is found in the place of the one in use.
    func onSuccession(_ body: @escaping @Sendable () -> Void) { hearer.withLock { $0 = body } }

    /// Opens a link to the first host that follows another, for reading. Throws as `connect` does.
    func connectToStandby() throws -> PostgreSQLLink {
        var failure: DatabaseError?
        for host in address.hosts {
            do {
                let link = try PostgreSQLLink(parameters(for: host, isStandby: true), host: host)
                let session = try PostgreSQLSession(settingUp: link, options: options)
                guard session.timeline == nil else { continue }
                try session.checkFit()
                return link
            } catch let error as DatabaseError { failure = failure ?? error }
        }
        throw failure
            ?? DatabaseError(.connectionLost, message: "None of the replica's hosts is a standby.")
    }

    private static var noPrimary: DatabaseError {
        DatabaseError(
            .connectionLost,
            message: "None of the database's hosts takes changes now. Promote a standby, or wait for one.")
    }

    private func parameters(for host: PostgreSQLAddress.Host, isStandby: Bool = false) -> [(
        name: String, value: String
    )] {
        var values = [
            "application_name": "almoner", "connect_timeout": String(max(2, options.connectSeconds)),
            // A server that vanished without a word is noticed within about ten seconds.
            "keepalives_idle": "5", "keepalives_interval": "2", "keepalives_count": "3",
            "tcp_user_timeout": "10000",
        ]
        values.merge(address.settings) { $1 }
        values["client_encoding"] = "UTF8"
        values["host"] = host.name
        values["port"] = host.port
        values["target_session_attrs"] = isStandby || address.hosts.count > 1 ? "any" : "read-write"
        return values.map { ($0.key, $0.value) }
    }
}

/// What a server says of itself when a session begins.
struct PostgreSQLSession {
    /// The timeline that it writes on; nil for a standby.
    let timeline: Int?
    private let version: Int
    private let collation: String
    private let provider: String
    private let encoding: String
    private let database: String

    /// Sets the session up and asks, in one round trip.
    init(settingUp link: PostgreSQLLink, options: PostgreSQLDatabase.Options) throws {
        func milliseconds(_ seconds: Double) -> String { String(Int(seconds * 1_000)) }
        let settings = [
            ("statement_timeout", milliseconds(options.statementSeconds)),
            ("lock_timeout", milliseconds(options.patience)),
            ("idle_in_transaction_session_timeout", milliseconds(options.idleSeconds)),
            // The server too notices within about ten seconds that a machine has vanished, and lets go what it held.
            ("tcp_keepalives_idle", "5"), ("tcp_keepalives_interval", "2"), ("tcp_keepalives_count", "3"),
            ("tcp_user_timeout", "10000"),
            ("timezone", "UTC"), ("jit", "off"), ("standard_conforming_strings", "on"),
        ].map { "set_config('\($0)', '\($1)', false)" }
        let row = try link.firstRow(
            """
            SELECT current_setting('server_version_num'), d.datcollate, d.datlocprovider,
                pg_encoding_to_char(d.encoding), d.datname,
                CASE WHEN NOT pg_is_in_recovery() THEN substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,
                set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
                    THEN 'on' ELSE current_setting('synchronous_commit') END, false),
                \(settings.joined(separator: ", "))
            FROM pg_database d WHERE d.datname = current_database()
            """)
        func text(_ index: Int) -> String { row.indices.contains(index) ? row[index] ?? "" : "" }
        version = Int(text(0)) ?? 0
        collation = text(1)
        provider = text(2)
        encoding = text(3)
        database = text(4)
        timeline = Int(text(5), radix: 16)
    }

    /// Throws `misconfigured` where the database would order or keep texts in another way than every other store.
    func checkFit() throws {
        guard version >= 150_000 else {
            throw DatabaseError(
                .misconfigured,
                message: "The server is PostgreSQL \(version / 10_000); version 15 or newer is needed. Upgrade it.")
        }
        guard ["C", "POSIX"].contains(collation), provider == "c", encoding == "UTF8" else {
            let name = database.replacing("'", with: "''")
            throw DatabaseError(
                .misconfigured,
                message: "The database \(database) has the collation \(collation) and the encoding \(encoding); "
                    + "C and UTF8 are needed, so that texts are ordered alike everywhere. Create one with: "
                    + "createdb --template=template0 --encoding=UTF8 --locale=C '\(name)'")
        }
    }
}

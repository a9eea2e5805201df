internal import Casework
internal import MatchCore
internal import Sealing

/// A key store on a PostgreSQL server, for nodes on several machines.
///
/// It is a database of its own: one that also held the records would put the keys into every dump and replica of them, and
/// an erasure would leave nothing blind.
final class KeyStoreServer: KeyStore {
    private let database: PostgreSQLDatabase
    private let address: PostgreSQLAddress

    /// Connects, and makes the tables where there are none. Throws `keyStore` where the database holds the records.
    init(_ address: PostgreSQLAddress) throws {
        self.address = address
        var options = PostgreSQLDatabase.Options()
        options.readers = 2
        options.writers = 2
        // A transaction of the main database waits meanwhile, and holds one of its connections.
        options.patience = 5
        do {
            database = try PostgreSQLDatabase(address, options: options)
        } catch let error as DatabaseError { throw Self.named(error, address) }
        do { try naming { try makeTables() } } catch {
            try? database.close()
            throw error
        }
    }

    func lookForSuccessor() async throws { try await database.lookForSuccessor() }

    private func makeTables() throws {
        let (hasRecords, isMade) = try database.blockingRead { connection in
            (
                try connection.first("SELECT 1 FROM pg_tables WHERE tablename = 'schema_migration'") != nil,
                try connection.first(
                    """
                    SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'key_store_fact'
                    """) != nil
            )
        }
        guard !hasRecords else {
            throw SealError(
                .keyStore,
                "\(address) is a database of records: the keys of persons would stand in its backups and replicas. Make "
                    + "one for the keys alone (createdb) and name that with --keys.",
                zhHans: "\(address) 是存放记录的数据库：个人密钥会进入其备份和副本。请另建一个只存密钥的数据库（createdb），用 --keys 指定。")
        }
        guard !isMade else { return }
        try database.migrating {
            try database.blockingWrite { connection in
                for statement in Self.tables { try connection.run(statement) }
            }
        }
    }

    /// The one that is looked for stands last.
    private static let tables = [
        """
        CREATE TABLE IF NOT EXISTS person_key (
            program TEXT NOT NULL, person TEXT NOT NULL, wrapped BYTEA NOT NULL, master BIGINT NOT NULL,
            version BIGINT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (program, person)
        )
        """,
        "CREATE INDEX IF NOT EXISTS person_key_master ON person_key (master)",
        """
        CREATE TABLE IF NOT EXISTS erasure (
            program TEXT NOT NULL, person TEXT NOT NULL, erased_at BIGINT NOT NULL, PRIMARY KEY (program, person)
        )
        """,
        """
        CREATE TABLE IF NOT EXISTS waiting_read (
            program TEXT NOT NULL, holder TEXT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL,
            field TEXT NOT NULL, PRIMARY KEY (program, holder, at, actor, role, field)
        )
        """,
        "CREATE TABLE IF NOT EXISTS key_store_fact (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
    ]

    // MARK: What is known of the store itself

    func belong(to fingerprint: String, current: Int64) throws {
        // Most often it is known, and nothing is to be written.
        let known = try read { try Self.fact("fingerprint", $0) }
        let kept =
            try known
            ?? write { connection in
                for (name, value) in [("fingerprint", fingerprint), ("master", "\(current)")] {
                    try connection.run(
                        "INSERT INTO key_store_fact (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        [.text(name), .text(value)])
                }
                return try Self.fact("fingerprint", connection)
            }
        guard kept == fingerprint else { throw SealError.otherKeyFile }
    }

    func currentMaster() throws -> Int64 { try read { Int64(try Self.fact("master", $0) ?? "") ?? 0 } }

    func setCurrentMaster(_ master: Int64) throws {
        try write { try $0.run("UPDATE key_store_fact SET value = $1 WHERE name = 'master'", [.text("\(master)")]) }
    }

    func isSealed(_ program: String) throws -> Bool { try read { try Self.fact("sealed/\(program)", $0) != nil } }

    func setSealed(_ program: String) throws {
        try write {
            try $0.run(
                "INSERT INTO key_store_fact (name, value) VALUES ($1, '1') ON CONFLICT DO NOTHING",
                [.text("sealed/\(program)")])
        }
    }

    private static func fact(_ name: String, _ connection: any Connection) throws -> String? {
        try connection.first("SELECT value FROM key_store_fact WHERE name = $1", [.text(name)]).map { try $0[0] }
    }

    // MARK: Keys

    func key(of holder: KeyHolder) throws -> WrappedKey? {
        try read { connection in
            try connection.first(
                "SELECT wrapped, master, version FROM person_key WHERE program = $1 AND person = $2",
                [.text(holder.program), SQLValue(holder.id)]
            ).map { try Self.wrapped($0, holder) }
        }
    }

    func keys(of program: String, limit: Int) throws -> [WrappedKey] {
        try read { connection in
            try connection.all(
                """
                SELECT wrapped, master, version, person FROM person_key WHERE program = $1 ORDER BY person LIMIT $2
                """, [.text(program), SQLValue(limit)]
            ).map { try Self.wrapped($0, KeyHolder(program: program, id: try $0[3])) }
        }
    }

    private static func wrapped(_ row: SQLRow, _ holder: KeyHolder) throws -> WrappedKey {
        let version: Int64 = try row[2]
        return WrappedKey(
            holder: holder, version: UInt32(truncatingIfNeeded: version), master: try row[1], bytes: try row[0])
    }

    func insert(_ keys: [WrappedKey], at milliseconds: Int64) throws -> Bool {
        try write { connection in
            let current = try Self.fact("master", connection)
            guard keys.allSatisfy({ "\($0.master)" == current }) else { return false }
            let kept = try connection.prepare(
                """
                INSERT INTO person_key (program, person, wrapped, master, version, created_at)
                SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BYTEA), CAST($4 AS BIGINT), CAST($5 AS BIGINT),
                    CAST($6 AS BIGINT)
                WHERE NOT EXISTS (SELECT 1 FROM erasure WHERE program = $1 AND person = $2)
                ON CONFLICT DO NOTHING
                """
            ).runAll(keys.lazy.map { Self.row($0, milliseconds) })
            guard kept == keys.count else { throw KeyCollision() }
            return true
        }
    }

    private static func row(_ key: WrappedKey, _ milliseconds: Int64) -> [SQLValue] {
        [
            .text(key.holder.program), SQLValue(key.holder.id), .blob(key.bytes), .integer(key.master),
            .integer(Int64(key.version)), .integer(milliseconds),
        ]
    }

    func erase(_ holders: [KeyHolder], at milliseconds: Int64) throws {
        try write { connection in
            for holder in holders {
                let place: [SQLValue] = [.text(holder.program), SQLValue(holder.id)]
                try connection.run("DELETE FROM person_key WHERE program = $1 AND person = $2", place)
                try connection.run(
                    "INSERT INTO erasure (program, person, erased_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                    place + [.integer(milliseconds)])
            }
        }
    }

    func destroy(_ range: Range<RecordID>, of program: String) throws -> Int {
        let place: [SQLValue] = [.text(program), SQLValue(range.lowerBound), SQLValue(range.upperBound)]
        let condition = "program = $1 AND person >= $2 AND person < $3"
        let isThere = try read { try $0.first("SELECT 1 FROM person_key WHERE \(condition) LIMIT 1", place) != nil }
        return isThere ? try write { try $0.run("DELETE FROM person_key WHERE \(condition)", place) } : 0
    }

    func erasures(of program: String) throws -> [(person: RecordID, at: Int64)] {
        try read { connection in
            try connection.all(
                "SELECT person, erased_at FROM erasure WHERE program = $1 ORDER BY erased_at, person", [.text(program)]
            ).map { (try $0[0], try $0[1]) }
        }
    }

    func isErased(_ holder: KeyHolder) throws -> Bool {
        try read {
            try $0.first(
                "SELECT 1 FROM erasure WHERE program = $1 AND person = $2",
                [.text(holder.program), SQLValue(holder.id)]) != nil
        }
    }

    // MARK: What people were shown

    func keep(_ reads: [SealedRead], of program: String) throws {
        _ = try write { connection in
            try connection.prepare(
                """
                INSERT INTO waiting_read (program, holder, at, actor, role, field) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT DO NOTHING
                """
            ).runAll(
                reads.lazy.map { read in
                    [
                        .text(program), SQLValue(read.holder), SQLValue(read.at), SQLValue(read.actor),
                        .text(read.role.rawValue), .text(read.field.rawValue),
                    ]
                })
        }
    }

    func waitingReads(of program: String) throws -> [SealedRead] {
        try read { connection in
            try connection.all(
                "SELECT holder, at, actor, role, field FROM waiting_read WHERE program = $1", [.text(program)]
            ).compactMap { row in
                guard let role = Role(rawValue: try row[3]), let field = SealedField(rawValue: try row[4]) else {
                    return nil
                }
                return SealedRead(at: try row[1], actor: try row[2], role: role, holder: try row[0], field: field)
            }
        }
    }

    func removeWaitingReads(of program: String) throws {
        try write { try $0.run("DELETE FROM waiting_read WHERE program = $1", [.text(program)]) }
    }

    // MARK: Rotation

    func counts() throws -> [Int64: Int] {
        try read { connection in
            let rows = try connection.all("SELECT master, COUNT(*) FROM person_key GROUP BY master")
            return Dictionary(uniqueKeysWithValues: try rows.map { (try $0[0], try $0[1]) })
        }
    }

    func rewrap(limit: Int, current: Int64, _ body: (WrappedKey) throws -> WrappedKey) throws -> Int {
        try write { connection in
            let keys = try connection.all(
                "SELECT wrapped, master, version, program, person FROM person_key WHERE master <> $1 LIMIT $2",
                [.integer(current), SQLValue(limit)]
            ).map { try body(try Self.wrapped($0, KeyHolder(program: try $0[3], id: try $0[4]))) }
            return try connection.prepare(
                "UPDATE person_key SET wrapped = $3, master = $4 WHERE program = $1 AND person = $2"
            ).runAll(keys.lazy.map { Array(Self.row($0, 0).prefix(4)) })
        }
    }

    // MARK: Moving

    func facts() throws -> [KeyStoreFact] {
        try read { connection in
            try connection.all("SELECT name, value FROM key_store_fact ORDER BY name").map {
                KeyStoreFact(name: try $0[0], value: try $0[1])
            }
        }
    }

    func keys(behind holder: KeyHolder?, limit: Int) throws -> [KeptKey] {
        try read { connection in
            try connection.all(
                """
                SELECT wrapped, master, version, program, person, created_at FROM person_key
                WHERE (program, person) > ($1, $2) ORDER BY program, person LIMIT $3
                """, [.text(holder?.program ?? ""), .text(holder?.id.description ?? ""), SQLValue(limit)]
            ).map { row in
                KeptKey(
                    key: try Self.wrapped(row, KeyHolder(program: try row[3], id: try row[4])), createdAt: try row[5])
            }
        }
    }

    func programs() throws -> [String] {
        try read { connection in
            try connection.all("SELECT program FROM erasure UNION SELECT program FROM waiting_read ORDER BY program")
                .map { try $0[0] }
        }
    }

    func take(_ facts: [KeyStoreFact]) throws {
        _ = try write { connection in
            try connection.prepare(
                """
                INSERT INTO key_store_fact (name, value) VALUES ($1, $2)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """
            ).runAll(facts.lazy.map { [.text($0.name), .text($0.value)] })
        }
    }

    func removeFacts(_ facts: [KeyStoreFact]) throws {
        _ = try write { connection in
            for fact in facts {
                try connection.run(
                    "DELETE FROM key_store_fact WHERE name = $1 AND value = $2", [.text(fact.name), .text(fact.value)])
            }
        }
    }

    func take(_ keys: [KeptKey]) throws {
        _ = try write { connection in
            try connection.prepare(
                """
                INSERT INTO person_key (program, person, wrapped, master, version, created_at)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (program, person) DO UPDATE SET
                    wrapped = excluded.wrapped, master = excluded.master, version = excluded.version
                """
            ).runAll(keys.lazy.map { Self.row($0.key, $0.createdAt) })
        }
    }

    func close() throws { try database.close() }

    // MARK: Errors

    private func read<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        try naming { try database.blockingRead(body) }
    }

    @discardableResult
    private func write<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        try naming { try database.blockingWrite(body) }
    }

    private func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as DatabaseError { throw Self.named(error, address) }
    }

    /// What passes by itself stays what it is, so that whoever asked is told to try again.
    private static func named(_ error: DatabaseError, _ address: PostgreSQLAddress) -> any Error {
        switch error.code {
        case .connectionLost, .busy, .conflict, .storageFull:
            return DatabaseError(
                error.code, message: "The key store \(address): \(error.message)", cause: error.cause)
        case .closed: return error
        default:
            return SealError(
                .keyStore, "The key store \(address): \(error.message) Restore it, or name the right one with --keys.",
                zhHans: "密钥库 \(address) 无法使用（\(error.code.rawValue)）。请恢复，或用 --keys 指定。")
        }
    }
}

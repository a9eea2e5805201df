internal import Casework
internal import Foundation
import GRDB
internal import MatchCore
internal import Sealing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A key store in a SQLite file.
///
/// Its transactions are a row or two, so it keeps a rollback journal instead of a write-ahead log, and several processes of
/// one machine may work on it at once.
final class KeyStoreFile: KeyStore {
    private let queue: DatabaseQueue

    /// Opens the file, and makes it where there is none.
    init(path: String) throws {
        makePrivateFile(path)
        queue = try Self.naming(path) { try DatabaseQueue(path: path, configuration: Self.configuration) }
        try Self.naming(path) { try Self.makeTables(in: queue) }
    }

    init() throws {
        queue = try Self.naming("memory") { try DatabaseQueue(configuration: Self.configuration) }
        try Self.naming("memory") { try Self.makeTables(in: queue) }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "almoner.keys"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // A key that was destroyed is overwritten.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA mmap_size = 0")
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        return configuration
    }

    private static func makeTables(in queue: DatabaseQueue) throws {
        try queue.write { database in
            for statement in [
                "CREATE TABLE IF NOT EXISTS meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
                """
                CREATE TABLE IF NOT EXISTS person_key (
                    program TEXT NOT NULL,
                    person TEXT NOT NULL,
                    wrapped BLOB NOT NULL,
                    master INTEGER NOT NULL,
                    version INTEGER NOT NULL,
                    created_at INTEGER NOT NULL,
                    PRIMARY KEY (program, person)
                )
                """,
                "CREATE INDEX IF NOT EXISTS person_key_master ON person_key (master)",
                """
                CREATE TABLE IF NOT EXISTS erasure (
                    program TEXT NOT NULL,
                    person TEXT NOT NULL,
                    erased_at INTEGER NOT NULL,
                    PRIMARY KEY (program, person)
                )
                """,
                // What people were shown while the main database was open for reading only: the next writer takes it over.
                """
                CREATE TABLE IF NOT EXISTS waiting_read (
                    program TEXT NOT NULL, holder TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
                    role TEXT NOT NULL, field TEXT NOT NULL,
                    PRIMARY KEY (program, holder, at, actor, role, field)
                )
                """,
            ] { try database.execute(sql: statement) }
        }
    }

    // MARK: What is known of the store itself

    func belong(to fingerprint: String, current: Int64) throws {
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO meta (name, value) VALUES ('fingerprint', ?)", arguments: [fingerprint])
            try database.execute(
                sql: "INSERT OR IGNORE INTO meta (name, value) VALUES ('master', ?)", arguments: ["\(current)"])
            guard try Self.meta("fingerprint", database) == fingerprint else {
                throw SealError.otherKeyFile
            }
        }
    }

    func currentMaster() throws -> Int64 {
        try read { Int64(try Self.meta("master", $0) ?? "") ?? 0 }
    }

    func setCurrentMaster(_ master: Int64) throws {
        try write { try $0.execute(sql: "UPDATE meta SET value = ? WHERE name = 'master'", arguments: ["\(master)"]) }
    }

    func isSealed(_ program: String) throws -> Bool { try read { try Self.meta("sealed/\(program)", $0) != nil } }

    func setSealed(_ program: String) throws {
        try write {
            try $0.execute(
                sql: "INSERT OR IGNORE INTO meta (name, value) VALUES (?, '1')", arguments: ["sealed/\(program)"])
        }
    }

    private static func meta(_ name: String, _ database: GRDB.Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT value FROM meta WHERE name = ?", arguments: [name])
    }

    // MARK: Keys

    func key(of holder: KeyHolder) throws -> WrappedKey? {
        try read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT wrapped, master, version FROM person_key WHERE program = ? AND person = ?"),
                arguments: [holder.program, holder.id.description]
            ).map { Self.wrapped($0, holder) }
        }
    }

    func keys(of program: String, limit: Int) throws -> [WrappedKey] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT wrapped, master, version, person FROM person_key WHERE program = ? ORDER BY person LIMIT ?
                    """, arguments: [program, limit]
            ).compactMap { row in
                let person: String = row[3]
                return RecordID(person).map { Self.wrapped(row, KeyHolder(program: program, id: $0)) }
            }
        }
    }

    private static func wrapped(_ row: Row, _ holder: KeyHolder) -> WrappedKey {
        let data: Data = row[0]
        let version: Int64 = row[2]
        return WrappedKey(
            holder: holder, version: UInt32(truncatingIfNeeded: version), master: row[1], bytes: [UInt8](data))
    }

    func insert(_ keys: [WrappedKey], at milliseconds: Int64) throws -> Bool {
        try write { database in
            let current = try Self.meta("master", database)
            guard keys.allSatisfy({ "\($0.master)" == current }) else { return false }
            let insertion = try database.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO person_key (program, person, wrapped, master, version, created_at)
                    SELECT ?1, ?2, ?3, ?4, ?5, ?6
                    WHERE NOT EXISTS (SELECT 1 FROM erasure WHERE program = ?1 AND person = ?2)
                    """)
            for key in keys {
                try insertion.execute(arguments: [
                    key.holder.program, key.holder.id.description, Data(key.bytes), key.master, Int64(key.version),
                    milliseconds,
                ])
                guard database.changesCount == 1 else { throw KeyCollision() }
            }
            return true
        }
    }

    func erase(_ holders: [KeyHolder], at milliseconds: Int64) throws {
        try write { database in
            for holder in holders {
                let arguments: StatementArguments = [holder.program, holder.id.description]
                try database.execute(
                    sql: "DELETE FROM person_key WHERE program = ? AND person = ?", arguments: arguments)
                try database.execute(
                    sql: "INSERT OR IGNORE INTO erasure (program, person, erased_at) VALUES (?, ?, ?)",
                    arguments: [holder.program, holder.id.description, milliseconds])
            }
        }
    }

    func destroy(_ range: Range<RecordID>, of program: String) throws -> Int {
        let arguments: StatementArguments = [program, range.lowerBound.description, range.upperBound.description]
        let condition = "program = ? AND person >= ? AND person < ?"
        let isThere = try read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM person_key WHERE \(condition))", arguments: arguments)
        }
        guard isThere == true else { return 0 }
        return try write { database in
            try database.execute(sql: "DELETE FROM person_key WHERE \(condition)", arguments: arguments)
            return database.changesCount
        }
    }

    func erasures(of program: String) throws -> [(person: RecordID, at: Int64)] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT person, erased_at FROM erasure WHERE program = ? ORDER BY erased_at, person",
                arguments: [program]
            ).compactMap { row in
                let person: String = row[0]
                return RecordID(person).map { ($0, row[1]) }
            }
        }
    }

    func isErased(_ holder: KeyHolder) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM erasure WHERE program = ? AND person = ?)",
                arguments: [holder.program, holder.id.description]) ?? false
        }
    }

    // MARK: What people were shown

    func keep(_ reads: [SealedRead], of program: String) throws {
        try write { database in
            for read in reads {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO waiting_read VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [
                        program, read.holder.description, read.at.milliseconds, read.actor.description,
                        read.role.rawValue, read.field.rawValue,
                    ])
            }
        }
    }

    func waitingReads(of program: String) throws -> [SealedRead] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT holder, at, actor, role, field FROM waiting_read WHERE program = ?",
                arguments: [program]
            ).compactMap { row in
                let (holder, actor): (String, String) = (row[0], row[2])
                guard let holder = RecordID(holder), let actor = RecordID(actor), let role = Role(rawValue: row[3]),
                    let field = SealedField(rawValue: row[4])
                else { return nil }
                return SealedRead(
                    at: Moment(milliseconds: row[1]), actor: actor, role: role, holder: holder, field: field)
            }
        }
    }

    func removeWaitingReads(of program: String) throws {
        try write { try $0.execute(sql: "DELETE FROM waiting_read WHERE program = ?", arguments: [program]) }
    }

    // MARK: Rotation

    func counts() throws -> [Int64: Int] {
        try read { database in
            var counts: [Int64: Int] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT master, COUNT(*) FROM person_key GROUP BY master") {
                counts[row[0]] = row[1]
            }
            return counts
        }
    }

    func rewrap(limit: Int, current: Int64, _ body: (WrappedKey) throws -> WrappedKey) throws -> Int {
        try write { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT wrapped, master, version, program, person FROM person_key WHERE master <> ? LIMIT ?
                    """, arguments: [current, limit])
            for row in rows {
                let (program, person): (String, String) = (row[3], row[4])
                guard let id = RecordID(person) else { continue }
                let key = try body(Self.wrapped(row, KeyHolder(program: program, id: id)))
                try database.execute(
                    sql: "UPDATE person_key SET wrapped = ?, master = ? WHERE program = ? AND person = ?",
                    arguments: [Data(key.bytes), key.master, program, person])
            }
            return rows.count
        }
    }

    // MARK: Moving

    func facts() throws -> [KeyStoreFact] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT name, value FROM meta ORDER BY name").map {
                KeyStoreFact(name: $0[0], value: $0[1])
            }
        }
    }

    func keys(behind holder: KeyHolder?, limit: Int) throws -> [KeptKey] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT wrapped, master, version, program, person, created_at FROM person_key
                    WHERE (program, person) > (?, ?) ORDER BY program, person LIMIT ?
                    """, arguments: [holder?.program ?? "", holder?.id.description ?? "", limit]
            ).compactMap { row in
                let (program, person): (String, String) = (row[3], row[4])
                return RecordID(person).map {
                    KeptKey(key: Self.wrapped(row, KeyHolder(program: program, id: $0)), createdAt: row[5])
                }
            }
        }
    }

    func programs() throws -> [String] {
        try read {
            try String.fetchAll(
                $0, sql: "SELECT program FROM erasure UNION SELECT program FROM waiting_read ORDER BY program")
        }
    }

    func take(_ facts: [KeyStoreFact]) throws {
        try write { database in
            for fact in facts {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", arguments: [fact.name, fact.value])
            }
        }
    }

    func removeFacts(_ facts: [KeyStoreFact]) throws {
        try write { database in
            for fact in facts {
                try database.execute(
                    sql: "DELETE FROM meta WHERE name = ? AND value = ?", arguments: [fact.name, fact.value])
            }
        }
    }

    func take(_ keys: [KeptKey]) throws {
        try write { database in
            for kept in keys {
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO person_key (program, person, wrapped, master, version, created_at)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        kept.key.holder.program, kept.key.holder.id.description, Data(kept.key.bytes), kept.key.master,
                        Int64(kept.key.version), kept.createdAt,
                    ])
            }
        }
    }

    func close() throws { try queue.close() }

    private func read<Result>(_ body: (GRDB.Database) throws -> Result) throws -> Result {
        try Self.naming(queue.path) { try queue.read(body) }
    }

    private func write<Result>(_ body: (GRDB.Database) throws -> Result) throws -> Result {
        // At once a writer: what is read stays true until it is written.
        try Self.naming(queue.path) {
            var result: Result?
            try queue.inTransaction(.immediate) {
                result = try body($0)
                return .commit
            }
            guard let result else { throw KeyCollision() }
            return result
        }
    }

    private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as GRDB.DatabaseError {
            let named = DatabaseError(sqlite: error)
            guard named.code != .storageFull, named.code != .busy else { throw named }
            throw SealError(
                .keyStore, "The key store \(path): \(named.message) Restore it, or name the right one with --keys.",
                zhHans: "密钥库 \(path) 无法使用（\(named.code.rawValue)）。请恢复，或用 --keys 指定。")
        }
    }
}

/// Makes an empty file that only its owner may read, where there is none.
func makePrivateFile(_ path: String) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
}

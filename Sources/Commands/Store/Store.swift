import Casework
import MatchCore
import Storage

/// The database that a command works on, opened for one program.
struct Store {
    let database: any Database
    let cases: SQLCaseStore
    let program: Programs.Program

    /// Opens a database that `init` made. Throws where it is missing, in use by another process, of another version, or
    /// does not hold the program.
    static func open(
        _ session: Session, forWriting: Bool, options: SQLiteDatabase.Options = SQLiteDatabase.Options(),
        clock: @escaping @Sendable () -> Moment = HostClock.now
    ) throws -> Store {
        guard try session.remoteService() == nil else {
            throw CommandError(.usage, ServeWords.localOnly.text, advice: ServeWords.localOnlyAdvice.text)
        }
        let code = try session.programCode()
        let database = try session.databaseAddress().open(forWriting ? .open : .readOnly, options: options)
        if forWriting {
            try Schema.migrate(database, at: session.now.milliseconds)
        } else {
            try Migrator(Schema.migrations).check(database)
        }
        let programs = try Programs(database: database).all()
        guard let program = programs.first(where: { $0.code == code }) else {
            throw CommandError(
                .notFound, StoreWords.noProgram.filled(["program": code, "database": session.databaseURL]),
                advice: StoreWords.noProgramAdvice.filled([
                    "program": code, "programs": programs.map(\.code).joined(separator: ", "),
                ]))
        }
        let cases = SQLCaseStore(database: database, program: code, clock: clock)
        return Store(database: database, cases: cases, program: program)
    }

    /// Opens a database, and makes what is missing: the file, the tables, the program, its first scoring profile.
    /// Returns what was made.
    static func create(_ session: Session, name: LocalizedText, profile: ScoringProfile) throws -> (Store, [StoreWords])
    {
        let code = try session.programCode()
        let address = try session.databaseAddress()
        let foreign = try address.foreignTables()
        guard foreign.isEmpty else {
            throw CommandError(
                .refused,
                StoreWords.foreign.filled([
                    "path": address.path, "tables": foreign.prefix(3).joined(separator: ", "),
                ]), advice: StoreWords.foreignAdvice.text)
        }
        let database = try address.open(.create)
        var made: [StoreWords] = []
        if try !Schema.migrate(database, at: session.now.milliseconds).isEmpty { made.append(.madeTables) }
        let program = Programs.Program(code: code, name: name)
        if try Programs(database: database).create(program, at: session.now) { made.append(.madeProgram) }
        let cases = SQLCaseStore(database: database, program: program.code)
        let isNew = try cases.blockingWrite { transaction in
            try ProfileDesk(
                store: transaction, actor: .system, now: Moment(milliseconds: session.now.milliseconds),
                check: ProfileCheck(scorers: session.scorers)
            ).install(profile, reason: Reason("init"))
        }
        if isNew { made.append(.madeProfile) }
        return (Store(database: database, cases: cases, program: program), made)
    }

    /// The files of the database: the one that is named, and those that SQLite keeps beside it.
    static func files(_ session: Session) throws -> [String] {
        let path = try session.databaseAddress().path
        return ["", "-wal", "-shm", "-journal", "-lock"].map { path + $0 }
    }

    /// What the store itself finds wrong, where it is of a kind that can look.
    func integrityFaults(structure: Bool) throws -> [IntegrityFault] {
        try (database as? any IntegrityChecking)?.integrityFaults(structure: structure) ?? []
    }

    func close() { try? database.close() }
}

extension Session {
    /// Where the database is. A plain path is taken for a file. Throws for an address that is not understood.
    func databaseAddress() throws -> DatabaseAddress {
        let text = databaseURL
        let scheme = String(text.prefix { $0 != ":" })
        let isAddress = scheme == "sqlite" || scheme.hasPrefix("postgres") && scheme != text || text.contains("://")
        do {
            return try DatabaseAddress(isAddress ? text : "sqlite:" + text)
        } catch {
            throw CommandError(
                .usage, StoreWords.unknownAddress.filled(["address": isAddress && scheme != "sqlite" ? scheme : text]),
                advice: StoreWords.unknownAddressAdvice.text)
        }
    }

    /// The code of the program: 1–64 letters, digits, `-`, `_` or `.`. Throws `usage` for anything else.
    func programCode() throws -> String {
        let code = options.program
        let isFit = code.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
            default: false
            }
        }
        guard isFit, (1...64).contains(code.unicodeScalars.count) else {
            throw CommandError(
                .usage, StoreWords.badProgram.filled(["program": code]), advice: StoreWords.badProgramAdvice.text)
        }
        return code
    }
}

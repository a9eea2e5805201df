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
    static func open(_ session: Session, forWriting: Bool) throws -> Store {
        let path = try DatabaseAddress(session.databaseURL).path
        let database = try SQLiteDatabase(path: path, access: forWriting ? .open : .readOnly)
        if forWriting {
            try Schema.migrate(database, at: session.now.milliseconds)
        } else {
            try Migrator(Schema.migrations).check(database)
        }
        let programs = try Programs(database: database).all()
        let code = session.options.program
        guard let program = programs.first(where: { $0.code == code }) else {
            throw CommandError(
                .notFound, StoreWords.noProgram.filled(["program": code, "database": session.databaseURL]),
                advice: StoreWords.noProgramAdvice.filled([
                    "program": code, "programs": programs.map(\.code).joined(separator: ", "),
                ]))
        }
        return Store(database: database, cases: SQLCaseStore(database: database, program: code), program: program)
    }

    /// Opens a database, and makes what is missing: the file, the tables, the program, its first scoring profile.
    /// Returns what was made.
    static func create(_ session: Session, name: LocalizedText, profile: ScoringProfile) throws -> (Store, [StoreWords])
    {
        let path = try DatabaseAddress(session.databaseURL).path
        let database = try SQLiteDatabase(path: path, access: .create)
        var made: [StoreWords] = []
        if try !Schema.migrate(database, at: session.now.milliseconds).isEmpty { made.append(.madeTables) }
        let program = Programs.Program(code: session.options.program, name: name)
        if try Programs(database: database).create(program, at: session.now) { made.append(.madeProgram) }
        let cases = SQLCaseStore(database: database, program: program.code)
        let isNew = try cases.blockingWrite { transaction in
            guard try transaction.profile(profile.name) == nil else { return false }
            try transaction.publish(profile, at: session.now, reason: "init")
            return true
        }
        if isNew { made.append(.madeProfile) }
        return (Store(database: database, cases: cases, program: program), made)
    }

    /// What the store itself finds wrong, where it is of a kind that can look.
    func integrityFaults(structure: Bool) throws -> [IntegrityFault] {
        try (database as? any IntegrityChecking)?.integrityFaults(structure: structure) ?? []
    }

    func close() { try? database.close() }
}

/// Where a database is: `sqlite:PATH`.
struct DatabaseAddress {
    let path: String

    /// Throws for an address that is not understood. A plain path is taken for a file.
    init(_ address: String) throws {
        let scheme = address.prefix { $0 != ":" }
        if scheme == "sqlite" {
            path = String(address.dropFirst(7))
        } else if address.contains("://") || scheme == "postgres" || scheme == "postgresql" {
            throw CommandError(
                .usage, StoreWords.unknownAddress.filled(["address": String(scheme)]),
                advice: StoreWords.unknownAddressAdvice.text)
        } else {
            path = address
        }
        guard !path.isEmpty else {
            throw CommandError(
                .usage, StoreWords.unknownAddress.filled(["address": address]),
                advice: StoreWords.unknownAddressAdvice.text)
        }
    }
}

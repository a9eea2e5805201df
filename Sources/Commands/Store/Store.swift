import Casework
import MatchCore
import Storage

/// The database that a command works on, opened for one program.
struct Store {
    let database: any Database
    let cases: SQLCaseStore
    let program: Programs.Program
    /// When it was opened for writing; nil where it is only read.
    private var openedForWriting: Moment?

    private init(
        _ database: any Database, _ program: Programs.Program, vault: Vault, _ session: Session, forWriting: Bool,
        clock: @escaping @Sendable () -> Moment = HostClock.now
    ) throws {
        self.database = database
        self.program = program
        // Where many write at once, the chain of the history is not to make them wait for each other.
        cases = SQLCaseStore(
            database: database, program: program.code, vault: vault,
            sealing: database is any SharedDatabase ? .apart : .inTransaction, clock: clock)
        openedForWriting = forWriting ? Moment(milliseconds: session.now.milliseconds) : nil
        if let now = openedForWriting {
            if !(database is any SharedDatabase) { try cases.sealWhatWaits() }
            try cases.catchUp(at: now) { try session.finishErasures(of: $1, in: $0, program: program.code) }
            try cases.blockingTakeRotationNotes()
        }
    }

    /// Opens a database that `init` made. Throws where it is missing, in use by another process, of another version, or
    /// does not hold the program.
    static func open(
        _ session: Session, forWriting: Bool, options: DatabaseAddress.Options = .unhurried,
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
                .notFound, StoreWords.noProgram.filled(["program": code, "database": session.databaseName]),
                advice: StoreWords.noProgramAdvice.filled([
                    "program": code, "programs": programs.map(\.code).joined(separator: ", "),
                ]))
        }
        let vault = try session.vault()
        let store = try Store(database, program, vault: vault, session, forWriting: forWriting, clock: clock)
        if forWriting {
            let old = try OldRows(database: database, store: store.cases, program: code).sealLists()
            session.noteUnreadable(old)
            if try !vault.isSealed(code) { try store.lookForOpenRows(vault, session) }
        }
        return store
    }

    /// Says so where a database of an older version still holds what is personal in the open.
    private func lookForOpenRows(_ vault: Vault, _ session: Session) throws {
        let count = try OldRows(database: database, store: cases, program: program.code).count()
        guard count > 0 else { return try vault.setSealed(program.code) }
        session.note(SealingWords.notSealed.filled(["count": Numbers.grouped(Int64(count))]), isWarning: true)
    }

    /// Opens a database, and makes what is missing: the file, the tables, the program, its first scoring profile.
    /// Returns what was made.
    static func create(_ session: Session, name: LocalizedText, profile: ScoringProfile) throws -> (Store, [StoreWords])
    {
        let code = try session.programCode()
        let address = try session.databaseAddress()
        try address.requireNoForeignTables()
        let database = try address.open(.create, options: .unhurried)
        var made: [StoreWords] = []
        if try !Schema.migrate(database, at: session.now.milliseconds).isEmpty { made.append(.madeTables) }
        let program = Programs.Program(code: code, name: name)
        let vault = try session.vault()
        if try Programs(database: database).create(program, at: session.now) {
            made.append(.madeProgram)
            // A new program never held anything in the open.
            try vault.setSealed(code)
        }
        let store = try Store(database, program, vault: vault, session, forWriting: true)
        let isNew = try store.cases.blockingWrite { transaction in
            try ProfileDesk(
                store: transaction, actor: .system, now: Moment(milliseconds: session.now.milliseconds),
                check: ProfileCheck(scorers: session.scorers)
            ).install(profile, reason: Reason("init"))
        }
        if isNew { made.append(.madeProfile) }
        return (store, made)
    }

    /// The files of the database: the one that is named, and those that SQLite keeps beside it.
    static func files(_ session: Session) throws -> [String] {
        try session.databaseAddress().files + [try session.sealingKeyFile().path]
            + session.keyStore().files
    }

    /// What the store itself finds wrong, where it is of a kind that can look.
    func integrityFaults(structure: Bool) throws -> [IntegrityFault] {
        try (database as? any IntegrityChecking)?.integrityFaults(structure: structure) ?? []
    }

    func close() {
        sealWhatWaits()
        try? database.close()
    }

    /// A command may be the only one that works on the database for hours: it leaves no entry without its number behind,
    /// unless a server is on that duty.
    private func sealWhatWaits() {
        guard let now = openedForWriting, database is any SharedDatabase else { return }
        let sealer = HistorySealer(node: RecordID(high: .random(in: 1...(.max)), low: 0), limit: 10_000)
        _ = try? cases.blockingWrite { transaction in
            guard try transaction.tail(asOf: now).count > 0 else { return }
            _ = try sealer.seal(in: transaction, at: now)
            try transaction.leave(.sealing, node: sealer.node, at: now)
        }
    }
}

extension DatabaseAddress {
    /// Throws `refused` for a database that holds somebody else's tables.
    func requireNoForeignTables() throws {
        let foreign = try foreignTables()
        guard !foreign.isEmpty else { return }
        throw CommandError(
            .refused,
            StoreWords.foreign.filled(["path": description, "tables": foreign.prefix(3).joined(separator: ", ")]),
            advice: StoreWords.foreignAdvice.text)
    }
}

extension Session {
    /// Says how many rows of an older version were passed over, where there are any.
    func noteUnreadable(_ outcome: OldRows.Outcome) {
        guard outcome.unreadable > 0 else { return }
        note(
            SealingWords.unreadable.filled(["count": Numbers.grouped(Int64(outcome.unreadable))]), isWarning: true)
    }

    /// Where the database is. A plain path is taken for a file. Throws for an address that is not understood.
    func databaseAddress() throws -> DatabaseAddress { try databaseAddress(of: databaseURL) }

    func databaseAddress(of text: String) throws -> DatabaseAddress {
        let scheme = String(text.prefix { $0 != ":" })
        let isAddress = scheme == "sqlite" || scheme.hasPrefix("postgres") && scheme != text || text.contains("://")
        do {
            return try DatabaseAddress(isAddress ? text : "sqlite:" + text)
        } catch {
            if let word = PostgreSQLAddress.unknownWord(in: text) {
                throw CommandError(
                    .usage, StoreWords.unknownAddressWord.filled(["word": word]),
                    advice: StoreWords.unknownAddressWordAdvice.text)
            }
            throw CommandError(
                .usage, StoreWords.unknownAddress.filled(["address": isAddress && scheme != "sqlite" ? scheme : text]),
                advice: StoreWords.unknownAddressAdvice.text)
        }
    }

    /// The database as people and logs may see it: without a password.
    var databaseName: String { (try? databaseAddress().description) ?? "" }

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

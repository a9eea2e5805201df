import ArgumentParser
import Casework
import MatchCore
import Sealing
import Storage

/// `almoner backup`: an encrypted copy of the database as it is at one moment.
struct BackupCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("backup", SealingWords.backup) }

    @Argument(help: ArgumentHelp(SealingWords.backupFile, value: "file"), completion: .file())
    var file: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    func perform(in session: Session) throws -> ExitStatus {
        if let service = try session.remoteService() {
            let manifest = try RemoteBackup(file: file, session: session, service: service).run()
            try tell(manifest, in: session)
            if !session.options.json { session.say(SealingWords.notInFetched) }
            return .success
        }
        let masters = try session.sealingKeyFile().read(at: session.now.milliseconds)
        let manifest = try Backup.make(
            of: try session.databaseAddress(), to: file, with: masters, at: session.now.milliseconds)
        try tell(manifest, in: session)
        if !session.options.json {
            session.say(
                SealingWords.notInBackup,
                ["store": try session.keyStore().description, "file": try session.sealingKeyFile().path])
        }
        return .success
    }

    private func tell(_ manifest: BackupManifest, in session: Session) throws {
        guard !session.options.json else { return try session.emit(manifest) }
        session.say(
            SealingWords.backedUp,
            [
                "file": file, "bytes": Numbers.grouped(manifest.bytes),
                "chunks": Numbers.grouped(Int64(manifest.chunks.count)),
            ])
    }
}

/// `almoner restore`: a backup where there is no database.
struct RestoreCommand: LocalCommand {
    static var configuration: CommandConfiguration {
        HelpText.configuration("restore", SealingWords.restore, isLocal: true)
    }

    @Argument(help: ArgumentHelp(SealingWords.restoreFile, value: "file"), completion: .file())
    var file: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var database: String
        var erasures: Int
    }

    func perform(in session: Session) throws -> ExitStatus {
        let masters = try session.sealingKeyFile().read(at: session.now.milliseconds)
        let address = try session.databaseAddress()
        // Opened before anything is copied: a key store that cannot be used, or is of another key file, costs nothing then. One
        // that is not there yet is made when there is something to keep in it.
        let vault = try session.keyStore().isInUse() ? try session.vault() : nil
        let path: String
        if case .sqlite(let file) = address {
            path = file
            try Backup.restore(self.file, to: path, with: masters)
        } else {
            path = address.description
            try restore(to: address, session, masters)
        }
        let count = try repeatErasures(in: session, with: try vault ?? session.vault())
        if session.options.json {
            try session.emit(Record(database: session.databaseName, erasures: count))
            return .success
        }
        session.say(SealingWords.restored, ["file": path])
        if count > 0 { session.say(SealingWords.repeated, ["count": Numbers.grouped(Int64(count))]) }
        return .success
    }

    /// Onto a server, into a database without tables.
    private func restore(to address: DatabaseAddress, _ session: Session, _ masters: MasterKeys) throws {
        try address.requireNoForeignTables()
        let target = try address.open(.create, options: .unhurried)
        defer { try? target.close() }
        try Backup.restore(file, onto: target, with: masters, at: session.now.milliseconds)
    }

    /// In every program of the database, before anybody else opens it.
    private func repeatErasures(in session: Session, with vault: Vault) throws -> Int {
        let database = try session.databaseAddress().open(.open)
        defer { try? database.close() }
        try Schema.migrate(database, at: session.now.milliseconds)
        try Backup.beginFeedAnew(in: database, at: session.now.milliseconds)
        let now = Moment(milliseconds: session.now.milliseconds)
        return try Programs(database: database).all().reduce(0) { count, program in
            let store = SQLCaseStore(database: database, program: program.code, vault: vault)
            // Before anything that is done from now on.
            try store.sealWhatWaits()
            return try count
                + store.catchUp(at: now) { try session.finishErasures(of: $1, in: $0, program: program.code) }
        }
    }
}

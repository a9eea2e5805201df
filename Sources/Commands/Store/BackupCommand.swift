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
        let masters = try session.sealingKeyFile().read(at: session.now.milliseconds)
        let manifest = try Backup.make(
            of: session.databaseFile(), to: file, with: masters, at: session.now.milliseconds)
        if session.options.json {
            try session.emit(manifest)
        } else {
            session.say(
                SealingWords.backedUp,
                [
                    "file": file, "bytes": Numbers.grouped(manifest.bytes),
                    "chunks": Numbers.grouped(Int64(manifest.chunks.count)),
                ])
            session.say(
                SealingWords.notInBackup,
                ["store": try session.keyStore().description, "file": try session.sealingKeyFile().path])
        }
        return .success
    }
}

/// `almoner restore`: a backup where there is no database.
struct RestoreCommand: SessionCommand {
    static var configuration: CommandConfiguration { HelpText.configuration("restore", SealingWords.restore) }

    @Argument(help: ArgumentHelp(SealingWords.restoreFile, value: "file"), completion: .file())
    var file: String

    @OptionGroup(title: HelpText.globalTitle) var global: GlobalOptions

    private struct Record: Encodable {
        var database: String
        var erasures: Int
    }

    func perform(in session: Session) throws -> ExitStatus {
        let masters = try session.sealingKeyFile().read(at: session.now.milliseconds)
        let path = try session.databaseFile()
        try Backup.restore(file, to: path, with: masters)
        let count = try repeatErasures(in: session)
        if session.options.json {
            try session.emit(Record(database: session.databaseName, erasures: count))
            return .success
        }
        session.say(SealingWords.restored, ["file": path])
        if count > 0 { session.say(SealingWords.repeated, ["count": Numbers.grouped(Int64(count))]) }
        return .success
    }

    /// In every program of the database, before anybody else opens it.
    private func repeatErasures(in session: Session) throws -> Int {
        let vault = try session.vault()
        let database = try session.databaseAddress().open(.open)
        defer { try? database.close() }
        try Schema.migrate(database, at: session.now.milliseconds)
        let now = Moment(milliseconds: session.now.milliseconds)
        return try Programs(database: database).all().reduce(0) { count, program in
            try count + SQLCaseStore(database: database, program: program.code, vault: vault).catchUp(at: now)
        }
    }
}

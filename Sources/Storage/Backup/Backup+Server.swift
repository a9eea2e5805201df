internal import Foundation
internal import GRDB
public import Sealing

/// Backups of a database on a server: the same file as of an embedded one, so that either is restored to either.
extension Backup {
    /// Reads all that a database holds in one transaction, whoever works on it meanwhile, and writes a backup of it.
    ///
    /// Beside the target a file grows meanwhile that is as sealed as the database is; it goes at the end.
    @discardableResult
    public static func make(
        of database: any Database, to target: String, with masters: MasterKeys, at milliseconds: Int64
    ) throws -> BackupManifest {
        try make(to: target, with: masters, at: milliseconds) { copy in
            try? FileManager.default.removeItem(atPath: copy)
            makePrivateFile(copy)
            let file = try SQLiteDatabase(path: copy, access: .create)
            defer { try? file.close() }
            try Schema.migrate(file, at: milliseconds)
            try DatabaseCopy(from: database, to: file, at: milliseconds).runAtOneMoment()
            try file.close()
            try takeLogIn(copy)
            return Schema.migrations.count
        }
    }

    /// Writes a backup of the database at an address: a file is copied as it is, what a server holds is read in one
    /// transaction.
    @discardableResult
    public static func make(
        of address: DatabaseAddress, to target: String, with masters: MasterKeys, at milliseconds: Int64
    ) throws -> BackupManifest {
        if case .sqlite(let path) = address { return try make(of: path, to: target, with: masters, at: milliseconds) }
        let database = try address.open(.readOnly, options: .unhurried)
        defer { try? database.close() }
        return try make(of: database, to: target, with: masters, at: milliseconds)
    }

    /// Puts a backup's database onto a server, into a database without tables.
    ///
    /// Throws as ``restore(_:to:with:)`` does, and `conflict` for a target that holds something.
    @discardableResult
    public static func restore(
        _ backup: String, onto target: any Database, with masters: MasterKeys, at milliseconds: Int64
    ) throws -> BackupManifest {
        let draft = DatabaseAddress.sqlite(path: "\(backup).restore.db")
        defer { for path in draft.files { try? FileManager.default.removeItem(atPath: path) } }
        let manifest = try restore(backup, to: "\(backup).restore.db", with: masters)
        let source = try draft.open(.open, options: .unhurried)
        defer { try? source.close() }
        try Schema.migrate(source, at: milliseconds)
        try Schema.migrate(target, at: milliseconds)
        try DatabaseCopy(from: source, to: target, at: milliseconds).runAtOneMoment()
        return manifest
    }

    /// Notes in a database that was restored that its feed of changes goes on otherwise than the one which was backed up:
    /// before anybody writes.
    ///
    /// - Parameter milliseconds: now, in UTC.
    public static func beginFeedAnew(in database: any Database, at milliseconds: Int64) throws {
        try database.blockingWrite { try ChangeTimelines.noteMove(on: $0, at: milliseconds) { _ in 0 } }
    }

    /// Takes the write-ahead log into a database file, which is whole by itself then.
    private static func takeLogIn(_ path: String) throws {
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
            try queue.close()
        } catch let error as GRDB.DatabaseError { throw DatabaseError(sqlite: error) }
    }
}

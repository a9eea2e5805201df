internal import Foundation
import GRDB
public import Sealing

/// Copies a database as it is at one moment into an encrypted file, and back.
///
/// The file holds no key: neither persons' (they stay in the key store) nor the installation's. So what was erased since
/// is dead in it, as long as the key store is the present one.
public enum Backup {
    static let chunkBytes = 1 << 20

    /// Writes a backup of the database at a path, whoever works on it meanwhile.
    ///
    /// - Parameters:
    ///   - target: the file to make; throws `backup` where there is one.
    ///   - milliseconds: now, in UTC.
    @discardableResult
    public static func make(
        of database: String, to target: String, with masters: MasterKeys, at milliseconds: Int64
    ) throws -> BackupManifest {
        try make(to: target, with: masters, at: milliseconds) { try copyDatabase(database, to: $0) }
    }

    static func make(
        to target: String, with masters: MasterKeys, at milliseconds: Int64, copying: (String) throws -> Int
    ) throws -> BackupManifest {
        guard !fileExists(target) else {
            throw SealError(
                .backup, "\(target) is there already. Name a file that is not.", zhHans: "\(target) 已存在。请换一个文件名。")
        }
        let (copy, draft) = ("\(target).copy.part", "\(target).part")
        defer {
            for path in [copy, draft] + ["-journal", "-wal", "-shm", "-lock"].map({ copy + $0 }) {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
        let schema = try copying(copy)
        do {
            makePrivateFile(draft)
            let input = try FileHandle(forReadingFrom: URL(filePath: copy))
            let output = try FileHandle(forWritingTo: URL(filePath: draft))
            try output.truncate(atOffset: 0)
            let manifest = try write(input, to: output, with: masters, schema: schema, at: milliseconds)
            try output.synchronize()
            try output.close()
            try FileManager.default.moveItem(atPath: draft, toPath: target)
            return manifest
        } catch let error as SealError {
            throw error
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw DatabaseError(
                .storageFull, message: "There is no room left for \(target). A backup takes about twice the database.")
        } catch {
            throw BackupError.failed(target, error)
        }
    }

    /// The state of one moment, through a connection that can only read: a server that owns the file goes on working.
    private static func copyDatabase(_ path: String, to copy: String) throws -> Int {
        guard fileExists(path) else {
            throw DatabaseError(.cannotOpen, message: "There is no database at \(path). Name another.")
        }
        do {
            try? FileManager.default.removeItem(atPath: copy)
            makePrivateFile(copy)
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            let source = try DatabaseQueue(path: path, configuration: configuration)
            let target = try DatabaseQueue(path: copy)
            try source.backup(to: target)
            let schema = try target.write { database in
                // A file of its own: with a write-ahead log beside it, it would not be whole.
                try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM schema_migration") ?? 0
            }
            try target.writeWithoutTransaction { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
            try source.close()
            return schema
        } catch let error as GRDB.DatabaseError { throw DatabaseError(sqlite: error) }
    }

    private static func write(
        _ input: FileHandle, to output: FileHandle, with masters: MasterKeys, schema: Int, at milliseconds: Int64
    ) throws -> BackupManifest {
        let salt = BackupKey.newSalt()
        let key = BackupKey(masters, salt: salt)
        var manifest = BackupManifest(
            format: BackupManifest.currentFormat, schema: schema, madeAt: milliseconds, bytes: 0,
            chunkBytes: chunkBytes, chunks: [], salt: Hexadecimal.text(salt), keyCheck: key.check)
        try output.write(contentsOf: Data(BackupManifest.heading))
        var chunk = try input.read(upToCount: chunkBytes) ?? Data()
        while !chunk.isEmpty {
            let next = try input.read(upToCount: chunkBytes) ?? Data()
            let sealed = try key.seal([UInt8](chunk), number: manifest.chunks.count, isLast: next.isEmpty)
            manifest.bytes += Int64(chunk.count)
            manifest.chunks.append(Hexadecimal.digest(of: sealed))
            try output.write(contentsOf: Data(sealed))
            chunk = next
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let bytes = [UInt8](try encoder.encode(manifest))
        var trailer = bytes + key.authentication(of: bytes)
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { trailer.append(contentsOf: $0) }
        try output.write(contentsOf: Data(trailer + BackupManifest.ending))
        return manifest
    }

    // MARK: Back

    /// Puts a backup's database at a path where there is none.
    ///
    /// Everything is looked at before the path is touched. Throws `wrongKey` for another key file, `backup` for a file that
    /// is not whole or a path that is taken, `schemaNewer` for one of a newer program, `lockedByAnotherProcess` where a
    /// process has the database open.
    @discardableResult
    public static func restore(_ backup: String, to path: String, with masters: MasterKeys) throws -> BackupManifest {
        let lock = try FileLock(database: path, mode: .writer)
        defer { withExtendedLifetime(lock) {} }
        guard !["", "-wal", "-journal"].contains(where: { fileHasContent(path + $0) }) else {
            throw SealError(
                .backup, "There is a database at \(path). Name another place (--database), or move it away first.",
                zhHans: "\(path) 处已有数据库。请用 --database 指定其他位置，或先移走。")
        }
        let draft = "\(path).restore.part"
        defer { for part in [draft, draft + "-journal"] { try? FileManager.default.removeItem(atPath: part) } }
        do {
            let input = try FileHandle(forReadingFrom: URL(filePath: backup))
            defer { try? input.close() }
            let (manifest, end) = try readManifest(input, masters)
            guard manifest.schema <= Schema.migrations.count else {
                throw DatabaseError(
                    .schemaNewer,
                    message: "The backup is at migration \(manifest.schema), and this version knows "
                        + "\(Schema.migrations.count). Use the newer version of the program.")
            }
            try? FileManager.default.removeItem(atPath: draft)
            makePrivateFile(draft)
            let output = try FileHandle(forWritingTo: URL(filePath: draft))
            try unpack(
                input, until: end, manifest, BackupKey(masters, salt: Hexadecimal.bytes(manifest.salt)), to: output)
            try output.synchronize()
            try output.close()
            try checkRestored(draft)
            for suffix in ["", "-wal", "-shm", "-journal"] {
                try? FileManager.default.removeItem(atPath: path + suffix)
            }
            try FileManager.default.moveItem(atPath: draft, toPath: path)
            return manifest
        } catch let error as SealError {
            throw error
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw BackupError.failed(backup, error)
        }
    }

    /// Reads what a backup says of itself, without looking at its chunks.
    public static func manifest(of backup: String, with masters: MasterKeys) throws -> BackupManifest {
        do {
            let input = try FileHandle(forReadingFrom: URL(filePath: backup))
            defer { try? input.close() }
            return try readManifest(input, masters).manifest
        } catch let error as SealError { throw error } catch { throw BackupError.failed(backup, error) }
    }

    /// Looks whether a file is a whole backup, by the digest of each of its chunks, and says what it says of itself: where
    /// no key is, as on the machine that fetched it. Throws `backup` for one that is not whole or was damaged on its way.
    @discardableResult
    public static func check(_ backup: String) throws -> BackupManifest {
        do {
            let input = try FileHandle(forReadingFrom: URL(filePath: backup))
            defer { try? input.close() }
            let said = try readManifest(input)
            try forEachChunk(input, until: said.end, said.manifest) { _, _ in }
            return said.manifest
        } catch let error as SealError { throw error } catch { throw BackupError.failed(backup, error) }
    }

    private static func readManifest(_ input: FileHandle, _ masters: MasterKeys) throws -> (
        manifest: BackupManifest, end: UInt64
    ) {
        let said = try readManifest(input)
        let key = BackupKey(masters, salt: Hexadecimal.bytes(said.manifest.salt))
        guard key.check == said.manifest.keyCheck else { throw BackupError.wrongKey }
        guard key.authentication(of: said.bytes) == said.code else { throw BackupError.altered }
        return (said.manifest, said.end)
    }

    /// What a file says of itself, and what that is authenticated by.
    private static func readManifest(_ input: FileHandle) throws -> (
        manifest: BackupManifest, bytes: [UInt8], code: [UInt8], end: UInt64
    ) {
        let heading = try input.read(upToCount: BackupManifest.heading.count) ?? Data()
        let length = try input.seekToEnd()
        let tail = UInt64(BackupManifest.ending.count + 4)
        guard [UInt8](heading) == BackupManifest.heading, length > tail + 32 + UInt64(heading.count) else {
            throw BackupError.none
        }
        try input.seek(toOffset: length - tail)
        let ending = [UInt8](try input.read(upToCount: Int(tail)) ?? Data())
        let size = ending.prefix(4).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard Array(ending.dropFirst(4)) == BackupManifest.ending, size <= 1 << 26,
            length >= tail + 32 + size + UInt64(heading.count)
        else { throw BackupError.none }
        let end = length - tail - 32 - size
        try input.seek(toOffset: end)
        let bytes = [UInt8](try input.read(upToCount: Int(size)) ?? Data())
        let code = [UInt8](try input.read(upToCount: 32) ?? Data())
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: Data(bytes)),
            manifest.format == BackupManifest.currentFormat, (1...(1 << 26)).contains(manifest.chunkBytes)
        else { throw BackupError.altered }
        return (manifest, bytes, code, end)
    }

    private static func unpack(
        _ input: FileHandle, until end: UInt64, _ manifest: BackupManifest, _ key: BackupKey, to output: FileHandle
    ) throws {
        var bytes: Int64 = 0
        try forEachChunk(input, until: end, manifest) { number, sealed in
            let chunk = try key.open(sealed, number: number, isLast: number == manifest.chunks.count - 1)
            try output.write(contentsOf: Data(chunk))
            bytes += Int64(chunk.count)
        }
        guard bytes == manifest.bytes else { throw BackupError.altered }
    }

    /// The sealed chunks in their order, each as its digest says. Throws `backup` for any other, and where one is missing.
    private static func forEachChunk(
        _ input: FileHandle, until end: UInt64, _ manifest: BackupManifest,
        _ body: (_ number: Int, _ sealed: [UInt8]) throws -> Void
    ) throws {
        try input.seek(toOffset: UInt64(BackupManifest.heading.count))
        var place = UInt64(BackupManifest.heading.count)
        for (number, digest) in manifest.chunks.enumerated() {
            // A nonce of 12 bytes before, and a tag of 16 behind.
            let size = min(UInt64(manifest.chunkBytes + 28), end - place)
            let sealed = [UInt8](try input.read(upToCount: Int(size)) ?? Data())
            guard UInt64(sealed.count) == size, Hexadecimal.digest(of: sealed) == digest else {
                throw BackupError.altered
            }
            try body(number, sealed)
            place += size
        }
        guard place == end else { throw BackupError.altered }
    }

    /// What SQLite itself says of the restored file.
    private static func checkRestored(_ path: String) throws {
        do {
            let queue = try DatabaseQueue(path: path)
            let verdict = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
            try queue.close()
            guard verdict == "ok" else { throw BackupError.altered }
        } catch is GRDB.DatabaseError { throw BackupError.altered }
    }
}

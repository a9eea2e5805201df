import Casework
import Foundation
import Storage

/// The key that signs heads of the history: 32 random bytes in a file of its own beside the database, which only its owner
/// may read. It is no part of the database or of its backups.
struct HistoryKeyFile {
    let path: String

    init(path: String) { self.path = path }

    /// Makes the key where there is none; false where there was one.
    @discardableResult
    func make() throws -> Bool {
        var random = SystemRandomNumberGenerator()
        let seed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        // Made with its mode, and only where there is none: nobody reads it between, and none is written over.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw CommandError(.failure, CaseWords.noKey.filled(["file": path]))
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(seed))
        try file.synchronize()
        return true
    }

    func read() throws -> HistoryKey { try HistoryKey(seed: secret()) }

    var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// The 32 bytes of the file. Throws where it is missing, or others may read it.
    func secret() throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path),
            let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int,
            mode & 0o077 == 0
        else { throw CommandError(.refused, CaseWords.noKey.filled(["file": path])) }
        return [UInt8](data)
    }
}

extension Session {
    /// The file that ALMONER_KEY_FILE names, else the one beside the database; on a server's database, in the working
    /// directory.
    func keyFile() throws -> HistoryKeyFile {
        if let path = environment["ALMONER_KEY_FILE"], !path.isEmpty { return HistoryKeyFile(path: path) }
        return HistoryKeyFile(path: try databaseAddress().stem + ".key")
    }

    /// The blind index of the program; nil where the database has no key file.
    func blindIndex() throws -> BlindIndex? {
        let file = try keyFile()
        guard file.isThere, let program = Code(try programCode()) else { return nil }
        return try BlindIndex(secret: file.secret(), program: program)
    }
}

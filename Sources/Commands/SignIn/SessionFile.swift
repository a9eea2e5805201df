import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where the token of a session is kept between commands: a file for each server, which its owner alone can read.
struct SessionFile {
    let path: String

    /// In ALMONER_SESSIONS, else in the folder of states of the account that runs the command.
    init(server: String, environment: [String: String]) {
        let folder =
            environment["ALMONER_SESSIONS"].flatMap { $0.isEmpty ? nil : $0 }
            ?? environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 + "/almoner" }
            ?? (environment["HOME"] ?? ".") + "/.local/state/almoner"
        let name = server.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            return character.isASCII && (character.isLetter || character.isNumber || character == ".") ? character : "_"
        }
        path = folder + "/session-" + String(name)
    }

    /// The token; nil where there is no file. Throws `refused` for one that others can read.
    func token() throws -> String? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0, status.st_uid == geteuid() else {
            throw CommandError(.refused, AccountWords.fileOpen.filled(["path": path]))
        }
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let line = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).first
        return line.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// Keeps a token: beside the file first, so that nobody reads half of one, and with its rights from the beginning.
    func keep(_ token: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let beside = path + ".new-\(getpid())"
        unlink(beside)
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unwritable }
        let bytes = Array((token + "\n").utf8)
        let count = write(descriptor, bytes, bytes.count)
        close(descriptor)
        guard count == bytes.count, rename(beside, path) == 0 else {
            unlink(beside)
            throw unwritable
        }
    }

    func remove() { unlink(path) }

    private var unwritable: CommandError {
        CommandError(.refused, AccountWords.fileUnwritable.filled(["path": path]))
    }
}

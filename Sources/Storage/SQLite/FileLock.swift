#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The lock beside a database file, `<file>-lock`, which says which process owns the file.
///
/// SQLite 3.40.1 can corrupt a file when two connections of different processes write or checkpoint it at once, so a
/// writer owns its file alone, and readers share it only among themselves: the last connection to leave a file
/// checkpoints it. The system gives the lock free when the process ends in whatever way, so a lock file left behind is
/// no obstacle; it is never deleted, because a second process could then lock another file of the same name.
final class FileLock: Sendable {
    enum Mode: String {
        case writer
        case reader
    }

    let path: String
    private let descriptor: CInt

    /// Takes the lock at once or throws `lockedByAnotherProcess`.
    init(database: String, mode: Mode) throws {
        let path = database + "-lock"
        // Kept only once the lock is taken: a lock that was refused is let go here, and never a second time by `deinit`,
        // which would close whatever has the number by then.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw DatabaseError(
                .cannotOpen,
                message: "The lock file \(path) cannot be opened: \(String(cString: strerror(errno))). See that its "
                    + "folder exists and may be written to, or copy the database to one that may.")
        }
        guard flock(descriptor, (mode == .writer ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
            let reason = errno
            let holder = Self.holder(descriptor)
            close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw DatabaseError(
                    .cannotOpen, message: "\(path) cannot be locked: \(String(cString: strerror(reason))).")
            }
            throw Self.refusal(of: database, holder: holder)
        }
        self.path = path
        self.descriptor = descriptor
        let note = "\(getpid()) \(mode.rawValue)\n"
        ftruncate(descriptor, 0)
        _ = note.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    deinit {
        // A child that is just being started has the descriptor too until it becomes another program; without this it would
        // hold the lock on.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Writes down where the owner can be reached, for those whom the lock turns away.
    func announce(_ address: String) {
        let note = "\(getpid()) \(Mode.writer.rawValue) \(address)\n"
        ftruncate(descriptor, 0)
        _ = note.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    private struct Holder {
        var process: Int
        var mode: Mode
        var address: String?
    }

    private static func holder(_ descriptor: CInt) -> Holder? {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard words.count == 2 || words.count == 3, let process = Int(words[0]),
            let mode = Mode(rawValue: String(words[1]))
        else {
            return nil
        }
        // Of several readers only the last has its number here, and may have gone before the others.
        guard kill(pid_t(truncatingIfNeeded: process), 0) == 0 || errno == EPERM else { return nil }
        return Holder(process: process, mode: mode, address: words.count == 3 ? String(words[2]) : nil)
    }

    private static func refusal(of database: String, holder: Holder?) -> DatabaseError {
        if let address = holder?.address {
            return DatabaseError(
                .lockedByAnotherProcess,
                message: "The database \(database) is served at \(address). Work through the server, or stop it first.",
                server: address)
        }
        let who = holder.map { "process \($0.process)" } ?? "another process"
        let advice =
            holder?.mode == .reader
            ? "\(who) reads the database \(database). Wait until it has ended, or read a copy of the file."
            : "\(who) has the database \(database) open. Wait until it has ended, or stop it first."
        return DatabaseError(.lockedByAnotherProcess, message: advice)
    }
}

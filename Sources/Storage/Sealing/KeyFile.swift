public import Sealing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The file with the installation's secret and the versions of its master key, outside the database and its backups. Only
/// its owner may read it.
public struct KeyFile: Sendable, Hashable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    public var isThere: Bool { fileExists(path) }

    /// Makes the file where there is none; false where there was one.
    ///
    /// - Parameter milliseconds: now, in UTC.
    @discardableResult
    public func create(at milliseconds: Int64) throws -> Bool {
        // Made with its mode, and only where there is none: nobody reads it between, and none is written over.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw failed("be made")
        }
        defer { close(descriptor) }
        try write(MasterKeys(newAt: milliseconds).text, to: descriptor)
        return true
    }

    /// Reads the keys. A file of before there were master keys holds the 32 bytes of the secret alone, and is written anew
    /// with a first master key.
    ///
    /// Throws `keyFile` where it is missing, is no key file, or may be read by others.
    public func read(at milliseconds: Int64 = 0) throws -> MasterKeys {
        let bytes = try contents()
        if let text = String(validating: bytes, as: UTF8.self), text.hasPrefix("almoner keys ") {
            return try MasterKeys(text: text)
        }
        guard bytes.count == 32 else {
            throw SealError(
                .keyFile, "\(path) is no key file. Restore it from where keys are kept.",
                zhHans: "\(path) 不是密钥文件。请从密钥备份处恢复。")
        }
        let keys = MasterKeys(secret: bytes, newAt: milliseconds)
        try replace(with: keys)
        return keys
    }

    /// Puts other keys in the place of those in the file: whoever reads it finds the ones or the others, whole.
    public func replace(with keys: MasterKeys) throws {
        let draft = "\(path).\(getpid()).part"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failed("be written") }
        do {
            defer { close(descriptor) }
            try write(keys.text, to: descriptor)
        } catch {
            unlink(draft)
            throw error
        }
        guard rename(draft, path) == 0 else {
            unlink(draft)
            throw failed("be written")
        }
        // The name is on the disk before anything is wrapped under what it leads to.
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let directory = open(folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, O_RDONLY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }

    private func contents() throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failed("be read") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw SealError(
                .keyFile, "The key file \(path) may be read by others. Make it its owner's alone: chmod 600 \(path)",
                zhHans: "密钥文件 \(path) 可被他人读取。请仅限所有者：chmod 600 \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw failed("be read") }
        return Array(bytes.prefix(count))
    }

    private func write(_ text: String, to descriptor: CInt) throws {
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw failed("be written")
        }
    }

    private func failed(_ what: String) -> SealError {
        let reason = String(cString: strerror(errno))
        return SealError(
            .keyFile,
            "The key file \(path) cannot \(what): \(reason). Restore it, or name the right one with --key-file.",
            zhHans: "密钥文件 \(path) 无法读写：\(reason)。请恢复该文件，或用 --key-file 指定。")
    }
}

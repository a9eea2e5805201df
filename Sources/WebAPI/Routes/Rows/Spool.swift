internal import Exchange
internal import Wire

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What is too long to hold, in a file that nobody else can open and that is gone with the process.
///
/// Sendable: appending is for one task at a time, and reading begins when that is over; both go through the file alone.
final class Spool: Sendable {
    private let descriptor: Int32

    /// Throws `storageFull` or `unavailable` where there is no room for a file.
    init(folder: String) throws {
        var template = Array("\(folder)/almoner-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer {
            // A text is never empty: it ends with NUL.
            mkstemp($0.baseAddress!)
        }
        guard made >= 0 else { throw Self.fault(errno) }
        descriptor = made
        template.withUnsafeBufferPointer { name in
            _ = unlink(name.baseAddress!)  // mkstemp wrote a name into it.
        }
    }

    /// Opens a file that is there, and takes its name away.
    init(takingOver path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.fault(errno) }
        _ = unlink(path)
    }

    deinit { close(descriptor) }

    func append(_ bytes: some Collection<UInt8>) throws {
        let bytes = ContiguousArray(bytes)
        try bytes.withUnsafeBytes { whole in
            var rest = whole[...]
            while !rest.isEmpty {
                let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    throw Self.fault(errno)
                }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Takes everything out again.
    func clear() throws {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.fault(errno) }
    }

    var count: Int { max(0, Int(lseek(descriptor, 0, SEEK_END))) }

    /// Some bytes from a place on; fewer at the end, none behind it.
    func bytes(at place: Int, _ count: Int) throws -> [UInt8] {
        var read = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while read < count {
                let part = pread(descriptor, buffer.baseAddress?.advanced(by: read), count - read, off_t(place + read))
                if part < 0, errno == EINTR { continue }
                if part <= 0 { break }
                read += part
            }
            filled = read
        }
        return bytes
    }

    fileprivate static func fault(_ number: Int32) -> Problem {
        if number == ENOSPC || number == EDQUOT {
            return Problem(
                .storageFull, "There is no room to take this in. Try again once there is.",
                zhHans: "没有空间接收此内容，请待扩容后再试。")
        }
        return Problem(
            .unavailable, "What was sent cannot be kept while it is read. Try again shortly.",
            zhHans: "暂时无法接收此内容，请稍后重试。", retryAfterSeconds: 5)
    }
}

/// A folder that only this process may look into, for files on their way.
struct PrivateFolder {
    let path: String

    /// Throws `storageFull` or `unavailable` where none can be made.
    init(in folder: String) throws {
        var template = Array("\(folder)/almoner-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer {
            // A text is never empty: it ends with NUL.
            mkdtemp($0.baseAddress!) != nil
        }
        guard isMade else { throw Spool.fault(errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Takes it away with the files that stand in it.
    func remove() {
        if let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { _ = unlink("\(path)/\(name)") }
            }
            closedir(stream)
        }
        _ = rmdir(path)
    }
}

/// A part of a spool, read from its begin; each source has a place of its own.
struct SpoolSource: ByteSource {
    let spool: Spool
    private var place: Int
    private let end: Int

    init(_ spool: Spool, _ range: Range<Int>) {
        self.spool = spool
        place = range.lowerBound
        end = range.upperBound
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        let wanted = min(buffer.count, end - place)
        guard wanted > 0, let bytes = try? spool.bytes(at: place, wanted) else { return 0 }
        buffer.copyBytes(from: bytes)
        place += bytes.count
        return bytes.count
    }
}

internal import Exchange

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A CSV file that stands under a name of its own until it is published whole; dropped before, it leaves nothing.
final class CityFile {
    private let path: String
    private let descriptor: Int32
    private var writer: CSVWriter
    private var isPublished = false

    /// Makes the folder and those above it, where they are missing.
    static func makeFolder(_ directory: String) throws(CityError) {
        var path = directory.hasPrefix("/") ? "" : "."
        for part in directory.split(separator: "/") {
            path += "/\(part)"
            if mkdir(path, 0o777) != 0, errno != EEXIST { throw failure(path) }
        }
    }

    init(_ name: String, in directory: String, columns: [String]) throws(CityError) {
        path = "\(directory)/\(name)"
        let descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw CityFile.failure(path) }
        self.descriptor = descriptor
        let path = path
        // With a mark, without which Excel in China takes UTF-8 for GB18030.
        writer = CSVWriter(byteOrderMark: true) { bytes in try CityFile.write(bytes, to: descriptor, path) }
        try write(columns)
    }

    deinit {
        close(descriptor)
        if !isPublished { unlink(path + ".part") }
    }

    func write(_ cells: [String]) throws(CityError) {
        do { try writer.write(cells) } catch { throw (error as? CityError) ?? CityFile.failure(path) }
    }

    /// Writes what is left.
    func finish() throws(CityError) {
        do { try writer.finish() } catch { throw (error as? CityError) ?? CityFile.failure(path) }
    }

    /// Gives the file its name.
    func publish() throws(CityError) {
        if rename(path + ".part", path) != 0 { throw CityFile.failure(path) }
        isPublished = true
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(CityError) {
        var from = 0
        while from < bytes.count {
            let count = bytes.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress! + from, bytes.count - from) }
            if count < 0, errno != EINTR { throw failure(path) }
            from += max(0, count)
        }
    }

    private static func failure(_ path: String) -> CityError {
        let reason = String(cString: strerror(errno))
        return CityError(
            .notWritten, "\(path) cannot be written: \(reason). Choose another folder, or make room.",
            "无法写入 \(path)：\(reason)。请另选文件夹或腾出空间。")
    }
}

/// The system's `write`, under a name that the methods above do not hide.
private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Gives the bytes of a file in pieces.
public protocol ByteSource {
    /// Fills a buffer from its start and returns how many bytes it wrote; 0 means the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int
}

/// Reads an open file descriptor, a pipe or a file, to its end. It does not close it.
public struct DescriptorSource: ByteSource {
    private let descriptor: Int32

    public init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 { return count }
            if errno == EINTR { continue }
            throw .unreadable(reason: String(cString: strerror(errno)))
        }
    }
}

/// Reads a file by its path and closes it when it is no longer used.
public final class FileSource: ByteSource {
    private let descriptor: Int32

    /// Opens the file; throws `unreadable` where it is missing, a folder, or not to be read.
    public init(path: String) throws(CSVError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw .unreadable(reason: "\(path): \(String(cString: strerror(errno)))") }
    }

    deinit { close(descriptor) }

    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        var source = DescriptorSource(descriptor)
        return try source.read(into: buffer)
    }
}

/// Gives bytes that are in memory already, in pieces of a chosen size.
public struct BytesSource: ByteSource {
    private let bytes: [UInt8]
    private let piece: Int
    private var position = 0

    public init(_ bytes: [UInt8], piece: Int = .max) {
        self.bytes = bytes
        self.piece = max(1, piece)
    }

    public init(_ text: String, piece: Int = .max) {
        self.init(Array(text.utf8), piece: piece)
    }

    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
        let count = min(piece, buffer.count, bytes.count - position)
        bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
        position += count
        return count
    }
}

import Exchange
import Foundation
import MatchCore

/// A file in the format of the measurements, read piece by piece: one of gigabytes never stands in memory.
struct InstanceFile {
    private let source: FileSource

    /// Opens the file; throws `notFound` where there is none.
    init(path: String) throws {
        do {
            source = try FileSource(path: path)
        } catch {
            throw CommandError(.notFound, BenchWords.missingFile.filled(["file": path]))
        }
    }

    /// The next piece, or nil at the end.
    func piece() throws -> [UInt8]? {
        let piece = try [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
            count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        return piece.isEmpty ? nil : piece
    }

    /// Reads the whole instance.
    ///
    /// - Throws: ``AllocationError`` with the line of the first fault.
    func instance() throws -> AllocationInstance {
        var reader = AllocationInstanceReader()
        while let piece = try piece() { try piece.withUnsafeBytes { try reader.append($0) } }
        return try reader.finish()
    }
}

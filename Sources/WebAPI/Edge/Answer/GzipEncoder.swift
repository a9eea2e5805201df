internal import CZlib
internal import NIOCore

/// Compresses an answer, whole or part by part.
///
/// Not `Sendable`: one answer's task uses it.
final class GzipEncoder {
    private let stream: UnsafeMutablePointer<z_stream>
    private static let step = 32 << 10

    /// Nil where zlib has no memory for it.
    init?(level: Int32 = 4) {
        // zlib keeps the address of its stream, so it may not move.
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard almoner_gzip_begin(stream, level) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Compresses more of the answer. Everything given so far can be decompressed from what was returned.
    func encode(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> ByteBuffer {
        var output = ByteBuffer()
        bytes.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.step) { space in
                    let room = min(space.count, Self.step)
                    stream.pointee.next_out = space.bindMemory(to: UInt8.self).baseAddress
                    stream.pointee.avail_out = UInt32(room)
                    deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                    return room - Int(stream.pointee.avail_out)
                }
            } while stream.pointee.avail_out == 0
        }
        stream.pointee.next_in = nil
        return output
    }
}

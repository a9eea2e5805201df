#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Turns the bytes of a source into UTF-8, a chunk at a time, through iconv where they are something else.
///
/// UTF-8 is passed on as it is; the reader verifies it row by row, which gives a better place for a fault.
final class UTF8Stream {
    static let chunk = 1 << 16

    private(set) var encoding = CSVEncoding.utf8
    private var source: any ByteSource
    private var converter: iconv_t?
    /// Bytes read and not yet passed on.
    private var pending: [UInt8] = []
    private var hasEnded = false
    private var failure: CSVError?

    init(_ source: any ByteSource, encoding given: CSVEncoding?) throws(CSVError) {
        self.source = source
        while pending.count < Self.chunk, !hasEnded { try fill() }
        if let given {
            encoding = given
        } else if let detected = CSVEncoding.detected(in: pending[...]) {
            encoding = detected
        } else {
            throw .unknownEncoding()
        }
        if pending.starts(with: encoding.mark) { pending.removeFirst(encoding.mark.count) }
        if encoding != .utf8 {
            converter = iconv_open("UTF-8", encoding.iconvName)
            if converter == iconv_t(bitPattern: -1) {
                converter = nil
                throw .unreadable(reason: "iconv does not know \(encoding.iconvName) on this machine")
            }
        }
    }

    deinit {
        if let converter { iconv_close(converter) }
    }

    /// Puts the next piece of UTF-8 into `output` instead of what it held; false at the end.
    func next(into output: inout [UInt8]) throws(CSVError) -> Bool {
        output.removeAll(keepingCapacity: true)
        if let failure { throw failure }
        while true {
            if pending.isEmpty, !hasEnded { try fill() }
            if pending.isEmpty { return false }
            if converter == nil {
                swap(&output, &pending)
                pending.removeAll(keepingCapacity: true)
                return true
            }
            try convert(into: &output)
            if !output.isEmpty { return true }
            if let failure { throw failure }
        }
    }

    private func fill() throws(CSVError) {
        let old = pending.count
        pending.append(contentsOf: repeatElement(0, count: Self.chunk))
        var count = 0
        var thrown: CSVError?
        pending.withUnsafeMutableBytes { buffer in
            do throws(CSVError) {
                count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[old...]))
            } catch {
                thrown = error
            }
        }
        pending.removeLast(Self.chunk - count)
        if let thrown { throw thrown }
        hasEnded = count == 0
    }

    /// Converts what it can. A fault in the bytes is kept until the rows before it have been given.
    private func convert(into output: inout [UInt8]) throws(CSVError) {
        if pending.count < 4, !hasEnded { try fill() }
        // A character of two bytes becomes three, one of four at most four.
        let capacity = pending.count * 2 + 16
        output.append(contentsOf: repeatElement(0, count: capacity))
        var inputLeft = pending.count
        var outputLeft = capacity
        var fault: Int32 = 0
        pending.withUnsafeMutableBytes { input in
            output.withUnsafeMutableBytes { target in
                var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                if iconv(converter, &from, &inputLeft, &to, &outputLeft) == -1 { fault = errno }
            }
        }
        output.removeLast(outputLeft)
        pending.removeFirst(pending.count - inputLeft)
        if fault == EILSEQ || fault == EINVAL && hasEnded {
            failure = .invalidBytes(encoding: encoding)
        } else if fault == EINVAL {
            try fill()
            if hasEnded { failure = .invalidBytes(encoding: encoding) }
        }
    }
}

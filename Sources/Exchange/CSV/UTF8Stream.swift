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
    /// Room for one piece, made once. Only this object uses it, and frees it with itself.
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: UTF8Stream.chunk, alignment: 8)

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
        scratch.deallocate()
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

    /// Reads one piece more behind what is pending.
    private func fill() throws(CSVError) {
        let count = try source.read(into: scratch)
        pending.append(contentsOf: scratch[..<count])
        hasEnded = count == 0
    }

    /// Converts what is pending. A fault in the bytes is kept until the rows before it have been given.
    private func convert(into output: inout [UInt8]) throws(CSVError) {
        var inputLeft = pending.count
        var fault: Int32 = 0
        // The result may be longer than the scratch buffer; iconv then says E2BIG and goes on where it stopped.
        repeat {
            var outputLeft = scratch.count
            pending.withUnsafeMutableBytes { input in
                let done = input.count - inputLeft
                var from = input.baseAddress?.advanced(by: done).assumingMemoryBound(to: CChar.self)
                var to = scratch.baseAddress?.assumingMemoryBound(to: CChar.self)
                fault = iconv(converter, &from, &inputLeft, &to, &outputLeft) == -1 ? errno : 0
            }
            output.append(contentsOf: scratch[..<(scratch.count - outputLeft)])
        } while fault == E2BIG
        pending.removeFirst(pending.count - inputLeft)
        if fault == EINVAL, !hasEnded { try fill() }
        if fault == EILSEQ || fault == EINVAL && hasEnded { failure = .invalidBytes(encoding: encoding) }
    }
}

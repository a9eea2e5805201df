/// Checks a text that people sent before anything else looks at it: a query, a path, a form, a cell, a login, a search.
///
/// Swift compares and hashes text by canonical equivalence, which takes quadratic time in a run of combining marks, so
/// nothing sent may become a `String` key or be compared before it has passed. The check is linear in the bytes.
public struct TextGate: Sendable {
    public let limits: GateLimits

    /// Makes a gate with limits of its own; the default fits a cell of a spreadsheet.
    public init(limits: GateLimits = .cell) {
        self.limits = limits
    }

    /// Refuses a text that is too long, is not UTF-8, holds a control character other than tab, line feed and
    /// carriage return, or more combining marks in a row than the limit.
    public func check(_ bytes: UnsafeRawBufferPointer) throws(GateError) {
        if bytes.count > limits.maximumBytes {
            throw .tooLong(bytes.count, limit: limits.maximumBytes, unit: "bytes", "字节")
        }
        var index = 0
        var run = 0
        var continuations = 0
        while index < bytes.count {
            if index + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if isPlain(word) {
                    index += 8
                    run = 0
                    continue
                }
            }
            let byte = bytes[index]
            if byte < 0x80 {
                if isRefusedControl(UInt32(byte)) { throw .control(UInt32(byte), at: index) }
                index += 1
                run = 0
                continue
            }
            guard let (value, length) = scalar(in: bytes, at: index) else { throw .invalidUTF8(at: index) }
            if isRefusedControl(value) { throw .control(value, at: index) }
            if isCombiningMark(value) {
                run += 1
                if run > limits.maximumCombiningRun {
                    throw .marks(limit: limits.maximumCombiningRun, at: index)
                }
            } else {
                run = 0
            }
            index += length
            continuations += length - 1
        }
        let scalars = bytes.count - continuations
        if scalars > limits.maximumScalars {
            throw .tooLong(scalars, limit: limits.maximumScalars, unit: "characters", "个字符")
        }
    }

    /// Checks bytes in an array.
    public func check(_ bytes: [UInt8]) throws(GateError) {
        try bytes.withUnsafeBufferPointer { (buffer) throws(GateError) in
            try check(UnsafeRawBufferPointer(buffer))
        }
    }

    /// Checks a text that something before has decoded already.
    public func check(_ text: String) throws(GateError) {
        try check(Array(text.utf8))
    }

    /// Says whether eight bytes are all printable ASCII, by the usual arithmetic on a word: a byte under 0x20 borrows
    /// into its top bit, and 0x7F becomes zero when its bits are turned.
    @inline(__always)
    private func isPlain(_ word: UInt64) -> Bool {
        let tops: UInt64 = 0x8080_8080_8080_8080
        let ones: UInt64 = 0x0101_0101_0101_0101
        let deletes = word ^ (ones &* 0x7F)
        let low = (word &- ones &* 0x20) | (deletes &- ones)
        return (word | low) & tops == 0
    }
}

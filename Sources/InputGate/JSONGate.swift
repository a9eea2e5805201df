/// Checks a JSON body byte by byte before a decoder sees it.
///
/// What passes is JSON by RFC 8259 and more: no byte-order mark, no control character (escaped ones included, but tab,
/// line feed and carriage return), no U+0000, no lone surrogate, no long run of combining marks however written, keys
/// of plain ASCII without escapes, no key twice in one object, and depth, numbers and tokens within the limits.
/// It takes linear time, does not recurse, and makes no `String`.
public struct JSONGate: Sendable {
    public let limits: GateLimits

    public init(limits: GateLimits = .json) {
        self.limits = limits
    }

    /// Refuses a body that is not JSON within the limits.
    public func check(_ body: UnsafeRawBufferPointer) throws(GateError) {
        if body.count > limits.maximumBytes {
            throw .tooLong(body.count, limit: limits.maximumBytes, unit: "bytes", "字节")
        }
        if body.count >= 3, body[0] == 0xEF, body[1] == 0xBB, body[2] == 0xBF {
            throw GateError(
                .byteOrderMark, at: 0, "the body begins with a byte-order mark. Send JSON without it.",
                "内容以字节顺序标记（BOM）开头，请去掉后发送。")
        }
        var scanner = JSONScanner(body, limits)
        try scanner.scan()
    }

    /// Checks bytes in an array.
    public func check(_ body: [UInt8]) throws(GateError) {
        try body.withUnsafeBufferPointer { (buffer) throws(GateError) in
            try check(UnsafeRawBufferPointer(buffer))
        }
    }
}

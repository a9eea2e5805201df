internal import NIOCore

/// Watches the first line of a request go by, for two things that the parser does not tell: that the line has ended, and
/// that its protocol is HTTP and not one that only looks like it.
struct RequestLineEnd {
    private static let longest = 10  // " HTTP/1.1\r"
    private var tail: [UInt8] = []
    private(set) var isComplete = false
    /// False once a line has ended otherwise.
    private(set) var isHTTP = true

    mutating func read(_ bytes: ByteBufferView) {
        var rest = bytes
        while !isComplete, let end = rest.firstIndex(of: 0x0A) {
            keep(rest[..<end])
            rest = rest[(end + 1)...]
            // Empty lines before a request are allowed, for the sake of old clients.
            if tail.isEmpty || tail == [0x0D] {
                tail = []
                continue
            }
            isComplete = true
            if tail.last == 0x0D { tail.removeLast() }
            isHTTP = tail.suffix(9).starts(with: " HTTP/".utf8)
        }
        if !isComplete { keep(rest) }
    }

    private mutating func keep(_ bytes: ByteBufferView) {
        tail.append(contentsOf: bytes.suffix(Self.longest))
        if tail.count > Self.longest { tail.removeFirst(tail.count - Self.longest) }
    }
}

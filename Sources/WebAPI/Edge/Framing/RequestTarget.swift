internal import InputGate
internal import NIOHTTP1
internal import Wire

/// The path and the query of a request, decoded strictly and through the gate for texts.
struct RequestTarget {
    /// Percent-decoded segments; `/` has one that is empty.
    let path: [String]
    let query: [(name: String, value: String)]

    /// Reads the target of a request line. Throws the ``Problem`` to answer.
    init(_ text: String, method: HTTPMethod, host: String?, limits: EdgeLimits) throws(Problem) {
        var bytes = Array(text.utf8)
        guard bytes.count <= limits.targetBytes else {
            throw Problem(
                .addressTooLong, "The address has more than \(limits.targetBytes) bytes.",
                zhHans: "地址超过 \(limits.targetBytes) 字节。")
        }
        if bytes == [UInt8(ascii: "*")], method == .OPTIONS {
            path = ["*"]
            query = []
            return
        }
        if bytes.first != UInt8(ascii: "/") { bytes = try Self.local(bytes, host: host) }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\\") }) else {
            throw .framing(
                "The address holds a byte that has to be percent-encoded.", zhHans: "地址中有须百分号编码的字节。")
        }
        let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
        var segments: [String] = []
        for segment in bytes[..<mark].dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            segments.append(try Self.decoded(segment, isQuery: false))
        }
        path = segments
        var pairs: [(name: String, value: String)] = []
        if mark < bytes.endIndex {
            for pair in bytes[(mark + 1)...].split(separator: UInt8(ascii: "&")) {
                guard pairs.count < limits.queryCount else {
                    throw .framing(
                        "The query has more than \(limits.queryCount) parts.",
                        zhHans: "查询参数超过 \(limits.queryCount) 个。")
                }
                let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
                pairs.append(
                    (
                        name: try Self.decoded(pair[..<equals], isQuery: true),
                        value: try Self.decoded(pair[equals...].dropFirst(), isQuery: true)
                    ))
            }
        }
        query = pairs
    }

    /// The path and query of an absolute address, which must be that of the host the request is for.
    private static func local(_ bytes: [UInt8], host: String?) throws(Problem) -> [UInt8] {
        let lower = bytes.prefix(8).map { $0 | 0x20 }
        let scheme = lower.starts(with: "http://".utf8) ? 7 : lower.starts(with: "https://".utf8) ? 8 : 0
        guard scheme > 0, let host else {
            throw .framing("The address of a request begins with /.", zhHans: "请求地址须以 / 开头。")
        }
        let rest = bytes[scheme...]
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard authority.map({ lowered($0) }) == host.utf8.map({ lowered($0) }) else {
            throw .framing(
                "The address names another host than the Host header. This server is no proxy.",
                zhHans: "地址中的主机与 Host 头不同；本服务不是代理。")
        }
        let tail = Array(rest.dropFirst(authority.count))
        return tail.first == UInt8(ascii: "/") ? tail : [UInt8(ascii: "/")] + tail
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func decoded(_ bytes: ArraySlice<UInt8>, isQuery: Bool) throws(Problem) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.endIndex, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
                else {
                    throw .framing(
                        "The address has a % that is not followed by two hexadecimal digits.",
                        zhHans: "地址中的 % 之后须为两位十六进制数字。")
                }
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(isQuery && byte == UInt8(ascii: "+") ? 0x20 : byte)
                index += 1
            }
        }
        do {
            try TextGate(limits: isQuery ? .query : .path).check(decoded)
        } catch {
            throw .framing(
                "The address is refused: \(error.wording.english)", zhHans: "地址有误：\(error.wording.chinese)")
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// Whether a text is a host, by name or address, with or without a port.
    static func isAuthority(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 262 else { return false }
        let hostEnd: Int
        if bytes[0] == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 2,
                bytes[1..<close].allSatisfy({ digit($0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { return false }
            hostEnd = close + 1
        } else {
            hostEnd = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            let isName = bytes[..<hostEnd].allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            guard hostEnd > 0, isName else { return false }
        }
        let port = bytes[hostEnd...]
        guard let colon = port.first else { return true }
        let digits = port.dropFirst()
        return colon == UInt8(ascii: ":") && (1...5).contains(digits.count)
            && digits.allSatisfy { (0x30...0x39).contains($0) }
    }
}

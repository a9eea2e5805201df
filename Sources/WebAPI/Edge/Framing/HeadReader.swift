internal import HTTPTypes
internal import InputGate
internal import MatchCore
internal import NIOHTTP1
internal import Wire

/// Decides whether the head of a request may come in. Pure: what the parser of the framing let pass is looked at again,
/// because a proxy in front may read a doubtful head differently, and then two requests become three.
struct HeadReader: Sendable {
    let limits: EdgeLimits

    /// A head that may come in.
    struct Head: Sendable {
        var method: HTTPRequest.Method
        var path: [String]
        var query: [(name: String, value: String)]
        var headers: HTTPFields
        /// As `Content-Length` says; nil for a chunked body, 0 for none.
        var bodyBytes: Int?
        /// Whether the client waits for `100 Continue` before it sends the body.
        var awaitsContinue: Bool
        /// Whether the connection may carry another request.
        var keepsAlive: Bool
    }

    /// Reads a head. Throws the ``Problem`` to answer before the connection is closed.
    func read(_ head: HTTPRequestHead) throws(Problem) -> Head {
        guard head.version.major == 1, head.version.minor == 0 || head.version.minor == 1 else {
            throw .framing(
                "Write HTTP/1.1 (or HTTP/1.0) in the request line.", zhHans: "请求行须为 HTTP/1.1（或 HTTP/1.0）。")
        }
        let headers = try fields(head.headers)
        let authority = try host(of: head)
        let target = try RequestTarget(head.uri, method: head.method, host: authority, limits: limits)
        let bodyBytes = try length(of: head)
        if bodyBytes != 0, let coding = headers[.contentEncoding], coding != "identity" {
            throw Problem(
                .unsupportedMediaType, "A compressed body is not taken. Send it without Content-Encoding.",
                zhHans: "不接受压缩的请求体，请去掉 Content-Encoding。")
        }
        guard let method = HTTPRequest.Method(head.method.rawValue) else {
            throw .framing(
                "The method has to be a word such as GET or POST, in capitals.", zhHans: "请求方法须为 GET、POST 之类的大写词。")
        }
        let connection = headers[.connection]?.utf8.map { $0 | 0x20 } ?? []
        let upgrades = headers.contains(.upgrade)
        return Head(
            method: method, path: target.path, query: target.query, headers: headers, bodyBytes: bodyBytes,
            awaitsContinue: bodyBytes != 0 && head.version.minor == 1
                && headers[.expect].map { Array($0.utf8).map { $0 | 0x20 } == Array("100-continue".utf8) } ?? false,
            keepsAlive: head.version.minor == 1 && !upgrades && !connection.contains(word: Array("close".utf8)))
    }

    private func fields(_ headers: HTTPHeaders) throws(Problem) -> HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(headers.count)
        for (name, value) in headers {
            let isPlain = value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }
            if !isPlain {
                do { try TextGate(limits: .query).check(value) } catch {
                    throw .framing(
                        "The value of a header field is refused: \(error.wording.english)",
                        zhHans: "请求头的值有误：\(error.wording.chinese)")
                }
                if value.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A }) {
                    throw .framing("A header field holds a line break.", zhHans: "请求头的值含有换行。")
                }
            }
            guard let name = HTTPField.Name(name) else {
                throw .framing(
                    "The name of a header field may hold letters, digits and hyphens, and no space before the colon.",
                    zhHans: "请求头的名称只能含字母、数字和连字符，冒号前不能有空格。")
            }
            fields.append(HTTPField(name: name, value: value))
        }
        return fields
    }

    /// The one host that the request is for; nil in HTTP/1.0 without one.
    private func host(of head: HTTPRequestHead) throws(Problem) -> String? {
        let hosts = head.headers["host"]
        if hosts.isEmpty, head.version.minor == 0 { return nil }
        guard hosts.count == 1, let host = hosts.first else {
            throw .framing(
                "A request has exactly one Host header; this one has \(hosts.count).",
                zhHans: "请求须恰有一个 Host 头，此请求有 \(hosts.count) 个。")
        }
        guard RequestTarget.isAuthority(host) else {
            throw .framing(
                "The Host header has to be a host, with a port or without: 'town.example:8080'.",
                zhHans: "Host 头须为主机名，可带端口，如 town.example:8080。")
        }
        return host
    }

    /// The length of the body: nil for chunked, 0 for none.
    private func length(of head: HTTPRequestHead) throws(Problem) -> Int? {
        let lengths = head.headers["content-length"]
        let codings = head.headers["transfer-encoding"]
        if !codings.isEmpty {
            guard lengths.isEmpty else {
                throw .framing(
                    "Content-Length and Transfer-Encoding exclude each other.",
                    zhHans: "Content-Length 与 Transfer-Encoding 不能并存。")
            }
            guard head.version.minor == 1, codings.count == 1,
                codings[0].utf8.map({ $0 | 0x20 }) == Array("chunked".utf8)
            else {
                throw .framing(
                    "The only Transfer-Encoding is chunked, once, in HTTP/1.1.",
                    zhHans: "Transfer-Encoding 仅可为 chunked，且仅限 HTTP/1.1。")
            }
            return nil
        }
        guard let text = lengths.first else { return 0 }
        guard lengths.count == 1, !text.isEmpty, text.utf8.count <= 18,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(text)
        else {
            throw .framing(
                "Content-Length is one whole number of bytes.", zhHans: "Content-Length 须为一个整数（字节数）。")
        }
        return length
    }
}

extension Problem {
    /// A request that breaks the rules of HTTP itself.
    static func framing(_ en: String, zhHans: String) -> Problem { Problem(.malformedRequest, en, zhHans: zhHans) }
}

extension [UInt8] {
    /// Whether a comma-separated list has this word, both in lower case.
    func contains(word: [UInt8]) -> Bool {
        split(separator: 0x2C).contains { part in
            let trimmed = part.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x29 }
            return trimmed.prefix(word.count).elementsEqual(word)
                && trimmed.dropFirst(word.count).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x29 }
        }
    }
}

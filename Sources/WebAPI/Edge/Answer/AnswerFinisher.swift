internal import HTTPTypes
internal import MatchCore
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// Adds to an answer what every answer carries: its request's id, security headers, its length, and compression.
struct AnswerFinisher: Sendable {
    /// Answers from this size on are compressed for clients that take it, in bytes.
    static let compressedFrom = 1_400

    /// Whether clients come over TLS, directly or through a proxy.
    let isEncrypted: Bool
    private let date = HTTPDate()

    init(isEncrypted: Bool) {
        self.isEncrypted = isEncrypted
    }

    // MARK: Problems

    /// A problem as the answer to a request that never reached a route.
    func problem(_ problem: Problem, language: String?, requestID: String) -> (HTTPResponseHead, ByteBuffer) {
        var request = APIRequest(method: .get, path: [], requestID: requestID)
        request.headers[.acceptLanguage] = language
        let response = ProblemAnswer.response(problem, to: request)
        return finish(response, headers: [:], requestID: requestID, isHead: false)
    }

    // MARK: Answers

    /// Completes an answer whose body is whole; of one that comes in parts only the head. HEAD gets the head of GET, and
    /// 304 the tag that the answer would have had.
    func finish(
        _ response: APIResponse, headers: HTTPFields, requestID: String, isHead: Bool
    ) -> (HTTPResponseHead, ByteBuffer) {
        var head = head(of: response, requestID)
        guard response.status.kind != .informational && response.status != .noContent else {
            return (head, ByteBuffer())
        }
        let isCompressed = response.wholeCount >= Self.compressedFrom && compresses(response, headers)
        if response.status == .notModified {
            if isCompressed { mark(&head) }
            for name in ["content-type", "content-encoding"] { head.headers.remove(name: name) }
            return (head, ByteBuffer())
        }
        let body: ByteBuffer
        if isCompressed, let compressed = response.compressedBody {
            body = compressed
            mark(&head)
        } else {
            body = response.plainBody
        }
        head.headers.replaceOrAdd(name: "content-length", value: "\(body.readableBytes)")
        return (head, isHead ? ByteBuffer() : body)
    }

    /// Completes the head of an answer that comes in parts; with what compresses them, where they are.
    func begin(_ response: APIResponse, headers: HTTPFields, requestID: String) -> (HTTPResponseHead, GzipEncoder?) {
        var head = head(of: response, requestID)
        let encoder = compresses(response, headers) ? GzipEncoder() : nil
        if encoder != nil { mark(&head) }
        return (head, encoder)
    }

    private func head(of response: APIResponse, _ requestID: String) -> HTTPResponseHead {
        var fields = HTTPHeaders()
        fields.reserveCapacity(response.headers.count + 10)
        for field in response.headers { fields.add(name: field.name.rawName, value: field.value) }
        fields.add(name: "Date", value: date.text)
        fields.add(name: "X-Request-ID", value: requestID)
        fields.add(name: "X-Content-Type-Options", value: "nosniff")
        fields.add(name: "Referrer-Policy", value: "no-referrer")
        fields.add(name: "X-Frame-Options", value: "DENY")
        if !fields.contains(name: "content-security-policy") {
            fields.add(name: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'")
        }
        if !fields.contains(name: "cross-origin-resource-policy") {
            fields.add(name: "Cross-Origin-Resource-Policy", value: "same-origin")
        }
        if !fields.contains(name: "cache-control") { fields.add(name: "Cache-Control", value: "no-store") }
        if isEncrypted { fields.add(name: "Strict-Transport-Security", value: "max-age=31536000") }
        return HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: response.status.code, reasonPhrase: response.status.reasonPhrase),
            headers: fields)
    }

    // MARK: Compression

    private func compresses(_ response: APIResponse, _ headers: HTTPFields) -> Bool {
        guard headers.contains(.acceptEncoding), Self.takesGzip(headers[values: .acceptEncoding]),
            response.status == .ok || response.status == .created || response.status == .notModified,
            !response.headers.contains(.contentEncoding), !response.headers.contains(.contentRange),
            let type = response.headers[.contentType], Self.isText(type)
        else { return false }
        return true
    }

    /// A compressed answer is another representation: its strong tag differs, and caches keep it apart.
    private func mark(_ head: inout HTTPResponseHead) {
        head.headers.replaceOrAdd(name: "content-encoding", value: "gzip")
        head.headers.remove(name: "content-length")
        head.headers.add(name: "Vary", value: "Accept-Encoding")
        if let tag = head.headers.first(name: "etag"), tag.hasPrefix("\""), tag.hasSuffix("\""), tag.utf8.count > 1 {
            head.headers.replaceOrAdd(name: "etag", value: tag.dropLast() + EntityTag.gzipMark + "\"")
        }
    }

    /// Server-sent events are small and have to leave at once; everything else that is text shrinks well.
    private static func isText(_ type: String) -> Bool {
        let bytes = type.utf8.prefix { $0 != UInt8(ascii: ";") }
        let name = String(Substring(bytes))
        return name.hasPrefix("text/") && name != "text/event-stream" || name.hasSuffix("json")
            || name.hasSuffix("yaml")
            || name.hasSuffix("xml")
    }

    /// Whether `Accept-Encoding` has gzip, or anything, with a weight above 0.
    static func takesGzip(_ values: [String]) -> Bool {
        var anything = false
        for part in values.flatMap({ $0.utf8.split(separator: UInt8(ascii: ",")) }) {
            let words = part.filter { $0 != 0x20 && $0 != 0x09 }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
                .split(separator: UInt8(ascii: ";"))
            guard let name = words.first else { continue }
            let isRefused = words.dropFirst().contains { word in
                word.starts(with: "q=".utf8)
                    && word.dropFirst(2).allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
            }
            if name.elementsEqual("gzip".utf8) || name.elementsEqual("x-gzip".utf8) { return !isRefused }
            if name.elementsEqual("*".utf8) { anything = !isRefused }
        }
        return anything
    }
}

extension APIResponse {
    /// A body that is whole, as it is; empty for one that comes in parts.
    var plainBody: ByteBuffer {
        switch body {
        case .bytes(let bytes): ByteBuffer(bytes: bytes)
        case .kept(let kept): kept.plain
        case .stream: ByteBuffer()
        }
    }

    /// A body that is whole, compressed; nil where that cannot be.
    var compressedBody: ByteBuffer? {
        switch body {
        case .bytes(let bytes): GzipEncoder()?.encode(bytes[...], isLast: true)
        case .kept(let kept): kept.compressedForm()
        case .stream: nil
        }
    }

    /// Bytes of a body that is whole, before it is compressed; 0 for one that comes in parts.
    var wholeCount: Int {
        switch body {
        case .bytes(let bytes): bytes.count
        case .kept(let kept): kept.count
        case .stream: 0
        }
    }

    /// Whether completing the answer would take long for a thread that serves many: more than `light` bytes have to be
    /// compressed.
    func isHeavy(_ headers: HTTPFields, light: Int) -> Bool {
        guard wholeCount > light, headers.contains(.acceptEncoding), status != .notModified else { return false }
        if case .kept(let kept) = body { return !kept.isCompressed }
        return true
    }
}

/// The tags of representations.
enum EntityTag {
    /// What tells the compressed form of an answer from the plain one.
    static let gzipMark = "-gzip"
    /// Behind it stands which members of the record were asked for.
    private static let choiceMark: Character = ";"

    /// The tag of some members of a record. Commas stand between tags, and so in none.
    static func tag(_ record: String, of members: String) -> String {
        "\(record)\(choiceMark)\(members.replacing(",", with: "+"))"
    }

    /// The tag of the whole record, of whatever members it was read.
    static func record(_ tag: String) -> String { String(tag.prefix { $0 != choiceMark }) }

    /// Takes the mark off the tags that a client sends back, so that routes only know their own.
    static func plain(_ headers: inout HTTPFields) {
        for name in [HTTPField.Name.ifMatch, .ifNoneMatch] where headers.contains(name) {
            headers[values: name] = headers[values: name].map { value in
                let mark = Array("\(gzipMark)\"".utf8)
                var bytes: [UInt8] = []
                for byte in value.utf8 {
                    bytes.append(byte)
                    if bytes.count >= mark.count, bytes.suffix(mark.count).elementsEqual(mark) {
                        bytes.removeLast(mark.count)
                        bytes.append(UInt8(ascii: "\""))
                    }
                }
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }
}

internal import Casework
internal import Crypto
internal import HTTPTypes
internal import MatchCore
internal import Operations
internal import Wire

extension APIRequest {
    /// The first value of a query parameter.
    func value(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The language asked for most; Chinese where none of the product's is.
    var language: Language {
        var best: (language: Language, weight: Double)?
        for part in (headers[.acceptLanguage] ?? "").split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let tag = pieces.first?.lowercased() else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            let language: Language? = tag.hasPrefix("en") ? .en : tag.hasPrefix("zh") || tag == "*" ? .zhHans : nil
            if let language, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language ?? .zhHans
    }

    /// The token; nil for none. Throws `unauthenticated` for a header that is no bearer token.
    func bearer() throws -> String? {
        guard let header = headers[.authorization] else { return nil }
        // By bytes: every request comes by here, and characters are dear.
        let parts = header.utf8.split(separator: UInt8(ascii: " "))
        guard parts.count == 2, parts[0].lazy.map({ $0 | 0x20 }).elementsEqual("bearer".utf8) else {
            throw Problem(
                .unauthenticated, "Send the token as 'Authorization: Bearer …'.",
                zhHans: "请以 Authorization: Bearer … 提供令牌。")
        }
        return String(Substring(parts[1]))
    }

    /// Throws `notAcceptable` where the client takes none of some types, nor anything.
    func checkAccepts(_ types: [String] = ["application/*", "application/json"]) throws {
        guard let accept = headers[.accept], !accept.isEmpty else { return }
        let isMet = accept.split(separator: ",").contains { part in
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let range = pieces.first, !pieces.dropFirst().contains(where: { $0 == "q=0" || $0 == "q=0.0" }) else {
                return false
            }
            return range == "*/*" || types.contains(range)
        }
        guard isMet else {
            let list = types.filter { !$0.hasSuffix("*") }.joined(separator: ", ")
            throw Problem(.notAcceptable, "There is this here: \(list). Accept it.", zhHans: "此处提供：\(list)。")
        }
    }

    var hasJSON: Bool {
        let parts = (headers[.contentType] ?? "").split(separator: ";").map { part in
            part.filter { $0 != " " && $0 != "\t" && $0 != "\"" }.lowercased()
        }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { !$0.hasPrefix("charset=") || $0 == "charset=utf-8" }
    }

    /// The tags of `If-Match` or `If-None-Match`, weak ones included; nil where the header is missing.
    func tags(_ name: HTTPField.Name) -> TagList? {
        guard let header = headers[name] else { return nil }
        if header.filter({ $0 != " " }) == "*" { return .any }
        let tags = header.split(separator: ",").map { part in
            var tag = part.drop { $0 == " " || $0 == "\t" }
            if name == .ifNoneMatch, tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            while tag.last == " " || tag.last == "\t" { tag.removeLast() }
            return tag
        }
        return .tags(
            Set(
                tags.filter { $0.count >= 2 && $0.first == "\"" && $0.last == "\"" }.map {
                    String($0.dropFirst().dropLast())
                }))
    }

    /// The tags of `If-Match` for an update. Throws `preconditionRequired` where the operation cannot do without.
    func ifMatch(for facts: OperationFacts) throws -> TagList? {
        guard facts.changes else { return nil }
        var tags = tags(.ifMatch)
        // Who read some members of a record may change it by the tag that came with them.
        if case .tags(let given)? = tags { tags = .tags(Set(given.map { EntityTag.record($0) })) }
        guard tags != nil || facts.precondition == .optional else {
            throw Problem(
                .preconditionRequired, "Say which version you change: send If-Match with the record's ETag.",
                zhHans: "请说明所改的版本：以 If-Match 发送该记录的 ETag。")
        }
        return tags
    }

    /// The id of the last event that came; nil where none is named. Throws `malformedRequest` for what no event has.
    func lastEvent() throws -> String? {
        guard let id = headers[.lastEventID] else { return nil }
        guard (1...400).contains(id.utf8.count), id.utf8.allSatisfy(Self.isDigit) else {
            throw Problem(
                .malformedRequest, "A Last-Event-ID is the id of an event, in hexadecimal digits.",
                zhHans: "Last-Event-ID 应为事件的编号（十六进制数字）。")
        }
        return id
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// The path as a URI reference has it.
    var address: String { "/" + path.map { Self.encoded($0) }.joined(separator: "/") }

    /// `Link` of a page: the next one, and the first.
    func link(next cursor: String, as name: String) -> String {
        let path = self.address
        let rest = query.filter { $0.name != name }.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
        func address(_ query: [String]) -> String { query.isEmpty ? path : path + "?" + query.joined(separator: "&") }
        return "<\(address(rest + ["\(name)=\(cursor)"]))>; rel=\"next\", <\(address(rest))>; rel=\"first\""
    }

    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}

extension IdempotentUse {
    /// Throws `idempotencyKeyMissing` without a key, `malformedRequest` for one that is not 1 to 255 printable characters.
    init(_ request: APIRequest, caller: Caller, route: String) throws {
        guard let key = request.headers[.idempotencyKey] else {
            throw Problem(
                .idempotencyKeyMissing,
                "Send an Idempotency-Key (a new UUID for each new request), so that a retry changes nothing twice.",
                zhHans: "请发送 Idempotency-Key（每个新请求用新的 UUID），以免重试造成重复。")
        }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(
                .malformedRequest, "An Idempotency-Key has 1 to 255 printable ASCII characters without spaces.",
                zhHans: "Idempotency-Key 应为 1 至 255 个可见 ASCII 字符，不含空格。")
        }
        var hash = SHA256()
        hash.update(data: Array(request.path.joined(separator: "/").utf8))
        hash.update(data: [0])
        hash.update(data: request.body)
        let token = try request.bearer()
        self.init(
            scope: caller.key.map { "key/\($0)" } ?? "address/\(request.remoteAddress)", route: route, key: key,
            fingerprint: Array(hash.finalize()), secret: Array((token ?? request.remoteAddress).utf8))
    }
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!  // A valid name, as every literal here is.
    static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed")!
    static let link = HTTPField.Name("Link")!
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}

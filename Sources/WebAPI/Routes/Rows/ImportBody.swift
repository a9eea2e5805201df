internal import Exchange
internal import HTTPTypes
internal import InputGate
internal import MatchCore
internal import Operations
internal import Wire

/// What the body of an import holds: where its rows are, in what they are written, and the map that came with them.
struct ImportBody: Sendable {
    var format: Importing.Format
    var range: Range<Int>
    var map: JSONValue?

    /// The type alone, before anything is read. Throws `unsupportedMediaType`.
    static func check(_ request: APIRequest) throws {
        guard kind(of: request) != nil else {
            throw Refusal(
                Problem(
                    .unsupportedMediaType,
                    "Send application/x-ndjson, text/csv, or multipart/form-data with 'map' and 'file'.",
                    zhHans: "请发送 application/x-ndjson、text/csv，或含 map 与 file 的 multipart/form-data。"),
                headers: [.accept: "application/x-ndjson, text/csv, multipart/form-data"])
        }
    }

    init(_ request: APIRequest, _ spool: Spool) throws {
        switch Self.kind(of: request) {
        case .rows(let format)?:
            self.format = format
            range = 0..<spool.count
        case .parts(let boundary)?: self = try Self.parts(spool, boundary)
        case nil:
            try Self.check(request)
            throw Self.malformed
        }
    }

    private init(format: Importing.Format, range: Range<Int>, map: JSONValue?) {
        self.format = format
        self.range = range
        self.map = map
    }

    private enum Kind {
        case rows(Importing.Format)
        case parts(boundary: String)
    }

    private static func kind(of request: APIRequest) -> Kind? {
        let pieces = (request.headers[.contentType] ?? "").split(separator: ";").map { part in
            String(part.drop { $0 == " " || $0 == "\t" })
        }
        guard let name = pieces.first?.lowercased() else { return nil }
        if let format = format(of: name) { return .rows(format) }
        guard name == "multipart/form-data" else { return nil }
        let mark = "boundary="
        guard let piece = pieces.first(where: { $0.lowercased().hasPrefix(mark) }) else { return nil }
        let boundary = piece.dropFirst(mark.count).filter { $0 != "\"" }
        return (1...70).contains(boundary.utf8.count) ? .parts(boundary: boundary) : nil
    }

    private static func format(of type: String) -> Importing.Format? {
        switch type.split(separator: ";").first.map({ $0.filter { $0 != " " } }) ?? "" {
        case "application/x-ndjson", "application/ndjson", "application/jsonl": .json
        case "text/csv": .csv
        default: nil
        }
    }

    // MARK: Parts

    /// The greatest map, and what may stand before the file, in bytes.
    private static let most = 1 << 20

    /// Two parts: `map`, which is JSON, and behind it `file`, which may have any length.
    private static func parts(_ spool: Spool, _ boundary: String) throws -> ImportBody {
        let mark = Array("--\(boundary)".utf8)
        let head = try spool.bytes(at: 0, most + (16 << 10))
        guard head.starts(with: mark) else { throw malformed }
        var place = mark.count
        var map: JSONValue?
        while true {
            guard let end = head.firstRange(of: Array("\r\n\r\n".utf8), from: place) else { throw malformed }
            let fields = String(decoding: head[place..<end.lowerBound], as: UTF8.self)
            let begin = end.upperBound
            switch name(of: fields) {
            case "map":
                guard let next = head.firstRange(of: Array("\r\n".utf8) + mark, from: begin) else { throw malformed }
                do throws(GateError) {
                    map = try JSONValue(
                        parsing: Array(head[begin..<next.lowerBound]), limits: GateLimits(maximumBytes: most))
                } catch {
                    throw Problem(
                        .invalidInput, at: "/map",
                        LocalizedText(zhHans: error.wording.chinese, en: error.wording.english))
                }
                place = next.upperBound
            case "file":
                let type = line("content-type:", of: fields)?.lowercased() ?? "text/csv"
                guard let format = format(of: type) ?? (type == "application/octet-stream" ? .csv : nil) else {
                    throw Problem(
                        .unsupportedMediaType, "The part 'file' is text/csv or application/x-ndjson.",
                        zhHans: "file 部分应为 text/csv 或 application/x-ndjson。")
                }
                return ImportBody(format: format, range: begin..<(try close(spool, mark)), map: map)
            default: throw malformed
            }
        }
    }

    /// Where the last part ends: before the mark that closes the whole.
    private static func close(_ spool: Spool, _ mark: [UInt8]) throws -> Int {
        let count = spool.count
        let from = max(0, count - mark.count - 1_024)
        let tail = try spool.bytes(at: from, count - from)
        guard let close = tail.firstRange(of: Array("\r\n".utf8) + mark + Array("--".utf8), from: 0) else {
            throw malformed
        }
        return from + close.lowerBound
    }

    private static func name(of fields: String) -> String? {
        guard let disposition = line("content-disposition:", of: fields),
            let begin = disposition.range(of: "name=\"")
        else { return nil }
        return String(disposition[begin.upperBound...].prefix { $0 != "\"" })
    }

    private static func line(_ name: String, of fields: String) -> String? {
        for line in fields.split(separator: "\r\n") where line.lowercased().hasPrefix(name) {
            return String(line.dropFirst(name.utf8.count).drop { $0 == " " })
        }
        return nil
    }

    private static let malformed = Problem(
        .invalidInput, "A multipart import has the part 'map' (JSON, 1 MiB at most) and behind it the part 'file'.",
        zhHans: "multipart 导入须先有 map 部分（JSON，至多 1 MiB），再有 file 部分。")
}

extension [UInt8] {
    /// Where `part` stands first at or behind a place.
    fileprivate func firstRange(of part: [UInt8], from start: Int) -> Range<Int>? {
        guard let first = part.first, count >= part.count else { return nil }
        var at = start
        while let found = self[at...].firstIndex(of: first), found + part.count <= count {
            if self[found..<found + part.count].elementsEqual(part) { return found..<found + part.count }
            at = found + 1
        }
        return nil
    }
}

extension String {
    fileprivate func range(of part: String) -> Range<String.Index>? { ranges(of: part).first }
}

import APIClient
import Casework
import Exchange
import Foundation
import InputGate
import MatchCore
import Wire

/// Sends a file to a server, which takes it in: all of it, or nothing, or with `--rejects` what can be taken.
struct RemoteImport {
    let request: ImportRequest
    let session: Session
    let service: RemoteService

    /// Seconds before each time that an upload which broke off is sent again, under the same key: together more than the 15
    /// for which a server that died may hold it.
    static let pauses: [Double] = [2, 4, 6, 8, 10]

    /// Throws for what only a local database can do.
    init(_ request: ImportRequest, session: Session, service: RemoteService) throws {
        let refused: String? =
            request.isDryRun
            ? "--dry-run"
            : !request.opensCases
                ? "--register-only" : request.mapping.tableFiles.isEmpty ? nil : "join, lookup (\(request.map))"
        if let refused { throw Self.notThrough(refused) }
        self.request = request
        self.session = session
        self.service = service
    }

    private static func notThrough(_ option: String) -> CommandError {
        CommandError(
            .usage, ImportWords.notThrough.filled(["option": option]), advice: ServeWords.localOnlyAdvice.text)
    }

    func run() throws -> ImportOutcome {
        let key = service.newKey()
        var body = try UploadBody(request)
        // The rows at fault are read again, as they stand in the file.
        if request.rejects != nil, !body.isRepeatable { throw Self.notThrough("--rejects (\(request.file))") }
        var broken: ClientError?
        for pause in Self.pauses.map(Optional.some) + [nil] {
            do {
                return try send(body, key)
            } catch let error as ClientError where Self.maySucceedLater(error, isBehindAnother: broken != nil) {
                if error.code != .unreachable { broken = error }
                // What comes through a pipe is gone once it was read.
                guard let pause, body.isRepeatable else { throw broken ?? error }
                Thread.sleep(forTimeInterval: pause)
                try body.rewind()
            }
        }
        return ImportOutcome()
    }

    /// Whether the same request may go well next time. That nobody answers counts behind an upload that broke off: a server
    /// that starts anew is soon back.
    private static func maySucceedLater(_ error: ClientError, isBehindAnother: Bool) -> Bool {
        switch error.code {
        case .timeout, .broken: true
        case .unreachable: isBehindAnother
        default: [409, 429, 503].contains(error.problem?.status ?? 0)
        }
    }

    private func send(_ body: UploadBody, _ key: String) throws -> ImportOutcome {
        let progress = session.progress(ImportWords.importing, total: body.size)
        defer { progress.finish() }
        var upload = APIClient.Request(
            method: "POST",
            path: "/v1/imports/\(request.mapping.kind.rawValue)?mode=\(request.rejects == nil ? "atomic" : "partial")",
            headers: [
                ("Content-Type", body.type), ("Accept", "application/x-ndjson"), ("Idempotency-Key", key),
            ], body: body.stream)
        upload.totalSeconds = 0
        upload.alsoTakes = [422]
        var lines = ImportLines(listsAll: request.rejects == nil)
        let answer = try service.client.send(
            upload, receive: { try lines.take($0) },
            progress: { sent, _ in
                progress.update(sent)
                return true
            })
        if answer.status == 422 { try lines.take(answer.body[...]) }
        guard var outcome = lines.outcome else {
            throw ClientError(.broken, ImportWords.brokenOff.text)
        }
        outcome.isRefused = answer.status == 422
        if request.rejects != nil { try writeRejects(lines.faults) }
        return outcome
    }

    /// The rows at fault, as they stand in the file, with what the server says of them.
    private func writeRejects(_ faults: [Int: [String]]) throws {
        guard let path = request.rejects else { return }
        let reader = try CSVReader(FileSource(path: request.file), options: request.mapping.csv)
        let rejects = try RejectFile(path: path, apartFrom: [request.file, request.map], header: reader.header)
        while true {
            let row: CSVRow
            do throws(CSVError) {
                guard let next = try reader.next() else { break }
                row = next
            } catch {
                guard error.isRecoverable else { throw error }
                row = reader.lastRow
            }
            if let reasons = faults[row.number] { try rejects.write(row, reasons: reasons) }
        }
        try rejects.finish()
    }
}

/// What a server says of the rows of an import.
private struct ImportLines {
    private let listsAll: Bool
    private var rest: [UInt8] = []
    private var partial = ImportOutcome()
    /// Nil until the last line came.
    private(set) var outcome: ImportOutcome?
    private(set) var faults: [Int: [String]] = [:]

    init(listsAll: Bool) { self.listsAll = listsAll }

    private struct Line: Decodable {
        var row: Int?
        var outcome: String?
        var faults: [String]?
        var warnings: [String]?
        var summary: Summary?
    }

    private struct Summary: Decodable {
        var rows, created, changed, unchanged, skipped, refused, warnings: Int
    }

    mutating func take(_ bytes: ArraySlice<UInt8>) throws {
        rest += bytes
        while let end = rest.firstIndex(of: 0x0A) {
            let line = Data(rest[..<end])
            rest.removeFirst(end + 1)
            note(try JSONDecoder().decode(Line.self, from: line))
        }
    }

    private mutating func note(_ line: Line) {
        if let reasons = line.faults, let row = line.row {
            faults[row] = reasons
            partial.firstFaults += reasons.prefix(
                max(0, ImportOutcome.greatestFaultListing - partial.firstFaults.count)
            )
            .map { LocalizedText(same: $0) }
        }
        partial.firstWarnings += (line.warnings ?? []).prefix(
            max(0, ImportOutcome.greatestListing - partial.firstWarnings.count)
        ).map { LocalizedText(same: $0) }
        guard let sum = line.summary else { return }
        partial.rows = sum.rows
        (partial.created, partial.changed, partial.unchanged) = (sum.created, sum.changed, sum.unchanged)
        (partial.skipped, partial.faulty, partial.warnings) = (sum.skipped, sum.refused, sum.warnings)
        outcome = partial
    }
}

/// A file with its map, as a server takes them, read as it is sent. Sent again it is the same to the byte, as its
/// Idempotency-Key promises.
struct UploadBody {
    let type: String
    /// Bytes in all; nil for a pipe.
    let size: Int64?
    /// Whether the file can be read another time, as a pipe cannot.
    let isRepeatable: Bool
    private let path: String
    private let head: [UInt8]
    private let tail: [UInt8]
    private var file: FileHandle

    init(_ request: ImportRequest) throws {
        let boundary = "almoner-\(UUID().uuidString)"
        let map = try JSONEncoder().encode(MapDocument(MappingNode.read(try Self.bytes(of: request.map))))
        head =
            Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"map\"\r\nContent-Type: application/json\r\n\r\n"
                    .utf8) + map
            + Array(
                "\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                    .utf8)
        tail = Array("\r\n--\(boundary)--\r\n".utf8)
        type = "multipart/form-data; boundary=\(boundary)"
        path = request.file
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        isRepeatable = attributes?[.type] as? FileAttributeType == .typeRegular
        let length = isRepeatable ? attributes?[.size] as? Int64 : nil
        size = length.map { [head, tail] in $0 + Int64(head.count + tail.count) }
        file = try Self.open(path)
    }

    var stream: Transfer.Body {
        let parts = UploadParts(head: head, file: file, tail: tail)
        return .stream(size: size) { try parts.next($0) }
    }

    /// Begins the file anew.
    mutating func rewind() throws { file = try Self.open(path) }

    private static func open(_ path: String) throws -> FileHandle {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandError(.refused, BenchWords.missingFile.filled(["file": path]))
        }
        return file
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw CommandError(.notFound, ImportWords.noMapping.filled(["file": path]))
        }
        defer { try? handle.close() }
        return [UInt8](try handle.read(upToCount: (1 << 20) + 1) ?? Data())
    }
}

/// Gives the parts of an upload.
///
/// `@unchecked Sendable`: libcurl asks for them on the one thread that sends.
private final class UploadParts: @unchecked Sendable {
    private var head: [UInt8]
    private let file: FileHandle
    private var tail: [UInt8]
    private var isAtTail = false

    init(head: [UInt8], file: FileHandle, tail: [UInt8]) {
        self.head = head
        self.file = file
        self.tail = tail
    }

    deinit { try? file.close() }

    func next(_ most: Int) throws -> [UInt8] {
        if !head.isEmpty { return take(&head, most) }
        if !isAtTail {
            let part = try file.read(upToCount: most) ?? Data()
            if !part.isEmpty { return [UInt8](part) }
            isAtTail = true
        }
        return take(&tail, most)
    }

    private func take(_ bytes: inout [UInt8], _ most: Int) -> [UInt8] {
        let part = Array(bytes.prefix(most))
        bytes.removeFirst(part.count)
        return part
    }
}

/// A map as JSON. Names of JSON that is sent are plain ASCII, so a block with others is a list of names and values.
private struct MapDocument: Encodable {
    private let node: MappingNode

    init(_ node: MappingNode) { self.node = node }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private struct Entry: Encodable {
        let name: String
        let value: MapDocument
    }

    func encode(to encoder: any Encoder) throws {
        switch node {
        case .text(let text, _):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        case .list(let items, _):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(MapDocument(item)) }
        case .entries(let entries, _):
            let isPlain = entries.allSatisfy { entry in
                entry.key.utf8.count <= 64 && entry.key.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
            }
            if isPlain {
                var container = encoder.container(keyedBy: Name.self)
                for entry in entries {
                    try container.encode(MapDocument(entry.value), forKey: Name(stringValue: entry.key))
                }
            } else {
                var container = encoder.unkeyedContainer()
                for entry in entries {
                    try container.encode(Entry(name: entry.key, value: MapDocument(entry.value)))
                }
            }
        }
    }
}

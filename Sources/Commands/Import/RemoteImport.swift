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

    /// How often an upload that broke off is sent again, under the same key.
    private static let tries = 4

    /// Throws for what only a local database can do.
    init(_ request: ImportRequest, session: Session, service: RemoteService) throws {
        let refused: String? =
            request.isDryRun
            ? "--dry-run"
            : !request.opensCases
                ? "--register-only" : request.mapping.tableFiles.isEmpty ? nil : "join, lookup (\(request.map))"
        if let refused {
            throw CommandError(
                .usage, ImportWords.notThrough.filled(["option": refused]), advice: ServeWords.localOnlyAdvice.text)
        }
        self.request = request
        self.session = session
        self.service = service
    }

    func run() throws -> ImportOutcome {
        let key = service.newKey()
        for attempt in 1... {
            do {
                return try send(key)
            } catch let error as ClientError
                where attempt < Self.tries
                && ([.timeout, .broken].contains(error.code) || [409, 429, 503].contains(error.problem?.status ?? 0))
            {
                Thread.sleep(forTimeInterval: Double(attempt) * 2)
            }
        }
        return ImportOutcome()
    }

    private func send(_ key: String) throws -> ImportOutcome {
        let body = try UploadBody(request)
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
        // Nothing of a refused file was stored, whatever was tried.
        if outcome.isRefused { (outcome.created, outcome.changed, outcome.unchanged) = (0, 0, 0) }
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

/// A file with its map, as a server takes them, read as it is sent.
private struct UploadBody {
    let type: String
    /// Bytes in all; nil for a pipe.
    let size: Int64?
    let stream: Transfer.Body

    init(_ request: ImportRequest) throws {
        let boundary = "almoner-\(UUID().uuidString)"
        let map = try JSONEncoder().encode(MapDocument(MappingNode.read(try Self.bytes(of: request.map))))
        let head =
            Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"map\"\r\nContent-Type: application/json\r\n\r\n"
                    .utf8) + map
            + Array(
                "\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                    .utf8)
        let tail = Array("\r\n--\(boundary)--\r\n".utf8)
        guard let file = FileHandle(forReadingAtPath: request.file) else {
            throw CommandError(.refused, BenchWords.missingFile.filled(["file": request.file]))
        }
        let length = (try? FileManager.default.attributesOfItem(atPath: request.file)[.size] as? Int64) ?? nil
        size = length.map { $0 + Int64(head.count + tail.count) }
        type = "multipart/form-data; boundary=\(boundary)"
        let parts = UploadParts(head: head, file: file, tail: tail)
        stream = .stream(size: size) { try parts.next($0) }
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

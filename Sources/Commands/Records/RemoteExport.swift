import APIClient
import MatchCore
import Operations
import Wire

/// The rows of an export as a server gives them.
struct RemoteExport {
    let exporting: Exporting
    let session: Session
    let service: RemoteService

    func forEach(_ body: ([String]) throws -> Void) throws {
        let progress = session.progress(ImportWords.fetching, total: nil)
        defer { progress.finish() }
        var request = APIClient.Request(
            method: "GET", path: "/v1/exports/\(exporting.kind.rawValue)", headers: [("Accept", "application/x-ndjson")]
        )
        request.totalSeconds = 0
        // The transfer keeps nothing of it once it has ended.
        try withoutActuallyEscaping(body) { body in
            var rest: [UInt8] = []
            _ = try service.client.send(
                request,
                receive: { part in
                    rest += part
                    var start = 0
                    while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                        try body(cells(of: Array(rest[start..<end])))
                        start = end + 1
                    }
                    rest.removeFirst(start)
                },
                progress: { _, received in
                    progress.update(received)
                    return true
                })
        }
    }

    private func cells(of line: [UInt8]) throws -> [String] {
        let cells = try WireDecoder().decode(ExportRow.self, from: JSONValue(parsing: line)).cells
        return exporting.header.map { cells[$0] ?? "" }
    }
}

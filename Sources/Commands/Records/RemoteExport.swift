import APIClient
import Foundation
import MatchCore
import Operations

/// Fetches an export from a server, into a file or to whoever reads the output.
struct RemoteExport {
    let kind: ExportInput.Kind
    let file: String?
    let session: Session
    let service: RemoteService

    func run() throws {
        let output = try file.map { try OutputFile(path: $0, apartFrom: []) }
        // A file is for a spreadsheet, which needs the mark to see that it is UTF-8; a pipe is for a program.
        if output != nil, !session.options.json { try output?.write([0xEF, 0xBB, 0xBF]) }
        let progress = session.progress(ImportWords.fetching, total: nil)
        defer { progress.finish() }
        var request = APIClient.Request(
            method: "GET", path: "/v1/exports/\(kind.rawValue)",
            headers: [("Accept", session.options.json ? "application/x-ndjson" : "text/csv")])
        request.totalSeconds = 0
        _ = try service.client.send(
            request,
            receive: { part in
                if let output {
                    try output.write(Array(part))
                } else {
                    try FileHandle.standardOutput.write(contentsOf: Data(part))
                }
            },
            progress: { _, received in
                progress.update(received)
                return true
            })
        try output?.finish()
    }
}

internal import Casework
internal import Exchange
internal import HTTPTypes
internal import Operations
internal import Wire

/// An export, part after part as fast as the client takes it.
struct ExportAnswer: Sendable {
    let exporting: Exporting
    let store: any CaseStore
    let room: OperationRoom
    /// Who is shown the rows, asked anew before every part: a token that was revoked is shown nothing more.
    let viewer: @Sendable () async throws -> Viewer

    func response(to request: APIRequest) throws -> APIResponse {
        let isCSV = request.wants("text/csv")
        if !isCSV { try request.checkAccepts(["application/x-ndjson", "application/*", "text/csv"]) }
        return APIResponse(
            status: .ok,
            headers: [
                .contentType: isCSV ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
                .cacheControl: "no-store", .vary: "Accept, Accept-Language, Authorization",
            ],
            body: .stream { write in
                if isCSV { try await write(Self.csv([exporting.header])[...]) }
                var place: Cursor?
                repeat {
                    let (exporting, room, viewer, after) = (exporting, room, try await viewer(), place)
                    let part = try await store.read {
                        try exporting.part(after: after, in: room.context(in: $0, for: viewer))
                    }
                    try await write((isCSV ? try Self.csv(part.rows) : try lines(part.rows))[...])
                    place = part.next
                } while place != nil
            })
    }

    private static func csv(_ rows: [[String]]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = CSVWriter { bytes += $0 }
        for row in rows { try writer.write(row) }
        try writer.finish()
        return bytes
    }

    /// Members in the order of the columns, without the empty ones.
    private func lines(_ rows: [[String]]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows { bytes += try WireEncoder().encode(JSONValue.object(exporting.object(row))) + [0x0A] }
        return bytes
    }
}

extension APIRequest {
    /// Whether the client names this type, and not only a range that it lies in.
    func wants(_ type: String) -> Bool {
        (headers[.accept] ?? "").split(separator: ",").contains { part in
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            return pieces.first == type && !pieces.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
        }
    }
}

internal import Casework
internal import Dispatch
internal import HTTPTypes
internal import MatchCore
internal import Operations

/// A file that is made for one request: whole in a folder that nobody else sees, then sent in parts, and gone.
struct FileAnswer: Sendable {
    let making: FileMaking
    let store: any CaseStore
    let room: OperationRoom
    /// Who is sent the file, asked anew when it is made and before every part: a token that was revoked gets nothing more.
    let viewer: @Sendable () async throws -> Viewer
    /// Where files are that are not meant to stay.
    let folder: String

    /// Bytes that are read and sent at a time.
    private static let partBytes = 256 << 10

    func response() async throws -> APIResponse {
        let spool = try await made()
        let size = spool.count
        let viewer = try await viewer()
        try await store.write { [making, room] in
            try making.note(Int64(size), room.context(in: $0, for: viewer))
        }
        return APIResponse(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .contentLength: "\(size)",
                .contentLanguage: viewer.language.rawValue,
                .contentDisposition: "attachment; filename=\"\(making.name)\"", .cacheControl: "no-store",
                .vary: "Accept-Language, Authorization",
            ],
            body: .stream { [asked = self.viewer] write in
                for place in stride(from: 0, to: size, by: Self.partBytes) {
                    _ = try await asked()
                    try await write(try spool.bytes(at: place, min(Self.partBytes, size - place))[...])
                }
            })
    }

    /// Makes the file on a thread of its own kind: it blocks, and whoever else is served must not wait for it.
    private func made() async throws -> Spool {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .utility).async { [making, folder] in
                continuation.resume(
                    with: Result {
                        let place = try PrivateFolder(in: folder)
                        defer { place.remove() }
                        let path = "\(place.path)/\(making.name)"
                        try making.make(path)
                        return try Spool(takingOver: path)
                    })
            }
        }
    }
}

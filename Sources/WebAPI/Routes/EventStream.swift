internal import Casework
internal import HTTPTypes
internal import Operations
internal import ServiceLifecycle
internal import Wire

/// What answers and bodies bear that come in parts.
public struct StreamTerms: Sendable, Hashable {
    /// How long between two looks for what is new where nobody tells of it.
    public var pause: Duration
    /// How long there is at least between two looks, however much is told.
    public var spacing: Duration
    /// Without events something is sent this often, so that whoever stands between does not take the line for dead.
    public var heartbeat: Duration
    /// A stream ends after this long, with its cursor; the client comes again.
    public var longest: Duration

    /// The greatest body of an import, in bytes, and the seconds in which it has to arrive.
    public var importBytes: Int
    public var importSeconds: Int
    /// The most rows of an atomic import of what is lightest (see ``Importing/atomicRows(of:)``), for while it is entered nobody else writes.
    public var atomicRows: Int
    /// Where an import is kept while it is read.
    public var spoolFolder: String

    /// What a service takes unless told otherwise: two seconds of writing.
    public static let usualAtomicRows = 20_000

    public init(
        pause: Duration = .seconds(1), spacing: Duration = .milliseconds(200), heartbeat: Duration = .seconds(15),
        longest: Duration = .seconds(3_600),
        importBytes: Int = 1 << 30, importSeconds: Int = 3_600, atomicRows: Int = Self.usualAtomicRows,
        spoolFolder: String = "/tmp"
    ) {
        self.importBytes = importBytes
        self.importSeconds = importSeconds
        self.atomicRows = atomicRows
        self.spoolFolder = spoolFolder
        self.pause = pause
        self.spacing = min(spacing, pause)
        self.heartbeat = heartbeat
        self.longest = longest
    }
}

/// A feed as server-sent events. The id of each is its cursor.
struct EventStream: Sendable {
    let read: FeedReading
    let input: JSONValue
    let store: any CaseStore
    let room: OperationRoom
    let terms: StreamTerms
    /// Who follows, asked anew before every look: a token that was revoked hears nothing more.
    let viewer: @Sendable () async throws -> Viewer

    /// What is wrong from the beginning is an ordinary problem; only then does the stream open.
    func response(to request: APIRequest) async throws -> APIResponse {
        let first = try await batch(after: try request.lastEvent())
        let language = request.language
        return APIResponse(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no",
                .vary: "Accept, Accept-Language, Authorization",
            ],
            body: .stream { write in
                do {
                    try await run(from: first, write)
                } catch let error as CancellationError {
                    throw error
                } catch {
                    // The line is open: what went wrong is an event too, and the last.
                    let problem = ProblemBody(Problem(presenting: error), request: request, language: language)
                    try await write(Self.event("problem", id: nil, try WireEncoder().encode(problem)))
                }
            })
    }

    private func batch(after place: String?) async throws -> FeedBatch {
        let viewer = try await viewer()
        return try await store.read { [read, input, room] in try read(input, place, room.context(in: $0, for: viewer)) }
    }

    private func run(
        from first: FeedBatch, _ write: @Sendable (ArraySlice<UInt8>) async throws -> Void
    ) async throws {
        let begun = ContinuousClock.now
        var batch = first
        var lastSent = begun
        let bell = store.bell
        // The bell as it stood before the last look; of the first that is not known, so that a second follows it.
        var heard = UInt64.max
        var patience = Self.steps.count
        var looked = begun
        // Also tells a client that sees no event yet from where it would go on.
        try await write(Array("retry: 2000\nid: \(batch.place)\n\n".utf8)[...])
        while true {
            for event in batch.events {
                try await write(Self.event("change", id: event.place, event.bytes))
                lastSent = .now
            }
            if Task.isShuttingDownGracefully || ContinuousClock.now - begun >= terms.longest {
                let reason = Task.isShuttingDownGracefully ? "stopping" : "again"
                return try await write(
                    Self.event("end", id: batch.place, Array("{\"reason\":\"\(reason)\"}".utf8)))
            }
            if batch.events.isEmpty {
                if ContinuousClock.now - lastSent >= terms.heartbeat {
                    try await write(Array(": still here\nid: \(batch.place)\n\n".utf8)[...])
                    lastSent = .now
                }
                // What was told may show only when older transactions have ended: a few looks follow soon.
                let longest = patience < Self.steps.count ? min(Self.steps[patience], terms.pause) : terms.pause
                await cancelWhenGracefulShutdown { [heard] in
                    guard let bell else { return try? await Task.sleep(for: longest) }
                    await bell.wait(after: heard, longest: longest)
                }
                patience += 1
            }
            let sinceLook = ContinuousClock.now - looked
            if sinceLook < terms.spacing, batch.events.count < 50 {
                await cancelWhenGracefulShutdown { try? await Task.sleep(for: terms.spacing - sinceLook) }
            }
            try Task.checkCancellation()
            if let bell, bell.count != heard {
                heard = bell.count
                patience = 0
            }
            looked = .now
            batch = try await self.batch(after: batch.place)
        }
    }

    private static let steps: [Duration] = [
        .milliseconds(100), .milliseconds(200), .milliseconds(300), .milliseconds(400),
    ]

    private static func event(_ name: String, id: String?, _ data: [UInt8]) -> ArraySlice<UInt8> {
        var text = Array("event: \(name)\n".utf8)
        if let id { text += Array("id: \(id)\n".utf8) }
        return (text + Array("data: ".utf8) + data + Array("\n\n".utf8))[...]
    }
}

internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// Answers the requests of one connection, one after another.
struct ConnectionTask: Sendable {
    typealias Outbound = NIOAsyncChannelOutboundWriter<Departure>

    let edge: EdgeContext
    let outbound: Outbound

    /// False where the connection broke off: what the client has of it is not whole, and nothing more may follow.
    func run(_ inbound: NIOAsyncChannelInboundStream<Arrival>) async -> Bool {
        let arrivals = ArrivalQueue(inbound.makeAsyncIterator())
        do {
            while let arrival = try await arrivals.next() {
                switch arrival {
                case .whole(let incoming): try await answer(incoming, body: nil)
                case .streamed(let incoming):
                    let body = BodyParts(arrivals)
                    try await answer(incoming, body: body)
                    // The rest of a body that nobody wanted: the handler closes the connection.
                    guard await body.isFinished else { return true }
                case .refused(let problem, let language):
                    let (head, body) = edge.finisher.problem(
                        problem, language: language, requestID: edge.requestID(given: nil))
                    try await outbound.write(.answer(head, body, closes: true))
                    return true
                case .part, .end: return false
                }
            }
            return true
        } catch {
            return false
        }
    }

    private func answer(_ incoming: Incoming, body: BodyParts?) async throws {
        let begun = ContinuousClock.now
        let request = incoming.request
        var response = await response(to: incoming, body: body)
        if let body, let fault = await body.fault {
            response = ProblemAnswer.response(fault, to: request)
        }
        edge.crossOrigin.complete(&response, for: request)
        let closes: Bool
        if let body { closes = await !body.isFinished || !incoming.keepsAlive } else { closes = !incoming.keepsAlive }
        let bytes = try await send(response, to: incoming, closes: closes)
        edge.record(incoming, status: response.status, bytes: bytes, since: begun)
    }

    private func response(to incoming: Incoming, body: BodyParts?) async -> APIResponse {
        var incoming = incoming
        if let refused = edge.admit(&incoming) { return refused }
        let request = incoming.request
        var response: APIResponse
        if let body {
            response = await Self.aside { await edge.handler.respond(to: request) { try await body.next() } }
        } else if request.body.count > Self.lightBytes {
            response = await Self.aside { await edge.handler.respond(to: request) }
        } else {
            response = await edge.handler.respond(to: request)
        }
        edge.conclude(&response, for: incoming)
        return response
    }

    /// What is read or written in one piece on the event loop, in bytes: parsing or compressing more would keep the other
    /// connections of the loop waiting.
    static let lightBytes = 16 << 10

    /// Works on the threads of the process rather than on the event loop.
    private static func aside<Result: Sendable, Failure: Error>(
        _ work: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        try await withTaskExecutorPreference(globalConcurrentExecutor, operation: work)
    }

    /// Sends an answer, and returns the size of its body as it went over the wire.
    private func send(_ response: APIResponse, to incoming: Incoming, closes: Bool) async throws -> Int {
        let request = incoming.request
        let isHead = request.method == .head
        switch response.body {
        case .bytes, .kept:
            let finish = {
                edge.finisher.finish(
                    response, headers: request.headers, requestID: request.requestID, isHead: isHead)
            }
            let (head, body) =
                response.isHeavy(request.headers, light: Self.lightBytes) ? await Self.aside { finish() } : finish()
            try await outbound.write(.answer(head, body, closes: closes))
            return body.readableBytes
        case .stream(let produce):
            var (head, encoder) = edge.finisher.begin(response, headers: request.headers, requestID: request.requestID)
            if isHead {
                encoder = nil
                try await outbound.write(.answer(head, ByteBuffer(), closes: closes))
                return 0
            }
            try await outbound.write(.head(head, closes: closes))
            let sink = StreamSink(outbound: outbound, encoder: encoder)
            do {
                try await Self.aside {
                    try await produce { try await sink.write($0) }
                    try await sink.finish()
                }
            } catch {
                // The client has to see that the stream is not whole: its last chunk never comes.
                edge.logger.debug("a stream broke off", metadata: ["request.id": "\(request.requestID)"])
                throw error
            }
            try await outbound.write(.end)
            return await sink.count
        }
    }
}

/// The arrivals of a connection, asked for by one task at a time.
///
/// `@unchecked Sendable`: the iterator is only touched by the connection's task, which hands the queue to one handler
/// at a time and waits for it; a handler that asked from two tasks at once would be refused by `isAsking`.
final class ArrivalQueue: @unchecked Sendable {
    private var iterator: NIOAsyncChannelInboundStream<Arrival>.AsyncIterator

    init(_ iterator: NIOAsyncChannelInboundStream<Arrival>.AsyncIterator) {
        self.iterator = iterator
    }

    func next() async throws -> Arrival? { try await iterator.next() }
}

/// The body of one request, in parts.
actor BodyParts {
    private let arrivals: ArrivalQueue
    private(set) var isFinished = false
    private(set) var fault: Problem?
    private var isAsking = false

    init(_ arrivals: ArrivalQueue) {
        self.arrivals = arrivals
    }

    /// The next part; nil at the end. Throws the ``Problem`` for which the rest will never come.
    func next() async throws -> ArraySlice<UInt8>? {
        if isFinished { return nil }
        if let fault { throw fault }
        precondition(!isAsking, "a body is read by one task at a time")
        isAsking = true
        defer { isAsking = false }
        switch try await arrivals.next() {
        case .part(let buffer): return ArraySlice(buffer.readableBytesView)
        case .end:
            isFinished = true
            return nil
        case .refused(let problem, _):
            fault = problem
            throw problem
        case .whole, .streamed, nil:
            let problem = Problem.framing("The connection ended within a request.", zhHans: "请求未传完连接即断开。")
            fault = problem
            throw problem
        }
    }
}

/// Sends the parts of an answer, compressed where the client takes that.
actor StreamSink {
    private let outbound: ConnectionTask.Outbound
    private var encoder: GzipEncoder?
    private(set) var count = 0

    init(outbound: ConnectionTask.Outbound, encoder: sending GzipEncoder?) {
        self.outbound = outbound
        self.encoder = encoder
    }

    func write(_ bytes: ArraySlice<UInt8>) async throws {
        guard !bytes.isEmpty else { return }
        try await send(encoder?.encode(bytes, isLast: false) ?? ByteBuffer(bytes: bytes))
    }

    func finish() async throws {
        if let last = encoder?.encode([], isLast: true) { try await send(last) }
    }

    private func send(_ buffer: ByteBuffer) async throws {
        guard buffer.readableBytes > 0 else { return }
        count += buffer.readableBytes
        try await outbound.write(.part(buffer))
    }
}

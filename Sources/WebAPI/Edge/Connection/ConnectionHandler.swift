internal import HTTPTypes
internal import MatchCore
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// Everything that a connection is held to, on its event loop: framing, sizes, deadlines, least rates, order of
/// answers, and how it ends. What passes goes on to the connection's task as ``Arrival``.
///
/// Confined to one event loop like every channel handler.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = Arrival
    typealias OutboundIn = Departure
    typealias OutboundOut = HTTPServerResponsePart

    enum Receiving {
        /// Between requests.
        case idle(since: NIODeadline)
        case head(since: NIODeadline)
        case whole(Incoming)
        case streamed(RouteLimits)
        /// What comes is thrown away: the connection ends after what has to be answered.
        case nothing
    }

    let edge: EdgeContext
    private let peer: NetworkAddress?
    private let isTrusted: Bool
    private let reader: HeadReader
    var context: ChannelHandlerContext?
    var receiving: Receiving
    var progress = BodyProgress()
    var headBytes = 0
    private var requestLine = RequestLineEnd()
    private var isWaitingForClient = false
    /// For each request handed over and not yet answered, its seconds for the answer.
    var open = CircularBuffer<Int?>()
    var answerDeadline: NIODeadline?
    var answerHasBegun = false
    private var isLast = false
    private var isQuiescing = false
    private var isLingering = false
    /// How many requests of one read were answered at once, and whether something of it waits to be sent.
    private var answeredAtOnce = 0
    private var isUnsent = false
    var waitingBytes = 0
    var lastTaken: NIODeadline = .now()
    var armed: (task: Scheduled<Void>, at: NIODeadline)?

    init(edge: EdgeContext, peer: NetworkAddress?) {
        self.edge = edge
        self.peer = peer
        isTrusted = edge.proxies.contains(peer)
        reader = HeadReader(limits: edge.limits)
        receiving = .head(since: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        arm()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        armed?.task.cancel()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        armed?.task.cancel()
        armed = nil
        context.fireChannelInactive()
    }

    // MARK: Bytes, before the parser

    /// Whether bytes may go on to the parser.
    func admit(_ bytes: ByteBufferView) -> Bool {
        let now = NIODeadline.now()
        if isWaitingForClient { progress.endWaiting(now) }
        isWaitingForClient = false
        switch receiving {
        case .nothing: return false
        case .idle:
            receiving = .head(since: now)
            beginHead()
            arm()
        default: break
        }
        if case .head = receiving, !requestLine.isComplete {
            requestLine.read(bytes)
            guard requestLine.isHTTP else {
                headBytes += bytes.count
                refuse(
                    .framing(
                        "The request line has to be 'METHOD /address HTTP/1.1'. This port speaks plain HTTP, or TLS where it was set up.",
                        zhHans: "请求行须为“方法 /地址 HTTP/1.1”。此端口为明文 HTTP；启用 TLS 时为 HTTPS。"))
                return false
            }
        }
        return true
    }

    /// Called when the parser has seen all bytes of a read: a head that has not ended yet counts against its size.
    func parserFinished(count: Int) {
        guard case .head = receiving else { return }
        headBytes += count
        if !requestLine.isComplete, headBytes > edge.limits.targetBytes + 1_024 {
            refuse(
                Problem(
                    .addressTooLong, "The address has more than \(edge.limits.targetBytes) bytes.",
                    zhHans: "地址超过 \(edge.limits.targetBytes) 字节。"))
        } else if headBytes > edge.limits.headBytes {
            refuse(.headersTooLarge(edge.limits))
        }
    }

    private func beginHead() {
        headBytes = 0
        requestLine = RequestLineEnd()
        progress = BodyProgress()
    }

    func read(context: ChannelHandlerContext) {
        if !isWaitingForClient {
            isWaitingForClient = true
            progress.beginWaiting(.now())
        }
        context.read()
    }

    // MARK: Requests, after the parser

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), receiving) {
        case (_, .nothing): break
        case (.head(let head), _): begin(head, context: context)
        case (.body(let part), .whole(var incoming)):
            progress.bytes += part.readableBytes
            guard incoming.request.body.count + part.readableBytes <= incoming.limits.bodyBytes else {
                return refuse(.bodyTooLarge(incoming.limits), language: incoming.request.headers[.acceptLanguage])
            }
            // Out of the enum before it grows, or every part would copy what came before.
            receiving = .nothing
            incoming.request.body.append(contentsOf: part.readableBytesView)
            receiving = .whole(incoming)
        case (.body(let part), .streamed(let limits)):
            progress.bytes += part.readableBytes
            guard progress.bytes <= limits.bodyBytes else { return refuse(.bodyTooLarge(limits)) }
            context.fireChannelRead(wrapInboundOut(.part(part)))
        case (.end, .whole(let incoming)):
            awaitNext()
            if let counted = answeredAtOnce(incoming, context: context) {
                handOver(.whole(counted), seconds: incoming.limits.answerSeconds)
            }
        case (.end, .streamed):
            awaitNext()
            context.fireChannelRead(wrapInboundOut(.end))
        default: break
        }
    }

    private func begin(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        let language = head.headers.first(name: "accept-language")
        do throws(Problem) {
            let checked = try reader.read(head)
            let limits = edge.handler.limits(method: checked.method, path: checked.path)
            if let bytes = checked.bodyBytes, bytes > limits.bodyBytes { throw .bodyTooLarge(limits) }
            let client = edge.proxies.client(peer: peer, forwarded: head.headers["x-forwarded-for"])
            var request = APIRequest(
                method: checked.method, path: checked.path, query: checked.query, headers: checked.headers,
                remoteAddress: client?.text ?? "unix",
                requestID: edge.requestID(given: isTrusted ? checked.headers[.requestID] : nil))
            EntityTag.plain(&request.headers)
            let expected = limits.streamsBody ? 0 : min(checked.bodyBytes ?? 0, 64 << 10)
            if expected > 0 { request.body.reserveCapacity(expected) }
            let incoming = Incoming(
                request: request, limits: limits, keepsAlive: checked.keepsAlive, address: client)
            if checked.awaitsContinue, open.isEmpty {
                context.writeAndFlush(
                    wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
            }
            if limits.streamsBody {
                receiving = .streamed(limits)
                handOver(.streamed(incoming), seconds: nil)
            } else {
                receiving = .whole(incoming)
            }
            arm()
        } catch {
            refuse(error, language: language)
        }
    }

    /// How many requests of one read are answered at once: what a client sends beyond waits its turn, so that one who
    /// sends many in one piece keeps nobody waiting.
    private static let mostAtOnce = 8

    /// Answers a request here and now where nothing came before it and its answer takes no waiting; else returns it for
    /// the connection's task.
    private func answeredAtOnce(_ incoming: Incoming, context: ChannelHandlerContext) -> Incoming? {
        guard open.isEmpty, !isLast, answeredAtOnce < Self.mostAtOnce, context.channel.isWritable
        else { return incoming }
        answeredAtOnce += 1
        var incoming = incoming
        guard let (head, body) = edge.answerAtOnce(&incoming) else { return incoming }
        isUnsent = true
        writeHead(head, closes: !incoming.keepsAlive, context: context)
        writeBody(body, context: context)
        writeEnd(context: context, promise: nil)
        return nil
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        answeredAtOnce = 0
        sendAnswers(context)
        context.fireChannelReadComplete()
    }

    /// Sends what was answered at once: together, when a read is over.
    private func sendAnswers(_ context: ChannelHandlerContext) {
        guard isUnsent else { return }
        isUnsent = false
        context.flush()
    }

    private func awaitNext() {
        receiving = .idle(since: .now())
        progress = BodyProgress()
    }

    private func handOver(_ arrival: Arrival, seconds: Int?) {
        open.append(seconds)
        if open.count == 1 { beginAnswer() }
        context?.fireChannelRead(wrapInboundOut(arrival))
    }

    /// Ends the connection with a problem: it is answered after all that came before it.
    func refuse(_ problem: Problem, language: String? = nil) {
        let isInBody = if case .streamed = receiving { true } else { false }
        receiving = .nothing
        edge.metrics.refused(problem.kind)
        if isInBody {
            context?.fireChannelRead(wrapInboundOut(.refused(problem, language: language)))
        } else {
            handOver(.refused(problem, language: language), seconds: edge.limits.takeSeconds)
        }
        context?.fireChannelReadComplete()
        arm()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let fault = error as? HTTPParserError else {
            // TLS, or the connection itself: there is nobody to answer.
            return context.close(promise: nil)
        }
        if case .nothing = receiving { return }
        switch fault {
        case .headerOverflow: refuse(.headersTooLarge(edge.limits))
        case .invalidEOFState, .closedConnection:
            refuse(
                .framing("The connection ended within a request. Send the whole of it.", zhHans: "请求未传完连接即断开，请完整发送。"))
        default:
            refuse(.framing(fault.words.en, zhHans: fault.words.zhHans))
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            if open.isEmpty, case .idle = receiving { context.close(promise: nil) }
            if open.isEmpty, case .head = receiving, headBytes == 0 { context.close(promise: nil) }
        case ChannelEvent.inputClosed:
            sendAnswers(context)
            if open.isEmpty { context.close(promise: nil) }
            isLast = true
            context.fireUserInboundEventTriggered(event)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .answer(let head, let body, let closes):
            writeHead(head, closes: closes, context: context)
            writeBody(body, context: context)
            writeEnd(context: context, promise: promise)
        case .head(let head, let closes):
            writeHead(head, closes: closes, context: context)
            context.flush()
            promise?.succeed()
        case .part(let body):
            writeBody(body, context: context)
            promise?.succeed()
        case .end:
            writeEnd(context: context, promise: promise)
        }
    }

    func writeHead(_ head: HTTPResponseHead, closes: Bool, context: ChannelHandlerContext) {
        var head = head
        let isBodyMissing = if case .streamed = receiving { true } else { false }
        if closes || isQuiescing || isBodyMissing { isLast = true }
        if isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
        answerHasBegun = true
        answerDeadline = nil
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    /// Writes in pieces, so that a client that takes them shows it.
    func writeBody(_ body: ByteBuffer, context: ChannelHandlerContext) {
        var body = body
        if waitingBytes == 0 { lastTaken = .now() }
        while let piece = body.readSlice(length: min(body.readableBytes, 64 << 10)), piece.readableBytes > 0 {
            let count = piece.readableBytes
            waitingBytes += count
            let taken = context.eventLoop.makePromise(of: Void.self)
            taken.futureResult.assumeIsolated().whenComplete { [self] _ in
                waitingBytes -= count
                lastTaken = .now()
            }
            context.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: taken)
        }
        if waitingBytes > 0 { arm() }
    }

    func writeEnd(context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        if !open.isEmpty { open.removeFirst() }
        answerHasBegun = false
        if case .idle = receiving { receiving = .idle(since: .now()) }
        if case .head = receiving { receiving = .head(since: .now()) }
        guard isLast || isQuiescing && open.isEmpty else {
            context.write(wrapOutboundOut(.end(nil)), promise: promise)
            if !open.isEmpty { beginAnswer() }
            arm()
            return
        }
        receiving = .nothing
        isLingering = true
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
        // Closing at once while bytes are still unread would reset the connection, and the answer might never be seen.
        context.close(mode: .output, promise: nil)
        let close = context.eventLoop.assumeIsolated()
        close.scheduleTask(in: .seconds(Int64(edge.limits.lingerSeconds))) { [self] in self.context?.close(promise: nil)
        }
    }

    private func beginAnswer() {
        answerDeadline = open.first.flatMap { $0 }.map { .now() + .seconds(Int64($0)) }
        arm()
    }
}

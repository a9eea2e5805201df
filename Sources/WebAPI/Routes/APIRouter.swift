public import Casework
internal import Crypto
public import HTTPTypes
internal import MatchCore
public import Operations
internal import Wire

/// Answers requests with the operations of a program: finds the operation, sees who asks, checks what was sent, and runs
/// it in one transaction of the store.
public struct APIRouter: APIHandler {
    private let routes: RouteTable
    private let pages: [[String]: FixedPage]
    private let store: any CaseStore
    /// What reports are read from.
    private let reports: any CaseStore
    private let room: OperationRoom
    private let authentication: any Authenticating
    private let idempotency: any IdempotencyKeeping
    private let streams: StreamTerms
    private let shelf: AnswerShelf
    private let browsing: BrowsingBudget
    private let report: @Sendable (any Error, APIRequest) -> Void

    /// - Parameters:
    ///   - pages: documents that never change, by the segments of their path.
    ///   - reports: the store that figures and exports are read from; `store` by default.
    ///   - keptBytes: how many bytes of answers are kept to be given again while nothing has changed; 0 for none.
    ///   - report: hears of errors that are nobody's doing but the service's (5xx), before they become answers.
    public init(
        operations: [AnyOperation] = OperationList.all, pages: [[String]: FixedPage] = [:], store: any CaseStore,
        reports: (any CaseStore)? = nil, room: OperationRoom, authentication: any Authenticating,
        idempotency: any IdempotencyKeeping,
        streams: StreamTerms = StreamTerms(), keptBytes: Int = 32 << 20, browsing: BrowsingBudget = BrowsingBudget(),
        report: @escaping @Sendable (any Error, APIRequest) -> Void = { _, _ in }
    ) {
        routes = RouteTable(operations)
        // The address of every kind of problem leads somewhere.
        self.pages = pages.merging(ProblemPages().pages) { given, _ in given }
        self.store = store
        self.reports = reports ?? store
        self.room = room
        self.authentication = authentication
        self.idempotency = idempotency
        self.streams = streams
        shelf = AnswerShelf(store, capacity: keptBytes)
        self.browsing = browsing
        self.report = report
    }

    // MARK: APIHandler

    public func limits(method: HTTPRequest.Method, path: [String]) -> RouteLimits {
        guard let operation = routes.match(path).flatMap({ route(method, in: $0) })?.operation else {
            return RouteLimits(bodyBytes: 16 << 10)
        }
        var limits =
            switch operation.facts.weight {
            case .ordinary: RouteLimits()
            case .heavy, .sweeping: RouteLimits(answerSeconds: 60)
            case .registration: RouteLimits(bodyBytes: 64 << 10)
            }
        if case .file? = operation.stream { limits.answerSeconds = nil }
        if case .intake? = operation.stream {
            limits = RouteLimits(
                bodyBytes: streams.importBytes, arrivalSeconds: streams.importSeconds, leastBytesPerSecond: 1_024,
                answerSeconds: nil, streamsBody: true)
        }
        limits.rateCost = operation.facts.weight.rateCost
        limits.operation = operation.facts.id
        return limits
    }

    public func respond(to request: APIRequest) async -> APIResponse {
        let begun = ContinuousClock.now
        let response: APIResponse
        do {
            response = try await answer(request)
        } catch {
            response = answer(error, to: request)
        }
        // Looking at what is hidden takes longer than finding nothing: neither is told by the time.
        if response.status == .notFound { await Self.settle(begun) }
        return response
    }

    /// What is not there is answered at multiples of this time only.
    static let settling = Duration.milliseconds(20)

    private static func settle(_ begun: ContinuousClock.Instant) async {
        let taken = ContinuousClock.now - begun
        let steps = Int(taken / settling) + 1
        try? await Task.sleep(until: begun + settling * steps, clock: .continuous)
    }

    public func respondAtOnce(to request: APIRequest) -> APIResponse? {
        guard request.method == .get || request.method == .head, let match = routes.match(request.path),
            let route = route(request.method, in: match)
        else { return nil }
        let isShort = route.operation.facts.cost == .point
        guard isShort || route.operation.facts.ground != nil else { return nil }
        do {
            guard let caller = try authentication.knownCaller(for: try request.bearer()) else { return nil }
            let asked = try Asked(
                route, match, by: try viewer(caller, of: route, request), session: caller.session, request)
            if let kept = kept(asked, request) { return kept }
            guard isShort else { return nil }
            let version = shelf.version(for: asked.question)
            let call = try asked.call(request)
            try checkBudget(of: caller, for: route.operation, request)
            guard let (answer, reads) = try store.pointRead({ (try call.run(in: $0, room), $0.notedReads) }) else {
                return nil
            }
            charge(answer, to: caller, for: route.operation, request)
            return keeping(call.answer(answer, to: request), reads, of: asked, version, request)
        } catch {
            let response = answer(error, to: request)
            // It takes its time, which nobody else on this thread should wait for.
            return response.status == .notFound ? nil : response
        }
    }

    /// What was answered before to the same question of the same viewer, where it still holds.
    private func kept(_ asked: Asked, _ request: APIRequest) -> APIResponse? {
        guard let question = asked.question,
            let kept = shelf.answer(to: question, about: asked.record, at: room.clock())
        else { return nil }
        return kept.response.unlessKnown(kept.tag, to: request)
    }

    /// Keeps an answer that may be given again, and returns it as it goes to the one who asked now.
    private func keeping(
        _ made: (response: APIResponse, tag: String), _ reads: Set<SealedRead>, of asked: Asked, _ version: UInt64?,
        _ request: APIRequest
    ) -> APIResponse {
        var response = made.response
        if let version, let question = asked.question, case .bytes(let bytes) = response.body {
            response.body = .kept(KeptBody(bytes))
            shelf.keep(
                AnswerShelf.Answer(response: response, tag: made.tag, reads: reads, at: room.clock()), to: question,
                about: asked.record, version: version)
        }
        return response.unlessKnown(made.tag, to: request)
    }

    private func answer(_ error: any Error, to request: APIRequest) -> APIResponse {
        let problem = Problem(presenting: error)
        // Who has left, or whose time was over, has been told; nothing here has failed.
        if problem.kind.status >= 500, !(error is CancellationError) { report(error, request) }
        var response = ProblemBody(problem, request: request, language: request.language).response
        for field in (error as? Refusal)?.headers ?? [:] { response.headers[field.name] = field.value }
        return response
    }

    public func respond(
        to request: APIRequest, body: @escaping @Sendable () async throws -> ArraySlice<UInt8>?
    ) async -> APIResponse {
        if let match = routes.match(request.path), let route = route(request.method, in: match),
            case .intake(let begin)? = route.operation.stream
        {
            do {
                return try await takeIn(request, route, match, begin, body)
            } catch {
                return answer(error, to: request)
            }
        }
        var request = request
        do {
            let most = limits(method: request.method, path: request.path).bodyBytes
            while let part = try await body() {
                request.body += part
                guard request.body.count <= most else {
                    throw Problem(
                        .bodyTooLarge, "The body has more than \(most) bytes. Send it in parts.",
                        zhHans: "请求体超过 \(most) 字节，请分次发送。")
                }
            }
        } catch {
            return ProblemBody(Problem(presenting: error), request: request, language: request.language).response
        }
        return await respond(to: request)
    }

    // MARK: From request to answer

    private func answer(_ request: APIRequest) async throws -> APIResponse {
        if let page = pages[request.path] { return try page.answer(request) }
        if request.method == .options, request.path == ["*"] {
            // Of the service as a whole.
            return APIResponse(
                status: .noContent,
                headers: [
                    .allow: (OperationFacts.Method.allCases.map(\.rawValue) + ["HEAD", "OPTIONS"]).joined(
                        separator: ", ")
                ])
        }
        guard let match = routes.match(request.path) else {
            throw Problem(
                .notFound, "There is no such address. /openapi.json lists them all.",
                zhHans: "没有此地址。全部地址见 /openapi.json。")
        }
        if request.method == .options {
            return APIResponse(status: .noContent, headers: [.allow: match.allowed])
        }
        guard let route = route(request.method, in: match) else {
            throw Refusal(
                Problem(
                    .methodNotAllowed, "\(request.method.rawValue) is not possible here. Possible: \(match.allowed).",
                    zhHans: "此地址不支持 \(request.method.rawValue)。支持：\(match.allowed)。"),
                headers: [.allow: match.allowed])
        }
        let operation = route.operation
        let caller = try await authentication.caller(for: try request.bearer(), request: request)
        if case .feed(let read)? = operation.stream, request.wants("text/event-stream") {
            return try await follow(read, route, match, by: caller, request)
        }
        let viewer = try viewer(caller, of: route, request)
        // Of a list it means nothing, but what no stream ever gave out is refused there too.
        if case .feed? = operation.stream { _ = try request.lastEvent() }
        let room = room
        if case .rows(let begin)? = operation.stream {
            let input = try InputReading(route: route, members: match.members).input(of: request)
            let exporting = try await reports.read { try begin(input, room.context(in: $0, for: viewer)) }
            return try ExportAnswer(
                exporting: exporting, store: reports, room: room, viewer: try viewers(of: route, request)
            ).response(to: request)
        }
        if case .file(let begin)? = operation.stream {
            try request.checkAccepts(["application/octet-stream", "application/*"])
            let input = try InputReading(route: route, members: match.members).input(of: request)
            let making = try await store.read { try begin(input, room.context(in: $0, for: viewer)) }
            return try await FileAnswer(
                making: making, store: store, room: room, viewer: try viewers(of: route, request),
                folder: streams.spoolFolder
            ).response()
        }
        if case .intake? = operation.stream {
            // Its body comes in parts, or not at all.
            throw Problem(.malformedRequest, "An import has a body.", zhHans: "导入须有请求体。")
        }
        let asked = try Asked(route, match, by: viewer, session: caller.session, request)
        guard operation.facts.changes else {
            if let kept = kept(asked, request) { return kept }
            let version = shelf.version(for: asked.question)
            let call = try asked.call(request)
            try checkBudget(of: caller, for: operation, request)
            let source = operation.facts.isReport ? reports : store
            let (answer, reads) = try await source.read { (try call.run(in: $0, room), $0.notedReads) }
            charge(answer, to: caller, for: operation, request)
            return keeping(call.answer(answer, to: request), reads, of: asked, version, request)
        }
        let asking = try asked.call(request)
        // A key that is missing is told before anything is done.
        let use =
            operation.facts.takesKey
            ? try IdempotentUse(request, caller: caller, route: operation.facts.id) : nil
        if let use, operation.looksFirst {
            let now = room.clock()
            let isAnswered = try await store.read { [idempotency] in
                try idempotency.isAnswered(use, in: $0, at: now)
            }
            if isAnswered { return try await once(use, asking, asked, request) }
        }
        return try await RegistryTouched.lookingAgain {
            let call = try await asking.prepared(in: store, room)
            // It took as long as it took: whoever may no more is refused before anything is changed.
            if operation.hasGroundwork { _ = try await viewers(of: route, request)() }
            guard let use else {
                let answer = try await store.write { try call.run(in: $0, room) }
                return call.answer(answer, to: request).response
            }
            return try await once(use, call, asked, request)
        }
    }

    private func checkBudget(of caller: Caller, for operation: AnyOperation, _ request: APIRequest) throws {
        if operation.facts.isBrowsing { try browsing.check(caller, request, at: room.clock()) }
    }

    private func charge(
        _ answer: OperationAnswer, to caller: Caller, for operation: AnyOperation, _ request: APIRequest
    ) {
        if operation.facts.isBrowsing { browsing.charge(answer.shown, to: caller, request, at: room.clock()) }
    }

    /// Takes rows in: who asks and how is settled before any of them is read.
    private func takeIn(
        _ request: APIRequest, _ route: Route, _ match: RouteTable.Match,
        _ begin: @escaping @Sendable (JSONValue, OperationContext) throws -> Importing,
        _ body: @Sendable () async throws -> ArraySlice<UInt8>?
    ) async throws -> APIResponse {
        let caller = try await authentication.caller(for: try request.bearer(), request: request)
        let viewer = try viewer(caller, of: route, request)
        try request.checkAccepts(["application/x-ndjson", "application/*"])
        var use = try IdempotentUse(request, caller: caller, route: route.operation.facts.id)
        let input = try InputReading(route: route, members: match.members).parameters(of: request)
        let room = room
        let importing = try await store.read { try begin(input, room.context(in: $0, for: viewer)) }
        try ImportBody.check(request)
        let spool = try Spool(folder: streams.spoolFolder)
        var hash = SHA256()
        hash.update(data: Array("\(request.path.joined(separator: "/"))?\(importing.mode.rawValue)".utf8) + [0])
        while let part = try await body() {
            hash.update(data: Array(part))
            try spool.append(part)
        }
        use.fingerprint = Array(hash.finalize())
        return try await ImportAnswer(
            importing: importing, spool: spool, body: try ImportBody(request, spool), use: use, store: store,
            room: room, language: viewer.language, viewer: try viewers(of: route, request), idempotency: idempotency,
            folder: streams.spoolFolder, atomicRows: streams.atomicRows
        ).response()
    }

    /// Follows a feed as it grows, for as long as the caller may.
    private func follow(
        _ read: @escaping FeedReading, _ route: Route, _ match: RouteTable.Match, by caller: Caller,
        _ request: APIRequest
    ) async throws -> APIResponse {
        _ = try viewer(caller, of: route, request)
        let reading = InputReading(route: route, members: match.members)
        return try await EventStream(
            read: read, input: try reading.input(of: request), store: store, room: room, terms: streams,
            viewer: try viewers(of: route, request)
        ).response(to: request)
    }

    /// Says who asks, each time anew, for what goes on while a token may be revoked: throws where they may no more.
    private func viewers(of route: Route, _ request: APIRequest) throws -> @Sendable () async throws -> Viewer {
        let bearer = try request.bearer()
        return { [authentication] in
            try viewer(try await authentication.caller(for: bearer, request: request), of: route, request)
        }
    }

    /// Who asks. Throws where they may not.
    private func viewer(_ caller: Caller, of route: Route, _ request: APIRequest) throws -> Viewer {
        let viewer = caller.viewer(in: request.language)
        try route.operation.facts.admit(viewer)
        return viewer
    }

    /// Makes a change at most once for its key: effect and kept answer in one transaction.
    private func once(_ use: IdempotentUse, _ call: Call, _ asked: Asked, _ request: APIRequest) async throws
        -> APIResponse
    {
        let (room, idempotency, replay) = (room, idempotency, Replay(routes: routes))
        return try await store.write { store in
            let now = room.clock()
            switch try idempotency.take(use, in: store, at: now) {
            case .answered(let kept): return try replay.answer(kept, to: request, asked, in: store, room, at: now)
            case .forgotten: throw Problem.answerForgotten
            case .reused:
                throw Problem(
                    .idempotencyKeyReused, "This Idempotency-Key was used for another request. Take a new one.",
                    zhHans: "此 Idempotency-Key 已用于其他请求，请更换。")
            case .running:
                throw Problem(
                    .stillRunning, "The same request is still running. Ask again in a moment.",
                    zhHans: "同一请求仍在处理，请稍后重试。", retryAfterSeconds: 1)
            case .fresh: break
            }
            let response: APIResponse
            do {
                response =
                    call.answer(try store.attempt { try call.run(in: store, room, at: now) }, to: request).response
            } catch {
                let problem = Problem(presenting: error)
                // What may go well next time is not kept: the transaction is given up, and the key with it.
                guard problem.kind.status < 500, problem.kind != .tooManyRequests else { throw error }
                response = ProblemBody(problem, request: request, language: request.language).response
            }
            if let kept = replay.kept(response, of: call, to: request) {
                try idempotency.keep(kept, for: use, in: store, at: now)
            }
            return response
        }
    }

    private func route(_ method: HTTPRequest.Method, in match: RouteTable.Match) -> Route? {
        let name = method == .head ? "GET" : method.rawValue
        return OperationFacts.Method(rawValue: name).flatMap { match.operations[$0] }
    }
}

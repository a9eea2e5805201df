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
    private let room: OperationRoom
    private let authentication: any Authenticating
    private let idempotency: any IdempotencyKeeping
    private let streams: StreamTerms
    private let browsing: BrowsingBudget
    private let report: @Sendable (any Error, APIRequest) -> Void

    /// - Parameters:
    ///   - pages: documents that never change, by the segments of their path.
    ///   - report: hears of errors that are nobody's doing but the service's (5xx), before they become answers.
    public init(
        operations: [AnyOperation] = OperationList.all, pages: [[String]: FixedPage] = [:], store: any CaseStore,
        room: OperationRoom, authentication: any Authenticating, idempotency: any IdempotencyKeeping,
        streams: StreamTerms = StreamTerms(), browsing: BrowsingBudget = BrowsingBudget(),
        report: @escaping @Sendable (any Error, APIRequest) -> Void = { _, _ in }
    ) {
        routes = RouteTable(operations)
        self.pages = pages
        self.store = store
        self.room = room
        self.authentication = authentication
        self.idempotency = idempotency
        self.streams = streams
        self.browsing = browsing
        self.report = report
    }

    // MARK: APIHandler

    public func limits(method: HTTPRequest.Method, path: [String]) -> RouteLimits {
        guard let operation = operation(method, path) else { return RouteLimits(bodyBytes: 16 << 10) }
        var limits =
            switch operation.facts.weight {
            case .ordinary: RouteLimits()
            case .heavy: RouteLimits(answerSeconds: 60)
            case .registration: RouteLimits(bodyBytes: 64 << 10, rateCost: 10)
            }
        if case .intake? = operation.stream {
            limits = RouteLimits(
                bodyBytes: streams.importBytes, arrivalSeconds: streams.importSeconds, leastBytesPerSecond: 1_024,
                answerSeconds: nil, streamsBody: true, rateCost: 10)
        }
        limits.operation = operation.facts.id
        return limits
    }

    public func respond(to request: APIRequest) async -> APIResponse {
        let begun = ContinuousClock.now
        let response: APIResponse
        do {
            response = try await answer(request).heading(for: request.method)
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
            let operation = operation(request.method, in: match), operation.facts.cost == .point
        else { return nil }
        do {
            guard let caller = try authentication.knownCaller(for: try request.bearer()) else { return nil }
            let call = try call(operation, match, by: caller, request)
            try checkBudget(of: caller, for: operation, request)
            guard let answer = try store.pointRead({ try call.run(in: $0, room) }) else { return nil }
            charge(answer, to: caller, for: operation, request)
            return call.response(answer, to: request).heading(for: request.method)
        } catch {
            let response = answer(error, to: request)
            // It takes its time, which nobody else on this thread should wait for.
            return response.status == .notFound ? nil : response
        }
    }

    private func answer(_ error: any Error, to request: APIRequest) -> APIResponse {
        let problem = Problem(presenting: error)
        if problem.kind.status >= 500 { report(error, request) }
        var response = ProblemBody(problem, request: request, language: request.language).response
        for field in (error as? Refusal)?.headers ?? [:] { response.headers[field.name] = field.value }
        return response.heading(for: request.method)
    }

    public func respond(
        to request: APIRequest, body: @escaping @Sendable () async throws -> ArraySlice<UInt8>?
    ) async -> APIResponse {
        if let operation = operation(request.method, request.path), case .intake(let begin)? = operation.stream {
            do {
                return try await takeIn(request, operation, begin, body)
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
        guard let match = routes.match(request.path) else {
            throw Problem(
                .notFound, "There is no such address. /openapi.json lists them all.",
                zhHans: "没有此地址。全部地址见 /openapi.json。")
        }
        if request.method == .options {
            return APIResponse(status: .noContent, headers: [.allow: match.allowed])
        }
        guard let operation = operation(request.method, in: match) else {
            throw Refusal(
                Problem(
                    .methodNotAllowed, "\(request.method.rawValue) is not possible here. Possible: \(match.allowed).",
                    zhHans: "此地址不支持 \(request.method.rawValue)。支持：\(match.allowed)。"),
                headers: [.allow: match.allowed])
        }
        let caller = try await authentication.caller(for: try request.bearer(), request: request)
        if case .feed(let read)? = operation.stream, request.wants("text/event-stream") {
            return try await follow(read, operation, match, by: caller, request)
        }
        if case .rows(let begin)? = operation.stream {
            let viewer = try viewer(caller, of: operation, request)
            let input = try InputReading(operation: operation, members: match.members).input(of: request)
            let room = room
            let exporting = try await store.read { try begin(input, room.context(in: $0, for: viewer)) }
            return try ExportAnswer(exporting: exporting, store: store, room: room, viewer: viewer).response(
                to: request)
        }
        if case .intake? = operation.stream {
            // Its body comes in parts, or not at all.
            _ = try viewer(caller, of: operation, request)
            throw Problem(.malformedRequest, "An import has a body.", zhHans: "导入须有请求体。")
        }
        let call = try call(operation, match, by: caller, request)
        guard operation.facts.changes else {
            let room = room
            try checkBudget(of: caller, for: operation, request)
            let answer = try await store.read { try call.run(in: $0, room) }
            charge(answer, to: caller, for: operation, request)
            return call.response(answer, to: request)
        }
        guard operation.facts.method == .post else {
            let room = room
            let answer = try await store.write { try call.run(in: $0, room) }
            return call.response(answer, to: request)
        }
        return try await once(try IdempotentUse(request, caller: caller, route: operation.facts.id), call, request)
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
        _ request: APIRequest, _ operation: AnyOperation,
        _ begin: @escaping @Sendable (JSONValue, OperationContext) throws -> Importing,
        _ body: @Sendable () async throws -> ArraySlice<UInt8>?
    ) async throws -> APIResponse {
        guard let match = routes.match(request.path) else { throw Problem.notFound }
        let caller = try await authentication.caller(for: try request.bearer(), request: request)
        let viewer = caller.viewer(in: request.language)
        try operation.facts.admit(viewer)
        try request.checkAccepts(["application/x-ndjson", "application/*"])
        var use = try IdempotentUse(request, caller: caller, route: operation.facts.id)
        let input = try InputReading(operation: operation, members: match.members).parameters(of: request)
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
            room: room, viewer: viewer, idempotency: idempotency, folder: streams.spoolFolder
        ).response()
    }

    /// Follows a feed as it grows, for as long as the caller may.
    private func follow(
        _ read: @escaping FeedReading, _ operation: AnyOperation, _ match: RouteTable.Match, by caller: Caller,
        _ request: APIRequest
    ) async throws -> APIResponse {
        let bearer = try request.bearer()
        _ = try viewer(caller, of: operation, request)
        let reading = InputReading(operation: operation, members: match.members)
        return try await EventStream(
            read: read, input: try reading.input(of: request), store: store, room: room, terms: streams,
            viewer: { [authentication] in
                try viewer(try await authentication.caller(for: bearer, request: request), of: operation, request)
            }
        ).response(to: request)
    }

    /// Who asks. Throws where they may not.
    private func viewer(_ caller: Caller, of operation: AnyOperation, _ request: APIRequest) throws -> Viewer {
        let viewer = caller.viewer(in: request.language)
        try operation.facts.admit(viewer)
        return viewer
    }

    /// What an operation is called with. Throws what keeps it from being called.
    private func call(
        _ operation: AnyOperation, _ match: RouteTable.Match, by caller: Caller, _ request: APIRequest
    ) throws -> Call {
        let viewer = try viewer(caller, of: operation, request)
        try request.checkAccepts()
        let reading = InputReading(operation: operation, members: match.members)
        return Call(
            operation: operation, input: try reading.input(of: request), viewer: viewer,
            request: OperationRequest(
                fields: try reading.fields(of: request), ifMatch: try request.ifMatch(for: operation.facts)))
    }

    /// Makes a change at most once for its key: effect and kept answer in one transaction.
    private func once(_ use: IdempotentUse, _ call: Call, _ request: APIRequest) async throws -> APIResponse {
        let (room, idempotency) = (room, idempotency)
        return try await store.write { store in
            let now = room.clock()
            switch try idempotency.take(use, in: store, at: now) {
            case .answered(let kept): return APIResponse(kept)
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
                response = call.response(try store.attempt { try call.run(in: store, room, at: now) }, to: request)
            } catch {
                let problem = Problem(presenting: error)
                // What may go well next time is not kept: the transaction is given up, and the key with it.
                guard problem.kind.status < 500, problem.kind != .tooManyRequests else { throw error }
                response = ProblemBody(problem, request: request, language: request.language).response
            }
            if let kept = KeptAnswer(response) { try idempotency.keep(kept, for: use, in: store, at: now) }
            return response
        }
    }

    private func operation(_ method: HTTPRequest.Method, _ path: [String]) -> AnyOperation? {
        routes.match(path).flatMap { operation(method, in: $0) }
    }

    private func operation(_ method: HTTPRequest.Method, in match: RouteTable.Match) -> AnyOperation? {
        let name = method == .head ? "GET" : method.rawValue
        return OperationFacts.Method(rawValue: name).flatMap { match.operations[$0] }
    }
}

/// One operation with all that was sent for it.
struct Call: Sendable {
    let operation: AnyOperation
    let input: JSONValue
    let viewer: Viewer
    let request: OperationRequest

    func run(in store: any CaseTransaction, _ room: OperationRoom, at now: Moment? = nil) throws -> OperationAnswer {
        try operation.run(input, in: room.context(in: store, for: viewer, at: now), request)
    }

    func response(_ answer: OperationAnswer, to request: APIRequest) -> APIResponse {
        let facts = operation.facts
        var headers: HTTPFields = [
            .contentType: "application/json", .contentLanguage: viewer.language.rawValue,
            .vary: "Accept-Language, Authorization",
            .cacheControl: facts.isPublic ? "public, max-age=60" : "no-store",
        ]
        let tag = self.request.fields == nil ? answer.tag : answer.tag + "-" + (request.value("fields") ?? "")
        if !answer.tag.isEmpty { headers[.eTag] = "\"\(tag)\"" }
        if let location = answer.location { headers[.location] = location }
        if facts.method == .get, let next = answer.next { headers[.link] = request.link(next: next, as: facts.cursor) }
        if facts.method == .get, request.tags(.ifNoneMatch)?.contains(tag) == true {
            headers[.contentType] = nil
            return APIResponse(status: .notModified, headers: headers)
        }
        return APIResponse(
            status: HTTPResponse.Status(code: facts.status), headers: headers,
            body: .bytes(facts.status == 204 ? [] : answer.bytes))
    }
}

internal import Crypto
public import HTTPTypes
internal import MatchCore
internal import Wire

/// What operators ask of the service itself, before the program's own routes: `/healthz`, `/readyz`, `/metrics`.
public struct ServiceRoutes: APIHandler {
    private let next: any APIHandler
    private let metrics: EdgeMetrics
    private let defaults: RouteLimits
    private let metricsToken: String?
    private let isBehindProxy: Bool
    private let isReady: @Sendable () -> Bool

    /// - Parameters:
    ///   - defaults: in place of what routes state that have no limits of their own.
    ///   - metricsToken: lets others than this machine read the figures.
    ///   - isBehindProxy: on this machine may be a proxy, through which everybody comes: figures are read by token only.
    ///   - isReady: whether requests can be served now; known without asking anybody, as `Readiness` does.
    public init(
        before next: any APIHandler, metrics: EdgeMetrics, defaults: RouteLimits = RouteLimits(),
        metricsToken: String? = nil, isBehindProxy: Bool = false, isReady: @escaping @Sendable () -> Bool
    ) {
        self.next = next
        self.metrics = metrics
        self.defaults = defaults
        self.metricsToken = metricsToken
        self.isBehindProxy = isBehindProxy
        self.isReady = isReady
    }

    private enum Page: String {
        case healthz, readyz, metrics
    }

    private func page(_ path: [String]) -> Page? { path.count == 1 ? Page(rawValue: path[0]) : nil }

    public func limits(method: HTTPRequest.Method, path: [String]) -> RouteLimits {
        if let page = page(path) {
            return RouteLimits(bodyBytes: 0, arrivalSeconds: 10, rateCost: 0, operation: page.rawValue)
        }
        let usual = RouteLimits()
        var limits = next.limits(method: method, path: path)
        if limits.bodyBytes == usual.bodyBytes { limits.bodyBytes = defaults.bodyBytes }
        if limits.arrivalSeconds == usual.arrivalSeconds { limits.arrivalSeconds = defaults.arrivalSeconds }
        if limits.leastBytesPerSecond == usual.leastBytesPerSecond {
            limits.leastBytesPerSecond = defaults.leastBytesPerSecond
        }
        if limits.answerSeconds == usual.answerSeconds { limits.answerSeconds = defaults.answerSeconds }
        return limits
    }

    public func respond(to request: APIRequest) async -> APIResponse {
        guard let page = page(request.path) else { return await next.respond(to: request) }
        guard request.method == .get || request.method == .head else {
            if request.method == .options {
                return APIResponse(status: .noContent, headers: [.allow: "GET, HEAD, OPTIONS"])
            }
            var response = ProblemAnswer.response(
                Problem(
                    .methodNotAllowed, "This can only be read: GET, HEAD, OPTIONS.",
                    zhHans: "此地址只能读取：GET、HEAD、OPTIONS。"),
                to: request)
            response.headers[.allow] = "GET, HEAD, OPTIONS"
            return response
        }
        switch page {
        case .healthz: return text("ok\n")
        case .readyz: return readiness(for: request)
        case .metrics:
            // The same as for any address that is not there: nobody learns that there are figures.
            guard mayRead(request) else { return await next.respond(to: request) }
            return APIResponse(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .bytes(Array(metrics.text.utf8)))
        }
    }

    public func respondAtOnce(to request: APIRequest) -> APIResponse? {
        guard let page = page(request.path) else { return next.respondAtOnce(to: request) }
        guard request.method == .get || request.method == .head else { return nil }
        return switch page {
        case .healthz: text("ok\n")
        case .readyz: readiness(for: request)
        case .metrics: nil
        }
    }

    public func respond(
        to request: APIRequest, body: @escaping @Sendable () async throws -> ArraySlice<UInt8>?
    ) async -> APIResponse {
        await next.respond(to: request, body: body)
    }

    private func readiness(for request: APIRequest) -> APIResponse {
        if isReady() { return text("ready\n") }
        return ProblemAnswer.response(
            Problem(.unavailable, "Not ready to serve.", zhHans: "尚不能提供服务。", retryAfterSeconds: 1), to: request)
    }

    private func mayRead(_ request: APIRequest) -> Bool {
        if let metricsToken, let given = request.headers[.authorization] {
            // Digests, so that the time of comparing tells nothing of the token.
            return SHA256.hash(data: Array("Bearer \(metricsToken)".utf8)) == SHA256.hash(data: Array(given.utf8))
        }
        // A proxy on this machine that was not declared would make everybody local.
        return !isBehindProxy && NetworkAddress(request.remoteAddress)?.isLoopback == true
            && !HTTPField.Name.ofProxies.contains { request.headers.contains($0) }
    }

    private func text(_ text: String) -> APIResponse {
        APIResponse(status: .ok, headers: [.contentType: "text/plain; charset=utf-8"], body: .bytes(Array(text.utf8)))
    }
}

public import HTTPTypes

/// What stands behind the edge: it says what a route bears before the body is read, and answers.
public protocol APIHandler: Sendable {
    /// Limits for the request whose head was read; also for paths that do not exist.
    func limits(method: HTTPRequest.Method, path: [String]) -> RouteLimits

    /// Answers. It never throws: whatever goes wrong is an answer too.
    func respond(to request: APIRequest) async -> APIResponse

    /// Answers on the calling thread, which serves many connections; nil where that would take waiting or long work, and
    /// then ``respond(to:)`` is asked.
    func respondAtOnce(to request: APIRequest) -> APIResponse?

    /// Answers a request whose body is too large to hold: the parts come as they arrive, each through the deadline and
    /// least rate of the route. Only for routes whose limits say `streamsBody`.
    func respond(
        to request: APIRequest, body: @escaping @Sendable () async throws -> ArraySlice<UInt8>?
    ) async -> APIResponse
}

extension APIHandler {
    public func respondAtOnce(to request: APIRequest) -> APIResponse? { nil }
}

/// What one route bears.
public struct RouteLimits: Sendable, Hashable {
    /// The greatest body, in bytes.
    public var bodyBytes: Int
    /// Seconds from the first byte of the head to the last byte of the body.
    public var arrivalSeconds: Int
    /// The body's least rate in bytes a second, after the first five seconds.
    public var leastBytesPerSecond: Int
    /// Seconds for the answer, or for its head where it is a stream; nil where there is no limit.
    public var answerSeconds: Int?
    /// Whether the body is handed over in parts.
    public var streamsBody: Bool
    /// How much of the caller's rate one request takes; 0 for a route that is never refused for its rate.
    public var rateCost: Int
    /// The operation's id, for figures and logs; nil for a path that does not exist.
    public var operation: String?

    public init(
        bodyBytes: Int = 256 << 10, arrivalSeconds: Int = 15, leastBytesPerSecond: Int = 64,
        answerSeconds: Int? = 30, streamsBody: Bool = false, rateCost: Int = 1, operation: String? = nil
    ) {
        self.bodyBytes = bodyBytes
        self.arrivalSeconds = arrivalSeconds
        self.leastBytesPerSecond = leastBytesPerSecond
        self.answerSeconds = answerSeconds
        self.streamsBody = streamsBody
        self.rateCost = rateCost
        self.operation = operation
    }
}

public import HTTPTypes

/// An answer before the edge adds what every answer carries (request id, security headers, compression).
public struct APIResponse: Sendable {
    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: Body

    public enum Body: Sendable {
        case bytes([UInt8])
        /// What is given more than once.
        case kept(KeptBody)
        /// Parts as they come: exports, results row by row, server-sent events.
        ///
        /// When the client leaves, the task is cancelled and `write` throws. When the server stops, graceful shutdown
        /// is triggered for the task (swift-service-lifecycle): a stream that would stay open ends itself then, with its
        /// cursor as the last thing written, for instance by `cancelWhenGracefulShutdown` around its waiting.
        case stream(@Sendable (_ write: @Sendable (ArraySlice<UInt8>) async throws -> Void) async throws -> Void)
    }

    /// The bytes of a body that is whole; nil for one that comes in parts.
    public var wholeBytes: [UInt8]? {
        switch body {
        case .bytes(let bytes): bytes
        case .kept(let kept): kept.bytes
        case .stream: nil
        }
    }

    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

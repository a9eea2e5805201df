public import HTTPTypes

/// An answer before the edge adds what every answer carries (request id, security headers, compression).
public struct APIResponse: Sendable {
    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: Body

    public enum Body: Sendable {
        case bytes([UInt8])
        /// Parts as they come: exports, results row by row, server-sent events. The edge stops asking when the client
        /// leaves or the server stops.
        case stream(@Sendable (_ write: @Sendable (ArraySlice<UInt8>) async throws -> Void) async throws -> Void)
    }

    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

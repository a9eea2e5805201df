public import HTTPTypes

/// A request after the edge has let it in: framing, sizes, rates and deadlines are checked, and the bytes of path and
/// query are decoded and have passed the input gate.
public struct APIRequest: Sendable {
    public var method: HTTPRequest.Method
    /// The path's segments, percent-decoded: `/v1/wishes/W1` is `["v1", "wishes", "W1"]`.
    public var path: [String]
    /// Names and values of the query, decoded, in their order.
    public var query: [(name: String, value: String)]
    public var headers: HTTPFields
    /// The whole body; empty for methods without one. Not yet through the JSON gate.
    public var body: [UInt8]
    /// The client's address without its port, after trusted proxies were taken off; `unix` for a Unix socket.
    public var remoteAddress: String
    /// Also in the answer (`X-Request-ID`) and in the log.
    public var requestID: String

    public init(
        method: HTTPRequest.Method, path: [String], query: [(name: String, value: String)] = [],
        headers: HTTPFields = [:], body: [UInt8] = [], remoteAddress: String = "127.0.0.1", requestID: String = ""
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.requestID = requestID
    }
}

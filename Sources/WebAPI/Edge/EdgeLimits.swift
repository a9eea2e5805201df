/// What the edge bears of anybody, before a route is known. Every number is an option of `almoner serve`.
public struct EdgeLimits: Sendable, Hashable {
    /// Seconds from the first byte of a request to the end of its head, and from the opening of a connection.
    public var headSeconds = 10
    /// Seconds that a connection may stay open between requests.
    public var idleSeconds = 60
    /// Seconds after the begin of a request before the least rate of its body is looked at.
    public var rateGraceSeconds = 5
    /// Seconds in which a client must take at least 64 KiB of what waits for it.
    public var takeSeconds = 30
    /// Seconds that a stop gives to requests in flight.
    public var stopSeconds = 8
    /// Seconds for which an answer that ends the connection is waited to be read.
    public var lingerSeconds = 2
    /// The whole head, in bytes.
    public var headBytes = 32 << 10
    /// The address of the request line, in bytes.
    public var targetBytes = 8 << 10
    /// Header fields.
    public var fieldCount = 100
    /// Parts of a query.
    public var queryCount = 200
    /// Open connections.
    public var connections = 10_000
    /// Open connections of one address; of a network of 64 bits where it is IPv6.
    public var connectionsPerAddress = 512

    public init() {}
}

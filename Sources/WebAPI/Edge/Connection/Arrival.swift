internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// What the event loop hands to the task of a connection.
enum Arrival: Sendable {
    /// A request with its body.
    case whole(Incoming)
    /// A request whose body follows in parts.
    case streamed(Incoming)
    case part(ByteBuffer)
    case end
    /// Nothing more is read from this connection: the problem is answered in its turn, and then it is closed. While a
    /// body is being handed over it means that the rest of it never came.
    case refused(Problem, language: String?)
}

/// A request that the edge has let in.
struct Incoming: Sendable {
    var request: APIRequest
    var limits: RouteLimits
    var keepsAlive: Bool
    var address: NetworkAddress?
    /// What its caller has left; nil where the request was not counted yet.
    var counted: Counted?

    /// That a request was counted, and what came of it where there is a limit.
    struct Counted: Sendable {
        var allowance: Allowance?
    }
}

/// What the task of a connection hands to the event loop.
enum Departure: Sendable {
    /// A whole answer. Empty bodies carry what their head says, as an answer to HEAD does.
    case answer(HTTPResponseHead, ByteBuffer, closes: Bool)
    /// The begin of an answer that follows in parts.
    case head(HTTPResponseHead, closes: Bool)
    case part(ByteBuffer)
    case end
}

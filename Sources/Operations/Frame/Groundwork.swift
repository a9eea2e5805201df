public import MatchCore

/// What takes long and must hold no transaction: hashing a password, asking the town's directory.
///
/// It is begun in a transaction of its own, which is committed whatever comes of it; what it finds is at hand when the
/// operation runs (``OperationContext/worked``).
public typealias Groundwork = @Sendable () async throws -> any Sendable

/// Through which door a request came: where from, and in which session.
public struct RequestDoor: Sendable, Hashable {
    /// The client's address; nil for a command on the machine that holds the data.
    public var address: String?
    /// The session whose token was sent; nil for a key's, and for nobody's.
    public var session: RecordID?

    public init(address: String? = nil, session: RecordID? = nil) {
        self.address = address
        self.session = session
    }
}
